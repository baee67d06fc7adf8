//! Names among which the nearest to another is asked for over and over.

use super::nearest::{fold, limit};

/// Names in the order of their letters: what several start with is compared once.
#[derive(Debug, Default)]
pub(crate) struct NameList<'a> {
    names: Vec<Listed<'a>>,
}

#[derive(Debug)]
struct Listed<'a> {
    name: &'a str,
    letters: Vec<char>,
    /// Which letters these are.
    set: Set,
    /// How many letters it starts with as the one before it does.
    shared: usize,
}

impl<'a> NameList<'a> {
    pub(crate) fn new(names: impl IntoIterator<Item = &'a str>) -> Self {
        let list = |name: &'a str| {
            let letters: Vec<char> = fold(name).collect();
            Listed { name, set: Set::of(&letters), letters, shared: 0 }
        };
        let mut names: Vec<Listed> = names.into_iter().map(list).collect();
        names.sort_by(|a, b| a.letters.cmp(&b.letters));
        for at in 1..names.len() {
            let both = names[at - 1].letters.iter().zip(&names[at].letters);
            names[at].shared = both.take_while(|(a, b)| a == b).count();
        }
        Self { names }
    }

    /// What [`nearest`](super::nearest) says of those that pass a test, and how far away it is.
    pub(crate) fn nearest(
        &self,
        name: &str,
        is_in_reach: impl Fn(&str) -> bool,
    ) -> Option<(usize, &'a str)> {
        let wanted: Vec<char> = fold(name).collect();
        let (mut most, set) = (limit(wanted.len()), Set::of(&wanted));
        let mut rows = Rows::new(&wanted);
        let mut best = None;
        // The rows that hold for a name as well, and the first of them that rules out all below it.
        let (mut known, mut ruled_out) = (0, usize::MAX);
        for Listed { name, letters, set: other, shared } in &self.names {
            known = known.min(*shared);
            let is_far = || letters.len().abs_diff(wanted.len()) > most || set.apart(*other) > most;
            if known >= ruled_out || is_far() {
                continue;
            }
            ruled_out = usize::MAX;
            while known < letters.len() && ruled_out == usize::MAX {
                known += 1;
                if rows.fill(known, letters) > most {
                    ruled_out = known;
                }
            }
            let found = (rows.last(known), *name);
            let is_best = found.0 <= most && best.is_none_or(|best| found < best);
            if ruled_out == usize::MAX && is_best && is_in_reach(name) {
                (most, best) = (found.0, Some(found));
            }
        }
        best
    }
}

/// Some letters, a bit for each; a few share one.
#[derive(Clone, Copy, Debug)]
struct Set(u64);

impl Set {
    fn of(letters: &[char]) -> Self {
        Self(letters.iter().fold(0, |set, letter| set | 1 << (u32::from(*letter) % 64)))
    }

    /// How far names of these letters are apart at least: a slip brings in one letter at most, and
    /// takes one out.
    fn apart(self, other: Self) -> usize {
        let only = |a: u64, b: u64| (a & !b).count_ones() as usize;
        only(self.0, other.0).max(only(other.0, self.0))
    }
}

/// The table of optimal string alignment, a row for each letter of the name that is compared: how
/// far its start up to there is from each start of the name that is looked for.
struct Rows<'w> {
    wanted: &'w [char],
    cells: Vec<usize>,
}

impl<'w> Rows<'w> {
    fn new(wanted: &'w [char]) -> Self {
        Self { wanted, cells: (0..=wanted.len()).collect() }
    }

    fn row(&self, at: usize) -> &[usize] {
        let width = self.wanted.len() + 1;
        &self.cells[at * width..(at + 1) * width]
    }

    /// Fills the row of a letter, those before it being filled; answers the least that a name that
    /// goes on in any way can come to.
    fn fill(&mut self, at: usize, letters: &[char]) -> usize {
        let width = self.wanted.len() + 1;
        let (mut least, mut left) = (at, at);
        self.cells.truncate(at * width);
        self.cells.push(at);
        for (to, wanted) in (1..).zip(self.wanted) {
            let above = self.row(at - 1);
            let is_other = usize::from(letters[at - 1] != *wanted);
            left = (above[to - 1] + is_other).min(above[to] + 1).min(left + 1);
            let is_swap = at > 1
                && to > 1
                && letters[at - 2] == *wanted
                && letters[at - 1] == self.wanted[to - 2];
            if is_swap {
                left = left.min(self.row(at - 2)[to - 2] + 1);
            }
            least = least.min(left);
            self.cells.push(left);
        }
        least
    }

    fn last(&self, at: usize) -> usize {
        self.row(at)[self.wanted.len()]
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::diagnostics::distances;

    proptest! {
        #[test]
        fn the_nearest_is_found_that_a_look_at_each_finds(
            name in "[abAB-]{0,8}",
            others in proptest::collection::vec("[abcB-]{0,9}", 0..20),
        ) {
            let others = || others.iter().map(String::as_str);
            let is_in_reach = |name: &str| !name.starts_with('c');
            let expected = distances(&name, others().filter(|name| is_in_reach(name))).min();
            prop_assert_eq!(NameList::new(others()).nearest(&name, is_in_reach), expected);
        }
    }
}
