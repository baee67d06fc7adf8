//! Tags that Argo cannot resolve: what its validator refuses, and what it lets pass until the run.

use crate::argo::references::{Reference, references};
use crate::diagnostics::Sink;
use crate::model::kinds::builder::{Builder, Step};
use crate::model::{Definition, Model, Node, Text};
use crate::resolve::{PackTemplate, Program, step_texts};
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

pub fn check(model: &Model, program: &Program, sink: &mut Sink) {
    for definition in &model.definitions {
        if let Definition::Task(task) = definition {
            PackTemplate::all(task)
                .iter()
                .filter_map(|template| template.body)
                .for_each(|body| check_body(body, sink));
        }
    }
    super::each_builder(model, program, &mut |builder| check_builder(builder, sink));
    for run in program.webhooks.iter().filter_map(|webhook| webhook.task.as_ref()) {
        check_builder(&run.builder.builder, sink);
    }
}

fn check_builder(builder: &Builder, sink: &mut Sink) {
    for step in &builder.spec.steps.0 {
        check_step(step, sink);
        if let Some(template) = &step.task.template {
            check_body(&template.node, sink);
        }
    }
}

fn check_step(step: &Step, sink: &mut Sink) {
    step_texts(step, &mut |text| {
        check_closed(text, text.span, sink);
        for reference in references(text) {
            let span = text.part(reference.start, reference.end);
            if !step.is_loop() && (reference.name == "item" || reference.name.starts_with("item."))
            {
                sink.report(ap407_unresolved_tag::item(span, &step.name));
            }
            check_variable(&reference, span, sink);
        }
    });
}

fn check_body(body: &Node, sink: &mut Sink) {
    body.each_scalar(&mut |scalar, span| {
        if scalar.text.contains("{{") {
            check_closed(&scalar.text, span, sink);
            let text = Text { value: scalar.text.clone(), span };
            for reference in references(&text) {
                check_variable(&reference, text.part(reference.start, reference.end), sink);
            }
        }
    });
}

fn check_closed(text: &str, span: Span, sink: &mut Sink) {
    let is_open = text.rfind("{{").is_some_and(|open| !text[open..].contains("}}"));
    if is_open {
        sink.report(ap407_unresolved_tag::unclosed(span));
    }
}

/// Of the names that begin like a workflow's, those that are none. Others may be meant for another program.
fn check_variable(reference: &Reference, span: Span, sink: &mut Sink) {
    let name = &*reference.name;
    let is_known = WORKFLOW.iter().any(|known| {
        name.strip_prefix(known).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
    });
    if name.starts_with("workflow.") && !is_known {
        sink.report(ap407_unresolved_tag::unknown(span, name, WORKFLOW));
    }
}
