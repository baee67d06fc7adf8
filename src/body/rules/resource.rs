//! Resource templates: one manifest, which is YAML, and conditions that Argo can read.

use super::one_of::at_most_one;
use super::{Context, selector};
use crate::body::{Body, TemplateKind, text, value};
use crate::diagnostics::Sink;
use crate::model::Text;
use crate::rules::{ap108_invalid_value, ap109_one_of_fields, ap201_undefined_reference};
use crate::source::{FileId, SourceFile};
use crate::tree::{Node, Value};
use crate::yaml::Document;

pub(crate) fn check(body: &Body, _: Context, sink: &mut Sink) {
    let Some((TemplateKind::Resource, key, node)) = body.typed() else { return };
    let written = text(node, "manifest");
    let at = written.as_ref().map_or(key.span, |empty| empty.span);
    let manifest = written.filter(|manifest| !manifest.is_empty());
    let from = value(node, "manifestFrom");
    // Without a manifest, kubectl is called with the flags (workflow/executor/resource.go,
    // `getKubectlArguments`).
    let has_flags = value(node, "flags").is_some_and(|flags| !flags.items().is_empty());
    let is_text = value(node, "manifest").is_none_or(|node| node.as_text().is_some());
    if manifest.is_some() || from.is_some() {
        let what = "this resource template";
        at_most_one(node, what, &["manifest", "manifestFrom"], sink);
    } else if !has_flags && is_text {
        let fields = ["manifest", "manifestFrom"];
        sink.report(ap109_one_of_fields::none(at, "a resource template", &fields));
    }
    if let Some(manifest) = &manifest {
        check_manifest(manifest, value(node, "action"), sink);
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

fn check_manifest(manifest: &Text, action: Option<&Node>, sink: &mut Sink) {
    if manifest.contains("{{") {
        return;
    }
    let file = SourceFile::new("manifest", manifest.as_str());
    let documents = crate::yaml::parse(FileId(0), &file);
    let is_object = |document: &Document| match document.root.value {
        Value::Map(_) => true,
        // A JSON patch is a list of changes.
        Value::List(_) => action.and_then(Node::as_str) == Some("patch"),
        Value::Scalar(_) => document.root.is_null(),
    };
    let is_other = documents.iter().any(|it| it.findings.is_empty() && !is_object(it));
    if is_other {
        sink.report(ap108_invalid_value::not_an_object(manifest.span));
    }
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
