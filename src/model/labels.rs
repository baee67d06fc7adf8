//! Labels and annotations, in the form that Kubernetes asks of them.

use std::ops::Deref;

use super::collections::Entries;
use super::decode::{Decode, Decoder, Hole};
use super::kubernetes::is_subdomain;
use super::scalars::Text;
use super::shape::Shape;
use crate::names::MAX_LABEL;
use crate::tree::{Node, Value};

/// Whether this is the name part of a qualified name, or a label's value (apimachinery's
/// `IsValidLabelValue`).
fn is_label_text(text: &str) -> bool {
    let is_end = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphanumeric());
    let is_inner = |c: char| c.is_ascii_alphanumeric() || "._-".contains(c);
    text.len() <= MAX_LABEL
        && text.chars().all(is_inner)
        && is_end(text.chars().next())
        && is_end(text.chars().last())
}

fn is_qualified(key: &str) -> bool {
    let (prefix, name) =
        key.split_once('/').map_or((None, key), |(prefix, name)| (Some(prefix), name));
    prefix.is_none_or(is_subdomain) && is_label_text(name)
}

/// Labels: keys and values of the forms that Kubernetes asks of labels.
#[derive(Clone, Debug, Default)]
pub(crate) struct Labels(pub Entries<Text>);

/// Annotations: keys of the form that Kubernetes asks of them, values of any text.
#[derive(Clone, Debug, Default)]
pub(crate) struct Annotations(pub Entries<Text>);

impl Deref for Labels {
    type Target = Entries<Text>;
    fn deref(&self) -> &Entries<Text> {
        &self.0
    }
}

impl Decode for Labels {
    const SHAPE: Shape = Shape::Map(&Shape::Text);
    const REQUIRED: bool = false;

    fn decode(node: Node, decoder: &mut Decoder) -> Option<Self> {
        entries(node, decoder, |value| value.is_empty() || is_label_text(value)).map(Self)
    }

    fn hole(_: Hole) -> Self {
        Self::default()
    }
}

impl Deref for Annotations {
    type Target = Entries<Text>;
    fn deref(&self) -> &Entries<Text> {
        &self.0
    }
}

impl Decode for Annotations {
    const SHAPE: Shape = Shape::Map(&Shape::Text);
    const REQUIRED: bool = false;

    fn decode(node: Node, decoder: &mut Decoder) -> Option<Self> {
        entries(node, decoder, |_| true).map(Self)
    }

    fn hole(_: Hole) -> Self {
        Self::default()
    }
}

/// Text that may be empty, but not a number or a boolean, which Kubernetes refuses here.
struct LabelValue(Text);

impl Decode for LabelValue {
    const SHAPE: Shape = Shape::Text;

    fn decode(node: Node, decoder: &mut Decoder) -> Option<Self> {
        match &node.value {
            Value::Scalar(scalar) if !scalar.plain && scalar.text.is_empty() => {
                Text::of(&node).map(Self)
            }
            _ => Text::decode(node, decoder).map(Self),
        }
    }

    fn hole(hole: Hole) -> Self {
        Self(Text::hole(hole))
    }
}

fn entries(
    node: Node,
    decoder: &mut Decoder,
    is_value: impl Fn(&str) -> bool,
) -> Option<Entries<Text>> {
    let Entries(entries) = Entries::<LabelValue>::decode(node, decoder)?;
    let read = entries.into_iter().filter_map(|(key, LabelValue(value))| {
        let fault = match () {
            () if is_ours(&key) => {
                Some((&key, "a key of your own: argopacks sets this one, and pruning goes by it"))
            }
            () if !is_qualified(&key) => Some((
                &key,
                "a key such as `team` or `acme.example/team`: letters, digits, `-`, `_` and `.`",
            )),
            () if !decoder.awaits(&value) && !is_value(&value) => Some((
                &value,
                "at most 63 letters, digits, `-`, `_` and `.`, a letter or digit first and last",
            )),
            () => None,
        };
        match fault {
            None => Some((key, value)),
            Some((text, wanted)) => decoder.leave_out(text, wanted),
        }
    });
    Some(Entries(read.collect()))
}

/// Whether a label or annotation is one that argopacks sets.
fn is_ours(key: &str) -> bool {
    key.starts_with("packs.argoproj.io/") || key == "app.kubernetes.io/managed-by"
}
