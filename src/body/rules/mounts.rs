//! Volumes that are mounted: each is there, and no path has two.

use std::collections::HashMap;

use super::{Context, has_slip};
use crate::body::{Body, Container, Mount, Role, WORKSPACE, text};
use crate::diagnostics::Sink;
use crate::model::Text;
use crate::rules::{ap201_undefined_reference, ap311_duplicate_name};
use crate::tree::Str;

pub(crate) fn check(body: &Body, context: Context, sink: &mut Sink) {
    let of = |mounts: &[Mount]| -> Vec<Text> {
        mounts.iter().filter_map(|mount| mount.path.clone()).collect()
    };
    unique(of(&body.shared_mounts), sink);
    for container in &body.containers {
        let mut paths: Vec<Text> = workspace(container, context).into_iter().cloned().collect();
        paths.extend(of(&container.mounts));
        // A script may mount a volume where an artifact goes: Argo then loads it into the volume.
        if container.role == Role::Main {
            let artifacts = body.inputs.artifacts.iter();
            paths.extend(artifacts.filter_map(|artifact| text(artifact.node, "path")));
        }
        unique(paths, sink);
    }
    volumes(body, context, sink);
}

/// Where the Task mounts the workspace into a container.
fn workspace<'c>(container: &Container, context: Context<'c>) -> Option<&'c Text> {
    let is_helper = matches!(container.role, Role::Init | Role::Sidecar);
    let is_workspace =
        |mount: &Mount| mount.name.as_ref().is_some_and(|name| name.value == WORKSPACE);
    context.workspace.filter(|_| !is_helper && !container.mounts.iter().any(is_workspace))
}

/// One path twice in one container (workflow/validate, `validateLeaf`; Kubernetes for the others).
fn unique(paths: Vec<Text>, sink: &mut Sink) {
    let mut seen: HashMap<Str, Text> = HashMap::new();
    for path in paths.into_iter().filter(|path| !path.is_empty()) {
        match seen.get(&path.value) {
            Some(first) => sink.report(ap311_duplicate_name::mount(path.span, &path, first.span)),
            None => {
                seen.insert(path.value.clone(), path);
            }
        }
    }
}

/// The volumes of a referenced template are those that it declares itself: those of its workflow do
/// not come along, and Argo finds out when it creates the pod (workflow/controller, workflowpod.go,
/// `volume '%s' not found in workflow spec`).
fn volumes(body: &Body, context: Context, sink: &mut Sink) {
    // A volume without a name and a misspelt `volumes` are reported elsewhere.
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
