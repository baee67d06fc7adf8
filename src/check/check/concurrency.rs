//! Pipelines that count together and do not agree on how many of them may run.

use std::collections::HashMap;

use crate::diagnostics::Sink;
use crate::model::Model;
use crate::resolve::{Limit, Program, concurrency, in_order};
use crate::rules::ap109_one_of_fields;

pub fn check(_: &Model, program: &Program, sink: &mut Sink) {
    let mut limits: HashMap<(&str, String), Limit> = HashMap::new();
    for plan in &program.pipelines {
        let Some(limit) = concurrency(program, plan) else { continue };
        let key = (program.project_of(&plan.run).namespace.as_str(), limit.key.clone());
        match limits.get(&key) {
            Some(other) if other.limit != limit.limit => {
                let (first, second) = in_order(other.span, limit.span);
                let message = format!(
                    "runs with the concurrency key `{}` have two limits, {} and {}",
                    limit.key, other.limit, limit.limit
                );
                let finding = ap109_one_of_fields::contradiction(
                    second,
                    &message,
                    "give both the same limit, or keys of their own",
                );
                sink.report(finding.related(first, "the other limit"));
            }
            Some(_) => {}
            None => {
                limits.insert(key, limit);
            }
        }
    }
}
