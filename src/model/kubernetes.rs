//! Strings that Kubernetes holds to a form: names of objects, labels, annotations, paths; and whole numbers within bounds.

use std::ops::Deref;

use super::collections::Entries;
use super::decode::{Decode, Decoder, Hole};
use super::scalars::{Spanned, Text};
use super::shape::Shape;
use crate::names::MAX_LABEL;
use crate::tree::{Node, Value};

/// Strings that must pass a test: the name of each, its shape in a word, the test, and what to say to one that does not pass.
macro_rules! text_forms {
    ($($(#[doc = $doc:literal])+ $name:ident = $shape:literal, $test:expr, $wanted:literal;)+) => {$(
        $(#[doc = $doc])+
        #[derive(Clone, Debug)]
        pub struct $name(Text);

        impl Deref for $name {
            type Target = Text;
            fn deref(&self) -> &Text {
                &self.0
            }
        }

        impl Decode for $name {
            const SHAPE: Shape = Shape::Form($shape);

            fn decode(node: Node, decoder: &mut Decoder) -> Option<Self> {
                let text = Text::decode(node, decoder)?;
                let test: fn(&str) -> bool = $test;
                if test(&text) { Some(Self(text)) } else { decoder.invalid(text.span, &text, $wanted) }
            }

            fn hole(hole: Hole) -> Self {
                Self(Text::hole(hole))
            }
        }
    )+};
}

text_forms! {
    /// The name of an object that must be there, or is emitted as it is: a DNS-1123 subdomain.
    ObjectName = "name", is_subdomain, "a name of Kubernetes: lower-case letters, digits, `-` and `.`, a letter or digit first and last";
    /// The key of a Secret or a `ConfigMap`.
    DataKey = "key", is_data_key, "letters, digits, `-`, `_` and `.`, at most 253";
    /// A path below the directory that it is seen from.
    PathBelow = "path", |path| !path.starts_with('/') && path.split('/').all(|part| part != ".."), "a path in the repository, without `..`";
    /// A path in a container.
    AbsolutePath = "path", |path| path.starts_with('/') && !path.contains(':'), "a path that starts with `/`, without `:`";
}

fn is_data_key(text: &str) -> bool {
    text.len() <= 253 && text.chars().all(|c| c.is_ascii_alphanumeric() || "._-".contains(c))
}

/// Whether this is a DNS-1123 subdomain (RFC 1123; apimachinery's `IsDNS1123Subdomain`).
fn is_subdomain(text: &str) -> bool {
    let is_inner = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
    let is_label = |label: &str| {
        !label.is_empty()
            && !label.starts_with('-')
            && !label.ends_with('-')
            && label.chars().all(is_inner)
    };
    text.len() <= 253 && text.split('.').all(is_label)
}

/// Whether this is the name part of a qualified name, or a label's value (apimachinery's `IsValidLabelValue`).
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
pub struct Labels(pub Entries<Text>);

/// Annotations: keys of the form that Kubernetes asks of them, values of any text.
#[derive(Clone, Debug, Default)]
pub struct Annotations(pub Entries<Text>);

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

/// A whole number from `MIN` to `MAX`.
#[derive(Clone, Debug)]
pub struct Whole<const MIN: i64, const MAX: i64>(Spanned<i64>);

/// A port.
pub type Port = Whole<1, 65_535>;
/// How many, at least one.
pub type Count = Whole<1, { i64::MAX }>;
/// How many, or none.
pub type CountOrNone = Whole<0, { i64::MAX }>;

impl<const MIN: i64, const MAX: i64> Deref for Whole<MIN, MAX> {
    type Target = Spanned<i64>;
    fn deref(&self) -> &Spanned<i64> {
        &self.0
    }
}

impl<const MIN: i64, const MAX: i64> Decode for Whole<MIN, MAX> {
    const SHAPE: Shape = Shape::Integer;

    fn decode(node: Node, decoder: &mut Decoder) -> Option<Self> {
        let number = Spanned::<i64>::decode(node, decoder)?;
        if (MIN..=MAX).contains(&*number) {
            return Some(Self(number));
        }
        let wanted = if MAX == i64::MAX {
            format!("a whole number, {MIN} or more")
        } else {
            format!("a whole number from {MIN} to {MAX}")
        };
        decoder.invalid(number.span, &number.to_string(), &wanted)
    }

    fn hole(hole: Hole) -> Self {
        Self(Spanned { value: MIN, span: hole.span })
    }
}
