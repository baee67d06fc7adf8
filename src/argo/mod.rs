//! Argo as the target: the values that manifests are built of, and the facts of what Argo accepts.

pub mod conform;
pub mod facts;
pub mod references;
pub mod value_forms;
