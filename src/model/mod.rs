//! Documents to definitions: one table a kind (in `kinds/`) decodes it, explains it and makes its JSON Schema.

#[macro_use]
mod record;
pub mod argo_typed;
mod collections;
mod decode;
pub mod forms;
mod identify;
pub mod kinds;
pub mod kubernetes;
mod labels;
pub mod origins;
mod read;
pub mod reference;
mod scalars;
pub mod schema;
mod shape;

pub use crate::tree::Node;
pub use collections::{Entries, NonEmpty};
pub use decode::{Decode, Decoder, Fields, Hole};
pub use kinds::{Definition, Kind};
pub use read::{Broken, BuilderSource, Model, read, value_of_project};
pub use scalars::{Scalar, Spanned, Text};
pub use shape::{Field, Record, Shape};

/// The API group of every definition.
pub const API_GROUP: &str = "packs.argoproj.io";

/// The apiVersion of every definition.
pub const API_VERSION: &str = "packs.argoproj.io/v1beta1";
