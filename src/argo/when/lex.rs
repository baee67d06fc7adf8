//! The tokens of a condition (govaluate, parsing.go, `readToken`). A tag is a word, or part of one.

use std::ops::Range;

use super::{Flaw, FlawKind};
use crate::argo::tags::{Kind, Tag};

#[derive(Clone, Debug)]
pub(super) struct Token<'t> {
    pub kind: TokenKind<'t>,
    pub range: Range<usize>,
}

#[derive(Clone, Debug)]
pub(super) enum TokenKind<'t> {
    Number(f64),
    Bool(bool),
    Text(Literal),
    Operator(&'t str),
    Open,
    Close,
    Comma,
}

/// Text, in quotes or not.
#[derive(Clone, Debug, Default)]
pub(super) struct Literal {
    /// Without the tags in it.
    pub value: String,
    pub is_quoted: bool,
    /// The places of the tags in it.
    pub tags: Vec<usize>,
}

impl Literal {
    /// Whether it is a tag and nothing else.
    pub(crate) fn is_tag(&self) -> bool {
        self.value.is_empty() && self.tags.len() == 1
    }
}

impl Token<'_> {
    pub(crate) fn is_quoted(&self) -> bool {
        matches!(&self.kind, TokenKind::Text(literal) if literal.is_quoted)
    }

    /// The places of the tags in it.
    pub(super) fn tags(&self) -> impl Iterator<Item = usize> {
        let literal = match &self.kind {
            TokenKind::Text(literal) => Some(literal),
            _ => None,
        };
        literal.into_iter().flat_map(|literal| literal.tags.iter().copied())
    }
}

/// What people write for an operator that govaluate does not have.
const SIGNS: &[(&str, &str)] = &[
    ("=", "=="),
    ("===", "=="),
    ("!==", "!="),
    ("<>", "!="),
    ("=>", ">="),
    ("=<", "<="),
    ("=!", "!="),
    ("&", "&&"),
    ("|", "||"),
];

const OPERATORS: &[&str] = &[
    "==", "!=", ">", ">=", "<", "<=", "=~", "!~", "&&", "||", "+", "-", "*", "/", "%", "**", "^",
    ">>", "<<", "?", ":", "??", "!", "~",
];

type Lexed<'t> = Result<Vec<Token<'t>>, (Vec<Token<'t>>, Flaw)>;

/// The tokens, or those up to a flaw.
pub(super) fn lex<'t>(text: &'t str, tags: &[Tag]) -> Lexed<'t> {
    let mut lexer = Lexer { text, tags, at: 0, tag: 0, tokens: Vec::new() };
    loop {
        match lexer.token() {
            Ok(true) => {}
            Ok(false) => return Ok(lexer.tokens),
            Err(flaw) => return Err((lexer.tokens, flaw)),
        }
    }
}

struct Lexer<'t, 'g> {
    text: &'t str,
    tags: &'g [Tag<'g>],
    at: usize,
    /// The first tag that is not behind.
    tag: usize,
    tokens: Vec<Token<'t>>,
}

fn is_number(c: char) -> bool {
    c.is_numeric() || c == '.'
}

fn is_word(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '_' | '.' | '\\')
}

fn is_sign(c: char) -> bool {
    !c.is_alphanumeric() && !c.is_whitespace() && !matches!(c, '(' | ')' | '[' | ']' | '\'' | '"')
}

