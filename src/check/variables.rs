//! `%variables%` in values that are handed on as they are: variables have a value in `tag`, in
//! `buildNameTpl` and in the params of a Webhook.

use super::Context;
use crate::diagnostics::Sink;
use crate::model::Text;
use crate::names::Variable;
use crate::plan::{BuilderGraph, Run};
use crate::rules::ap309_variable;

/// Arguments of steps, and defaults of the Builder's params.
pub(super) fn check_builder(_: &Context, builder: &BuilderGraph, sink: &mut Sink) {
    let steps = builder.graph.steps.values();
    let arguments = steps.flat_map(|step| &step.inputs).filter_map(|port| port.argument);
    arguments.for_each(|text| check(text, sink));
    let defaults = builder.builder.spec.params.iter().filter_map(|param| param.default.as_ref());
    defaults.for_each(|default| check(&default.0, sink));
}

/// Values that a Pipeline gives.
pub(super) fn check_run(_: &Context, run: &Run, sink: &mut Sink) {
    if let Some(pipeline) = run.pipeline() {
        let values = &pipeline.definition.spec.builder.params.0;
        values.iter().for_each(|(_, value)| check(&value.0, sink));
    }
}

fn check(text: &Text, sink: &mut Sink) {
    for name in Variable::names() {
        let written = format!("%{name}%");
        if let Some(start) = text.find(&written) {
            let span = text.part(start, start + written.len());
            sink.report(ap309_variable::handed_on(span, name, instead(name)));
        }
    }
}

/// What has the value of a variable in a run.
fn instead(variable: &str) -> &str {
    match variable {
        "code-revision" => "{{workflow.parameters.revision}}",
        "code-branch" => "{{workflow.parameters.branch}}",
        "code-commit" => "{{tasks.CHECKOUT.outputs.parameters.commit}}",
        "code-short-commit" => "{{tasks.CHECKOUT.outputs.parameters.short-commit}}",
        "timestamp" => "{{workflow.creationTimestamp.s}}",
        "date" => "{{workflow.creationTimestamp.Ymd}}",
        "project" => "{{workflow.parameters.project}}",
        "pipeline" => "{{workflow.parameters.pipeline}}",
        "image" => "{{workflow.parameters.image}}",
        "tag" => "{{workflow.parameters.image-tag}}",
        "event" => "{{workflow.parameters.event}}",
        _ => "{{workflow.parameters.pull-request}}",
    }
}
