//! Branch globs: `*` stands for anything within a path part, `**` for anything across them, `?` for
//! one sign.

mod branches;
mod flaws;
mod meet;

pub(crate) use branches::{Branches, BranchesFlaw};
pub(crate) use flaws::GlobFlaw;

use std::collections::BTreeSet;

/// A branch, or a pattern of branches.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct Glob {
    pieces: Vec<Piece>,
}

#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
enum Piece {
    Text(String),
    One,
    Within,
    Across,
}

impl Glob {
    /// Reads a glob; the error has every reason why no branch can be meant by it.
    pub(crate) fn read(text: &str) -> Result<Self, Vec<GlobFlaw>> {
        let flaws = flaws::flaws(text);
        if flaws.is_empty() { Ok(Self::parse(text)) } else { Err(flaws) }
    }

    /// Reads a glob that may have flaws.
    pub(crate) fn parse(text: &str) -> Self {
        let mut pieces: Vec<Piece> = Vec::new();
        let mut rest = text;
        while let Some(c) = rest.chars().next() {
            let piece = match c {
                '*' if rest.starts_with("**") => Piece::Across,
                '*' => Piece::Within,
                '?' => Piece::One,
                _ => Piece::Text(c.to_string()),
            };
            rest = &rest[if piece == Piece::Across { 2 } else { c.len_utf8() }..];
            match (pieces.last_mut(), piece) {
                (Some(Piece::Text(before)), Piece::Text(text)) => before.push_str(&text),
                (_, piece) => pieces.push(piece),
            }
        }
        Self { pieces }
    }

    /// The glob of one branch, in whose name `*` and `?` stand for themselves.
    pub(crate) fn exactly(branch: &str) -> Self {
        Self { pieces: vec![Piece::Text(branch.to_owned())] }
    }

    /// The one branch that it stands for, if it is no pattern.
    pub(crate) fn literal(&self) -> Option<&str> {
        match &self.pieces[..] {
            [Piece::Text(text)] => Some(text),
            _ => None,
        }
    }

    /// The pattern as RE2 has it, without anchors.
    pub(crate) fn regex(&self) -> String {
        let piece = |piece: &Piece| match piece {
            Piece::Text(text) => escape_regex(text),
            Piece::One => "[^/]".to_owned(),
            Piece::Within => "[^/]*".to_owned(),
            Piece::Across => ".*".to_owned(),
        };
        self.pieces.iter().map(piece).collect()
    }

    /// Whether a branch is meant.
    pub(crate) fn matches(&self, branch: &str) -> bool {
        matches(&self.pieces, branch)
    }

    /// Whether some branch is meant by both.
    pub(crate) fn meets(&self, other: &Self) -> bool {
        match (self.literal(), other.literal()) {
            (Some(a), _) => other.matches(a),
            (None, Some(b)) => self.matches(b),
            (None, None) => meet::meets(self, other),
        }
    }

    /// The text that every branch starts with that is meant.
    fn start(&self) -> &str {
        match self.pieces.first() {
            Some(Piece::Text(text)) => text,
            _ => "",
        }
    }
}

/// Whether the pieces can be laid over the whole of a branch. `ends` are the bytes at which those
/// before can end, so that patterns with many stars take no longer than others.
fn matches(pieces: &[Piece], branch: &str) -> bool {
    let mut ends = BTreeSet::from([0]);
    for piece in pieces {
        ends = ends.into_iter().flat_map(|start| ends_from(piece, branch, start)).collect();
    }
    ends.contains(&branch.len())
}

/// Where a piece that starts at a byte of a branch can end.
fn ends_from(piece: &Piece, branch: &str, start: usize) -> Vec<usize> {
    let rest = &branch[start..];
    let reach = match piece {
        Piece::Text(text) => {
            return rest
                .starts_with(text.as_str())
                .then_some(start + text.len())
                .into_iter()
                .collect();
        }
        Piece::One => {
            return rest
                .chars()
                .next()
                .filter(|c| *c != '/')
                .map(|c| start + c.len_utf8())
                .into_iter()
                .collect();
        }
        Piece::Within => rest.find('/').unwrap_or(rest.len()),
        Piece::Across => rest.len(),
    };
    (start..=start + reach).filter(|end| branch.is_char_boundary(*end)).collect()
}

/// Text as RE2 takes it for itself.
pub(crate) fn escape_regex(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if r"\.+*?()|[]{}^$".contains(c) {
            out.push('\\');
        }
        out.push(c);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_of_paths() {
        let glob = Glob::parse("release/*");
        assert!(glob.matches("release/1.2"));
        assert!(!glob.matches("release/1/2"));
        assert!(Glob::parse("**").matches("a/b/c"));
        assert!(Glob::parse("*é?").matches("aéb") && !Glob::parse("é?").matches("é/"));
        assert!(!Glob::parse(&"*a".repeat(40)).matches(&"a".repeat(39)));
        // Of globs of this size it is not looked for: it took gigabytes.
        let [long, other] = ["*a", "b*"].map(|text| Glob::parse(&text.repeat(50_000)));
        assert!(long.meets(&other));
        assert_eq!(Glob::parse("v1.?/**").regex(), r"v1\.[^/]/.*");
        assert_eq!(Glob::parse("master").literal(), Some("master"));
    }
}
