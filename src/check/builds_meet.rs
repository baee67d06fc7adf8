//! Two webhooks that one event can fire, and whose runs can come to one name: the second would be refused as existing.

use std::collections::BTreeMap;

use crate::diagnostics::Sink;
use crate::model::Model;
use crate::names::{Glob, Template, Variable, can_meet, slug};
use crate::resolve::{Program, WebhookPlan, in_order};
use crate::rules::ap501_builds_meet;

pub fn check(_: &Model, program: &Program, sink: &mut Sink) {
    let mut by_repository: BTreeMap<(String, &str), Vec<&WebhookPlan>> = BTreeMap::new();
    for webhook in &program.webhooks {
        let repository = format!("{}/{}", webhook.account.spec.url.host, webhook.repository.to_ascii_lowercase());
        by_repository.entry((repository, &program.projects[webhook.project].namespace)).or_default().push(webhook);
    }
    for webhooks in by_repository.values() {
        for (at, second) in webhooks.iter().enumerate() {
            for first in &webhooks[..at] {
                check_pair(program, first, second, sink);
            }
        }
    }
}

fn check_pair(program: &Program, a: &WebhookPlan, b: &WebhookPlan, sink: &mut Sink) {
    let met = common_branches(&a.branches, &b.branches).into_iter().find_map(|branch| {
        let pairs = names(program, a).flat_map(|x| names(program, b).map(move |y| (x, y)));
        pairs.into_iter().find_map(|(x, y)| can_meet(&on_branch(x, branch), &on_branch(y, branch)))
    });
    if let Some(name) = met {
        let (first, second) = in_order(a.webhook.metadata.name.span, b.webhook.metadata.name.span);
        sink.report(ap501_builds_meet::finding(second, first, &name));
    }
}

/// The branches whose pushes fire both; none of them known by name where patterns of branches meet.
fn common_branches<'g>(a: &'g [Glob], b: &'g [Glob]) -> Vec<Option<&'g str>> {
    let pairs = a.iter().flat_map(|x| b.iter().map(move |y| (x, y))).filter(|(x, y)| x.meets(y));
    pairs.map(|(x, y)| x.literal().or(y.literal())).collect()
}

fn names<'p>(program: &'p Program, webhook: &'p WebhookPlan) -> impl Iterator<Item = &'p Template> + Clone {
    let pipeline = webhook.pipeline.map(|at| &program.pipelines[at].run.names);
    pipeline.into_iter().chain(webhook.task.as_ref().map(|run| &run.names))
}

/// The names as they are on a branch that is known.
fn on_branch(names: &Template, branch: Option<&str>) -> Template {
    names.substitute(|variable| match (variable, branch) {
        (Variable::CodeRevision | Variable::CodeBranch, Some(branch)) => Some(slug(branch).trim_matches('-').to_owned()),
        _ => None,
    })
}
