//! Template bodies as they were written, with the workspace mounted and images replaced.

use crate::body::WORKSPACE;
use crate::model::Text;
use crate::model::kinds::config::Config;
use crate::model::kinds::task::Mount;
use crate::tree::{Map, Node, Value};

/// The entries of a template body, without its name, inputs and outputs, which the compiler makes.
pub(crate) fn entries(body: &Node, mount: Option<&Mount>, config: Option<&Config>) -> Map {
    let mut map = body.without_nulls().into_map();
    map.0.retain(|entry| !matches!(&*entry.key.text, "name" | "inputs" | "outputs"));
    if let Some(mount) = mount {
        mount_workspace(&mut map, &mount.mount_path);
    }
    if let Some(config) = config.filter(|config| !config.spec.images.0.is_empty()) {
        map.0.iter_mut().for_each(|e| replace_images(&e.key.text, &mut e.value, config));
    }
    map
}

/// Mounts the workspace into the main containers, unless they mount it themselves.
fn mount_workspace(body: &mut Map, path: &Text) {
    for kind in ["container", "script"] {
        if let Some(container) = body.get_mut(kind) {
            mount_into(container, path);
        }
    }
    let set = body.get_mut("containerSet").and_then(|set| set.get_mut("containers"));
    if let Some(Node { value: Value::List(containers), .. }) = set {
        containers.iter_mut().for_each(|container| mount_into(container, path));
    }
}

fn mount_into(container: &mut Node, path: &Text) {
    let is_workspace = |mount: &Node| mount.get("name").and_then(Node::as_str) == Some(WORKSPACE);
    let mount = || Map::new().with("name", WORKSPACE).with("mountPath", path);
    match container.get_mut("volumeMounts") {
        Some(Node { value: Value::List(mounts), .. }) if mounts.iter().any(is_workspace) => {}
        Some(Node { value: Value::List(mounts), .. }) => mounts.push(mount().into()),
        Some(nothing) => *nothing = vec![mount()].into(),
        None => {
            if let Value::Map(entries) = &mut container.value {
                entries.extend(Map::new().with("volumeMounts", vec![mount()]).0);
            }
        }
    }
}

fn replace_images(key: &str, node: &mut Node, config: &Config) {
    match &mut node.value {
        Value::Scalar(image) if key == "image" => {
            if let Some(replacement) = config.spec.images.get(&image.text) {
                (image.text, image.plain) = (replacement.value.clone(), false);
                node.span = replacement.span;
            }
        }
        Value::Scalar(_) => {}
        Value::List(items) => items.iter_mut().for_each(|item| replace_images("", item, config)),
        Value::Map(entries) => {
            entries.iter_mut().for_each(|e| replace_images(&e.key.text, &mut e.value, config));
        }
    }
}
