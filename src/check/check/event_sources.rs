//! Projects of one namespace that share an `EventSource` and do not agree on how it is reached.

use std::collections::HashMap;

use crate::diagnostics::Sink;
use crate::model::Model;
use crate::resolve::{Program, ProjectPlan};
use crate::rules::ap109_one_of_fields;

pub fn check(_: &Model, program: &Program, sink: &mut Sink) {
    let mut first_of: HashMap<(&str, &str), &ProjectPlan> = HashMap::new();
    for webhook in &program.webhooks {
        let project = &program.projects[webhook.project];
        let first = *first_of
            .entry((&project.namespace, &webhook.account.metadata.name.value))
            .or_insert(project);
        if way(first) != way(project) {
            let name = |project: &ProjectPlan| project.project.metadata.name.to_string();
            let account = &*webhook.account.metadata.name;
            let message = format!(
                "projects `{}` and `{}` share the EventSource of account `{account}` and set `events` differently",
                name(first),
                name(project)
            );
            let help =
                "give both the same `url`, `port` and `eventBus.name`, or namespaces of their own";
            let finding = ap109_one_of_fields::contradiction(
                project.project.metadata.name.span,
                &message,
                help,
            );
            sink.report(finding.related(first.project.metadata.name.span, "the other project"));
        }
    }
}

/// How the events of a project come in.
fn way(project: &ProjectPlan) -> (Option<String>, i64, String) {
    (project.url(), project.port(), project.bus_name().to_owned())
}
