//! Whether some branch is meant by two globs, and by what is left of them without those that others
//! exclude: automata that walk along the same branch.

use std::collections::{BTreeSet, HashSet};

use super::{Glob, Piece};

/// After so many places of four lists of globs at once, they are taken to have a branch in common.
/// People's globs take a few dozen.
const MAX_STATES: usize = 20_000;

/// The same for two globs, with a byte a place.
const MAX_PLACES: usize = 1_000_000;

/// A piece of a glob that takes one sign of a branch at a time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Token {
    Sign(char),
    One,
    Within,
    Across,
}

impl Token {
    fn takes(self, sign: char) -> bool {
        match self {
            Self::Sign(own) => own == sign,
            Self::One | Self::Within => sign != '/',
            Self::Across => true,
        }
    }

    /// Whether it can take nothing, and more than one sign.
    fn is_star(self) -> bool {
        matches!(self, Self::Within | Self::Across)
    }

    fn shares_a_sign(self, other: Self) -> bool {
        match (self, other) {
            (Self::Sign(sign), other) | (other, Self::Sign(sign)) => other.takes(sign),
            _ => true,
        }
    }
}

fn tokens(glob: &Glob) -> Vec<Token> {
    let mut tokens = Vec::new();
    for piece in &glob.pieces {
        match piece {
            Piece::Text(text) => tokens.extend(text.chars().map(Token::Sign)),
            Piece::One => tokens.push(Token::One),
            Piece::Within => tokens.push(Token::Within),
            Piece::Across => tokens.push(Token::Across),
        }
    }
    tokens
}

/// Whether some branch is meant by both: whether two walkers, one in each glob, reach the ends on
/// the same signs.
pub(crate) fn meets(a: &Glob, b: &Glob) -> bool {
    if a.start().bytes().zip(b.start().bytes()).any(|(x, y)| x != y) {
        return false;
    }
    let (a, b) = (tokens(a), tokens(b));
    if (a.len() + 1).saturating_mul(b.len() + 1) > MAX_PLACES {
        return true;
    }
    let (mut seen, mut todo) = (vec![false; (a.len() + 1) * (b.len() + 1)], vec![(0, 0)]);
    while let Some((i, j)) = todo.pop() {
        if (i, j) == (a.len(), b.len()) {
            return true;
        }
        if std::mem::replace(&mut seen[i * (b.len() + 1) + j], true) {
            continue;
        }
        let (x, y) = (a.get(i).copied(), b.get(j).copied());
        todo.extend(x.filter(|x| x.is_star()).map(|_| (i + 1, j)));
        todo.extend(y.filter(|y| y.is_star()).map(|_| (i, j + 1)));
        if let (Some(x), Some(y)) = (x, y)
            && x.shares_a_sign(y)
        {
            // A star that moves on without a sign stands where it could have stayed.
            todo.push((i + usize::from(!x.is_star()), j + usize::from(!y.is_star())));
        }
    }
    false
}

/// Globs of which one has to be met, at the places that their walkers can be after the same signs.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
struct Walkers(Vec<BTreeSet<usize>>);

impl Walkers {
    fn at_start(globs: &[Vec<Token>]) -> Self {
        let start = |tokens: &Vec<Token>| closure(tokens, BTreeSet::from([0]));
        Self(globs.iter().map(start).collect())
    }

    fn step(&self, globs: &[Vec<Token>], sign: char) -> Self {
        let step = |(tokens, places): (&Vec<Token>, &BTreeSet<usize>)| {
            let taking = places.iter().filter(|at| tokens.get(**at).is_some_and(|t| t.takes(sign)));
            closure(tokens, taking.map(|at| at + usize::from(!tokens[*at].is_star())).collect())
        };
        Self(globs.iter().zip(&self.0).map(step).collect())
    }

    fn have_arrived(&self, globs: &[Vec<Token>]) -> bool {
        globs.iter().zip(&self.0).any(|(tokens, places)| places.contains(&tokens.len()))
    }

    fn are_lost(&self) -> bool {
        self.0.iter().all(BTreeSet::is_empty)
    }
}

/// The places with those that are reached over stars without a sign.
fn closure(tokens: &[Token], mut places: BTreeSet<usize>) -> BTreeSet<usize> {
    for (at, token) in tokens.iter().enumerate() {
        if token.is_star() && places.contains(&at) {
            places.insert(at + 1);
        }
    }
    places
}

