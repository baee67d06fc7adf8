//! Short forms: values of which most are written in fewer words than the long form takes.

use std::ops::Deref;

use super::collections::Entries;
use super::decode::{Decode, Decoder, Hole};
use super::kinds::common::Argument;
use super::scalars::{Scalar, Spanned, Text};
use super::shape::{Record, Shape};
use crate::source::Span;
use crate::tree::{Map, Node, Value};

/// A record that a name can stand for.
pub(crate) trait Named: Decode {
    const FIELDS: &'static Record;

    /// The record that a name means; `whole` is as of every record.
    fn named(name: Text, whole: bool) -> Self;
}

/// A record in its long form, or the name that stands for it.
#[derive(Clone, Debug)]
pub(crate) struct Short<T>(pub T);

impl<T> Deref for Short<T> {
    type Target = T;
    fn deref(&self) -> &T {
        &self.0
    }
}

impl<T: Named> Decode for Short<T> {
    const SHAPE: Shape = Shape::TextOr(T::FIELDS);

    fn decode(node: Node, decoder: &mut Decoder) -> Option<Self> {
        // Nothing is a map without keys, if it may be one.
        let is_empty = node.is_null() && !Self::SHAPE.has_required_fields();
        if is_empty || matches!(node.value, Value::Map(_)) {
            return T::decode(node, decoder).map(Self);
        }
        if !matches!(node.value, Value::Scalar(_)) || node.is_null() {
            return decoder.wrong_type(&node, "a string or a map");
        }
        Text::decode(node, decoder).map(|name| Self(T::named(name, true)))
    }

    fn hole(hole: Hole) -> Self {
        Self(T::named(Text::hole(hole), hole.is_awaited))
    }

    fn is_whole(&self) -> bool {
        self.0.is_whole()
    }
}

/// Values for params: a map from their names, or a list of names and values.
#[derive(Clone, Debug)]
pub(crate) struct ArgumentList(pub Vec<Argument>);

impl Deref for ArgumentList {
    type Target = [Argument];
    fn deref(&self) -> &[Argument] {
        &self.0
    }
}

impl Decode for ArgumentList {
    const SHAPE: Shape = Shape::MapOr(&Scalar::SHAPE, &Argument::SHAPE);
    const REQUIRED: bool = false;

    fn decode(node: Node, decoder: &mut Decoder) -> Option<Self> {
        match node.value {
            Value::Map(_) => {
                let entries = Entries::<Scalar>::decode(node, decoder)?;
                Some(Self(entries.0.into_iter().map(argument).collect()))
            }
            Value::List(_) => Vec::decode(node, decoder).map(Self),
            Value::Scalar(_) => decoder.wrong_type(&node, "a map or a list"),
        }
    }

    fn hole(_: Hole) -> Self {
        Self(Vec::new())
    }

    fn is_whole(&self) -> bool {
        self.0.is_whole()
    }
}

fn argument((name, value): (Text, Scalar)) -> Argument {
    Argument { span: name.span, held_at: name.span, whole: true, name, value }
}

/// How a step is tried again: Argo's retryStrategy, or how often.
#[derive(Clone, Debug)]
pub(crate) struct Retry {
    /// A retryStrategy.
    pub node: Node,
}

impl Retry {
    /// The table of field facts has its fields under this name.
    pub(crate) const TYPE: &'static str = "RetryStrategy";

    /// Every way to fail counts: who writes a number means evicted pods and flaky tests alike.
    /// Argo's own default, `OnFailure`, leaves out the former.
    fn often(times: &Spanned<i64>) -> Self {
        let span = times.span;
        let limit = Node::text(times.value.to_string(), span);
        let policy = Node::text("Always", Span::GENERATED);
        let node = Node::from(Map::new().with("limit", limit).with("retryPolicy", policy));
        Self { node: node.at(span) }
    }
}

impl Decode for Retry {
    const SHAPE: Shape = Shape::IntegerOr(Self::TYPE);

    fn decode(node: Node, decoder: &mut Decoder) -> Option<Self> {
        match node.value {
            Value::Map(_) => Node::decode(node, decoder).map(|node| Self { node }),
            Value::List(_) => decoder.wrong_type(&node, "an integer or a map"),
            Value::Scalar(_) => {
                let times = Spanned::<i64>::decode(node, decoder)?;
                if times.value < 1 {
                    let (span, text) = (times.span, times.value.to_string());
                    return decoder.invalid(span, &text, "how often it is tried again, 1 or more");
                }
                Some(Self::often(&times))
            }
        }
    }

    fn hole(hole: Hole) -> Self {
        Self { node: Node::hole(hole) }
    }
}
