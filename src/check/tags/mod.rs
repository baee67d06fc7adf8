//! Tags and conditions that Argo cannot resolve: what its validator refuses, and what it lets pass
//! until the run. Each text is held against what exists where it stands.

mod body;
mod calls;
mod steps;
mod task;
pub(super) mod values;

pub(super) use steps::check_builder;
pub(super) use steps::check_run;
pub(super) use task::check_task;

use crate::argo::scope::{ANY_RUN, Names, Run};
use crate::body::{Body, Item, value};
use crate::plan::dag::Call;
use crate::plan::{Plan, Task};

/// A run of which the parameters are not known: many pipelines call a Task and use a Builder. What
/// argopacks emits has no labels and annotations that Argo knows of when it checks a template
/// (workflow/validate, `workflowMetadata`).
pub(super) fn every_run<'p>(plan: &'p Plan) -> Run<'p> {
    let run = Run { labels: Names::NONE, annotations: Names::NONE, ..ANY_RUN.clone() };
    if plan.tasks.values().any(|task| task.is_in_cluster_only() || !task.is_whole) {
        return run;
    }
    let of_tasks = plan.tasks.values().flat_map(Task::bodies);
    let steps = plan.builders.iter().flat_map(|builder| builder.graph.steps.values());
    let own = steps.filter_map(|step| match &step.call {
        Call::Inline(body) => Some(&**body),
        _ => None,
    });
    let bodies: Vec<&Body> = of_tasks.chain(own).flat_map(Body::with_inlines).collect();
    let mut calls = bodies.iter().flat_map(|body| &body.calls);
    if calls.any(|call| value(call.node, "templateRef").is_some()) {
        return run;
    }
    let parameters = bodies.iter().flat_map(|body| &body.outputs.parameters);
    let artifacts = bodies.iter().flat_map(|body| &body.outputs.artifacts);
    Run { outputs: global_names(parameters), artifacts: global_names(artifacts), ..run }
}

/// The `globalName` of some outputs.
fn global_names<'n: 'b, 'b>(outputs: impl Iterator<Item = &'b Item<'n>>) -> Names<'b> {
    let names: Vec<&str> =
        outputs.filter_map(|output| value(output.node, "globalName")?.as_str()).collect();
    if names.iter().any(|name| name.contains("{{")) { Names::Any } else { Names::These(names) }
}