/// Whether some branch is meant by a glob of each of `all`, and by none of `none`.
pub(crate) fn meet_without(all: [&[Glob]; 2], none: [&[Glob]; 2]) -> bool {
    let read = |globs: &[Glob]| globs.iter().map(tokens).collect::<Vec<_>>();
    let all = all.map(read);
    let none = read(&none.concat());
    let signs = alphabet(all.iter().flatten().chain(&none));
    let start = (all.each_ref().map(|globs| Walkers::at_start(globs)), Walkers::at_start(&none));
    let (mut seen, mut todo) = (HashSet::from([start.clone()]), vec![start]);
    while let Some((walkers, excluded)) = todo.pop() {
        let arrived = walkers.iter().zip(&all).all(|(at, globs)| at.have_arrived(globs));
        if arrived && !excluded.have_arrived(&none) || seen.len() > MAX_STATES {
            return true;
        }
        for sign in &signs {
            let step = |at: usize| walkers[at].step(&all[at], *sign);
            let next = ([step(0), step(1)], excluded.step(&none, *sign));
            if !next.0.iter().any(Walkers::are_lost) && seen.insert(next.clone()) {
                todo.push(next);
            }
        }
    }
    false
}

/// The signs that globs tell apart: those in them, `/`, and one that stands for all others.
fn alphabet<'t>(globs: impl Iterator<Item = &'t Vec<Token>>) -> BTreeSet<char> {
    let own = globs.flatten().filter_map(|token| match token {
        Token::Sign(sign) => Some(*sign),
        _ => None,
    });
    own.chain(['/', char::REPLACEMENT_CHARACTER]).collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn meet(a: &str, b: &str) -> bool {
        let (a, b) = (Glob::parse(a), Glob::parse(b));
        assert_eq!(a.meets(&b), b.meets(&a));
        a.meets(&b)
    }

    #[test]
    fn code_g_patterns_of_different_parts_do_not_meet() {
        assert!(!meet("release/*", "feature/*"));
        assert!(!meet("*-rc", "*-ga") && !meet("?", "??") && !meet("*", "a/*"));
        assert!(meet("release/*", "*/1.x") && meet("a*c", "ab*") && meet("**/x", "*/?"));
    }

    #[test]
    fn patterns_disjoint() {
        assert!(!meet("release/*", "hotfix/*"));
    }

    #[test]
    fn many_stars_take_no_longer() {
        assert!(!meet(&format!("{}b", "*a".repeat(200)), &format!("{}c", "a*".repeat(200))));
    }

    /// Every text of up to four of these signs; no glob has a `c`.
    fn texts() -> Vec<String> {
        let mut texts = vec![String::new()];
        for at in 0.. {
            if at == texts.len() || texts[at].len() == 4 {
                break;
            }
            for sign in ["a", "b", "c", "/"] {
                texts.push(texts[at].clone() + sign);
            }
        }
        texts
    }

    fn glob() -> impl Strategy<Value = String> {
        prop::collection::vec(prop::sample::select(vec!["a", "b", "/", "?", "*", "**"]), 1..4)
            .prop_map(|pieces| pieces.concat())
    }

    proptest! {
        #[test]
        fn globs_meet_if_a_text_is_meant_by_both(a in glob(), b in glob()) {
            let (x, y) = (Glob::parse(&a), Glob::parse(&b));
            let expected = texts().iter().any(|text| x.matches(text) && y.matches(text));
            prop_assert_eq!(meet(&a, &b), expected);
        }

        #[test]
        fn exclusions_count(a in glob(), b in glob(), x in glob(), y in glob()) {
            let [a, b, x, y] = [a, b, x, y].map(|text| Glob::parse(&text));
            let meant = |text: &String| a.matches(text) && b.matches(text);
            let excluded = |text: &String| x.matches(text) || y.matches(text);
            let expected = texts().iter().any(|text| meant(text) && !excluded(text));
            let one = std::slice::from_ref;
            let found = meet_without([one(&a), one(&b)], [one(&x), one(&y)]);
            // A text of more than four signs can be what is left.
            prop_assert!(found || !expected);
            prop_assert!(!found || expected || longer_is_left(&[&a, &b], &[&x, &y]));
        }
    }

    /// Looks among longer texts.
    fn longer_is_left(all: &[&Glob], none: &[&Glob]) -> bool {
        let texts = texts();
        let mut longer = texts.iter().flat_map(|a| texts.iter().map(move |b| format!("{a}{b}")));
        let is_left = |text: &str| {
            all.iter().all(|glob| glob.matches(text)) && !none.iter().any(|glob| glob.matches(text))
        };
        longer.any(|text| is_left(&text))
    }
}
