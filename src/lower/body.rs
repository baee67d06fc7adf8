//! Template bodies as they were written, to values; with the workspace mounted and images replaced.

use crate::argo::value::{Map, Text, Value};
use crate::model::kinds::config::Config;
use crate::model::{Node, kinds::task::Mount};
use crate::yaml::scalar::{Resolved, resolve};
use crate::yaml::{Scalar, Yaml};

/// The volume that the steps of a run share.
pub const WORKSPACE: &str = "workspace";

/// A node as it was written. A bare scalar is what kubectl would read it as.
pub fn value_of(node: &Node) -> Value {
    match &node.value {
        Yaml::Scalar(scalar) => scalar_value(scalar),
        Yaml::List(items) => Value::List(items.iter().map(value_of).collect()),
        Yaml::Map(entries) => Value::Map(Map(entries
            .iter()
            .map(|entry| ((&entry.key.text).into(), value_of(&entry.value)))
            .collect())),
    }
}

fn scalar_value(scalar: &Scalar) -> Value {
    let text = || Value::Str((&scalar.text).into());
    if !scalar.plain {
        return text();
    }
    match resolve(&scalar.text) {
        Resolved::Null => Value::Null,
        Resolved::Bool(value) => Value::Bool(value),
        Resolved::Str => text(),
        number @ (Resolved::Int(_) | Resolved::Float(_)) => {
            number.json_number().map_or_else(text, |number| Value::Number(number.into()))
        }
    }
}

/// The entries of a template body, without its name, inputs and outputs, which the compiler makes.
pub fn entries(body: &Node, mount: Option<&Mount>, config: Option<&Config>) -> Map {
    let Value::Map(mut map) = value_of(body) else { return Map::new() };
    map.0.retain(|(key, _)| !matches!(&**key, "name" | "inputs" | "outputs"));
    if let Some(mount) = mount {
        mount_workspace(&mut map, &mount.mount_path.value);
    }
    if let Some(config) = config.filter(|config| !config.spec.images.0.is_empty()) {
        map.0.iter_mut().for_each(|(key, value)| replace_images(key, value, config));
    }
    map
}

/// Mounts the workspace into the main containers, unless they mount it themselves.
fn mount_workspace(body: &mut Map, path: &std::sync::Arc<str>) {
    for kind in ["container", "script"] {
        if let Some(Value::Map(container)) = body.get_mut(kind) {
            mount_into(container, path);
        }
    }
    let containers = match body.get_mut("containerSet") {
        Some(Value::Map(set)) => set.get_mut("containers"),
        _ => None,
    };
    if let Some(Value::List(containers)) = containers {
        for container in containers {
            if let Value::Map(container) = container {
                mount_into(container, path);
            }
        }
    }
}

fn mount_into(container: &mut Map, path: &std::sync::Arc<str>) {
    let mount = Map::new().with("name", WORKSPACE).with("mountPath", path);
    match container.get_mut("volumeMounts") {
        Some(Value::List(mounts))
            if mounts
                .iter()
                .any(|mount| mount.at(&["name"]).and_then(Value::as_str) == Some(WORKSPACE)) => {}
        Some(Value::List(mounts)) => mounts.push(mount.into()),
        _ => container.put("volumeMounts", vec![mount]),
    }
}

fn replace_images(key: &str, value: &mut Value, config: &Config) {
    match value {
        Value::Str(image) if key == "image" => {
            if let Some(replacement) = config.spec.images.get(image) {
                *image = Text::from(&replacement.value);
            }
        }
        Value::List(items) => items.iter_mut().for_each(|item| replace_images("", item, config)),
        Value::Map(map) => {
            map.0.iter_mut().for_each(|(key, value)| replace_images(key, value, config))
        }
        _ => {}
    }
}

/// Whether a body mounts the workspace by itself.
pub fn mounts_workspace(body: &Node) -> bool {
    let is_mount = |node: &Node| {
        node.get("name").and_then(Node::as_text).is_some_and(|name| &**name == WORKSPACE)
    };
    match &body.value {
        Yaml::Map(entries) => entries.iter().any(|entry| match &*entry.key.text {
            "volumeMounts" => entry.value.items().iter().any(is_mount),
            _ => mounts_workspace(&entry.value),
        }),
        Yaml::List(items) => items.iter().any(mounts_workspace),
        Yaml::Scalar(_) => false,
    }
}
