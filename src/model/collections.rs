//! Fields that may be absent, lists, and maps with keys of the writer's own.

use super::decode::{Decode, Decoder, Hole};
use super::scalars::{Spanned, Text};
use super::shape::Shape;
use crate::source::Span;
use crate::tree::{Entry, Node, Value};

impl<T: Decode> Decode for Option<T> {
    const SHAPE: Shape = T::SHAPE;
    const REQUIRED: bool = false;

    fn decode(node: Node, decoder: &mut Decoder) -> Option<Self> {
        T::decode(node, decoder).map(Some)
    }

    fn hole(_: Hole) -> Self {
        None
    }

    fn is_whole(&self) -> bool {
        self.as_ref().is_none_or(T::is_whole)
    }
}

impl<T: Decode> Decode for Vec<T> {
    const SHAPE: Shape = Shape::List(&T::SHAPE);
    const REQUIRED: bool = false;

    fn decode(node: Node, decoder: &mut Decoder) -> Option<Self> {
        let Value::List(items) = node.value else { return decoder.wrong_type(&node, "a list") };
        let read = |item: Node| {
            decoder.under("[]", Span { end: item.span.start + 1, ..item.span }, item).ok()
        };
        Some(items.into_iter().filter_map(read).collect())
    }

    fn hole(_: Hole) -> Self {
        Self::new()
    }

    fn is_whole(&self) -> bool {
        self.iter().all(T::is_whole)
    }
}

/// A list that must be there and must not be written empty. It is empty if none of its items could
/// be read.
#[derive(Clone, Debug)]
pub(crate) struct NonEmpty<T>(pub Vec<T>);

impl<T: Decode> Decode for NonEmpty<T> {
    const SHAPE: Shape = Shape::List(&T::SHAPE);

    fn decode(node: Node, decoder: &mut Decoder) -> Option<Self> {
        match &node.value {
            Value::List(items) if items.is_empty() => {
                decoder.invalid(node.span, "[]", "at least one item")
            }
            _ => Vec::decode(node, decoder).map(Self),
        }
    }

    fn hole(_: Hole) -> Self {
        Self(Vec::new())
    }

    fn is_whole(&self) -> bool {
        self.0.is_whole()
    }
}

/// One scalar, or a list of them that must not be written empty. It is empty if none could be read.
#[derive(Clone, Debug)]
pub(crate) struct OneOrMore<T>(pub Vec<T>);

impl<T: Decode> Decode for OneOrMore<T> {
    const SHAPE: Shape = Shape::OneOrMore(&T::SHAPE);

    fn decode(node: Node, decoder: &mut Decoder) -> Option<Self> {
        match &node.value {
            Value::List(_) => NonEmpty::decode(node, decoder).map(|NonEmpty(items)| Self(items)),
            Value::Map(_) => {
                decoder.wrong_type(&node, &format!("a {} or a list of them", T::SHAPE.name()))
            }
            Value::Scalar(_) => T::decode(node, decoder).map(|item| Self(vec![item])),
        }
    }

    fn hole(_: Hole) -> Self {
        Self(Vec::new())
    }

    fn is_whole(&self) -> bool {
        self.0.is_whole()
    }
}

/// A map with keys of the writer's own, in the order in which it was written.
#[derive(Clone, Debug)]
pub(crate) struct Entries<T>(pub Vec<(Text, T)>);

impl<T> Entries<T> {
    pub(crate) fn get(&self, key: &str) -> Option<&T> {
        self.0.iter().find(|(have, _)| &*have.value == key).map(|(_, value)| value)
    }
}

impl<T> Default for Entries<T> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<T: Decode> Decode for Entries<T> {
    const SHAPE: Shape = Shape::Map(&T::SHAPE);
    const REQUIRED: bool = false;

    fn decode(node: Node, decoder: &mut Decoder) -> Option<Self> {
        let Value::Map(entries) = node.value else { return decoder.wrong_type(&node, "a map") };
        let read = |entry: Entry| {
            let key = Spanned { value: entry.key.text, span: entry.key.span };
            decoder.under("*", key.span, entry.value).ok().map(|value| (key, value))
        };
        Some(Self(entries.into_iter().filter_map(read).collect()))
    }

    fn hole(_: Hole) -> Self {
        Self::default()
    }

    fn is_whole(&self) -> bool {
        self.0.iter().all(|(_, value)| value.is_whole())
    }
}
