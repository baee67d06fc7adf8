//! The values of params where they are declared and given: outside of any template.

use super::super::Context;
use crate::argo::lookup;
use crate::argo::scope::{ANY_TEMPLATE, Names, Run as RunScope, Scope, Site, Takes};
use crate::diagnostics::Sink;
use crate::model::Text;
use crate::plan::{BuilderGraph, Run, STANDARD, Task};

/// Defaults of a Task's params, which stand in its templates' inputs.
pub(in crate::check) fn check_task(context: &Context, task: &Task, sink: &mut Sink) {
    let defaults = task.definition.spec.params.iter().filter_map(|param| param.default.as_ref());
    check(defaults.map(|default| &default.0), Site::NoPod, &context.every_run, sink);
}

/// Defaults of a Builder's params, which stand in the arguments of runs.
pub(in crate::check) fn check_builder(context: &Context, builder: &BuilderGraph, sink: &mut Sink) {
    let spec = &builder.builder.spec;
    let declared = spec.params.iter().map(|param| &*param.name.value);
    let params = if builder.graph.is_whole() {
        Names::These(declared.chain(STANDARD.iter().map(|standard| standard.name)).collect())
    } else {
        Names::Any
    };
    let run = RunScope { params, ..context.every_run.clone() };
    let defaults = spec.params.iter().filter_map(|param| param.default.as_ref());
    check(defaults.map(|default| &default.0), Site::Run, &run, sink);
}

/// Values that a Pipeline gives.
pub(in crate::check) fn check_run(context: &Context, run: &Run, sink: &mut Sink) {
    if let Some(pipeline) = run.pipeline() {
        let values = pipeline.definition.spec.builder.params.0.iter().map(|(_, value)| &value.0);
        check(values, Site::Run, &context.every_run, sink);
    }
}

/// Values that Builds and Schedules give.
pub(in crate::check) fn check_builds(context: &Context, sink: &mut Sink) {
    let plan = context.plan;
    let of_builds = plan.builds.iter().map(|build| &build.given);
    let given = of_builds.chain(plan.schedules.iter().map(|schedule| &schedule.given));
    let values = given.flat_map(|given| &given.params);
    check(values.map(|(_, value)| value), Site::Run, &context.every_run, sink);
}

fn check<'t>(texts: impl Iterator<Item = &'t Text>, site: Site, run: &RunScope, sink: &mut Sink) {
    let mut scope = Scope::new(site, run, &ANY_TEMPLATE);
    scope.takes = Takes::List;
    texts.for_each(|text| lookup::check(text, &scope, sink));
}
