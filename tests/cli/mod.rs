//! The command line: what goes to standard output, what to standard error, and how each run ends.
#![allow(clippy::unwrap_used)]

mod build;
mod explain;
mod explain_output;
mod fixtures;
mod packs;
mod render;
pub(crate) mod run;
mod schema;
mod streams;
mod validate;
