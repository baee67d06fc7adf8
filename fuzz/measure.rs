//! Measures what the program takes for hostile inputs, with GNU time.

use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Duration;

use anyhow::{Context, bail};

use super::args::Args;
use super::hostile::{CASES, Case};

/// The most memory that an input may take, in kB.
const MEMORY: u64 = 300 * 1000;
/// Seconds of processor time, and bytes, that it may have: what it comes to then is far too much.
const PATIENCE: &str = "10";
const MOST_MEMORY: &str = "2147483648";

const COMMANDS: &[&[&str]] = &[
    &["validate"],
    &["validate", "--format", "json"],
    &["validate", "--format", "concise"],
    &["render", "--builds", "--timestamp", "1589828589"],
];

/// What a run took.
#[derive(Clone, Copy)]
struct Taken {
    /// By the clock, or by the processors if that is less: others may use them as well.
    time: Duration,
    /// In kB.
    memory: u64,
    /// 0 is right, 1 is wrong, and what is above 128 was ended by a signal.
    status: i32,
}

/// Writes every case and, if there is a program, measures it; tells whether all keep within bounds.
pub(crate) fn run(args: &Args, to: &Path) -> anyhow::Result<bool> {
    let mut is_good = true;
    println!("{:32} {:>7} {:>10} {:>7} {:>6}", "input", "kB", "s", "MB", "status");
    for case in CASES.iter().filter(|case| case.name.contains(&args.only)) {
        let directory = case.write(to, args.size)?;
        if let Some(binary) = &args.binary {
            is_good &= measure(case, binary, &directory)?;
        }
    }
    Ok(is_good)
}

/// Measures each command and prints the worst; tells whether it keeps within the bounds.
fn measure(case: &Case, binary: &Path, directory: &Path) -> anyhow::Result<bool> {
    let size = std::fs::metadata(directory.join("definitions.yaml"))?.len() / 1000;
    let mut is_good = true;
    for command in COMMANDS {
        let taken = once(binary, command, directory)?;
        let is_within =
            taken.time <= case.limit && taken.memory <= MEMORY && [0, 1].contains(&taken.status);
        is_good &= is_within;
        println!(
            "{:32} {size:>7} {:>10.2} {:>7} {:>6} {}{}",
            case.name,
            taken.time.as_secs_f64(),
            taken.memory / 1000,
            taken.status,
            command[..command.len().min(3)].join(" "),
            if is_within { "" } else { "  <- too much" },
        );
    }
    Ok(is_good)
}

fn once(binary: &Path, command: &[&str], directory: &Path) -> anyhow::Result<Taken> {
    let report = tempfile::NamedTempFile::new()?;
    let mut process = Command::new("/usr/bin/time");
    process.args(["-f", "%e %U %S %M %x", "-o"]).arg(report.path());
    process.args(["prlimit", &format!("--as={MOST_MEMORY}"), &format!("--cpu={PATIENCE}")]);
    process.arg(binary).args(command).arg(directory);
    process.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    process.status().context("GNU time is needed")?;
    let report = std::fs::read_to_string(report.path())?;
    let parts: Vec<&str> = report.lines().last().unwrap_or_default().split(' ').collect();
    let [wall, user, system, memory, status] = parts[..] else { bail!("GNU time says {report:?}") };
    let processor: f64 = user.parse::<f64>()? + system.parse::<f64>()?;
    Ok(Taken {
        time: Duration::from_secs_f64(processor.min(wall.parse()?)),
        memory: memory.parse()?,
        status: signal(&report).unwrap_or(status.parse()?),
    })
}

/// The status that a shell would tell, if a signal ended the program.
fn signal(report: &str) -> Option<i32> {
    let (_, rest) = report.split_once("Command terminated by signal ")?;
    Some(128 + rest.lines().next()?.trim().parse::<i32>().ok()?)
}
