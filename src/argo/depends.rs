//! Argo's `depends` expressions: read here, since Argo's own validator never parses their
//! operators. The language is that of docs/enhanced-depends-logic.md: `&&`, `||`, `!`, brackets,
//! `task` and `task.Result`.

use std::collections::BTreeSet;

use crate::names::{Place, is_expression_name};

/// The results that a task of `depends` can be asked for.
pub(crate) const RESULTS: &[&str] = &[
    "Succeeded",
    "Failed",
    "Errored",
    "Skipped",
    "Omitted",
    "Daemoned",
    "AnySucceeded",
    "AllFailed",
];

/// A parsed expression.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Depends {
    Task { name: String, result: Option<String>, at: usize },
    And(Vec<Depends>),
    Or(Vec<Depends>),
    Not(Box<Depends>),
}

/// Why an expression does not parse, and where in its text, in bytes.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Flaw {
    pub at: usize,
    pub reason: &'static str,
}

impl Depends {
    /// Reads an expression.
    pub(crate) fn parse(text: &str) -> Result<Self, Flaw> {
        let mut reader = Reader { text, at: 0 };
        let depends = reader.or(0)?;
        reader.skip_blanks();
        if reader.at < text.len() {
            return Err(reader.flaw("an operator `&&` or `||` is missing here"));
        }
        Ok(depends)
    }

    /// Calls `visit` for every task with its result and place.
    pub(crate) fn each_task<'a>(&'a self, visit: &mut impl FnMut(&'a str, Option<&'a str>, usize)) {
        match self {
            Self::Task { name, result, at } => visit(name, result.as_deref(), *at),
            Self::And(terms) | Self::Or(terms) => {
                for term in terms {
                    term.each_task(visit);
                }
            }
            Self::Not(term) => term.each_task(visit),
        }
    }

    /// The tasks that succeeded whenever the expression holds, where bare names count as success:
    /// Argo takes them for `Succeeded || Skipped || Daemoned`.
    pub(crate) fn certain(&self) -> BTreeSet<&str> {
        self.holding(&|result| matches!(result, None | Some("Succeeded")))
    }

    /// The tasks of which it asks by name that they succeeded, whenever it holds: they were not
    /// skipped, though they may have a `when`.
    pub(crate) fn gated(&self) -> BTreeSet<&str> {
        self.holding(&|result| result == Some("Succeeded"))
    }

    /// The tasks with such a result whenever the expression holds.
    fn holding(&self, is_meant: &dyn Fn(Option<&str>) -> bool) -> BTreeSet<&str> {
        match self {
            Self::Task { name, result, .. } if is_meant(result.as_deref()) => {
                BTreeSet::from([name.as_str()])
            }
            Self::And(terms) => terms.iter().flat_map(|term| term.holding(is_meant)).collect(),
            Self::Or(terms) => {
                let mut sets = terms.iter().map(|term| term.holding(is_meant));
                let first = sets.next().unwrap_or_default();
                sets.fold(first, |all, set| all.intersection(&set).copied().collect())
            }
            Self::Task { .. } | Self::Not(_) => BTreeSet::new(),
        }
    }
}

/// Why a step cannot be waited for by its name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum BadName {
    /// It is a word of Argo's expressions.
    Word,
    /// It begins with a digit (workflow/validate, `validateDAG`).
    Digit,
}

/// Why a step of this name, which is right by itself, cannot be waited for: Argo makes a program of
/// what a step depends on (workflow/controller/dag.go, `evaluateDependsLogic`).
pub(crate) fn bad_name(name: &str) -> Option<BadName> {
    match name.chars().next() {
        Some('0'..='9') => Some(BadName::Digit),
        _ if is_expression_name(name, Place::Depends) => None,
        _ => Some(BadName::Word),
    }
}

/// Brackets deeper than this are a mistake.
const MAX_DEPTH: usize = 50;

struct Reader<'t> {
    text: &'t str,
    at: usize,
}

