//! Text to trees: documents with a place for every key and value, and every syntax error of a run in one run.

mod build;
mod parse;
mod repair;
mod segments;

pub use parse::{Document, parse, parse_all};
