//! Tasks that should not be called any more.

use super::Context;
use crate::diagnostics::Sink;
use crate::plan::dag::{Call, Step};
use crate::plan::{BuilderGraph, Run, Subject};
use crate::rules::ap702_deprecated;

pub(super) fn check_builder(context: &Context, builder: &BuilderGraph, sink: &mut Sink) {
    builder.graph.steps.values().for_each(|step| check(context, step, sink));
}

pub(super) fn check_run(context: &Context, run: &Run, sink: &mut Sink) {
    if let Subject::Task(_) = run.subject {
        run.dag.steps.values().for_each(|step| check(context, step, sink));
    }
}

fn check<I>(context: &Context, step: &Step<I>, sink: &mut Sink) {
    let Call::Task(callee) = &step.call else { return };
    let task = context.plan.tasks[callee.task].definition;
    if let Some(why) = &task.spec.deprecated {
        let name = &task.metadata.name;
        sink.report(ap702_deprecated::finding(step.call_span, name, why, why.span));
    }
}
