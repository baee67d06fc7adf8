//! Definitions whose names differ and whose emitted names do not.

use std::collections::HashMap;

use crate::diagnostics::Sink;
use crate::model::Model;
use crate::names::dns_name;
use crate::resolve::{Program, in_order};
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
    let namespace = |project: usize| format!("in namespace `{}`", program.projects[project].namespace);
    let mut places = Vec::new();
    for project in &program.projects {
        places.push((
            ("Sensor", format!("in namespace `{}`", project.namespace), project.emitted.clone()),
            project.project.metadata.name.span,
        ));
    }
    for task in &program.tasks {
        let project = task
            .metadata
            .project
            .as_ref()
            .and_then(|name| program.projects.iter().position(|plan| plan.project.metadata.name.value == name.value));
        let kind = if project.is_some() { "WorkflowTemplate" } else { "ClusterWorkflowTemplate" };
        places.push((
            (kind, project.map_or_else(|| "in the cluster".to_owned(), namespace), dns_name(&task.metadata.name)),
            task.metadata.name.span,
        ));
    }
    for plan in &program.pipelines {
        places.push((("WorkflowTemplate", namespace(plan.run.project), plan.run.emitted.clone()), plan.name().span));
    }
    for webhook in &program.webhooks {
        let span = webhook.webhook.metadata.name.span;
        places.push((
            ("dependency", format!("in the Sensor of project `{}`", program.projects[webhook.project].emitted), webhook.emitted.clone()),
            span,
        ));
        if let Some(task) = &webhook.task {
            places.push((("WorkflowTemplate", namespace(webhook.project), task.emitted.clone()), span));
        }
        let account = &webhook.account.metadata.name;
        places.push((("EventSource", namespace(webhook.project), dns_name(account)), account.span));
    }
    places
}
