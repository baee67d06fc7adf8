//! Two webhooks that one event can fire, and whose runs can come to one name: the second would be refused as existing.

use std::collections::BTreeMap;

use crate::diagnostics::Sink;
use crate::model::Model;
use crate::names::{Glob, Part, Template, Variable, slug};
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
    let Some(branch) = common_branch(&a.branches, &b.branches) else { return };
    for x in names(program, a) {
        for y in names(program, b) {
            let (x, y) = (on_branch(x, branch), on_branch(y, branch));
            if x == y {
                let (first, second) = in_order(a.webhook.metadata.name.span, b.webhook.metadata.name.span);
                return sink.report(ap501_builds_meet::finding(second, first, &shown(&x)));
            }
        }
    }
}

/// A branch whose pushes fire both: `Some(None)` where only patterns of branches meet.
fn common_branch<'g>(a: &'g [Glob], b: &'g [Glob]) -> Option<Option<&'g str>> {
    let pairs = || a.iter().flat_map(|x| b.iter().map(move |y| (x, y))).filter(|(x, y)| x.meets(y));
    let pattern = pairs().any(|(x, y)| x.literal().is_none() && y.literal().is_none());
    let literal = pairs().find_map(|(x, y)| x.literal().or(y.literal()));
    if pattern { Some(None) } else { literal.map(Some) }
}

fn names<'p>(program: &'p Program, webhook: &'p WebhookPlan) -> impl Iterator<Item = &'p Template> {
    let pipeline = webhook.pipeline.map(|at| &program.pipelines[at].run.names);
    pipeline.into_iter().chain(webhook.task.as_ref().map(|run| &run.names))
}

/// The names as they are on a branch; `code-revision` and `code-branch` are one thing on a push.
fn on_branch(names: &Template, branch: Option<&str>) -> Template {
    let names = names.substitute(|variable| match (variable, branch) {
        (Variable::CodeRevision | Variable::CodeBranch, Some(branch)) => Some(slug(branch).trim_matches('-').to_owned()),
        (Variable::Event, _) => Some("push".to_owned()),
        _ => None,
    });
    let one = |part: Part| if part == Part::Variable(Variable::CodeBranch) { Part::Variable(Variable::CodeRevision) } else { part };
    Template { parts: names.parts.into_iter().map(one).collect() }
}

fn shown(names: &Template) -> String {
    let part = |part: &Part| match part {
        Part::Text(text) => text.clone(),
        Part::Variable(variable) => format!("<{}>", variable.name()),
    };
    names.parts.iter().map(part).collect()
}
