//! Argo as the target: the values that manifests are built of, and the facts of what Argo accepts.

pub(crate) mod conform;
pub(crate) mod control;
pub(crate) mod depends;
pub(crate) mod facts;

pub(crate) mod expr;
mod expr_lexer;
pub(crate) mod lookup;
pub(crate) mod scope;
mod siblings;
mod suggest;
pub(crate) mod tags;
pub(crate) mod uses;
pub(crate) mod variables;
pub(crate) mod when;

#[cfg(test)]
mod tests;
pub(crate) mod value_forms;
