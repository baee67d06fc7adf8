//! The parent: starts workers, watches them, and starts one again behind the seed that it died of.

use std::io::{BufRead, BufReader};
use std::ops::Range;
use std::path::Path;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::Mutex;
use std::sync::mpsc::{self, Receiver, RecvTimeoutError};
use std::time::Duration;
use std::{io, thread};

use anyhow::Context;

use super::args::Args;
use super::tally::Tally;
use super::worker::{Message, Sums};

/// How much longer than it may take a seed is waited for that was too slow beside others: they may
/// have the processor still.
const PATIENCE: u32 = 15;

/// Does the inputs of the seeds that are asked for, in parts of the same size, one each worker.
pub(crate) fn run(args: &Args, scratch: &Path) -> anyhow::Result<Tally> {
    let tally = Mutex::new(Tally::default());
    let share = args.count.div_ceil(args.workers.max(1)).max(1);
    let all = args.seeds();
    let done: anyhow::Result<Vec<()>> = thread::scope(|scope| {
        let parts = all
            .clone()
            .step_by(usize::try_from(share)?)
            .map(|start| start..(start + share).min(all.end));
        let watch = |part: Range<u64>| {
            let scratch = scratch.join(part.start.to_string());
            let tally = &tally;
            scope.spawn(move || watch(args, part, &scratch, tally))
        };
        let watched: Vec<_> = parts.map(watch).collect();
        watched
            .into_iter()
            .map(|thread| thread.join().unwrap_or_else(|_| anyhow::bail!("a thread panicked")))
            .collect()
    });
    done?;
    tally.into_inner().context("a thread panicked")
}

/// Has workers do a part of the seeds, one after the other dies.
fn watch(
    args: &Args,
    part: Range<u64>,
    scratch: &Path,
    tally: &Mutex<Tally>,
) -> anyhow::Result<()> {
    let mut next = part.start;
    while next < part.end {
        let seeds = next..part.end;
        let end =
            Worker::start(args, seeds.clone(), scratch)?.follow(args.limit(), &seeds, tally)?;
        next = match end {
            End::Done => part.end,
            End::Died(seed, status) => {
                note(tally, |tally| tally.fail(seed, format!("the process ends with {status}")));
                seed + 1
            }
            End::Silent(seed) => {
                alone(args, seed, scratch, tally)?;
                seed + 1
            }
        };
    }
    Ok(())
}

/// Does a seed once more that took too long, alone: others may have had the processor.
fn alone(args: &Args, seed: u64, scratch: &Path, tally: &Mutex<Tally>) -> anyhow::Result<()> {
    let seeds = seed..seed + 1;
    let again = Mutex::new(Tally::default());
    let end = Worker::start(args, seeds.clone(), scratch)?.follow(
        args.limit() * PATIENCE,
        &seeds,
        &again,
    )?;
    let again = again.into_inner().context("a thread panicked")?;
    note(tally, |tally| match end {
        End::Silent(_) => tally.fail(seed, "it does not come to an end".to_owned()),
        End::Died(_, status) => tally.fail(seed, format!("the process ends with {status}")),
        End::Done if again.sums.slowest.0 > args.limit() => {
            tally.fail(seed, "it takes too long".to_owned());
        }
        End::Done => {}
    });
    note(tally, |tally| tally.absorb(again));
    Ok(())
}

fn note(tally: &Mutex<Tally>, what: impl FnOnce(&mut Tally)) {
    if let Ok(mut tally) = tally.lock() {
        what(&mut tally);
    }
}

/// How it ends with a worker.
enum End {
    Done,
    Died(u64, ExitStatus),
    Silent(u64),
}

struct Worker {
    process: Child,
    lines: Receiver<String>,
}

impl Worker {
    fn start(args: &Args, seeds: Range<u64>, scratch: &Path) -> anyhow::Result<Self> {
        let mut command = Command::new(std::env::current_exe()?);
        command.args([
            "--worker",
            "--seed",
            &seeds.start.to_string(),
            "--count",
            &(seeds.end - seeds.start).to_string(),
        ]);
        command.arg("--scratch").arg(scratch);
        command.args(
            args.directories.iter().flat_map(|path| ["--directories".as_ref(), path.as_os_str()]),
        );
        command.env("RAYON_NUM_THREADS", "1").stdin(Stdio::null()).stdout(Stdio::piped());
        let mut process = command.spawn().context("a worker does not start")?;
        let out = process.stdout.take().context("a worker has no output")?;
        let (send, lines) = mpsc::channel();
        thread::spawn(move || {
            BufReader::new(out).lines().map_while(Result::ok).try_for_each(|line| send.send(line))
        });
        Ok(Self { process, lines })
    }

    /// Reads what the worker says until it ends, or says nothing for longer than the limit.
    fn follow(
        mut self,
        limit: Duration,
        seeds: &Range<u64>,
        tally: &Mutex<Tally>,
    ) -> io::Result<End> {
        let (mut at, mut right) = (seeds.start, 0);
        let end = loop {
            match self.lines.recv_timeout(limit).map(|line| Message::parse(&line)) {
                Ok(Some(Message::At(seed, until))) => (at, right) = (seed, until),
                Ok(Some(Message::Failed(seed, why))) => note(tally, |tally| tally.fail(seed, why)),
                Ok(Some(Message::Done(sums))) => {
                    note(tally, |tally| tally.add(&sums));
                    self.process.wait()?;
                    return Ok(End::Done);
                }
                Ok(None) => {}
                Err(error) => break error,
            }
        };
        let inputs = at - seeds.start;
        note(tally, |tally| tally.add(&Sums { inputs, right, ..Sums::default() }));
        self.stop(end, at)
    }

    /// How it ended with a worker that has not done all of its seeds.
    fn stop(mut self, error: RecvTimeoutError, at: u64) -> io::Result<End> {
        if error == RecvTimeoutError::Disconnected {
            return Ok(End::Died(at, self.process.wait()?));
        }
        self.process.kill()?;
        self.process.wait()?;
        Ok(End::Silent(at))
    }
}
