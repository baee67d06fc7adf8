//! Resource templates: one manifest, which is YAML, and conditions that Argo can read.

use super::{Context, selector};
use crate::body::{Body, TemplateKind, text, value};
use crate::diagnostics::Sink;
use crate::model::Text;
use crate::rules::{ap108_invalid_value, ap109_one_of_fields, ap201_undefined_reference};
use crate::source::{FileId, SourceFile};

pub(crate) fn check(body: &Body, _: Context, sink: &mut Sink) {
    let Some((TemplateKind::Resource, key, node)) = body.typed() else { return };
    let manifest = text(node, "manifest").filter(|manifest| !manifest.is_empty());
    let from = value(node, "manifestFrom");
    let action = text(node, "action");
    let is_sent = action.is_none_or(|action| !matches!(&*action.value, "get" | "delete" | ""));
    match (&manifest, node.entry("manifestFrom").filter(|from| !from.value.is_null())) {
        (None, None) if is_sent => sink.report(ap109_one_of_fields::none(
            key.span,
            "a resource template",
            &["manifest", "manifestFrom"],
        )),
        (Some(manifest), Some(from)) => sink.report(ap109_one_of_fields::both(
            from.key.span,
            "this resource template",
            "manifestFrom",
            "manifest",
            manifest.span,
        )),
        _ => {}
    }
    if let Some(manifest) = &manifest {
        check_manifest(manifest, sink);
    }
    if let Some(artifact) = from.and_then(|from| text(from.get("artifact")?, "name")) {
        check_artifact(body, &artifact, sink);
    }
    for field in ["successCondition", "failureCondition"] {
        if let Some(condition) = text(node, field).filter(|text| !text.is_empty()) {
            check_condition(field, &condition, sink);
        }
    }
}

/// What keeps Kubernetes from reading a document. Keys that come twice, it takes.
const BREAKS: &[&str] = &["AP001", "AP002", "AP003", "AP004", "AP005"];

fn check_manifest(manifest: &Text, sink: &mut Sink) {
    if manifest.contains("{{") {
        return;
    }
    let file = SourceFile::new("manifest", manifest.as_str());
    let documents = crate::yaml::parse(FileId(0), &file);
    let mut found = documents.into_iter().flat_map(|document| document.findings);
    let flaw = found.find(|flaw| BREAKS.contains(&flaw.rule.code));
    if let Some(flaw) = flaw {
        let reason = flaw.message.trim_start_matches("this is not YAML: ");
        sink.report(ap108_invalid_value::manifest(manifest.span, reason));
    }
}

fn check_artifact(body: &Body, artifact: &Text, sink: &mut Sink) {
    let names: Vec<&str> = body
        .inputs
        .artifacts
        .iter()
        .filter_map(|input| Some(&*input.name.as_ref()?.value))
        .collect();
    if !artifact.contains("{{") && !names.contains(&&*artifact.value) {
        let (span, field) = (artifact.span, "manifestFrom");
        sink.report(ap201_undefined_reference::within(
            span,
            field,
            "input artifact",
            artifact,
            &names,
        ));
    }
}

fn check_condition(field: &str, condition: &Text, sink: &mut Sink) {
    let is_known = !condition.contains("{{");
    if let (true, Err(reason)) = (is_known, selector::read(condition)) {
        sink.report(ap108_invalid_value::condition(condition.span, field, condition, reason));
    }
}
