//! Text to trees: documents with a place for every key and value, and every syntax error of a run in one run.

mod build;
mod node;
mod parse;
mod repair;
pub mod scalar;

pub use node::{Entry, Key, Node, Scalar, Yaml};
pub use parse::{Document, parse, parse_all};
