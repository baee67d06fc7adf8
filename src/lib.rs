pub mod argo;
