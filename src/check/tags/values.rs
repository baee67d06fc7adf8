//! The values of params where they are declared and given: outside of any template.

use super::super::Context;
use super::EVERY_RUN;
use crate::argo::lookup;
use crate::argo::scope::{ANY_TEMPLATE, Scope, Site, Takes};
use crate::diagnostics::Sink;
use crate::model::Text;
use crate::plan::{BuilderGraph, Run, Task};

/// Defaults of a Task's params, which stand in its templates' inputs.
pub(in crate::check) fn check_task(_: &Context, task: &Task, sink: &mut Sink) {
    let defaults = task.definition.spec.params.iter().filter_map(|param| param.default.as_ref());
    check(defaults.map(|default| &default.0), Site::NoPod, sink);
}

/// Defaults of a Builder's params, which stand in the arguments of runs.
pub(in crate::check) fn check_builder(_: &Context, builder: &BuilderGraph, sink: &mut Sink) {
    let params = builder.builder.spec.params.iter().filter_map(|param| param.default.as_ref());
    check(params.map(|default| &default.0), Site::Run, sink);
}

/// Values that a Pipeline gives.
pub(in crate::check) fn check_run(_: &Context, run: &Run, sink: &mut Sink) {
    if let Some(pipeline) = run.pipeline() {
        let values = pipeline.definition.spec.builder.params.0.iter().map(|(_, value)| &value.0);
        check(values, Site::Run, sink);
    }
}

/// Values that Builds give.
pub(in crate::check) fn check_builds(context: &Context, sink: &mut Sink) {
    let values = context.plan.builds.iter().flat_map(|build| &build.params);
    check(values.map(|(_, value)| value), Site::Run, sink);
}

fn check<'t>(texts: impl Iterator<Item = &'t Text>, site: Site, sink: &mut Sink) {
    let mut scope = Scope::new(site, &EVERY_RUN, &ANY_TEMPLATE);
    scope.takes = Takes::List;
    texts.for_each(|text| lookup::check(text, &scope, sink));
}
