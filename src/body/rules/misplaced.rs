//! Fields that Argo does not have on every type of template.

use super::Context;
use crate::body::{Body, TemplateKind, present};
use crate::diagnostics::Sink;
use crate::rules::ap408_misplaced_field;

/// A field of templates, the types that have it, and what to do about it on others.
type Row = (&'static str, fn(TemplateKind) -> bool, &'static str);

const FIELDS: &[Row] = &[
    (
        "activeDeadlineSeconds",
        |kind| !kind.calls_templates(),
        "set it on the templates that this one calls",
    ),
    ("timeout", TemplateKind::is_leaf, "set `timeout` on the templates that do the work"),
    ("pendingTimeout", TemplateKind::is_leaf, "set it on the templates that run pods"),
    (
        "parallelism",
        TemplateKind::calls_templates,
        "take it out: it says how many calls a `dag` or `steps` template makes at once",
    ),
    (
        "podResources",
        |kind| !kind.runs_in_agent(),
        "take it out: the agent's pod is shared by the templates that run in it",
    ),
    ("resourceClaims", TemplateKind::runs_pod, "set it on the templates that run pods"),
];

pub(crate) fn check(body: &Body, _: Context, sink: &mut Sink) {
    let Some((kind, key, _)) = body.typed() else { return };
    for (field, has_it, help) in FIELDS {
        let entry = present(body.node).find(|entry| entry.key.text == *field);
        if let (Some(entry), false) = (entry, has_it(kind)) {
            let span = entry.key.span;
            sink.report(ap408_misplaced_field::finding(span, field, kind.key(), key.span, help));
        }
    }
    if !kind.is_leaf() {
        paths(body, kind, key.span, sink);
    }
}

/// Artifacts have a path in a container only.
fn paths(body: &Body, kind: TemplateKind, at: crate::source::Span, sink: &mut Sink) {
    for artifact in body.inputs.artifacts.iter().chain(&body.outputs.artifacts) {
        let path = present(artifact.node).find(|entry| entry.key.text == "path");
        if let Some(path) = path.filter(|path| path.value.as_str() != Some("")) {
            let help = "take it out: the template that has the container says the path";
            let span = path.key.span;
            sink.report(ap408_misplaced_field::finding(span, "path", kind.key(), at, help));
        }
    }
}
