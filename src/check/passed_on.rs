//! What argopacks passes on to Argo: template bodies, and every other part of a definition that is
//! Argo's or Kubernetes' own type.

use super::Context;
use super::tasks::check_body_outputs;
use crate::argo::conform::Conform;
use crate::body::{Body, TemplateKind};
use crate::diagnostics::Sink;
use crate::model::Definition;
use crate::model::argo_typed::{Argo, ArgoType};
use crate::model::kinds::builder::Step;
use crate::model::kinds::common::Defaults;
use crate::plan::dag::Call;
use crate::plan::{BuilderGraph, Task};
use crate::rules::{ap109_one_of_fields, ap403_template_type};

pub(super) fn check_task(context: &Context, task: &Task, sink: &mut Sink) {
    task.bodies().for_each(|body| check_body(body, context, sink));
}

pub(super) fn check_builder(context: &Context, builder: &BuilderGraph, sink: &mut Sink) {
    let spec = &builder.builder.spec;
    let mut conform = Conform { version: context.version, sink };
    each_default(spec.defaults.as_ref(), &mut conform);
    for step in &spec.steps.0 {
        check_step(step, &mut conform);
    }
    for step in builder.graph.steps.values() {
        if let Call::Inline(body) = &step.call {
            check_body(body, context, sink);
        }
    }
}

pub(super) fn check_defaults(context: &Context, sink: &mut Sink) {
    let mut conform = Conform { version: context.version, sink };
    for definition in &context.model.definitions {
        match definition {
            Definition::Project(project) => {
                let defaults = project.spec.as_ref().and_then(|spec| spec.defaults.as_ref());
                each_default(defaults, &mut conform);
            }
            Definition::Pipeline(pipeline) => one(pipeline.spec.resources.as_ref(), &mut conform),
            _ => {}
        }
    }
}

fn one<T: ArgoType>(value: Option<&Argo<T>>, conform: &mut Conform) {
    if let Some(value) = value {
        conform.node(&value.node, T::NAME, value.node.span);
    }
}

fn each_default(defaults: Option<&Defaults>, conform: &mut Conform) {
    let Some(defaults) = defaults else { return };
    one(defaults.resources.as_ref(), conform);
    one(defaults.security_context.as_ref(), conform);
    defaults.tolerations.iter().for_each(|item| one(Some(item), conform));
    defaults.image_pull_secrets.iter().for_each(|item| one(Some(item), conform));
}

fn check_step(step: &Step, conform: &mut Conform) {
    one(step.retry.as_ref(), conform);
    one(step.with_sequence.as_ref(), conform);
}

/// A template body: what Argo accepts, of one type.
fn check_body(body: &Body, context: &Context, sink: &mut Sink) {
    let inputs = body.node.get("inputs").and_then(|inputs| inputs.entry("parameters"));
    if let Some(parameters) = inputs {
        let message = "params of a template are made from the declaration of the Task";
        let help = "take them out: a Task declares them as `spec.params`, a step's own template has what it uses and the step's arguments give it";
        sink.report(ap109_one_of_fields::contradiction(parameters.key.span, message, help));
    }
    check_body_outputs(body, sink);
    let before = sink.errors();
    Conform { version: context.version, sink }.node(body.node, "Template", body.holder);
    match body.kinds[..] {
        [(_, first), (_, second), ..] => {
            let (first, second) = (&first.key, &second.key);
            let finding =
                ap403_template_type::many(second.span, &second.text, &first.text, first.span);
            sink.report(finding);
        }
        [] if sink.errors() == before => {
            let kinds = TemplateKind::ALL.map(TemplateKind::key);
            sink.report(ap403_template_type::none(body.holder, &kinds));
        }
        _ => {}
    }
}
