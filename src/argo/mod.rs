//! Argo as a target: what its manifests accept.

pub mod facts;
