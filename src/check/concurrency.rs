//! Pipelines that count together and do not agree on how many of them may run.

use std::collections::HashMap;

use super::Context;
use crate::diagnostics::Sink;
use crate::plan::Limit;
use crate::resolve::in_order;
use crate::rules::ap109_one_of_fields;

pub(super) fn check(context: &Context, sink: &mut Sink) {
    let mut limits: HashMap<(&str, &str), &Limit> = HashMap::new();
    for run in context.plan.runs.values() {
        let Some(limit) = &run.settings.limit else { continue };
        let namespace = context.plan.projects[run.project].namespace.as_str();
        let first = *limits.entry((namespace, &limit.key)).or_insert(limit);
        if first.limit != limit.limit {
            report(first, limit, sink);
        }
    }
}

fn report(a: &Limit, b: &Limit, sink: &mut Sink) {
    let (first, second) = in_order(a.span, b.span);
    let message = format!(
        "runs with the concurrency key `{}` have two limits, {} and {}",
        b.key, a.limit, b.limit
    );
    let help = "give both the same limit, or keys of their own";
    let finding = ap109_one_of_fields::contradiction(second, &message, help);
    sink.report(finding.related(first, "the other limit"));
}
