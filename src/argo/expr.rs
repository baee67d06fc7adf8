//! The language of `{{= … }}`, expr-lang, as far as its names go: the text is cut into tokens as
//! expr's lexer does (github.com/expr-lang/expr, parser/lexer), and the dotted names are gathered
//! from them. The grammar is checked no further than to find what a person mistypes: of 40,000
//! random expressions, none that expr 1.17.7 takes has a flaw here, and the names are those that
//! its tree has.

use std::borrow::Cow;
use std::ops::Range;

use super::expr_lexer::{Token, TokenKind, lex};
use super::tags::{Name, Part};
use super::variables::is_checked_root;

/// Why an expression cannot be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Flaw {
    pub range: Range<usize>,
    pub kind: FlawKind,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum FlawKind {
    /// There is nothing in it.
    Empty,
    /// A blank stands between `{{` and `=`.
    Detached,
    /// A string has no end.
    OpenString,
    /// A comment has no end.
    OpenComment,
    /// `\q` in a string.
    Escape,
    /// A number such as `1a`.
    Number,
    /// A character that no token starts with.
    Character(char),
    /// A bracket without its counterpart.
    Bracket(char),
    /// One `=` outside of `let`.
    SingleEquals,
    /// Two values side by side.
    NoOperator,
    /// An operator with nothing after it.
    NoOperand,
    /// A name with `-` in it, which is read as a subtraction; with what to write.
    Hyphen { instead: String },
}

/// What an expression comes to.
#[derive(Debug, Default)]
pub(crate) struct Read<'t> {
    pub names: Vec<Name<'t>>,
    pub flaw: Option<Flaw>,
    /// One name is all there is.
    pub is_name: bool,
}

/// Reads an expression; `base` is where it starts in the text that ranges count from.
pub(crate) fn read(text: &str, base: usize) -> Read<'_> {
    let (tokens, lexical) = lex(text);
    let mut names = names(&tokens);
    let is_name = match (&*names, tokens.last()) {
        ([name], Some(last)) => {
            name.range.start == tokens[0].range.start && name.range.end == last.range.end
        }
        _ => false,
    };
    let flaw = hyphen(text, &names).or(lexical).or_else(|| flaw(text, &tokens));
    let flaw = flaw.map(|flaw| Flaw { range: shift(flaw.range, base), ..flaw });
    for name in &mut names {
        name.range = shift(name.range.clone(), base);
        for part in &mut name.parts {
            part.range = shift(part.range.clone(), base);
        }
    }
    Read { names, flaw, is_name }
}

fn shift(range: Range<usize>, base: usize) -> Range<usize> {
    range.start + base..range.end + base
}

/// Every dotted name. Keys of maps, `{a: 1}`, and fields of what is not a name, `f().a`, are none.
fn names<'t>(tokens: &[Token<'t>]) -> Vec<Name<'t>> {
    let mut names = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        if is_start(tokens, at) {
            let (name, end) = chain(tokens, at);
            names.push(name);
            at = end;
        } else {
            at += 1;
        }
    }
    names
}

fn is_start(tokens: &[Token], at: usize) -> bool {
    let before = at.checked_sub(1).map(|before| &tokens[before]);
    let is_field = before.is_some_and(|token| token.is_one_of(&[".", "?.", "#", "let"]));
    let is_key = before.is_some_and(|token| token.is_one_of(&["{", ","]))
        && tokens.get(at + 1).is_some_and(|token| token.is(":"));
    tokens[at].kind == TokenKind::Name && !is_field && !is_key
}

/// The name that starts at a token, and the token behind it.
fn chain<'t>(tokens: &[Token<'t>], start: usize) -> (Name<'t>, usize) {
    let mut parts = vec![tokens[start].part()];
    let mut at = start + 1;
    while let Some((part, next)) = field(tokens, at) {
        parts.push(part);
        at = next;
    }
    let range = tokens[start].range.start..tokens[at - 1].range.end;
    let is_call = tokens.get(at).is_some_and(|token| token.is("("));
    (Name { range, parts, is_call }, at)
}

/// `.x`, `?.x`, `["x"]` or `?.["x"]`, and the token behind it.
fn field<'t>(tokens: &[Token<'t>], at: usize) -> Option<(Part<'t>, usize)> {
    let first = tokens.get(at)?;
    let bracket = match tokens.get(at + 1) {
        Some(second) if first.is_one_of(&[".", "?."]) && second.kind == TokenKind::Name => {
            return Some((second.part(), at + 2));
        }
        Some(second) if first.is("?.") && second.is("[") => at + 1,
        _ if first.is("[") => at,
        _ => return None,
    };
    let (key, end) = (tokens.get(bracket + 1)?, tokens.get(bracket + 2)?);
    let is_key = matches!(key.kind, TokenKind::Str(_)) && end.is("]");
    is_key.then(|| (key.part(), bracket + 3))
}

impl<'t> Token<'t> {
    fn part(&self) -> Part<'t> {
        match &self.kind {
            TokenKind::Str(text) => {
                Part { text: text.clone(), range: self.range.start + 1..self.range.end - 1 }
            }
            _ => Part { text: Cow::Borrowed(self.text), range: self.range.clone() },
        }
    }
}

