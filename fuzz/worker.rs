//! A worker: gives inputs to the compiler, one after the other, and says so on standard output, so
//! that who started it knows what it was at when it died.

use std::any::Any;
use std::io::{self, Write};
use std::panic::{self, AssertUnwindSafe};
use std::path::Path;
use std::sync::Mutex;
use std::time::Duration;

use super::check::Seen;
use super::clock::{Clock, memory};
use super::corpus::Corpus;
use super::input::Input;
use super::sessions::Sessions;

/// One input of so many is checked closely.
const CLOSE: u64 = 16;

/// What the last panic said, whatever thread it was on.
static PANIC: Mutex<String> = Mutex::new(String::new());

/// What a worker says, a line each.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Message {
    /// It starts with a seed, and that many were right so far.
    At(u64, u64),
    /// The seed goes wrong.
    Failed(u64, String),
    /// It has done all of its seeds.
    Done(Sums),
}

/// What a worker has done.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Sums {
    pub(crate) inputs: u64,
    /// How many of them were right.
    pub(crate) right: u64,
    /// The longest that one took, by the processor's time, and its seed.
    pub(crate) slowest: (Duration, u64),
    /// The most memory that was held, in kB.
    pub(crate) memory: u64,
}

impl Message {
    fn send(&self) -> io::Result<()> {
        let mut out = io::stdout().lock();
        match self {
            Self::At(seed, right) => writeln!(out, "at {seed} {right}"),
            Self::Failed(seed, why) => writeln!(out, "failed {seed} {}", why.escape_debug()),
            Self::Done(Sums { inputs, right, slowest: (time, seed), memory }) => {
                writeln!(out, "done {inputs} {right} {} {seed} {memory}", time.as_micros())
            }
        }
    }

    pub(crate) fn parse(line: &str) -> Option<Self> {
        let (word, rest) = line.split_once(' ')?;
        let mut numbers = rest.split(' ').map_while(|number| number.parse().ok());
        let mut next = || numbers.next();
        Some(match word {
            "at" => Self::At(next()?, next()?),
            "failed" => Self::Failed(next()?, rest.split_once(' ')?.1.to_owned()),
            "done" => Self::Done(Sums {
                inputs: next()?,
                right: next()?,
                slowest: (Duration::from_micros(next()?), next()?),
                memory: next()?,
            }),
            _ => return None,
        })
    }
}

/// Does the inputs of seeds.
pub(crate) fn run(
    corpus: &Corpus,
    seeds: std::ops::Range<u64>,
    scratch: &Path,
) -> anyhow::Result<()> {
    panic::set_hook(Box::new(|panic| {
        if let Ok(mut said) = PANIC.lock() {
            *said = panic.to_string();
        }
    }));
    let mut sessions = Sessions::new(scratch, corpus);
    let mut sums = Sums::default();
    for seed in seeds {
        Message::At(seed, sums.right).send()?;
        let start = Clock::start();
        match check(&mut sessions, &Input::of(seed, corpus), seed % CLOSE == 0)? {
            Ok(seen) => sums.right += u64::from(seen.manifests.is_some()),
            Err(why) => Message::Failed(seed, why).send()?,
        }
        sums.inputs += 1;
        sums.slowest = sums.slowest.max((start.elapsed(), seed));
    }
    sums.memory = memory();
    Ok(Message::Done(sums).send()?)
}

/// Checks an input; a panic is a failure like others.
pub(crate) fn check(
    sessions: &mut Sessions,
    input: &Input,
    is_close: bool,
) -> io::Result<Result<Seen, String>> {
    let checked = panic::catch_unwind(AssertUnwindSafe(|| sessions.check(input, is_close)));
    checked.unwrap_or_else(|payload| Ok(Err(panic_text(payload.as_ref()))))
}

/// What the hook was told, with the place; or the payload, if there is no hook.
fn panic_text(payload: &(dyn Any + Send)) -> String {
    let said = PANIC.lock().map(|mut said| std::mem::take(&mut *said)).unwrap_or_default();
    if !said.is_empty() {
        return said;
    }
    let text = payload.downcast_ref::<String>().map(String::as_str);
    format!("panicked: {}", text.or(payload.downcast_ref::<&str>().copied()).unwrap_or_default())
}
