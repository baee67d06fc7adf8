//! Paths in volumes.

/// Whether a path leads to below a directory (Kubernetes, `validateLocalDescendingPath`).
pub(super) fn is_below(path: &str) -> bool {
    !path.is_empty() && !path.starts_with('/') && path.split('/').all(|part| part != "..")
}
