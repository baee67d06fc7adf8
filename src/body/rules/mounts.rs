//! Volumes that are mounted: each is there, and no path has two.

use std::collections::HashMap;

use super::{Context, has_slip};
use crate::body::{Body, Item, Mount, Role, WORKSPACE, text};
use crate::diagnostics::Sink;
use crate::model::Text;
use crate::rules::{ap201_undefined_reference, ap311_duplicate_name};

pub fn check(body: &Body, context: Context, sink: &mut Sink) {
    paths(&body.shared_mounts, &[], sink);
    for container in &body.containers {
        // Argo itself takes no notice of what a script mounts where an artifact is.
        let artifacts: &[Item] =
            if container.role == Role::Main { &body.inputs.artifacts } else { &[] };
        paths(&container.mounts, artifacts, sink);
    }
    volumes(body, context, sink);
}

/// One path twice in one container (workflow/validate, `validateLeaf`; Kubernetes for the others).
fn paths(mounts: &[Mount], artifacts: &[Item], sink: &mut Sink) {
    let mounted = mounts.iter().filter_map(|mount| mount.path.clone());
    let loaded = artifacts.iter().filter_map(|artifact| text(artifact.node, "path"));
    let mut seen: HashMap<crate::tree::Str, Text> = HashMap::new();
    for path in mounted.chain(loaded).filter(|path| !path.is_empty()) {
        match seen.get(&path.value) {
            Some(first) => sink.report(ap311_duplicate_name::mount(path.span, &path, first.span)),
            None => {
                seen.insert(path.value.clone(), path);
            }
        }
    }
}

/// The volumes of a referenced template are those that it declares itself: those of its workflow do
/// not come along, and Argo finds it out when it makes the pod (workflow/controller, workflowpod.go,
/// `volume '%s' not found in workflow spec`).
fn volumes(body: &Body, context: Context, sink: &mut Sink) {
    // A volume without a name, and volumes under a misspelt key, are told as that.
    let is_whole = body.volumes.iter().all(|volume| volume.name.is_some());
    if !is_whole || has_slip(body.node, &["volumes"]) {
        return;
    }
    let own = body.volumes.iter().filter_map(|volume| volume.name.as_ref());
    let names: Vec<&str> =
        own.map(|name| &*name.value).chain(context.volumes.iter().copied()).collect();
    let is_known = |name: &str| name == WORKSPACE || name.contains("{{") || names.contains(&name);
    for name in body.mounts().filter_map(|mount| mount.name.as_ref()) {
        if !is_known(name) {
            sink.report(ap201_undefined_reference::volume(name.span, name, &names));
        }
    }
}
