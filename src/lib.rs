//! argopacks compiles a directory of `ArgoPacks` definitions to Argo Workflows and Argo Events manifests.
//!
//! ```text
//! source → yaml → model → resolve → check → lower → argo → verify → emit
//! (text)  (spans) (kinds)  (index)  (rules)  (plan) (target)        (bytes)
//! ```
//!
//! The way is one-directional: a stage knows those before it and none after it. Each takes a [`diagnostics::Sink`], tells every
//! mistake that it sees, and returns the best that can be made of its input. [`compile`] goes as far as what is to be emitted,
//! [`Compiled::write`] the rest of the way.
//!
//! Beside the way stands what several stages build on: [`diagnostics`] and the catalogue of [`rules`], [`names`], [`expression`]s,
//! and what argopacks knows as data: [`packs`], [`providers`], and in [`argo`] the facts of what Argo accepts.

pub mod argo;
pub mod body;
pub mod diagnostics;
pub mod emit;
pub mod expression;
pub mod id;
pub mod lower;
pub mod model;
pub mod names;
pub mod packs;
pub mod plan;
pub mod providers;
pub mod resolve;
pub mod rules;
pub mod source;
pub mod tree;
pub mod verify;
pub mod yaml;

