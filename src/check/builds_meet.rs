//! Runs that one event can start under one name: the second would be refused as existing.

use std::collections::BTreeMap;

use super::Context;
use crate::diagnostics::Sink;
use crate::names::{Meeting, Run, meetings};
use crate::plan::{Plan, Trigger};
use crate::resolve::in_order;
use crate::rules::ap501_builds_meet;

pub(super) fn check(context: &Context, sink: &mut Sink) {
    let plan = context.plan;
    let mut by_repository: BTreeMap<_, Vec<&Trigger>> = BTreeMap::new();
    for trigger in plan.triggers.values() {
        let host = &trigger.account.spec.url.host;
        let repository = format!("{host}/{}", trigger.repository.to_ascii_lowercase());
        let namespace = &plan.projects[trigger.project].namespace.value;
        let key = (repository, namespace, trigger.event.word());
        by_repository.entry(key).or_default().push(trigger);
    }
    for ((_, _, event), triggers) in by_repository {
        check_repository(plan, &triggers, event, sink);
    }
}

/// The runs that one event of a repository can start under one name.
fn check_repository(plan: &Plan, triggers: &[&Trigger], event: &str, sink: &mut Sink) {
    let starts = triggers.iter().flat_map(|trigger| {
        trigger.starts.iter().map(|start| (*trigger, &plan.runs[start.run].names))
    });
    let (triggers, runs): (Vec<&Trigger>, Vec<Run>) = starts
        .map(|(trigger, names)| (trigger, Run { branches: &trigger.branches, names }))
        .unzip();
    for Meeting { first, second, name } in meetings(&runs, event) {
        let span = |at: usize| triggers[at].webhook.metadata.name.span;
        let are_equal = runs[first].names == runs[second].names;
        let (first, second) = in_order(span(first), span(second));
        if first != second {
            sink.report(ap501_builds_meet::finding(second, first, &name));
        } else if are_equal {
            // Otherwise it takes a branch that is named after the Task and its own commit.
            sink.report(ap501_builds_meet::of_one_webhook(second, &name));
        }
    }
}
