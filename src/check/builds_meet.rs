//! Two webhooks that one event can fire, and whose runs can come to one name: the second would be refused as existing.

use std::collections::BTreeMap;

use crate::diagnostics::Sink;
use crate::model::Model;
use crate::model::kinds::webhook::EventKind;
use crate::names::{Meeting, Run, Template, meetings};
use crate::resolve::{Program, WebhookPlan, in_order};
use crate::rules::ap501_builds_meet;

pub fn check(_: &Model, program: &Program, sink: &mut Sink) {
    let mut by_repository: BTreeMap<(String, &str), Vec<&WebhookPlan>> = BTreeMap::new();
    for webhook in &program.webhooks {
        let repository = format!(
            "{}/{}",
            webhook.account.spec.url.host,
            webhook.repository.to_ascii_lowercase()
        );
        by_repository
            .entry((repository, &program.projects[webhook.project].namespace))
            .or_default()
            .push(webhook);
    }
    for webhooks in by_repository.values().filter(|webhooks| webhooks.len() > 1) {
        check_repository(program, webhooks, sink);
    }
}

/// The runs that one push can start under one name.
fn check_repository(program: &Program, webhooks: &[&WebhookPlan], sink: &mut Sink) {
    let names = |webhook: &&'_ WebhookPlan| {
        let pipeline = webhook.pipeline.map(|at| program.pipelines[at].run.names.clone());
        let task = webhook.task.as_ref().map(|run| run.names.clone());
        pipeline.into_iter().chain(task).collect::<Vec<Template>>()
    };
    let runs: Vec<(&WebhookPlan, Template)> = webhooks
        .iter()
        .flat_map(|webhook| names(webhook).into_iter().map(|names| (*webhook, names)))
        .collect();
    let asked: Vec<Run> =
        runs.iter().map(|(webhook, names)| Run { branches: &webhook.branches, names }).collect();
    for Meeting { first, second, name } in meetings(&asked, EventKind::Push.word()) {
        let place = |at: usize| runs[at].0.webhook.metadata.name.span;
        let (first, second) = in_order(place(first), place(second));
        if first != second {
            sink.report(ap501_builds_meet::finding(second, first, &name));
        }
    }
}
