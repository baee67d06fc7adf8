//! Text to trees: documents with a span for every key and value, and every syntax error of a run in
//! one run.
//!
//! The parser crate is known to this module only.

mod aliases;
mod build;
mod maps;
mod parse;
mod repair;
mod scalars;
mod scan;
mod segments;
mod slips;
mod tags;

pub use parse::parse;
pub(crate) use parse::{Document, parse_all};
