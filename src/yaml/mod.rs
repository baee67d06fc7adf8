//! YAML as Kubernetes reads it.

pub mod scalar;
