//! Projects of one namespace that share an `EventSource` or a bus and do not agree on it.

use std::collections::HashMap;

use super::Context;
use crate::diagnostics::Sink;
use crate::plan::Project;
use crate::rules::ap109_one_of_fields;
use crate::tree::Str;

pub(super) fn check(context: &Context, sink: &mut Sink) {
    check_sources(context, sink);
    check_buses(context, sink);
}

fn check_sources(context: &Context, sink: &mut Sink) {
    let mut first_of: HashMap<(&str, &str), &Project> = HashMap::new();
    for trigger in context.plan.triggers.values() {
        let project = &context.plan.projects[trigger.project];
        let account = &*trigger.account.metadata.name.value;
        let first = *first_of.entry((&project.namespace, account)).or_insert(project);
        if way(first) != way(project) {
            let what = format!("the EventSource of account `{account}` and set `events`");
            let help =
                "give both the same `url`, `port` and `eventBus.name`, or namespaces of their own";
            report(first, project, &what, help, sink);
        }
    }
}

/// How the events of a project come in.
fn way(project: &Project) -> (Option<Str>, i64, Str) {
    (project.url().map(|url| url.value), *project.port(), project.bus_name().value)
}

fn check_buses(context: &Context, sink: &mut Sink) {
    let listens = |project| context.plan.triggers.values().any(|it| it.project == project);
    let mut first_of: HashMap<(&str, Str), &Project> = HashMap::new();
    for (id, project) in context.plan.projects.iter() {
        if !project.creates_bus(listens(id)) {
            continue;
        }
        let key = (project.namespace.as_str(), project.bus_name().value);
        let first = *first_of.entry(key).or_insert(project);
        if first.bus_version().value != project.bus_version().value {
            let what = format!("the EventBus `{}` and set its `version`", project.bus_name());
            let help = "give both the same `eventBus.version`, or buses of their own";
            report(first, project, &what, help, sink);
        }
    }
}

fn report(first: &Project, second: &Project, what: &str, help: &str, sink: &mut Sink) {
    let name = |project: &Project| project.definition.metadata.name.clone();
    let (a, b) = (name(first), name(second));
    let message = format!("projects `{}` and `{}` share {what} differently", &*a, &*b);
    let finding = ap109_one_of_fields::contradiction(b.span, &message, help);
    sink.report(finding.related(a.span, "the other project"));
}
