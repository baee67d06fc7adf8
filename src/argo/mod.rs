//! Argo as the target: the values that manifests are built of, and the facts of what Argo accepts.

pub mod conform;
#[allow(dead_code, reason = "the plan stage is to call it")]
pub(crate) mod control;
pub mod depends;
pub mod facts;

#[allow(dead_code, reason = "the plan stage is to call it")]
pub(crate) mod expr;
mod expr_lexer;
#[allow(dead_code, reason = "the plan stage is to call it")]
pub(crate) mod lookup;
#[allow(dead_code, reason = "the plan stage is to call it")]
pub(crate) mod scope;
mod siblings;
mod suggest;
#[allow(dead_code, reason = "the plan stage is to call it")]
pub(crate) mod tags;
#[allow(dead_code, reason = "the plan stage is to call it")]
pub(crate) mod uses;
#[allow(dead_code, reason = "the plan stage is to call it")]
pub(crate) mod variables;
#[allow(dead_code, reason = "the plan stage is to call it")]
pub(crate) mod when;

#[cfg(test)]
mod tests;
pub mod value_forms;
