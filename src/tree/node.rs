//! Nodes: every value and every key with its span.

use super::scalar::{Resolved, resolve};
use super::text::Str;
use crate::source::Span;

/// A value and where it comes from.
#[derive(Clone, Debug)]
pub struct Node {
    pub span: Span,
    pub value: Value,
}

/// What a value is.
#[derive(Clone, Debug)]
pub enum Value {
    Scalar(Scalar),
    List(Vec<Node>),
    /// The entries of a map, in order; no key comes twice.
    Map(Vec<Entry>),
}

/// A scalar: its text after escapes, and whether it is plain, so that YAML may take it for a
/// number, a boolean or null. Text that is not plain is a string, whatever it looks like.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Scalar {
    pub text: Str,
    pub plain: bool,
}

/// A key and its span.
#[derive(Clone, Debug)]
pub struct Key {
    pub text: Str,
    pub span: Span,
}

/// A key and its value.
#[derive(Clone, Debug)]
pub struct Entry {
    pub key: Key,
    pub value: Node,
}

impl Node {
    /// A string.
    pub fn text(text: impl Into<Str>, span: Span) -> Self {
        Self { span, value: Value::Scalar(Scalar { text: text.into(), plain: false }) }
    }

    /// A plain scalar: a number, a boolean or null.
    pub fn plain(text: impl Into<Str>, span: Span) -> Self {
        Self { span, value: Value::Scalar(Scalar { text: text.into(), plain: true }) }
    }

    /// The node with another span; what is below it keeps its own.
    #[must_use]
    pub fn at(self, span: Span) -> Self {
        Self { span, ..self }
    }

    /// The value under a key, if this is a map that has it.
    pub fn get(&self, key: &str) -> Option<&Node> {
        self.entry(key).map(|entry| &entry.value)
    }

    /// The value at a path of keys, if it is there.
    pub fn find(&self, path: &[&str]) -> Option<&Node> {
        path.iter().try_fold(self, |node, key| node.get(key))
    }

    /// Where a map begins, for what it lacks: at its first key.
    pub(crate) fn first_key(&self) -> Span {
        self.entries().first().map_or(self.span, |entry| entry.key.span)
    }

    /// How many nodes there are, this one and those below it.
    pub(crate) fn count(&self) -> usize {
        1 + match &self.value {
            Value::Scalar(_) => 0,
            Value::List(items) => items.iter().map(Self::count).sum(),
            Value::Map(entries) => entries.iter().map(|entry| entry.value.count()).sum(),
        }
    }

    /// The entry of a key, if this is a map that has it.
    pub fn entry(&self, key: &str) -> Option<&Entry> {
        self.entries().iter().find(|entry| entry.key.text == key)
    }

    /// The entries of a map; none if this is not a map.
    pub fn entries(&self) -> &[Entry] {
        match &self.value {
            Value::Map(entries) => entries,
            _ => &[],
        }
    }

    /// The items of a list; none if this is not a list.
    pub fn items(&self) -> &[Node] {
        match &self.value {
            Value::List(items) => items,
            _ => &[],
        }
    }

    /// The text of a scalar, whatever YAML may take it for.
    pub fn as_text(&self) -> Option<&Str> {
        match &self.value {
            Value::Scalar(scalar) => Some(&scalar.text),
            _ => None,
        }
    }

    /// The text of a scalar that is not null.
    pub fn as_str(&self) -> Option<&str> {
        self.as_text().filter(|_| !self.is_null()).map(Str::as_str)
    }

    /// Whether the value is YAML's null: nothing, `~` or `null`, plain.
    pub fn is_null(&self) -> bool {
        matches!(&self.value, Value::Scalar(scalar) if scalar.resolve() == Resolved::Null)
    }

    /// Calls `visit` for every scalar at or below this node; keys are not among them.
    pub fn each_scalar<'a>(&'a self, visit: &mut impl FnMut(&'a Scalar, Span)) {
        match &self.value {
            Value::Scalar(scalar) => visit(scalar, self.span),
            Value::List(items) => {
                for item in items {
                    item.each_scalar(visit);
                }
            }
            Value::Map(entries) => {
                for entry in entries {
                    entry.value.each_scalar(visit);
                }
            }
        }
    }

    /// How many bytes the value has as JSON without blanks, as Go's encoder writes it.
    pub fn json_len(&self) -> usize {
        match &self.value {
            Value::Scalar(scalar) => scalar.json_len(),
            Value::List(items) => {
                2 + items.len().saturating_sub(1) + items.iter().map(Self::json_len).sum::<usize>()
            }
            Value::Map(entries) => {
                let len = |entry: &Entry| string_len(&entry.key.text) + 1 + entry.value.json_len();
                2 + entries.len().saturating_sub(1) + entries.iter().map(len).sum::<usize>()
            }
        }
    }
}

impl Scalar {
    /// What the scalar means; a string if it is not plain.
    pub fn resolve(&self) -> Resolved {
        if self.plain { resolve(&self.text) } else { Resolved::Str }
    }

    /// The span of the bytes `start..end` of the text, the scalar itself having the span `whole`.
    pub fn part(&self, whole: Span, start: usize, end: usize) -> Span {
        self.text.part(whole, start, end)
    }

    fn json_len(&self) -> usize {
        match self.resolve() {
            Resolved::Str => string_len(&self.text),
            Resolved::Null | Resolved::Bool(true) => 4,
            Resolved::Bool(false) => 5,
            number => number.json_number().map_or_else(|| string_len(&self.text), |n| n.len()),
        }
    }
}

/// Go's encoder escapes the characters of HTML as well.
fn string_len(text: &str) -> usize {
    let escaped = |c: char| match c {
        '"' | '\\' | '\n' | '\r' | '\t' | '\u{8}' | '\u{c}' => 2,
        '<' | '>' | '&' | '\u{2028}' | '\u{2029}' | '\0'..='\u{1f}' => 6,
        _ => c.len_utf8(),
    };
    2 + text.chars().map(escaped).sum::<usize>()
}
