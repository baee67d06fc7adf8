//! argopacks compiles a directory of `ArgoPacks` definitions to Argo Workflows and Argo Events
//! manifests.
//!
//! ```text
//! source → yaml → model → resolve → plan → check → lower → verify → emit
//! (text)  (trees) (kinds)  (names)  (runs) (rules) (objects) (facts) (bytes)
//! ```
//!
//! The way is one-directional: a stage knows those before it and none after it. Each takes a
//! [`diagnostics::Sink`], reports every mistake that it sees, and returns the best that can be made
//! of its input. A [`Session`] goes as far as what is to be emitted, [`Compiled::manifests`] the
//! rest of the way; these two are what users of the library begin with. `output` has the manifests
//! as a tree of files.
//!
//! Beside the way stands what several stages build on: the `tree` that is read and emitted,
//! [`diagnostics`] and the catalogue of [`rules`], `names`, `expression`s, `events`, the walk over
//! a template `body`, and what argopacks knows as data: `packs`, `providers`, and in `argo` what
//! Argo accepts.

mod argo;
mod body;
mod check;
pub mod cli;
pub mod diagnostics;
pub mod emit;
mod events;
mod expression;
mod id;
mod lower;
mod model;
mod names;
mod output;
mod packs;
mod plan;
mod providers;
mod resolve;
pub mod rules;
mod session;
mod source;
mod tree;
mod verify;
mod yaml;

pub use session::{Compiled, Session, compile};

/// What the tests and benches of this package look at. No part of the library: it changes with the
/// code.
#[doc(hidden)]
pub mod internals {
    pub use crate::argo::facts::Version;
    pub use crate::lower::ObjectKind;
    pub use crate::model::{Kind, Record};
    pub use crate::names::Variable;
    pub use crate::plan::{is_standard, origin};
    pub use crate::source::{SourceFile, SourceMap, Span};
    pub use crate::tree::Node;
    pub use crate::verify::verify;
    pub use crate::yaml::parse;
}
