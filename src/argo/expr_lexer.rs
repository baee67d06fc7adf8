//! The tokens of expr-lang, cut as its lexer does (parser/lexer/state.go and lexer.go, v1.17).

use std::borrow::Cow;
use std::ops::Range;

use super::expr::{Flaw, FlawKind};

#[derive(Clone, Debug)]
pub(super) struct Token<'t> {
    pub kind: TokenKind<'t>,
    pub text: &'t str,
    pub range: Range<usize>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum TokenKind<'t> {
    Name,
    /// A word that is an operator: `in`, `not`, `let`.
    Word,
    Number,
    /// With escapes read.
    Str(Cow<'t, str>),
    /// Signs, brackets among them.
    Operator,
}

/// The words that expr takes for operators.
const WORDS: &[&str] = &[
    "not",
    "in",
    "or",
    "and",
    "matches",
    "contains",
    "startsWith",
    "endsWith",
    "let",
    "if",
    "else",
];

impl Token<'_> {
    pub(crate) fn is(&self, text: &str) -> bool {
        self.text == text && matches!(self.kind, TokenKind::Operator | TokenKind::Word)
    }

    pub(crate) fn is_one_of(&self, texts: &[&str]) -> bool {
        texts.iter().any(|text| self.is(text))
    }

    pub(crate) fn is_operator(&self) -> bool {
        matches!(self.kind, TokenKind::Operator)
    }

    pub(crate) fn is_value(&self) -> bool {
        matches!(self.kind, TokenKind::Name | TokenKind::Number | TokenKind::Str(_))
    }
}

/// The tokens up to the end, or up to what is no token.
pub(super) fn lex(text: &str) -> (Vec<Token<'_>>, Option<Flaw>) {
    let mut lexer = Lexer { text, at: 0, tokens: Vec::new() };
    let flaw = lexer.run().err();
    (lexer.tokens, flaw)
}

struct Lexer<'t> {
    text: &'t str,
    at: usize,
    tokens: Vec<Token<'t>>,
}

fn is_letter(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '_' | '$')
}

impl<'t> Lexer<'t> {
    fn peek(&self) -> Option<char> {
        self.text[self.at..].chars().next()
    }

    fn next(&mut self) -> Option<char> {
        let c = self.peek()?;
        self.at += c.len_utf8();
        Some(c)
    }

    fn eat(&mut self, signs: &str) -> bool {
        let is_next = self.peek().is_some_and(|c| signs.contains(c));
        if is_next {
            self.next();
        }
        is_next
    }

    fn eat_while(&mut self, is_part: impl Fn(char) -> bool) {
        while self.peek().is_some_and(&is_part) {
            self.next();
        }
    }

    fn push(&mut self, kind: TokenKind<'t>, start: usize) {
        let range = start..self.at;
        self.tokens.push(Token { kind, text: &self.text[range.clone()], range });
    }

    fn flaw(&self, start: usize, kind: FlawKind) -> Flaw {
        Flaw { range: start..self.at, kind }
    }

    fn run(&mut self) -> Result<(), Flaw> {
        loop {
            let start = self.at;
            let Some(c) = self.next() else { return Ok(()) };
            match c {
                c if c.is_whitespace() => {}
                '"' | '\'' => self.string(start, c)?,
                '`' => self.raw_string(start)?,
                'b' | 'B' if self.peek().is_some_and(|c| matches!(c, '"' | '\'')) => {
                    let quote = self.next().unwrap_or_default();
                    self.string(start + 1, quote)?;
                }
                '0'..='9' => self.number(start)?,
                '.' if self.peek().is_some_and(|c| c.is_ascii_digit()) => self.number(start)?,
                '/' if self.eat("/") => self.eat_while(|c| c != '\n'),
                '/' if self.eat("*") => self.comment(start)?,
                c if is_letter(c) => self.word(start),
                c => self.sign(start, c)?,
            }
        }
    }

    fn sign(&mut self, start: usize, c: char) -> Result<(), Flaw> {
        match c {
            '?' => self.eat(".?"),
            '|' => self.eat("|"),
            ':' => self.eat(":"),
            '.' => self.eat("."),
            '&' | '!' | '=' | '*' | '<' | '>' => self.eat("&=*"),
            c if "()[]{},;%+-^/#".contains(c) => false,
            c => return Err(self.flaw(start, FlawKind::Character(c))),
        };
        self.push(TokenKind::Operator, start);
        Ok(())
    }

    fn word(&mut self, start: usize) {
        self.eat_while(is_letter);
        let is_field = self.tokens.last().is_some_and(|token| token.is_one_of(&[".", "?."]));
        let is_operator = !is_field && WORDS.contains(&&self.text[start..self.at]);
        self.push(if is_operator { TokenKind::Word } else { TokenKind::Name }, start);
    }

