//! Tags that Argo cannot resolve: what its validator refuses, and what it lets pass until the run.

use super::Context;
use crate::argo::references::{Reference, references};
use crate::body::Body;
use crate::diagnostics::Sink;
use crate::model::Text;
use crate::plan::dag::{Binding, Call, Repeat, Step};
use crate::plan::{BuilderGraph, Run, Subject, Task};
use crate::rules::ap407_unresolved_tag;
use crate::source::Span;

/// The variables of a workflow (Argo Workflows v4.1.2, workflow/validate and docs/variables.md).
const WORKFLOW: &[&str] = &[
    "workflow.name",
    "workflow.namespace",
    "workflow.mainEntrypoint",
    "workflow.serviceAccountName",
    "workflow.uid",
    "workflow.status",
    "workflow.failures",
    "workflow.priority",
    "workflow.duration",
    "workflow.labels",
    "workflow.annotations",
    "workflow.parameters",
    "workflow.creationTimestamp",
    "workflow.scheduledTime",
    "workflow.outputs",
];

pub(super) fn check_task(_: &Context, task: &Task, sink: &mut Sink) {
    task.bodies().for_each(|body| check_body(body, sink));
}

pub(super) fn check_builder(_: &Context, builder: &BuilderGraph, sink: &mut Sink) {
    for step in builder.graph.steps.values() {
        let arguments: Vec<&Text> = step.inputs.iter().filter_map(|port| port.argument).collect();
        check_step(step, &arguments, sink);
    }
}

pub(super) fn check_run(_: &Context, run: &Run, sink: &mut Sink) {
    if let Subject::EventTask(_) = run.subject {
        for step in run.dag.steps.values() {
            let arguments = step.inputs.iter().filter_map(|input| match input.binding {
                Binding::Argument(argument) => Some(argument),
                _ => None,
            });
            check_step(step, &arguments.collect::<Vec<_>>(), sink);
        }
    }
}

fn check_step<I>(step: &Step<I>, arguments: &[&Text], sink: &mut Sink) {
    let texts = arguments.iter().copied().chain(step.control.when);
    texts.for_each(|text| check_text(step, text, sink));
    match step.control.repeat {
        Some(Repeat::Param(text)) => check_text(step, text, sink),
        Some(Repeat::Items(node) | Repeat::Sequence(node)) => {
            node.each_scalar(&mut |scalar, span| {
                check_text(step, &Text { value: scalar.text.clone(), span }, sink);
            });
        }
        None => {}
    }
    if let Call::Inline(body) = &step.call {
        check_body(body, sink);
    }
}

fn check_text<I>(step: &Step<I>, text: &Text, sink: &mut Sink) {
    check_closed(text, text.span, sink);
    for reference in references(text) {
        let span = text.part(reference.start, reference.end);
        let is_item = reference.name == "item" || reference.name.starts_with("item.");
        if !step.is_loop() && is_item {
            sink.report(ap407_unresolved_tag::item(span, &step.name));
        }
        check_variable(&reference, span, sink);
    }
}

fn check_body(body: &Body, sink: &mut Sink) {
    for site in body.with_inlines().into_iter().flat_map(|body| &body.sites) {
        let text = &site.text;
        check_closed(text, text.span, sink);
        for reference in references(text) {
            check_variable(&reference, text.part(reference.start, reference.end), sink);
        }
    }
}

fn check_closed(text: &str, span: Span, sink: &mut Sink) {
    let is_open = text.rfind("{{").is_some_and(|open| !text[open..].contains("}}"));
    if is_open {
        sink.report(ap407_unresolved_tag::unclosed(span));
    }
}

/// Reports, of the names that begin like a workflow's, those that are none. Others may be meant for another program.
fn check_variable(reference: &Reference, span: Span, sink: &mut Sink) {
    let name = &*reference.name;
    let is_known = WORKFLOW.iter().any(|known| {
        name.strip_prefix(known).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
    });
    if name.starts_with("workflow.") && !is_known {
        sink.report(ap407_unresolved_tag::unknown(span, name, WORKFLOW));
    }
}
