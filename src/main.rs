//! The `argopacks` program.

use std::process::ExitCode;

fn main() -> ExitCode {
    argopacks::cli::main()
}
