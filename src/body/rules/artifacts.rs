//! Artifacts: where a container finds them, and where they are kept.

use super::Context;
use super::required::required;
use crate::body::{Body, Item, text};
use crate::diagnostics::Sink;
use crate::rules::{ap108_invalid_value, ap408_misplaced_field};

pub(crate) fn check(body: &Body, _: Context, sink: &mut Sink) {
    let all = || body.inputs.artifacts.iter().chain(&body.outputs.artifacts);
    if body.kind().is_some_and(crate::body::TemplateKind::is_leaf) {
        all().for_each(|artifact| path(artifact, sink));
    }
    for artifact in &body.inputs.artifacts {
        let name = artifact.name.as_ref().map_or("", |name| name);
        if let Some(entry) = artifact.node.entry("from").filter(|from| !from.value.is_null()) {
            sink.report(ap408_misplaced_field::input_from(entry.key.span, name));
        }
    }
}

/// A container needs a path for each of them (`Artifact.CleanPath` of Argo).
fn path(artifact: &Item, sink: &mut Sink) {
    required(artifact.node, artifact.at(), "path", "Artifact", sink);
    if let Some(path) = text(artifact.node, "path").filter(|path| leaves_its_directory(path)) {
        sink.report(ap108_invalid_value::finding(
            path.span,
            &path,
            "path",
            "a path without `..`: Argo refuses one that may lead out of its directory",
        ));
    }
}

/// Whether the part before the first `/..` is left: what `CleanPath` takes for an attack.
fn leaves_its_directory(path: &str) -> bool {
    let start = path.find("/../").or_else(|| path.ends_with("/..").then(|| path.len() - 3));
    let Some(safe) = start.map(|start| &path[..start]).filter(|safe| !safe.is_empty()) else {
        return false;
    };
    let mut cleaned: Vec<&str> = Vec::new();
    for part in path.split('/').filter(|part| !part.is_empty() && *part != ".") {
        if part == ".." {
            cleaned.pop();
        } else {
            cleaned.push(part);
        }
    }
    let root = if path.starts_with('/') { "/" } else { "" };
    let cleaned = format!("{root}{}", cleaned.join("/"));
    !cleaned.strip_prefix(safe).is_some_and(|rest| rest.len() > 1 && rest.starts_with('/'))
}