impl Reader<'_> {
    fn flaw(&self, reason: &'static str) -> Flaw {
        Flaw { at: self.at, reason }
    }

    fn skip_blanks(&mut self) {
        self.at = self.text.len() - self.text[self.at..].trim_start().len();
    }

    fn eat(&mut self, sign: &str) -> bool {
        self.skip_blanks();
        let is_next = self.text[self.at..].starts_with(sign);
        self.at += if is_next { sign.len() } else { 0 };
        is_next
    }

    fn or(&mut self, depth: usize) -> Result<Depends, Flaw> {
        let mut terms = vec![self.and(depth)?];
        while self.eat("||") {
            terms.push(self.and(depth)?);
        }
        Ok(if terms.len() == 1 { terms.remove(0) } else { Depends::Or(terms) })
    }

    fn and(&mut self, depth: usize) -> Result<Depends, Flaw> {
        let mut terms = vec![self.term(depth)?];
        while self.eat("&&") {
            terms.push(self.term(depth)?);
        }
        Ok(if terms.len() == 1 { terms.remove(0) } else { Depends::And(terms) })
    }

    fn term(&mut self, depth: usize) -> Result<Depends, Flaw> {
        if depth > MAX_DEPTH {
            return Err(self.flaw("brackets are nested too deep"));
        }
        if self.eat("!") {
            return Ok(Depends::Not(Box::new(self.term(depth + 1)?)));
        }
        if self.eat("(") {
            let inner = self.or(depth + 1)?;
            return if self.eat(")") { Ok(inner) } else { Err(self.flaw("a `)` is missing here")) };
        }
        self.task()
    }

    fn task(&mut self) -> Result<Depends, Flaw> {
        self.skip_blanks();
        let at = self.at;
        let rest = &self.text[at..];
        let length = rest.len()
            - rest
                .trim_start_matches(|c: char| {
                    c.is_ascii_alphanumeric() || c == '-' || c == '.' || c == '_'
                })
                .len();
        if length == 0 {
            return Err(self.flaw("the name of a step is missing here"));
        }
        self.at += length;
        let (name, result) = rest[..length]
            .split_once('.')
            .map_or((&rest[..length], None), |(name, result)| (name, Some(result.to_owned())));
        Ok(Depends::Task { name: name.to_owned(), result, at })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn certain(text: &str) -> Vec<String> {
        Depends::parse(text).unwrap().certain().into_iter().map(str::to_owned).collect()
    }

    #[test]
    fn knows_what_must_have_succeeded() {
        assert_eq!(certain("a && (b || c.Failed)"), ["a"]);
        assert_eq!(certain("(a && b) || (b && c)"), ["b"]);
        assert_eq!(certain("!a && b.Failed"), Vec::<String>::new());
    }

    #[test]
    fn knows_what_was_not_skipped() {
        let gated = |text: &str| {
            let depends = Depends::parse(text).unwrap();
            depends.gated().into_iter().map(str::to_owned).collect::<Vec<_>>()
        };
        assert_eq!(gated("a && b.Succeeded && !c.Succeeded"), ["b"]);
        assert_eq!(gated("(a.Succeeded && b.Succeeded) || b.Succeeded"), ["b"]);
        assert_eq!(gated("a.Succeeded || a"), Vec::<String>::new());
    }

    #[test]
    fn step_words() {
        for word in ["not", "in", "true", "false", "nil", "and", "or", "let", "if", "matches"] {
            assert_eq!(bad_name(word), Some(BadName::Word), "{word}");
        }
        assert_eq!(bad_name("2nd"), Some(BadName::Digit));
        assert_eq!(["notify", "Not", "len", "in-order"].map(bad_name), [None; 4]);
    }

    #[test]
    fn flaws_have_a_place() {
        assert_eq!(Depends::parse("a b").unwrap_err().at, 2);
        assert_eq!(Depends::parse("a &&").unwrap_err().at, 4);
        assert_eq!(Depends::parse("(a || b").unwrap_err().reason, "a `)` is missing here");
    }
}
