//! The command line: what is asked for, and where what comes of it goes. Data on standard output,
//! everything else on standard error. One file a command, one line here.

mod args;
mod build;
mod explain;
mod explain_output;
mod output;
mod packs;
mod render;
mod schema;
mod tree;
mod validate;

use std::process::ExitCode;

use clap::Parser;

pub use args::Args;
use args::Command;

/// How a run ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    Clean,
    /// There is a mistake in the definitions, or a directory is not what they come to.
    Findings,
    /// What was asked for makes no sense.
    Usage,
    /// Something could not be read or written.
    Io,
}

impl From<Outcome> for ExitCode {
    fn from(outcome: Outcome) -> Self {
        Self::from(match outcome {
            Outcome::Clean => 0,
            Outcome::Findings => 1,
            Outcome::Usage => 2,
            Outcome::Io => 3,
        })
    }
}

/// Runs the program with the arguments of the process.
pub fn main() -> ExitCode {
    let args = Args::parse();
    let done = match &args.command {
        Command::Render(args) => render::run(args),
        Command::Validate(args) => validate::run(args),
        Command::Build(args) => build::run(args),
        Command::Explain(args) => explain::run(args),
        Command::Packs(args) => packs::run(args),
        Command::Schema(args) => schema::run(args),
    };
    match done {
        Ok(outcome) => outcome.into(),
        Err(error) if output::is_closed_pipe(&error) => ExitCode::SUCCESS,
        Err(error) => {
            output::complain(&format!("error: {error:#}"));
            Outcome::Io.into()
        }
    }
}
