//! Input artifacts of the templates that steps call: nothing in a definition can give one.

use super::Context;
use crate::diagnostics::Sink;
use crate::plan::dag::{Call, Step};
use crate::plan::{BuilderGraph, Run, Subject};
use crate::rules::ap316_missing_artifact;

pub(super) fn check_builder(context: &Context, builder: &BuilderGraph, sink: &mut Sink) {
    for step in builder.graph.steps.values() {
        check(context, step, &format!("step `{}`", &*step.name), sink);
    }
}

pub(super) fn check_run(context: &Context, run: &Run, sink: &mut Sink) {
    if let Subject::Task(caller) = run.subject {
        let caller = caller.shown();
        run.dag.steps.values().for_each(|step| check(context, step, &caller, sink));
    }
}

fn check<I>(context: &Context, step: &Step<I>, caller: &str, sink: &mut Sink) {
    let Some(body) = step.call.body(&context.plan.tasks) else { return };
    for artifact in body.inputs.artifacts.iter().filter(|it| it.is_required_artifact()) {
        let name = artifact.name.as_ref().map_or("", |name| &*name.value);
        let (caller_at, declared) = (step.name.span, artifact.at());
        sink.report(match step.call {
            Call::Inline(_) => ap316_missing_artifact::own(declared, caller, name),
            _ => ap316_missing_artifact::finding(caller_at, caller, name, declared),
        });
    }
}
