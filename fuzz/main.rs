//! Gives mutated definitions to the compiler: none may make it panic, abort or take long, and
//! `validate` and `render` must agree about each. CONTRIBUTING.md says how it is run.
#![allow(clippy::print_stdout, clippy::print_stderr)]

mod args;
mod check;
mod clock;
mod corpus;
mod hostile;
mod input;
mod measure;
mod mutate;
mod parent;
mod sessions;
mod tally;
mod worker;

use std::fs;
use std::path::Path;
use std::process::ExitCode;
use std::time::Instant;

use anyhow::Context;
use args::Args;
use clap::Parser;
use corpus::Corpus;
use input::Input;

/// That of the program.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> anyhow::Result<ExitCode> {
    let args = Args::parse();
    let roots: Vec<_> = Corpus::own_roots().into_iter().chain(args.directories.clone()).collect();
    let corpus = Corpus::read(&roots).context("the definitions cannot be read")?;
    if args.worker {
        worker::run(&corpus, args.seeds(), &args.scratch)?;
        return Ok(ExitCode::SUCCESS);
    }
    if let Some(to) = &args.hostile {
        let is_good = measure::run(&args, to)?;
        return Ok(if is_good { ExitCode::SUCCESS } else { ExitCode::FAILURE });
    }
    if let Some(to) = &args.write {
        write(&args, &corpus, to)?;
        return Ok(ExitCode::SUCCESS);
    }
    fuzz(&args)
}

/// Writes the directories of the seeds, each below its number, to be given to the program.
fn write(args: &Args, corpus: &Corpus, to: &Path) -> anyhow::Result<()> {
    for seed in args.seeds() {
        let input = Input::of(seed, corpus);
        let directory = to.join(seed.to_string());
        input.directory.write(&directory)?;
        let path = directory.join(&input.file.path);
        fs::write(&path, &input.bytes)?;
        println!("{} is {}", path.display(), input.description());
    }
    Ok(())
}

fn fuzz(args: &Args) -> anyhow::Result<ExitCode> {
    let scratch = tempfile::tempdir()?;
    let start = Instant::now();
    let tally = parent::run(args, scratch.path())?;
    let (sums, seconds) = (&tally.sums, start.elapsed().as_secs_f64());
    print!("{}", tally.failures());
    println!(
        "{} inputs in {seconds:.0} s, {} of them right; the slowest took {:?} (seed {}), the largest worker {} MB",
        sums.inputs,
        sums.right,
        sums.slowest.0,
        sums.slowest.1,
        sums.memory / 1024,
    );
    Ok(if tally.has_failures() { ExitCode::FAILURE } else { ExitCode::SUCCESS })
}
