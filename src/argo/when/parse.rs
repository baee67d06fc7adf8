//! The order of a condition's tokens, and what its parts can come to (govaluate, stagePlanner.go
//! and evaluationStage.go, the type checks).

use std::ops::Range;

use super::lex::{Literal, Token, TokenKind};
use super::{Flaw, FlawKind};

/// Flaws, and what tags are compared with.
#[derive(Debug, Default)]
pub(super) struct Parsed {
    pub flaws: Vec<Flaw>,
    pub compared: Vec<Compared>,
}

#[derive(Debug)]
pub(super) struct Compared {
    pub tag: usize,
    pub operator: &'static str,
    pub with: String,
}

/// What a part of a condition comes to.
#[derive(Clone, Debug)]
struct Value {
    range: Range<usize>,
    kind: Kind,
}

#[derive(Clone, Debug)]
enum Kind {
    Number(Option<f64>),
    Bool(Option<bool>),
    Text(Literal),
    /// Text that is not written, but put together.
    SomeText,
    List,
    /// Whatever a tag without quotes becomes.
    Unknown(Option<usize>),
}

/// Operators by how tightly they bind, the loosest first.
const LEVELS: &[&[&str]] = &[
    &["?", ":", "??"],
    &["||"],
    &["&&"],
    &["==", "!=", ">", ">=", "<", "<=", "=~", "!~", "in"],
    &["^", "&", "|", ">>", "<<"],
    &["+", "-"],
    &["*", "/", "%"],
    &["**"],
];

/// Words that people write for an operator.
const WORDS: &[(&str, &str)] = &[
    ("and", "&&"),
    ("or", "||"),
    ("not", "!"),
    ("eq", "=="),
    ("is", "=="),
    ("equals", "=="),
    ("ne", "!="),
    ("matches", "=~"),
    ("contains", "=~"),
];

const MAX_DEPTH: usize = 50;

pub(super) fn parse(tokens: &[Token]) -> Parsed {
    let mut parser = Parser { tokens, at: 0, parsed: Parsed::default() };
    if tokens.is_empty() {
        return parser.parsed;
    }
    let value = parser.whole();
    match value {
        Ok(value) => parser.result(&value),
        // What is wrong in the order of tokens comes before what is wrong in what was read.
        Err(flaw) => parser.parsed.flaws = vec![flaw],
    }
    parser.parsed
}

struct Parser<'p, 't> {
    tokens: &'p [Token<'t>],
    at: usize,
    parsed: Parsed,
}

type Read = Result<Value, Flaw>;

fn fail(range: &Range<usize>, kind: FlawKind) -> Read {
    Err(Flaw { range: range.clone(), kind })
}

impl<'p, 't> Parser<'p, 't> {
    fn peek(&self) -> Option<&'p Token<'t>> {
        self.tokens.get(self.at)
    }

    fn flaw(&mut self, range: &Range<usize>, kind: FlawKind) {
        self.parsed.flaws.push(Flaw { range: range.clone(), kind });
    }

    fn whole(&mut self) -> Read {
        let value = self.level(0, 0)?;
        let Some(token) = self.peek() else { return Ok(value) };
        match &token.kind {
            TokenKind::Close => fail(&token.range, FlawKind::Parenthesis(')')),
            _ => fail(&token.range, FlawKind::NoOperator { instead: word_for(token) }),
        }
    }

    /// What the whole comes to must be true or false.
    fn result(&mut self, value: &Value) {
        match &value.kind {
            Kind::Bool(Some(value_of)) if self.parsed.flaws.is_empty() => {
                let kind = FlawKind::Constant { value: Some(*value_of), word: None };
                self.flaw(&value.range, kind);
            }
            Kind::Bool(_) | Kind::Unknown(_) => {}
            _ => self.flaw(&value.range, FlawKind::NotBool),
        }
    }

    fn level(&mut self, level: usize, depth: usize) -> Read {
        let Some(operators) = LEVELS.get(level) else { return self.operand(depth) };
        let mut left = self.level(level + 1, depth)?;
        while let Some(operator) = self.operator(operators) {
            self.at += 1;
            let right = self.level(level + 1, depth)?;
            left = self.join(&left, operator, &right);
        }
        Ok(left)
    }

