//! `<{ … }>`: what is known at compile time, put into the scalars of a parsed document. Never into
//! YAML text, so a value can change no structure. The language is minijinja's expressions, less
//! what takes time or memory without a bound: see [`evaluate`] and [`limits`]. No environment,
//! clock, files or chance are in reach.

mod evaluate;
mod filters;
mod limits;
mod pieces;
mod scope;
mod syntax;
mod values;

pub(crate) use scope::{Expanded, Scope, refuse};
pub(crate) use values::value_of;

use crate::tree::Node;
use pieces::OPEN;

/// Every name that is in scope somewhere.
pub(crate) const ROOTS: &[&str] =
    &["project", "registry", "account", "pipeline", "params", "image", "repo", "values"];

/// Whether any scalar of a document has an expression.
pub(crate) fn is_in(node: &Node) -> bool {
    let mut found = false;
    node.each_scalar(&mut |scalar, _| found |= is_in_text(&scalar.text));
    found
}

/// Whether a text has an expression.
pub(crate) fn is_in_text(text: &str) -> bool {
    text.contains(OPEN)
}
