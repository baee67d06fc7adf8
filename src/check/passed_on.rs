//! What argopacks passes on to Argo: template bodies, and every other part of a definition that is
//! Argo's or Kubernetes' own type.

use super::Context;
use crate::argo::conform::Conform;
use crate::body::Body;
use crate::body::rules::{self, Inputs};
use crate::diagnostics::Sink;
use crate::model::Definition;
use crate::model::argo_typed::{Argo, ArgoType};
use crate::model::kinds::builder::Step;
use crate::model::kinds::common::Defaults;
use crate::model::short::Retry;
use crate::plan::dag::Call;
use crate::plan::{BuilderGraph, Task};

pub(super) fn check_task(context: &Context, task: &Task, sink: &mut Sink) {
    // The tests hold the bundled ones against every version.
    if task.is_bundled() {
        return;
    }
    task.bodies().for_each(|body| check_body(body, context, sink));
    let mut conform = Conform { version: context.version, sink };
    for output in &task.definition.spec.outputs {
        one(output.value_from.as_ref(), &mut conform);
    }
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
            let inputs = Inputs::Declared;
            rules::check(body, rules::Context { inputs, ..rules::Context::default() }, sink);
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
            Definition::Schedule(schedule) => {
                one(schedule.spec.stop_strategy.as_ref(), &mut conform);
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
    if let Some(retry) = &step.retry {
        conform.node(&retry.node, Retry::TYPE, retry.node.span);
    }
    one(step.with_sequence.as_ref(), conform);
}

fn check_body(body: &Body, context: &Context, sink: &mut Sink) {
    Conform { version: context.version, sink }.node(body.node, "Template", body.holder);
}