    fn operator(&self, operators: &[&'static str]) -> Option<&'static str> {
        let TokenKind::Operator(sign) = self.peek()?.kind else { return None };
        operators.iter().copied().find(|operator| *operator == sign)
    }

    fn operand(&mut self, depth: usize) -> Read {
        let Some(token) = self.peek() else {
            let last = self.tokens.last().map(|token| token.range.clone()).unwrap_or_default();
            return fail(&last, FlawKind::NoOperand);
        };
        let range = token.range.clone();
        self.at += 1;
        let kind = match &token.kind {
            TokenKind::Number(number) => Kind::Number(Some(*number)),
            TokenKind::Bool(value) => Kind::Bool(Some(*value)),
            TokenKind::Text(literal) if literal.is_quoted || literal.tags.is_empty() => {
                Kind::Text(literal.clone())
            }
            TokenKind::Text(literal) => Kind::Unknown(literal.is_tag().then(|| literal.tags[0])),
            TokenKind::Open => return self.parenthesis(&range, depth + 1),
            TokenKind::Operator("!" | "-" | "~") => return self.prefix(token, depth + 1),
            TokenKind::Operator(_) | TokenKind::Comma => {
                let previous = self.tokens.get(self.at.wrapping_sub(2));
                let range = previous.map_or(range, |previous| previous.range.clone());
                return fail(&range, FlawKind::NoOperand);
            }
            TokenKind::Close => return fail(&range, FlawKind::NoOperand),
        };
        Ok(Value { range, kind })
    }

    /// What follows `(`: a condition, or a list.
    fn parenthesis(&mut self, open: &Range<usize>, depth: usize) -> Read {
        if depth > MAX_DEPTH {
            return fail(open, FlawKind::TooDeep);
        }
        let mut value = self.level(0, depth)?;
        while let Some(TokenKind::Comma) = self.peek().map(|token| &token.kind) {
            self.at += 1;
            self.level(0, depth)?;
            value.kind = Kind::List;
        }
        match self.peek() {
            Some(Token { kind: TokenKind::Close, range }) => {
                self.at += 1;
                Ok(Value { range: open.start..range.end, ..value })
            }
            Some(token) => fail(&token.range, FlawKind::NoOperator { instead: word_for(token) }),
            None => fail(open, FlawKind::Parenthesis('(')),
        }
    }

    /// `!` and `-` take the next value, and no text.
    fn prefix(&mut self, sign: &Token, depth: usize) -> Read {
        if depth > MAX_DEPTH {
            return fail(&sign.range, FlawKind::TooDeep);
        }
        let value = self.operand(depth)?;
        let range = sign.range.start..value.range.end;
        let is_not = matches!(sign.kind, TokenKind::Operator("!"));
        let kind = match (value.kind, is_not) {
            (Kind::Bool(value), true) => Kind::Bool(value.map(|value| !value)),
            (Kind::Number(value), false) => Kind::Number(value.map(|value| -value)),
            (Kind::Unknown(_), true) => Kind::Bool(None),
            (Kind::Unknown(_), false) => Kind::Number(None),
            (_, true) => {
                self.flaw(&range, FlawKind::NotBool);
                Kind::Bool(None)
            }
            (_, false) => {
                self.flaw(&range, FlawKind::Arithmetic);
                Kind::Number(None)
            }
        };
        Ok(Value { range, kind })
    }

    fn join(&mut self, left: &Value, operator: &'static str, right: &Value) -> Value {
        let range = left.range.start..right.range.end;
        let kind = match operator {
            "&&" | "||" => self.logic(left, operator, right),
            "==" | "!=" => self.equality(left, operator, right, &range),
            ">" | ">=" | "<" | "<=" => self.size(left, right, &range),
            "in" => self.list(right),
            "=~" | "!~" => Kind::Bool(None),
            "?" | ":" | "??" => Kind::Unknown(None),
            _ => self.arithmetic(left, operator, right, &range),
        };
        Value { range, kind }
    }

    fn logic(&mut self, left: &Value, operator: &str, right: &Value) -> Kind {
        for side in [left, right] {
            if !matches!(side.kind, Kind::Bool(_) | Kind::Unknown(_)) {
                self.flaw(&side.range, FlawKind::NotBool);
            }
        }
        match (&left.kind, &right.kind) {
            (Kind::Bool(Some(left)), Kind::Bool(Some(right))) => {
                Kind::Bool(Some(if operator == "&&" { *left && *right } else { *left || *right }))
            }
            _ => Kind::Bool(None),
        }
    }

    /// Both sides are compared as they are: text never equals a number, or true.
    fn equality(
        &mut self,
        left: &Value,
        operator: &'static str,
        right: &Value,
        range: &Range<usize>,
    ) -> Kind {
        self.remember(left, operator, right);
        self.remember(right, operator, left);
        if let (Some(a), Some(b)) = (left.constant(), right.constant()) {
            let value = (a == b) == (operator == "==");
            let word = left.word().or_else(|| right.word());
            self.flaw(range, FlawKind::Constant { value: Some(value), word });
        } else if left.differs_from(right) || right.differs_from(left) {
            let is_tag = [left, right].iter().any(|side| matches!(side.kind, Kind::Unknown(_)));
            self.flaw(range, FlawKind::NeverEqual { is_tag });
        }
        Kind::Bool(None)
    }

    fn remember(&mut self, value: &Value, operator: &'static str, other: &Value) {
        let tag = match &value.kind {
            Kind::Unknown(tag) => *tag,
            Kind::Text(literal) if literal.is_tag() => Some(literal.tags[0]),
            _ => None,
        };
        if let (Some(tag), Some(Constant::Text(with))) = (tag, other.constant()) {
            self.parsed.compared.push(Compared { tag, operator, with });
        }
    }

    fn size(&mut self, left: &Value, right: &Value, range: &Range<usize>) -> Kind {
        let is_text = |value: &Value| matches!(value.kind, Kind::Text(_) | Kind::SomeText);
        let is_number = |value: &Value| matches!(value.kind, Kind::Number(_));
        let is_bool = |value: &Value| matches!(value.kind, Kind::Bool(_) | Kind::List);
        let is_mixed = |a: &Value, b: &Value| is_text(a) && is_number(b) || is_bool(a);
        if is_mixed(left, right) || is_mixed(right, left) {
            self.flaw(range, FlawKind::Size);
        } else if left.constant().is_some() && right.constant().is_some() {
            let word = left.word().or_else(|| right.word());
            self.flaw(range, FlawKind::Constant { value: None, word });
        }
        Kind::Bool(None)
    }

    fn list(&mut self, right: &Value) -> Kind {
        if !matches!(right.kind, Kind::List) {
            self.flaw(&right.range, FlawKind::List);
        }
        Kind::Bool(None)
    }

    fn arithmetic(
        &mut self,
        left: &Value,
        operator: &str,
        right: &Value,
        range: &Range<usize>,
    ) -> Kind {
        let is_text = |value: &Value| matches!(value.kind, Kind::Text(_) | Kind::SomeText);
        let is_number = |value: &Value| matches!(value.kind, Kind::Number(_) | Kind::Unknown(_));
        if operator == "+" && (is_text(left) || is_text(right)) {
            return Kind::SomeText;
        }
        if !is_number(left) || !is_number(right) {
            // `a-b-c` is one mistake.
            self.parsed
                .flaws
                .retain(|flaw| flaw.kind != FlawKind::Arithmetic || flaw.range.start < range.start);
            self.flaw(range, FlawKind::Arithmetic);
            return Kind::Unknown(None);
        }
        Kind::Number(None)
    }
}

/// The operator that is meant by a word in the place of one.
fn word_for(token: &Token) -> Option<&'static str> {
    let TokenKind::Text(literal) = &token.kind else { return None };
    let word = literal.value.to_ascii_lowercase();
    let is_bare = !literal.is_quoted && literal.tags.is_empty();
    WORDS.iter().find(|(wrong, _)| is_bare && *wrong == word).map(|(_, right)| *right)
}

#[derive(Clone, Debug, PartialEq)]
enum Constant {
    Number(f64),
    Bool(bool),
    Text(String),
}

impl Value {
    /// What it is in every run.
    fn constant(&self) -> Option<Constant> {
        match &self.kind {
            Kind::Number(number) => number.map(Constant::Number),
            Kind::Bool(value) => value.map(Constant::Bool),
            Kind::Text(literal) if literal.tags.is_empty() => {
                Some(Constant::Text(literal.value.clone()))
            }
            _ => None,
        }
    }

    /// A word without quotes.
    fn word(&self) -> Option<String> {
        match &self.kind {
            Kind::Text(literal) if !literal.is_quoted => Some(literal.value.clone()),
            _ => None,
        }
    }

    /// Whether it is text for sure, and the other is not wherever they look alike: `true` in quotes
    /// is text, and what a tag without quotes makes of `true` is not.
    fn differs_from(&self, other: &Self) -> bool {
        let Kind::Text(literal) = &self.kind else { return false };
        match &other.kind {
            Kind::Number(_) | Kind::Bool(Some(_)) => true,
            Kind::Unknown(_) => {
                let value = &*literal.value;
                let is_number =
                    value.starts_with(|c: char| c.is_ascii_digit()) && value.parse::<f64>().is_ok();
                literal.is_quoted
                    && literal.tags.is_empty()
                    && (is_number || matches!(value, "true" | "false"))
            }
            _ => false,
        }
    }
}
