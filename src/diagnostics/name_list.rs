//! Names among which the nearest to another is asked for over and over.

use super::nearest::{fold, guessable, limit};

/// Names in the order of their letters: what several start with is compared once.
#[derive(Debug)]
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
        let wanted: Vec<char> = fold(guessable(name)).collect();
        let (mut most, set) = (limit(wanted.len()), Set::of(&wanted));
        let mut rows = Rows::new(&wanted);
        let mut best = None;
        for Listed { name, letters, set: other, shared } in &self.names {
            rows.keep(*shared);
            let is_far = || letters.len().abs_diff(wanted.len()) > most || set.apart(*other) > most;
            if rows.are_too_far || is_far() {
                continue;
            }
            let Some(distance) = rows.distance(letters, most) else { continue };
            let found = (distance, *name);
            if best.is_none_or(|best| found < best) && is_in_reach(name) {
                (most, best) = (distance, Some(found));
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
    /// How many rows hold for the name that is compared, behind the one of no letter.
    filled: usize,
    /// The last of them rules out every name that goes on from it.
    are_too_far: bool,
}

impl<'w> Rows<'w> {
    fn new(wanted: &'w [char]) -> Self {
        let cells = (0..=wanted.len()).collect();
        Self { wanted, cells, filled: 0, are_too_far: false }
    }

    /// Keeps the rows of the letters that the next name shares with the one before.
    fn keep(&mut self, shared: usize) {
        if shared < self.filled {
            (self.filled, self.are_too_far) = (shared, false);
        }
    }

    /// How far away a name is, if that is not more than `most`.
    fn distance(&mut self, letters: &[char], most: usize) -> Option<usize> {
        while self.filled < letters.len() {
            self.filled += 1;
            if self.fill(self.filled, letters) > most {
                self.are_too_far = true;
                return None;
            }
        }
        Some(self.row(self.filled)[self.wanted.len()]).filter(|distance| *distance <= most)
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
