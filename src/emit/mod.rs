//! Manifests as bytes: a file for each output format.

pub mod json;
pub mod yaml;
