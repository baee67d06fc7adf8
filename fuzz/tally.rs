//! What came of all inputs.

use std::collections::BTreeMap;

use super::worker::Sums;

/// Seeds of a failure that are shown.
const SHOWN: usize = 5;

#[derive(Default)]
pub(crate) struct Tally {
    pub(crate) sums: Sums,
    /// The seeds of each kind of failure: those that say the same but for numbers and names.
    failures: BTreeMap<String, Failures>,
}

#[derive(Default)]
struct Failures {
    /// What the first one says.
    first: String,
    seeds: Vec<u64>,
}

impl Tally {
    pub(crate) fn add(&mut self, sums: &Sums) {
        self.sums.inputs += sums.inputs;
        self.sums.right += sums.right;
        self.sums.slowest = self.sums.slowest.max(sums.slowest);
        self.sums.memory = self.sums.memory.max(sums.memory);
    }

    pub(crate) fn fail(&mut self, seed: u64, why: String) {
        let failures = self.failures.entry(kind(&why)).or_default();
        failures.seeds.push(seed);
        if failures.first.is_empty() {
            eprintln!("seed {seed}: {why}");
            failures.first = why;
        }
    }

    pub(crate) fn absorb(&mut self, other: Self) {
        self.add(&other.sums);
        for failures in other.failures.into_values() {
            failures.seeds.iter().for_each(|seed| self.fail(*seed, failures.first.clone()));
        }
    }

    pub(crate) fn has_failures(&self) -> bool {
        !self.failures.is_empty()
    }

    /// The failures, each kind once, with the seeds of some.
    pub(crate) fn failures(&self) -> String {
        let one = |failures: &Failures| {
            let mut seeds = failures.seeds.clone();
            seeds.sort_unstable();
            let shown: Vec<String> = seeds.iter().take(SHOWN).map(u64::to_string).collect();
            let more = if seeds.len() > SHOWN { ", …" } else { "" };
            format!("{} times, seeds {}{more}: {}\n", seeds.len(), shown.join(", "), failures.first)
        };
        self.failures.values().map(one).collect()
    }
}

/// What a failure says, without what differs from input to input.
fn kind(why: &str) -> String {
    let mut kind = String::new();
    for (at, part) in why.split('`').enumerate() {
        kind += if at % 2 == 0 { part } else { "``" };
    }
    // The place of a panic is the kind, whatever its numbers are.
    match kind.split_once(".rs:") {
        Some((before, after)) => {
            format!("{before}.rs:{}", after.split(' ').next().unwrap_or_default())
        }
        None => kind.replace(|c: char| c.is_ascii_digit(), ""),
    }
}
