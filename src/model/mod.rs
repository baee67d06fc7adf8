//! Documents to definitions: one table a kind (in `kinds/`) decodes it, explains it and makes its
//! JSON Schema.

#[macro_use]
mod record;
pub(crate) mod argo_typed;
mod collections;
mod decode;
pub(crate) mod forms;
mod identify;
pub(crate) mod kinds;
pub(crate) mod kubernetes;
mod labels;
mod limits;
pub(crate) mod matrix;
pub(crate) mod origins;
mod read;
pub(crate) mod reference;
mod scalars;
pub(crate) mod schema;
mod shape;
pub(crate) mod short;
pub(crate) mod times;

pub(crate) use crate::tree::Node;
pub(crate) use collections::{Entries, NonEmpty, OneOrMore};
pub(crate) use decode::{Decode, Decoder, Hole};
pub(crate) use kinds::Definition;
pub use kinds::Kind;
pub(crate) use limits::MAX_ENTRIES;
pub(crate) use read::{Broken, BuilderSource, Model, read, value_of_project};
pub(crate) use scalars::{Scalar, Spanned, Text};
pub use shape::Record;
pub(crate) use shape::{Field, Shape};

/// The API group of every definition.
pub(crate) const API_GROUP: &str = "packs.argoproj.io";

/// The apiVersion of every definition.
pub(crate) const API_VERSION: &str = "packs.argoproj.io/v1beta1";
