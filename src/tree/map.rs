//! Maps under construction, and what becomes a node by itself.

use super::node::{Entry, Key, Node, Scalar, Value};
use super::scalar::Resolved;
use super::text::Str;
use crate::source::Span;

/// A map that is being built, in the order in which it is printed.
#[derive(Clone, Debug, Default)]
pub struct Map(pub Vec<Entry>);

impl Map {
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds an entry at the end; the caller sees to it that no key comes twice.
    #[must_use]
    pub fn with(mut self, key: impl Into<Key>, value: impl Into<Node>) -> Self {
        self.put(key, value);
        self
    }

    /// Adds an entry at the end if there is a value.
    #[must_use]
    pub fn with_some(mut self, key: impl Into<Key>, value: Option<impl Into<Node>>) -> Self {
        if let Some(value) = value {
            self.put(key, value);
        }
        self
    }

    /// Adds an entry at the end, in place.
    pub fn put(&mut self, key: impl Into<Key>, value: impl Into<Node>) {
        self.0.push(Entry { key: key.into(), value: value.into() });
    }

    pub fn get(&self, key: &str) -> Option<&Node> {
        self.0.iter().find(|entry| entry.key.text == key).map(|entry| &entry.value)
    }

    pub fn get_mut(&mut self, key: &str) -> Option<&mut Node> {
        self.0.iter_mut().find(|entry| entry.key.text == key).map(|entry| &mut entry.value)
    }

    /// Puts a value under a key, in the place of the one that is there.
    pub fn set(&mut self, key: &'static str, value: impl Into<Node>) {
        self.take(key);
        self.put(key, value);
    }

    /// Takes an entry out and gives its value.
    pub fn take(&mut self, key: &str) -> Option<Node> {
        let at = self.0.iter().position(|entry| entry.key.text == key)?;
        Some(self.0.remove(at).value)
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl Node {
    /// YAML's null.
    pub fn null() -> Self {
        Self::plain("null", Span::GENERATED)
    }

    /// The value under a key, to be changed, if this is a map that has it.
    pub fn get_mut(&mut self, key: &str) -> Option<&mut Node> {
        match &mut self.value {
            Value::Map(entries) => {
                entries.iter_mut().find(|entry| entry.key.text == key).map(|entry| &mut entry.value)
            }
            _ => None,
        }
    }

    /// The node without entries whose value is null, at any depth: to the API server they are not
    /// there, and what fills in defaults must not take them for set. Items of lists stay as they
    /// are.
    #[must_use]
    pub fn without_nulls(&self) -> Self {
        let value = match &self.value {
            Value::Map(entries) => {
                let set = entries.iter().filter(|entry| !entry.value.is_null());
                Value::Map(set.map(Entry::without_nulls).collect())
            }
            Value::List(items) => Value::List(items.iter().map(Self::without_nulls).collect()),
            scalar @ Value::Scalar(_) => scalar.clone(),
        };
        Self { value, span: self.span }
    }

    /// The entries of a map, to be changed; an empty one if this is not a map.
    pub fn into_map(self) -> Map {
        match self.value {
            Value::Map(entries) => Map(entries),
            _ => Map::new(),
        }
    }
}

impl Entry {
    fn without_nulls(&self) -> Self {
        Self { key: self.key.clone(), value: self.value.without_nulls() }
    }
}

/// A key that argopacks makes itself.
impl<T: Into<Str>> From<T> for Key {
    fn from(text: T) -> Self {
        Self { text: text.into(), span: Span::GENERATED }
    }
}

impl<K: Into<Key>, V: Into<Node>> FromIterator<(K, V)> for Map {
    fn from_iter<I: IntoIterator<Item = (K, V)>>(entries: I) -> Self {
        entries.into_iter().fold(Self::new(), |map, (key, value)| map.with(key, value))
    }
}

impl From<Map> for Node {
    fn from(map: Map) -> Self {
        Self { span: Span::GENERATED, value: Value::Map(map.0) }
    }
}

impl From<bool> for Node {
    fn from(value: bool) -> Self {
        Self::plain(if value { "true" } else { "false" }, Span::GENERATED)
    }
}

impl From<i64> for Node {
    fn from(value: i64) -> Self {
        Self::plain(value.to_string(), Span::GENERATED)
    }
}

impl From<Str> for Node {
    fn from(text: Str) -> Self {
        Self::text(text, Span::GENERATED)
    }
}

impl From<&Str> for Node {
    fn from(text: &Str) -> Self {
        Self::text(text.clone(), Span::GENERATED)
    }
}

impl From<&'static str> for Node {
    fn from(text: &'static str) -> Self {
        Self::text(text, Span::GENERATED)
    }
}

impl From<String> for Node {
    fn from(text: String) -> Self {
        Self::text(text, Span::GENERATED)
    }
}

impl<T: Into<Node>> From<Vec<T>> for Node {
    fn from(items: Vec<T>) -> Self {
        let items = items.into_iter().map(Into::into).collect();
        Self { span: Span::GENERATED, value: Value::List(items) }
    }
}

/// Equal as data: spans and the spelling of numbers do not count.
impl PartialEq for Node {
    fn eq(&self, other: &Self) -> bool {
        match (&self.value, &other.value) {
            (Value::Scalar(a), Value::Scalar(b)) => same(a, b),
            (Value::List(a), Value::List(b)) => a == b,
            (Value::Map(a), Value::Map(b)) => {
                let same =
                    |(a, b): (&Entry, &Entry)| a.key.text == b.key.text && a.value == b.value;
                a.len() == b.len() && a.iter().zip(b).all(same)
            }
            _ => false,
        }
    }
}

fn same(a: &Scalar, b: &Scalar) -> bool {
    match (a.resolve(), b.resolve()) {
        (Resolved::Str, Resolved::Str) => a.text == b.text,
        (a, b) => a == b,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_null_is_dropped_at_any_depth() {
        let inner = || Map::new().with("image", "a").with("env", Node::null());
        let items = || vec![Node::from(inner()), Node::null()];
        let node: Node = Map::new().with("inputs", Node::null()).with("steps", items()).into();
        let left = Node::from(Map::new().with("image", "a"));
        let expected: Node = Map::new().with("steps", vec![left, Node::null()]).into();
        assert_eq!(node.without_nulls(), expected);
    }

    #[test]
    fn the_word_null_is_no_null() {
        let node: Node = Map::new().with("args", "null").into();
        assert_eq!(node.without_nulls(), node);
    }
}
