//! Fields of which one excludes the others.

use super::{Context, has_slip};
use crate::body::{Body, LOCATIONS, LOOPS, present, text};
use crate::diagnostics::Sink;
use crate::model::Text;
use crate::rules::ap109_one_of_fields;
use crate::source::Span;
use crate::tree::{Entry, Node};

/// Where the value of an output comes from (workflow/validate, `validateOutputParameter`).
pub(crate) const SOURCES: &[&str] =
    &["path", "jsonPath", "jqFilter", "parameter", "expression", "supplied"];

/// What a call calls (workflow/validate, `validateTemplateHolder`).
const CALLEES: &[&str] = &["template", "templateRef", "inline"];

const METRICS: &[&str] = &["gauge", "counter", "histogram"];

pub(crate) fn check(body: &Body, _: Context, sink: &mut Sink) {
    for output in &body.outputs.parameters {
        let what = named("output", output.name.as_ref());
        exactly_one(output.node, output.at(), &what, &["value", "valueFrom"], sink);
        if let Some(from) = present(output.node).find(|entry| entry.key.text == "valueFrom") {
            let what = format!("`valueFrom` of {what}");
            exactly_one(&from.value, from.key.span, &what, SOURCES, sink);
        }
    }
    for artifact in body.inputs.artifacts.iter().chain(&body.outputs.artifacts) {
        at_most_one(artifact.node, &named("artifact", artifact.name.as_ref()), LOCATIONS, sink);
    }
    if let Some(location) = body.node.get("archiveLocation") {
        at_most_one(location, "`archiveLocation`", LOCATIONS, sink);
    }
    for volume in &body.volumes {
        at_most_one_source(volume.node, &named("volume", volume.name.as_ref()), sink);
    }
    let metrics = body.node.find(&["metrics", "prometheus"]);
    for metric in metrics.into_iter().flat_map(Node::items) {
        let name = text(metric, "name");
        let what = named("metric", name.as_ref());
        let at = name.map_or(metric.span, |name| name.span);
        exactly_one(metric, at, &what, METRICS, sink);
    }
    if let Some(http) = body.node.get("http") {
        at_most_one(http, "this http template", &["body", "bodyFrom"], sink);
    }
    calls(body, sink);
}

fn calls(body: &Body, sink: &mut Sink) {
    for call in body.calls.iter().filter(|call| !call.node.entries().is_empty()) {
        let what = call.what();
        exactly_one(call.node, call.at, &what, CALLEES, sink);
        at_most_one(call.node, &what, LOOPS, sink);
        if let Some(sequence) = present(call.node).find(|entry| entry.key.text == "withSequence") {
            let what = format!("`withSequence` of {what}");
            exactly_one(&sequence.value, sequence.key.span, &what, &["count", "end"], sink);
        }
        for artifact in &call.arguments.artifacts {
            let what = named("artifact", artifact.name.as_ref());
            at_most_one(artifact.node, &what, &["from", "fromExpression"], sink);
            at_most_one(artifact.node, &what, LOCATIONS, sink);
        }
    }
}

/// A volume without a source is an empty directory (Kubernetes, `SetDefaults_Volume`).
fn at_most_one_source(volume: &Node, what: &str, sink: &mut Sink) {
    let sources: Vec<&Entry> = present(volume).filter(|entry| entry.key.text != "name").collect();
    report_second(&sources, what, sink);
}

fn named(what: &str, name: Option<&Text>) -> String {
    name.map_or_else(|| format!("this {what}"), |name| format!("{what} `{}`", &*name.value))
}

fn those<'n>(node: &'n Node, fields: &[&str]) -> Vec<&'n Entry> {
    present(node).filter(|entry| fields.contains(&&*entry.key.text)).collect()
}

pub(super) fn at_most_one(node: &Node, what: &str, fields: &[&str], sink: &mut Sink) {
    report_second(&those(node, fields), what, sink);
}

pub(crate) fn exactly_one(node: &Node, at: Span, what: &str, fields: &[&str], sink: &mut Sink) {
    let there = those(node, fields);
    if there.is_empty() && !has_slip(node, fields) {
        sink.report(ap109_one_of_fields::none(at, what, fields));
    }
    report_second(&there, what, sink);
}

fn report_second(there: &[&Entry], what: &str, sink: &mut Sink) {
    if let [first, second, ..] = there {
        let (first, second) = (&first.key, &second.key);
        sink.report(ap109_one_of_fields::both(
            second.span,
            what,
            &second.text,
            &first.text,
            first.span,
        ));
    }
}