    fn number(&mut self, start: usize) -> Result<(), Flaw> {
        self.at = start;
        let is_digit = match &self.text.as_bytes()[start..] {
            [b'0', b'x' | b'X', ..] => |c: char| c.is_ascii_hexdigit() || c == '_',
            [b'0', b'o' | b'O' | b'b' | b'B', ..] => |c: char| c.is_ascii_digit() || c == '_',
            _ => |c: char| c.is_ascii_digit() || c == '_',
        };
        if self.eat("0") {
            self.eat("xXoObB");
        }
        self.eat_while(is_digit);
        if self.text[self.at..].starts_with("..") {
            self.push(TokenKind::Number, start);
            return Ok(());
        }
        if self.eat(".") {
            self.eat_while(is_digit);
        }
        if self.eat("eE") {
            self.eat("+-");
            self.eat_while(is_digit);
        }
        if self.peek().is_some_and(is_letter) {
            self.eat_while(is_letter);
            return Err(self.flaw(start, FlawKind::Number));
        }
        self.push(TokenKind::Number, start);
        Ok(())
    }

    fn comment(&mut self, start: usize) -> Result<(), Flaw> {
        let Some(length) = self.text[self.at..].find("*/") else {
            return Err(self.flaw(start, FlawKind::OpenComment));
        };
        self.at += length + "*/".len();
        Ok(())
    }

    /// A string; the quote is read.
    fn string(&mut self, start: usize, quote: char) -> Result<(), Flaw> {
        let mut value = Cow::Borrowed("");
        loop {
            let at = self.at;
            match self.next() {
                None | Some('\n') => {
                    self.at = at;
                    return Err(self.flaw(start, FlawKind::OpenString));
                }
                Some(c) if c == quote => break,
                Some('\\') => {
                    let escaped = self.escape(at, quote)?;
                    let value = value.to_mut();
                    if value.is_empty() {
                        value.push_str(&self.text[start + 1..at]);
                    }
                    value.push(escaped);
                }
                Some(c) => {
                    if let Cow::Owned(value) = &mut value {
                        value.push(c);
                    }
                }
            }
        }
        if let Cow::Borrowed(value) = &mut value {
            *value = &self.text[start + 1..self.at - 1];
        }
        self.push(TokenKind::Str(value), start);
        Ok(())
    }

    fn escape(&mut self, start: usize, quote: char) -> Result<char, Flaw> {
        let simple = match self.next() {
            Some('a') => '\u{7}',
            Some('b') => '\u{8}',
            Some('f') => '\u{c}',
            Some('n') => '\n',
            Some('r') => '\r',
            Some('t') => '\t',
            Some('v') => '\u{b}',
            Some('\\') => '\\',
            Some(c) if c == quote => c,
            Some('x') => return self.digits(start, 16, 2),
            Some('u') if self.eat("{") => return self.braced(start),
            Some('u') => return self.digits(start, 16, 4),
            Some('U') => return self.digits(start, 16, 8),
            Some('0'..='7') => {
                self.at -= 1;
                return self.digits(start, 8, 3);
            }
            _ => return Err(self.flaw(start, FlawKind::Escape)),
        };
        Ok(simple)
    }

    fn digits(&mut self, start: usize, radix: u32, count: usize) -> Result<char, Flaw> {
        let mut code = 0;
        for _ in 0..count {
            let Some(digit) = self.peek().and_then(|c| c.to_digit(radix)) else {
                return Err(self.flaw(start, FlawKind::Escape));
            };
            self.next();
            code = code * radix + digit;
        }
        Ok(char::from_u32(code).unwrap_or(char::REPLACEMENT_CHARACTER))
    }

    fn braced(&mut self, start: usize) -> Result<char, Flaw> {
        let digits = self.at;
        self.eat_while(|c| c.is_ascii_hexdigit());
        let code = u32::from_str_radix(&self.text[digits..self.at], 16);
        match code {
            Ok(code) if self.at - digits <= 6 && self.eat("}") => {
                Ok(char::from_u32(code).unwrap_or(char::REPLACEMENT_CHARACTER))
            }
            _ => Err(self.flaw(start, FlawKind::Escape)),
        }
    }

    /// Between backquotes; two of them are one.
    fn raw_string(&mut self, start: usize) -> Result<(), Flaw> {
        loop {
            let Some(length) = self.text[self.at..].find('`') else {
                self.at = self.text.len();
                return Err(self.flaw(start, FlawKind::OpenString));
            };
            self.at += length + 1;
            if !self.eat("`") {
                break;
            }
        }
        let inner = &self.text[start + 1..self.at - 1];
        let value =
            if inner.contains('`') { inner.replace("``", "`").into() } else { inner.into() };
        self.push(TokenKind::Str(value), start);
        Ok(())
    }
}
