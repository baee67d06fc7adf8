//! Strings, numbers, booleans, and values that are kept as they were written.

use std::fmt;
use std::ops::Deref;

use super::decode::{Decode, Decoder, Hole};
use super::shape::Shape;
use crate::rules::ap105_wrong_type::readings;
use crate::source::Span;
use crate::tree::Str;
use crate::tree::scalar::{Resolved, resolve};
use crate::tree::{Key, Node, Value};

/// A value with its place.
#[derive(Clone, Debug)]
pub struct Spanned<T> {
    pub value: T,
    pub span: Span,
}

impl<T> Deref for Spanned<T> {
    type Target = T;
    fn deref(&self) -> &T {
        &self.value
    }
}

impl<T: fmt::Display> fmt::Display for Spanned<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.value.fmt(f)
    }
}

/// A string with its place.
pub(crate) type Text = Spanned<Str>;

impl Text {
    /// A scalar as text, whatever YAML may take it for.
    pub fn of(node: &Node) -> Option<Self> {
        node.as_text().map(|text| Self { value: text.clone(), span: node.span })
    }

    /// Text that argopacks makes itself.
    pub(crate) fn generated(text: impl Into<Str>) -> Self {
        Self { value: text.into(), span: Span::GENERATED }
    }

    /// Calls `visit` for every scalar at or below a node.
    pub fn each_in(node: &Node, visit: &mut impl FnMut(&Self)) {
        node.each_scalar(&mut |scalar, span| visit(&Self { value: scalar.text.clone(), span }));
    }

    /// Whether this stands for a text that is missing or could not be read: nobody can write an
    /// empty one.
    pub fn is_hole(&self) -> bool {
        self.value.is_empty()
    }

    /// The bytes `start..end` of the text, as a text at their own span.
    pub(crate) fn slice(&self, start: usize, end: usize) -> Self {
        Self { value: self.value[start..end].to_owned().into(), span: self.part(start, end) }
    }

    /// The span of the bytes `start..end` of the text.
    pub fn part(&self, start: usize, end: usize) -> Span {
        self.value.part(self.span, start, end)
    }
}

/// The text as a string node, at its own span.
impl From<&Text> for Node {
    fn from(text: &Text) -> Self {
        Self::text(text.value.clone(), text.span)
    }
}

impl From<Text> for Node {
    fn from(text: Text) -> Self {
        Self::text(text.value, text.span)
    }
}

/// The number at its own span.
impl From<&Spanned<i64>> for Node {
    fn from(number: &Spanned<i64>) -> Self {
        Self::from(number.value).at(number.span)
    }
}

/// The text as a key, at its own span.
impl From<&Text> for Key {
    fn from(text: &Text) -> Self {
        Self { text: text.value.clone(), span: text.span }
    }
}

impl Decode for Text {
    const SHAPE: Shape = Shape::Text;

    fn decode(node: Node, decoder: &mut Decoder) -> Option<Self> {
        let Value::Scalar(scalar) = &node.value else {
            return decoder.wrong_type(&node, "a string");
        };
        if scalar.plain && resolve(&scalar.text) != Resolved::Str {
            return decoder.wrong_type(&node, "a string");
        }
        if scalar.text.is_empty() {
            return decoder.invalid(node.span, "", "a string that is not empty");
        }
        Some(Self { value: scalar.text.clone(), span: node.span })
    }

    fn hole(hole: Hole) -> Self {
        Self { value: Str::default(), span: hole.span }
    }
}

impl Decode for Spanned<bool> {
    const SHAPE: Shape = Shape::Boolean;

    fn decode(node: Node, decoder: &mut Decoder) -> Option<Self> {
        match plain(&node).map(readings) {
            Some((Resolved::Bool(value), Resolved::Bool(_))) => {
                Some(Self { value, span: node.span })
            }
            _ => decoder.wrong_type(&node, "true or false"),
        }
    }

    fn hole(hole: Hole) -> Self {
        Self { value: false, span: hole.span }
    }
}

impl Decode for Spanned<i64> {
    const SHAPE: Shape = Shape::Integer;

    fn decode(node: Node, decoder: &mut Decoder) -> Option<Self> {
        let Some((Resolved::Int(number), Resolved::Int(other))) = plain(&node).map(readings) else {
            return decoder.wrong_type(&node, "an integer");
        };
        match i64::try_from(number) {
            _ if number != other => decoder.wrong_type(&node, "an integer"),
            Ok(value) => Some(Self { value, span: node.span }),
            Err(_) => decoder.invalid(
                node.span,
                &number.to_string(),
                &format!("a whole number of at most {}", i64::MAX),
            ),
        }
    }

    fn hole(hole: Hole) -> Self {
        Self { value: 0, span: hole.span }
    }
}

/// The text of a plain scalar, which may mean something other than itself.
fn plain(node: &Node) -> Option<&str> {
    match &node.value {
        Value::Scalar(scalar) if scalar.plain => Some(&scalar.text),
        _ => None,
    }
}

/// A string, number or boolean, as its text: what Argo takes as the value of a parameter.
#[derive(Clone, Debug)]
pub(crate) struct Scalar(pub Text);

impl Decode for Scalar {
    const SHAPE: Shape = Shape::Scalar;

    fn decode(node: Node, decoder: &mut Decoder) -> Option<Self> {
        match &node.value {
            Value::Scalar(scalar) if !node.is_null() => {
                Some(Self(Spanned { value: scalar.text.clone(), span: node.span }))
            }
            _ => decoder.wrong_type(&node, "a string, number or boolean"),
        }
    }

    fn hole(hole: Hole) -> Self {
        Self(Text::hole(hole))
    }
}

/// Any value, kept as it was written.
impl Decode for Node {
    const SHAPE: Shape = Shape::Any;

    fn decode(node: Node, decoder: &mut Decoder) -> Option<Self> {
        decoder.keep(&node);
        Some(node)
    }

    fn hole(hole: Hole) -> Self {
        Self::plain("null", hole.span)
    }
}