impl<'t> Lexer<'t, '_> {
    fn peek(&self) -> Option<char> {
        self.text[self.at..].chars().next()
    }

    fn next(&mut self) -> Option<char> {
        let c = self.peek()?;
        self.at += c.len_utf8();
        Some(c)
    }

    fn flaw<T>(&self, start: usize, kind: FlawKind) -> Result<T, Flaw> {
        Err(Flaw { range: start..self.at, kind })
    }

    /// The tag that begins here.
    fn tag_here(&self) -> Option<usize> {
        let tag = self.tags.get(self.tag)?;
        (tag.range.start == self.at && tag.kind != Kind::Open).then_some(self.tag)
    }

    /// Adds the tag that begins here to a literal, if one does.
    fn eat_tag(&mut self, literal: &mut Literal) -> bool {
        let Some(tag) = self.tag_here() else { return false };
        literal.tags.push(tag);
        self.at = self.tags[tag].range.end;
        self.tag += 1;
        true
    }

    fn token(&mut self) -> Result<bool, Flaw> {
        let blanks = self.text[self.at..].len() - self.text[self.at..].trim_start().len();
        self.at += blanks;
        let start = self.at;
        let Some(c) = self.peek() else { return Ok(false) };
        let kind = match c {
            _ if self.tag_here().is_some() => self.word(start)?,
            c if is_number(c) => self.number(start)?,
            c if c.is_alphabetic() => self.word(start)?,
            '\'' | '"' => self.string(start, c)?,
            '[' => self.bracketed(start)?,
            _ if matches!(c, '(' | ')' | ',') => {
                self.next();
                match c {
                    '(' => TokenKind::Open,
                    ')' => TokenKind::Close,
                    _ => TokenKind::Comma,
                }
            }
            _ => self.sign(start)?,
        };
        self.tokens.push(Token { kind, range: start..self.at });
        Ok(true)
    }

    fn number(&mut self, start: usize) -> Result<TokenKind<'t>, Flaw> {
        let is_hex = self.text[start..].starts_with("0x");
        self.at += if is_hex { 2 } else { 0 };
        let is_digit = |c: char| if is_hex { c.is_ascii_hexdigit() } else { is_number(c) };
        while self.tag_here().is_none() && self.peek().is_some_and(is_digit) {
            self.next();
        }
        if self.tag_here().is_some() {
            self.at = start;
            return self.word(start);
        }
        let written = &self.text[start..self.at];
        let number = match written.strip_prefix("0x") {
            Some(digits) => u32::from_str_radix(digits, 16).ok().map(f64::from),
            None => written.parse().ok(),
        };
        let goes_on = self.peek().is_some_and(is_word);
        if goes_on {
            while self.peek().is_some_and(|c| is_word(c) || c == '-') {
                self.next();
            }
        }
        match number {
            Some(number) if !goes_on => Ok(TokenKind::Number(number)),
            _ => self.flaw(start, FlawKind::Number),
        }
    }

    /// Letters, digits, `_`, `.` and tags. A backslash takes the next character as it is.
    fn word(&mut self, start: usize) -> Result<TokenKind<'t>, Flaw> {
        let mut literal = Literal::default();
        loop {
            if self.eat_tag(&mut literal) {
                continue;
            }
            match self.peek().filter(|c| is_word(*c)) {
                Some('\\') => {
                    self.next();
                    literal.value.extend(self.next());
                }
                Some(_) => literal.value.extend(self.next()),
                None => break,
            }
        }
        if literal.tags.is_empty() && literal.value.contains('.') {
            return self.flaw(start, FlawKind::Point);
        }
        Ok(match &*literal.value {
            "true" if literal.tags.is_empty() => TokenKind::Bool(true),
            "false" if literal.tags.is_empty() => TokenKind::Bool(false),
            "in" | "IN" if literal.tags.is_empty() => TokenKind::Operator("in"),
            _ => TokenKind::Text(literal),
        })
    }

    /// Either quote ends a string.
    fn string(&mut self, start: usize, quote: char) -> Result<TokenKind<'t>, Flaw> {
        self.next();
        let mut literal = Literal { is_quoted: true, ..Literal::default() };
        loop {
            if self.eat_tag(&mut literal) {
                continue;
            }
            match self.next() {
                Some('\\') => literal.value.extend(self.next()),
                Some(c) if c == quote => return Ok(TokenKind::Text(literal)),
                Some('\'' | '"') => return self.flaw(start, FlawKind::MixedQuotes),
                Some(c) => literal.value.push(c),
                None => return self.flaw(start, FlawKind::OpenString),
            }
        }
    }

    /// `[any text]` is a variable to govaluate, and so text to Argo.
    fn bracketed(&mut self, start: usize) -> Result<TokenKind<'t>, Flaw> {
        self.next();
        let mut literal = Literal::default();
        loop {
            if self.eat_tag(&mut literal) {
                continue;
            }
            match self.next() {
                Some('\\') => literal.value.extend(self.next()),
                Some(']') => return Ok(TokenKind::Text(literal)),
                Some(c) => literal.value.push(c),
                None => return self.flaw(start, FlawKind::OpenBracket),
            }
        }
    }

    /// Signs side by side are one operator.
    fn sign(&mut self, start: usize) -> Result<TokenKind<'t>, Flaw> {
        self.next();
        while self.tag_here().is_none() && self.peek().is_some_and(is_sign) {
            self.next();
        }
        let sign = &self.text[start..self.at];
        if OPERATORS.contains(&sign) {
            return Ok(TokenKind::Operator(sign));
        }
        let instead = SIGNS.iter().find(|(wrong, _)| *wrong == sign).map(|(_, right)| *right);
        let is_joined = instead.is_none()
            && OPERATORS.iter().any(|operator| {
                sign.strip_prefix(operator).is_some_and(|rest| OPERATORS.contains(&rest))
            });
        let kind = if is_joined { FlawKind::Joined } else { FlawKind::Operator { instead } };
        self.flaw(start, kind)
    }
}
