//! Conditions, `when`, as govaluate reads them once Argo has put values into the tags
//! (workflow/controller/steps.go, `shouldExecute`; github.com/Knetic/govaluate at 7625b7f).
//!
//! A word without quotes is text: Argo makes strings of govaluate's variables. So `branch ==
//! 'main'` compares two texts, and a value that holds blanks or operators is read as part of the
//! condition.

mod check;
mod lex;
mod parse;
#[cfg(test)]
mod tests;

use std::collections::{HashMap, HashSet};
use std::ops::Range;

use super::tags::{Tag, tags};

pub(crate) use check::check;
use lex::Token;

/// What is wrong in a condition, and where in its text, in bytes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Flaw {
    pub range: Range<usize>,
    pub kind: FlawKind,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum FlawKind {
    /// A quote that nothing closes.
    OpenString,
    /// A string that the other quote closes: either of them ends a string.
    MixedQuotes,
    /// `[` without `]`.
    OpenBracket,
    /// A parenthesis without its counterpart.
    Parenthesis(char),
    TooDeep,
    /// No operator; with the one that is meant.
    Operator {
        instead: Option<&'static str>,
    },
    /// Operators without a blank between them.
    Joined,
    /// A number with a second point, or with letters.
    Number,
    /// A word with a point in it.
    Point,
    /// Nothing stands on one side of an operator.
    NoOperand,
    /// No operator stands before this; with the one that is meant.
    NoOperator {
        instead: Option<&'static str>,
    },
    /// A text or a number where only true or false can be.
    NotBool,
    /// Two values that are never equal, since one is text and the other is not.
    NeverEqual {
        is_tag: bool,
    },
    /// Text and a number, compared by size.
    Size,
    /// What follows `in` is no list of two or more.
    List,
    /// Text that is calculated with.
    Arithmetic,
    /// Nothing in it changes; with the word in it that may be meant for a variable.
    Constant {
        value: Option<bool>,
        word: Option<String>,
    },
    /// A tag that Argo knows nothing of, and leaves as it is.
    Foreign,
}

/// A tag in a condition.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Operand<'t> {
    pub tag: Tag<'t>,
    /// It stands in quotes. A value can leave them: `a' == 'a' || 'x` is a name of a branch.
    pub is_quoted: bool,
    /// What it is compared with, if that is a literal and nothing stands beside the tag: `==` and
    /// `main`.
    pub compared: Option<(&'static str, String)>,
}

/// A condition, read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct When<'t> {
    pub flaws: Vec<Flaw>,
    pub operands: Vec<Operand<'t>>,
}

/// Reads a condition.
pub(crate) fn read(text: &str) -> When<'_> {
    let tags = tags(text);
    let (tokens, flaw) = match lex::lex(text, &tags) {
        Ok(tokens) => (tokens, None),
        Err((tokens, flaw)) => (tokens, Some(flaw)),
    };
    let parsed = if flaw.is_none() { parse::parse(&tokens) } else { parse::Parsed::default() };
    let quoted: HashSet<usize> =
        tokens.iter().filter(|token| token.is_quoted()).flat_map(Token::tags).collect();
    let mut compared: HashMap<usize, (&'static str, String)> =
        parsed.compared.into_iter().map(|it| (it.tag, (it.operator, it.with))).collect();
    let operands = tags.into_iter().enumerate().map(|(at, tag)| Operand {
        tag,
        is_quoted: quoted.contains(&at),
        compared: compared.remove(&at),
    });
    When { operands: operands.collect(), flaws: flaw.into_iter().chain(parsed.flaws).collect() }
}