/// `inputs.parameters.git-secret` is `inputs.parameters.git` minus `secret`: no two of Argo's
/// values can be subtracted, so it is meant as one name (docs/variables.md, "Expression").
fn hyphen(text: &str, names: &[Name]) -> Option<Flaw> {
    let is_joined = |name: &&Name| {
        let next = text[name.range.end..].strip_prefix('-').unwrap_or_default();
        let length = next.bytes().take_while(u8::is_ascii_alphanumeric).count();
        length > 0 && !is_checked_root(&next[..length])
    };
    let is_ours = |name: &&Name| is_checked_root(name.root()) && name.parts.len() > 1;
    let name = names.iter().filter(is_ours).find(is_joined)?;
    let written = &text[name.range.start..];
    let is_part = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.');
    let after = &text[name.range.end..];
    let length = written.len() - after.trim_start_matches(is_part).len();
    let range = name.range.start..name.range.start + length;
    let instead = indexed(written[..length].trim_end_matches(['.', '-']));
    Some(Flaw { range, kind: FlawKind::Hyphen { instead } })
}

/// A dotted name with the parts in brackets that need it.
pub(crate) fn indexed(name: &str) -> String {
    let mut parts = name.split('.');
    let mut written = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let head = part.split('[').next().unwrap_or_default();
        if head.contains('-') || head.starts_with(|c: char| c.is_ascii_digit()) {
            written.extend(["[\"", part, "\"]"]);
        } else {
            written.push('.');
            written.push_str(part);
        }
    }
    written
}

/// What is wrong with the order of tokens.
fn flaw(text: &str, tokens: &[Token]) -> Option<Flaw> {
    if tokens.is_empty() {
        return Some(Flaw { range: 0..text.len(), kind: FlawKind::Empty });
    }
    brackets(tokens).or_else(|| single_equals(tokens)).or_else(|| sequence(tokens))
}

fn brackets(tokens: &[Token]) -> Option<Flaw> {
    let flaw = |token: &Token| {
        let bracket = token.text.chars().next().unwrap_or_default();
        Flaw { range: token.range.clone(), kind: FlawKind::Bracket(bracket) }
    };
    let mut open: Vec<&Token> = Vec::new();
    for token in tokens {
        let counterpart = match token.text {
            "(" | "[" | "{" if token.is_operator() => {
                open.push(token);
                continue;
            }
            ")" if token.is_operator() => "(",
            "]" if token.is_operator() => "[",
            "}" if token.is_operator() => "{",
            _ => continue,
        };
        match open.pop() {
            Some(bracket) if bracket.text == counterpart => {}
            Some(bracket) => return Some(flaw(bracket)),
            None => return Some(flaw(token)),
        }
    }
    open.first().map(|token| flaw(token))
}

fn single_equals(tokens: &[Token]) -> Option<Flaw> {
    let has_let = tokens.iter().any(|token| token.is("let"));
    let equals = tokens.iter().find(|token| token.is("=")).filter(|_| !has_let)?;
    Some(Flaw { range: equals.range.clone(), kind: FlawKind::SingleEquals })
}

/// Operators that stand between two values.
const BINARY: &[&str] = &[
    "==",
    "!=",
    "<",
    "<=",
    ">",
    ">=",
    "&&",
    "||",
    "&",
    "??",
    "*",
    "/",
    "%",
    "^",
    "**",
    "+",
    "-",
    "..",
    "|",
    "?",
    ":",
    ",",
    ".",
    "?.",
    "in",
    "or",
    "and",
    "matches",
    "contains",
    "startsWith",
    "endsWith",
];

/// Of these, what can follow a value only.
const BETWEEN: &[&str] = &[
    "==",
    "!=",
    "<",
    "<=",
    ">",
    ">=",
    "&&",
    "||",
    "??",
    "*",
    "/",
    "%",
    "^",
    "**",
    "|",
    "in",
    "or",
    "and",
    "matches",
    "contains",
    "startsWith",
    "endsWith",
];

fn sequence(tokens: &[Token]) -> Option<Flaw> {
    for pair in tokens.windows(2) {
        let side_by_side = pair[0].is_value() && pair[1].is_value();
        if side_by_side {
            return Some(Flaw { range: pair[1].range.clone(), kind: FlawKind::NoOperator });
        }
        let is_end = pair[1].is_one_of(&[")", "]", "}"]) || pair[1].is_one_of(BETWEEN);
        if is_end && pair[0].is_one_of(BINARY) && !pair[0].is_one_of(&[",", ":"]) {
            return Some(Flaw { range: pair[0].range.clone(), kind: FlawKind::NoOperand });
        }
    }
    let first = tokens.first().filter(|token| token.is_one_of(BETWEEN));
    let is_open = |token: &&Token| token.is_one_of(BINARY) || token.is_one_of(&["!", "not"]);
    let token = first.or(tokens.last().filter(is_open))?;
    Some(Flaw { range: token.range.clone(), kind: FlawKind::NoOperand })
}

#[cfg(test)]
mod tests;
