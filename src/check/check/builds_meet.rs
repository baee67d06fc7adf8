//! Two webhooks that one event can fire, and whose runs can come to one name: the second would be refused as existing.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use crate::diagnostics::Sink;
use crate::model::Model;
use crate::names::{Glob, Shape, Template, Variable, can_meet, slug};
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

/// What one push can fire, branch by branch: those that are named, and any other, for which two patterns count as meeting.
fn check_repository(program: &Program, webhooks: &[&WebhookPlan], sink: &mut Sink) {
    let named: BTreeSet<&str> = webhooks
        .iter()
        .flat_map(|webhook| webhook.branches.iter().filter_map(Glob::literal))
        .collect();
    for branch in named {
        let fired = webhooks
            .iter()
            .filter(|webhook| webhook.branches.iter().any(|glob| glob.matches(branch)));
        report(Runs::of(program, fired.copied(), Some(branch)).meeting(), sink);
    }
    let patterns = webhooks
        .iter()
        .filter(|webhook| webhook.branches.iter().any(|glob| glob.literal().is_none()));
    report(Runs::of(program, patterns.copied(), None).meeting(), sink);
}

fn report(meeting: Vec<(&WebhookPlan, &WebhookPlan, String)>, sink: &mut Sink) {
    for (a, b, name) in meeting {
        let (first, second) = in_order(a.webhook.metadata.name.span, b.webhook.metadata.name.span);
        sink.report(ap501_builds_meet::finding(second, first, &name));
    }
}

/// The runs that one push starts, and how each is named.
struct Runs<'p, 'm> {
    runs: Vec<(&'p WebhookPlan<'m>, Template)>,
}

impl<'p, 'm> Runs<'p, 'm> {
    fn of(
        program: &'p Program<'m>,
        webhooks: impl Iterator<Item = &'p WebhookPlan<'m>>,
        branch: Option<&str>,
    ) -> Self {
        let names = |webhook: &'p WebhookPlan<'m>| {
            let pipeline = webhook.pipeline.map(|at| &program.pipelines[at].run.names);
            pipeline.into_iter().chain(webhook.task.as_ref().map(|run| &run.names))
        };
        let runs = webhooks.flat_map(|webhook| {
            names(webhook).map(move |names| (webhook, on_branch(names, branch)))
        });
        Self { runs: runs.collect() }
    }

    /// Pairs whose names can be one, each webhook once. Names of one shape are one only if they are equal, so those are found by
    /// hash; what is left to be tried pair by pair are names of different shapes.
    fn meeting(&self) -> Vec<(&'p WebhookPlan<'m>, &'p WebhookPlan<'m>, String)> {
        let mut equal: HashMap<&Template, &WebhookPlan> = HashMap::new();
        let mut shapes: HashMap<Vec<Shape>, Vec<usize>> = HashMap::new();
        let mut meeting = Vec::new();
        for (at, (webhook, names)) in self.runs.iter().enumerate() {
            match equal.get(names) {
                Some(first) if !std::ptr::eq(*first, *webhook) => {
                    meeting.extend(can_meet(names, names).map(|name| (*first, *webhook, name)));
                }
                Some(_) => {}
                None => {
                    equal.insert(names, webhook);
                    shapes.entry(names.shape()).or_default().push(at);
                }
            }
        }
        let mut shapes: Vec<Vec<usize>> = shapes.into_values().collect();
        shapes.sort_unstable();
        for (at, shape) in shapes.iter().enumerate() {
            let others = shapes[..at].iter().flatten();
            meeting.extend(
                others.flat_map(|other| shape.iter().filter_map(|one| self.pair(*other, *one))),
            );
        }
        meeting
    }

    fn pair(
        &self,
        a: usize,
        b: usize,
    ) -> Option<(&'p WebhookPlan<'m>, &'p WebhookPlan<'m>, String)> {
        let ((first, x), (second, y)) = (&self.runs[a], &self.runs[b]);
        let name = if std::ptr::eq(*first, *second) { None } else { can_meet(x, y) };
        name.map(|name| (*first, *second, name))
    }
}

/// The names as they are on a branch that is known; `code-revision` and `code-branch` are one thing on a push.
fn on_branch(names: &Template, branch: Option<&str>) -> Template {
    let names = names.as_on_push();
    names.substitute(|variable| match (variable, branch) {
        (Variable::CodeRevision, Some(branch)) => Some(slug(branch).trim_matches('-').to_owned()),
        _ => None,
    })
}
