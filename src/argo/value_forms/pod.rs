//! What a pod says of itself (Kubernetes, pkg/apis/core/validation and pkg/fieldpath).

use super::quantity::is_quantity;

/// Fields that environment variables or volumes can be made of.
const FIELDS: &[&str] = &[
    "metadata.annotations",
    "metadata.labels",
    "metadata.name",
    "metadata.namespace",
    "metadata.uid",
    "spec.nodeName",
    "spec.serviceAccountName",
    "status.hostIP",
    "status.hostIPs",
    "status.podIP",
    "status.podIPs",
];

const RESOURCES: &[&str] = &["cpu", "memory", "ephemeral-storage"];

/// Whether a text names a field, or one of the labels or annotations in brackets.
pub(super) fn is_field(text: &str) -> bool {
    let in_brackets = |map: &str| {
        let key = text.strip_prefix(map).and_then(|rest| rest.strip_prefix("['"));
        key.and_then(|rest| rest.strip_suffix("']")).is_some_and(|key| !key.is_empty())
    };
    FIELDS.contains(&text) || in_brackets("metadata.labels") || in_brackets("metadata.annotations")
}

/// Whether a text names a limit or a request of a container.
pub(super) fn is_resource(text: &str) -> bool {
    let Some((kind, name)) = text.split_once('.') else { return false };
    matches!(kind, "limits" | "requests")
        && (RESOURCES.contains(&name) || name.starts_with("hugepages-"))
}

/// Whether a text is a medium of an `emptyDir` (kubelet, pkg/volume/emptydir).
pub(super) fn is_medium(text: &str) -> bool {
    let size = text.strip_prefix("HugePages-");
    matches!(text, "Memory" | "HugePages") || size.is_some_and(is_quantity)
}
