//! Strings that Kubernetes holds to a form, names of objects and paths; and whole numbers within
//! bounds.

use std::ops::Deref;

use super::decode::{Decode, Decoder, Hole};
pub(crate) use super::labels::{Annotations, Labels};
use super::scalars::Spanned;
use super::shape::Shape;
use crate::names::MAX_LABEL;
use crate::tree::Node;

text_forms! {
    /// The name of an object that must be there, or is emitted as it is: a DNS-1123 subdomain.
    ObjectName = "name", is_subdomain, "a name of Kubernetes: lower-case letters, digits, `-` and `.`, a letter or digit first and last";
    /// The key of a Secret or a `ConfigMap`.
    DataKey = "key", is_data_key, "letters, digits, `-`, `_` and `.`, at most 253, that do not start with `..`";
    /// The name of an `EventBus`: the names of Services and `StatefulSet`s are made of it.
    BusName = "name", |name| name.len() <= MAX_BUS && is_label(name), "at most 40 lower-case letters, digits and `-`, a letter or digit first and last: Services are named after the bus";
    /// A path below the directory that it is seen from.
    PathBelow = "path", is_path_below, "a path in the repository, without `..`, `{{` and control characters";
    /// A path in a container.
    AbsolutePath = "path", |path| path.starts_with('/') && !path.contains(':'), "a path that starts with `/`, without `:`";
}

/// The longest name of a bus: of `eventbus-NAME-js`, its `StatefulSet`, and a hash of ten
/// characters Kubernetes makes a label.
const MAX_BUS: usize = MAX_LABEL - "eventbus--js-".len() - 10;

fn is_path_below(path: &str) -> bool {
    !path.starts_with('/')
        && path.split('/').all(|part| part != "..")
        && !path.contains("{{")
        && !path.contains(char::is_control)
}

/// apimachinery's `IsConfigMapKey`.
fn is_data_key(text: &str) -> bool {
    text.len() <= 253
        && text != "."
        && !text.starts_with("..")
        && text.chars().all(|c| c.is_ascii_alphanumeric() || "._-".contains(c))
}

/// Whether this is a DNS-1123 label, but for its length (RFC 1123; apimachinery's
/// `IsDNS1123Label`).
fn is_label(label: &str) -> bool {
    let is_inner = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
    !label.is_empty()
        && !label.starts_with('-')
        && !label.ends_with('-')
        && label.chars().all(is_inner)
}

/// Whether this is a DNS-1123 subdomain (RFC 1123; apimachinery's `IsDNS1123Subdomain`).
pub(super) fn is_subdomain(text: &str) -> bool {
    text.len() <= 253 && text.split('.').all(is_label)
}

/// A whole number from `MIN` to `MAX`.
#[derive(Clone, Debug)]
pub(crate) struct Whole<const MIN: i64, const MAX: i64>(Spanned<i64>);

/// A port.
pub(crate) type Port = Whole<1, 65_535>;
/// How many, at least one.
pub(crate) type Count = Whole<1, { i64::MAX }>;
/// How many, or none, in 32 bits.
pub(crate) type Count32 = Whole<0, { i32::MAX as i64 }>;
/// How many, or none.
pub(crate) type CountOrNone = Whole<0, { i64::MAX }>;

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
