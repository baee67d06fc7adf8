//! argopacks compiles a directory of ArgoPacks definitions to Argo Workflows and Argo Events manifests.

pub mod argo;
pub mod check;
pub mod diagnostics;
pub mod emit;
pub mod expression;
pub mod lower;
pub mod model;
pub mod names;
pub mod packs;
pub mod providers;
pub mod resolve;
pub mod rules;
pub mod source;
pub mod yaml;
