pub mod argo;
pub mod emit;
pub mod yaml;
