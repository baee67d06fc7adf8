//! Event expressions: what an event's payload and time are made into, for the names, labels and
//! parameters of the runs that it starts.
//!
//! An expression is printed once, as the parameters of a Sensor's trigger (`parameters`), and
//! evaluated once, over a payload (`evaluate`). `sources` is what both go by; the conformance
//! program holds the two together with Argo Events' own code.
//!
//! Text of definitions is a `Literal`, and never part of a Go template's own text. Text of a
//! payload gets in as a slug or made harmless, and in no other way: Argo Workflows evaluates what
//! it finds between `{{` and `}}` in the values of parameters.

mod author;
mod field;
mod print;
mod sources;
mod values;

pub(crate) use author::{NO_TAGS, tag_in};
pub(crate) use field::Field;
pub(crate) use print::parameters;
pub(crate) use values::Values;

use crate::names::Slug;

/// Text that is made of an event.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum EventExpr {
    /// Text of a definition, as it is.
    Literal(String),
    /// Text of the payload, harmless: a space behind every `{`, and `?` for control characters
    /// other than tab and line ends.
    Text(Field),
    /// Text of the payload as part of a name.
    Slug(Field, Slug),
    /// The time of the event in seconds since 1970.
    Time,
    /// The day of the event in UTC, as `20060102`.
    Date,
    /// One after the other.
    Concat(Vec<EventExpr>),
}

/// The control characters that no text of a payload brings along, as a set of signs in RE2.
const CONTROL: &str = r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]";

/// Only the tests evaluate yet: they hold the printer against it.
#[cfg(test)]
mod evaluate;
#[cfg(test)]
mod go_value;
#[cfg(test)]
mod tests;
