//! The tree of a document: every value and every key with its place.

use std::sync::Arc;

use crate::source::Span;

/// A value with its place.
#[derive(Clone, Debug)]
pub struct Node {
    pub span: Span,
    pub value: Yaml,
}

/// What a value is. Scalars are text still: what they mean is for the reader of the field to say.
#[derive(Clone, Debug)]
pub enum Yaml {
    Scalar(Scalar),
    List(Vec<Node>),
    Map(Vec<Entry>),
}

/// A scalar: its text after escapes, and whether it stood there bare, so that YAML may take it for a number, a boolean or null.
#[derive(Clone, Debug)]
pub struct Scalar {
    pub text: Arc<str>,
    pub plain: bool,
}

/// A key with its place.
#[derive(Clone, Debug)]
pub struct Key {
    pub text: Arc<str>,
    pub span: Span,
}

/// A key and its value.
#[derive(Clone, Debug)]
pub struct Entry {
    pub key: Key,
    pub value: Node,
}

impl Node {
    /// A scalar as if it had been quoted at a place.
    pub fn text(text: impl Into<Arc<str>>, span: Span) -> Self {
        Self { span, value: Yaml::Scalar(Scalar { text: text.into(), plain: false }) }
    }

    /// The value under a key, where this is a map that has it.
    pub fn get(&self, key: &str) -> Option<&Node> {
        self.entry(key).map(|entry| &entry.value)
    }

    /// The entry of a key, where this is a map that has it.
    pub fn entry(&self, key: &str) -> Option<&Entry> {
        self.entries().iter().find(|entry| &*entry.key.text == key)
    }

    /// The entries of a map; none where this is not a map.
    pub fn entries(&self) -> &[Entry] {
        match &self.value {
            Yaml::Map(entries) => entries,
            _ => &[],
        }
    }

    /// The items of a list; none where this is not a list.
    pub fn items(&self) -> &[Node] {
        match &self.value {
            Yaml::List(items) => items,
            _ => &[],
        }
    }

    pub fn as_text(&self) -> Option<&Arc<str>> {
        match &self.value {
            Yaml::Scalar(scalar) => Some(&scalar.text),
            _ => None,
        }
    }

    /// Whether the value is the null of YAML: nothing, `~` or `null`, bare.
    pub fn is_null(&self) -> bool {
        matches!(&self.value, Yaml::Scalar(scalar) if scalar.plain && super::scalar::resolve(&scalar.text) == super::scalar::Resolved::Null)
    }

    /// Calls `visit` for every scalar at or below this node, keys not among them.
    pub fn each_scalar<'a>(&'a self, visit: &mut impl FnMut(&'a Scalar, Span)) {
        match &self.value {
            Yaml::Scalar(scalar) => visit(scalar, self.span),
            Yaml::List(items) => items.iter().for_each(|item| item.each_scalar(visit)),
            Yaml::Map(entries) => entries.iter().for_each(|entry| entry.value.each_scalar(visit)),
        }
    }
}
