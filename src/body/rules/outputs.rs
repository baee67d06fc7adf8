//! Outputs come from where a template of their type has some.

use super::Context;
use crate::body::{Body, TemplateKind, value};
use crate::diagnostics::Sink;
use crate::rules::ap406_argo_missing_field;
use crate::source::Span;
use crate::tree::{Entry, Node};

/// Where the outputs of a type of template come from (workflow/validate, `validateOutputs`; for
/// `suspend` docs/intermediate-inputs.md). None for types that Argo asks nothing of.
fn sources(kind: TemplateKind) -> Option<&'static [&'static str]> {
    match kind {
        TemplateKind::Container | TemplateKind::Script | TemplateKind::ContainerSet => {
            Some(&["path"])
        }
        TemplateKind::Resource => Some(&["jsonPath", "jqFilter"]),
        TemplateKind::Dag | TemplateKind::Steps => Some(&["parameter", "expression"]),
        TemplateKind::Suspend => Some(&["supplied"]),
        TemplateKind::Http | TemplateKind::Data | TemplateKind::Plugin => None,
    }
}

pub(crate) fn check(body: &Body, _: Context, sink: &mut Sink) {
    let Some(kind) = body.kind() else { return };
    for output in &body.outputs.parameters {
        let from = output.node.entry("valueFrom").filter(|from| has_source(&from.value));
        if let (Some(name), Some(Entry { key, value: from })) = (&output.name, from) {
            check_source(kind, name, Some(from), key.span, sink);
        }
    }
}

/// `one_of` reports a `valueFrom` without any source.
fn has_source(from: &Node) -> bool {
    super::one_of::SOURCES.iter().any(|source| value(from, source).is_some())
}

/// Reports an output whose `valueFrom` has nothing that its template's type can give. None stands
/// for the `path` of a Task's output.
pub(crate) fn check_source(
    kind: TemplateKind,
    name: &str,
    from: Option<&Node>,
    span: Span,
    sink: &mut Sink,
) {
    let Some(sources) = sources(kind) else { return };
    let is_given = match from {
        Some(from) => sources.iter().any(|source| value(from, source).is_some()),
        None => sources.contains(&"path"),
    };
    if !is_given {
        sink.report(ap406_argo_missing_field::output(span, name, kind.key(), sources));
    }
}
