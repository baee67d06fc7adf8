//! Definitions whose names differ and whose emitted names do not.

use std::collections::HashMap;

use crate::diagnostics::Sink;
use crate::model::Model;
use crate::model::kinds::task::Task;
use crate::names::dns_name;
use crate::resolve::{Program, WebhookPlan, in_order};
use crate::rules::ap203_names_meet;
use crate::source::Span;

/// What is emitted under a name: its kind, where it is, and the name.
type Place = (&'static str, String, String);

pub fn check(_: &Model, program: &Program, sink: &mut Sink) {
    let last_own_file = program.last_file;
    let mut seen: HashMap<Place, Span> = HashMap::new();
    for (place, span) in places(program) {
        match seen.get(&place) {
            Some(first) if *first != span => {
                // The user's own definition is the one to rename, not a bundled one, whose file comes behind all others.
                let (a, b) = in_order(*first, span);
                let (first, second) = if b.file > last_own_file { (b, a) } else { (a, b) };
                let (kind, within, name) = place;
                sink.report(ap203_names_meet::emitted(second, kind, &name, &within, first));
            }
            Some(_) => {}
            None => {
                seen.insert(place, span);
            }
        }
    }
}

fn places(program: &Program) -> Vec<(Place, Span)> {
    let sensors = program.projects.iter().enumerate().map(|(at, plan)| {
        let place = ("Sensor", namespace(program, at), plan.emitted.clone());
        (place, plan.project.metadata.name.span)
    });
    let tasks = program.tasks.iter().map(|task| place_of_task(program, task));
    let pipelines = program.pipelines.iter().map(|plan| {
        let place =
            ("WorkflowTemplate", namespace(program, plan.run.project), plan.run.emitted.clone());
        (place, plan.name().span)
    });
    let webhooks = program.webhooks.iter().flat_map(|plan| places_of_webhook(program, plan));
    sensors.chain(tasks).chain(pipelines).chain(webhooks).collect()
}

fn namespace(program: &Program, project: usize) -> String {
    format!("in namespace `{}`", program.projects[project].namespace)
}

fn place_of_task(program: &Program, task: &Task) -> (Place, Span) {
    let name = &task.metadata.name;
    let place =
        match task.metadata.project.as_ref().and_then(|project| program.project_named(project)) {
            Some(project) => ("WorkflowTemplate", namespace(program, project), dns_name(name)),
            None => ("ClusterWorkflowTemplate", "in the cluster".to_owned(), dns_name(name)),
        };
    (place, name.span)
}

fn places_of_webhook(program: &Program, plan: &WebhookPlan) -> Vec<(Place, Span)> {
    let span = plan.webhook.metadata.name.span;
    let account = &plan.account.metadata.name;
    let sensor = format!("in the Sensor of project `{}`", program.projects[plan.project].emitted);
    let mut places = vec![(("dependency", sensor, plan.emitted.clone()), span)];
    places.extend(plan.task.iter().map(|task| {
        (("WorkflowTemplate", namespace(program, plan.project), task.emitted.clone()), span)
    }));
    places
        .push((("EventSource", namespace(program, plan.project), dns_name(account)), account.span));
    places
}
