//! What is wrong with a plan: one file a check, one line in [`CHECKS`]. The plan is walked once; a
//! check says what it looks at.

mod artifacts;
mod builder_params;
mod builder_size;
mod builds_meet;
mod concurrency;
mod deprecated;
mod emitted_names;
mod event_sources;
mod images;
pub(crate) mod levels;
mod loops;
mod own_packs;
mod passed_on;
mod project_labels;
mod schedules;
mod tags;
mod task_uses;
mod tasks;
mod template_defaults;
mod variables;

use crate::argo::facts::Version;
use crate::argo::scope;
use crate::diagnostics::Sink;
use crate::model::Model;
use crate::packs::Library;
use crate::plan::{BuilderGraph, Plan, Run, Task};

/// What a check looks at. The walk calls it for each of these.
enum On {
    Task(fn(&Context, &Task, &mut Sink)),
    Builder(fn(&Context, &BuilderGraph, &mut Sink)),
    Run(fn(&Context, &Run, &mut Sink)),
    /// Everything at once, for what takes more than one of them to see.
    Plan(fn(&Context, &mut Sink)),
}

const CHECKS: &[On] = &[
    On::Task(tasks::check),
    On::Task(task_uses::check),
    On::Task(own_packs::check),
    On::Task(passed_on::check_task),
    On::Builder(passed_on::check_builder),
    On::Plan(passed_on::check_defaults),
    On::Task(tags::check_task),
    On::Builder(tags::check_builder),
    On::Run(tags::check_run),
    On::Task(tags::values::check_task),
    On::Builder(tags::values::check_builder),
    On::Run(tags::values::check_run),
    On::Plan(tags::values::check_builds),
    On::Builder(variables::check_builder),
    On::Run(variables::check_run),
    On::Builder(builder_params::check),
    On::Builder(builder_size::check),
    On::Builder(loops::check),
    On::Builder(artifacts::check_builder),
    On::Run(artifacts::check_run),
    On::Builder(deprecated::check_builder),
    On::Run(deprecated::check_run),
    On::Run(template_defaults::check),
    On::Plan(emitted_names::check),
    On::Plan(images::check),
    On::Plan(builds_meet::check),
    On::Plan(concurrency::check),
    On::Plan(project_labels::check),
    On::Plan(event_sources::check),
    On::Plan(schedules::check),
];

/// What every check can ask.
struct Context<'p, 'm> {
    model: &'m Model,
    plan: &'p Plan<'m>,
    library: &'m Library,
    version: Version,
    /// What is known of a run whichever it is.
    every_run: scope::Run<'p>,
}

/// Runs every check.
pub(crate) fn check(model: &Model, plan: &Plan, library: &Library, sink: &mut Sink) {
    let every_run = tags::every_run(plan);
    let context = Context { model, plan, library, version: plan.version(), every_run };
    for check in CHECKS {
        match check {
            On::Task(check) => {
                plan.tasks.values().for_each(|task| check(&context, task, sink));
            }
            On::Builder(check) => {
                plan.builders.iter().for_each(|builder| check(&context, builder, sink));
            }
            On::Run(check) => plan.runs.values().for_each(|run| check(&context, run, sink)),
            On::Plan(check) => check(&context, sink),
        }
    }
}
