//! Secrets and config maps that a part of a body refers to.

use super::parts::{ObjectKind, ObjectRef, is_true, text, value};
use crate::tree::{Entry, Node};

/// Adds the objects that an entry of a map refers to by itself; what is below it is not looked at.
///
/// The fields of Kubernetes and Argo that select a key end in `Secret`, `SecretKeyRef` or
/// `ConfigMap` (`usernameSecret`, `krbConfigConfigMap`), those that name an object in `secretRef`
/// or `SecretRef`.
pub(crate) fn collect(entry: &Entry, found: &mut Vec<ObjectRef>) {
    use ObjectKind::{ConfigMap, Secret};
    let node = &entry.value;
    match &*entry.key.text {
        "secretKeyRef" => one(Secret, node, "name", found),
        "secret" if node.get("secretName").is_some() => files(Secret, node, "secretName", found),
        "secret" => files(Secret, node, "name", found),
        "configMap" => files(ConfigMap, node, "name", found),
        "azureFile" => one(Secret, node, "secretName", found),
        "imagePullSecrets" => {
            node.items().iter().for_each(|item| one(Secret, item, "name", found));
        }
        "configMapRef" | "configMapKeyRef" => one(ConfigMap, node, "name", found),
        key if key.ends_with("ecretRef") => one(Secret, node, "name", found),
        key if key.ends_with("Secret") => one(Secret, node, "name", found),
        key if key.ends_with("ConfigMap") => one(ConfigMap, node, "name", found),
        _ => {}
    }
}

fn one(kind: ObjectKind, node: &Node, name: &str, found: &mut Vec<ObjectRef>) {
    push(kind, node, name, node, found);
}

/// A volume: the keys that it makes files of, or all of them.
fn files(kind: ObjectKind, node: &Node, name: &str, found: &mut Vec<ObjectRef>) {
    match value(node, "items").map(Node::items) {
        None | Some([]) => push(kind, node, name, &Node::null(), found),
        Some(items) => items.iter().for_each(|item| push(kind, node, name, item, found)),
    }
}

fn push(kind: ObjectKind, node: &Node, name: &str, key: &Node, found: &mut Vec<ObjectRef>) {
    if let Some(name) = text(node, name).filter(|name| !name.is_empty()) {
        let is_optional = value(node, "optional").is_some_and(is_true);
        found.push(ObjectRef { kind, name, key: text(key, "key"), is_optional });
    }
}
