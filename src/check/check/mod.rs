//! What takes the whole program to see: one file a check, one line here. Each reports findings of `rules`.

mod argo_fields;
mod argo_types;
mod builds_meet;
mod concurrency;
mod emitted_names;
mod event_sources;
pub mod levels;
mod practice;
mod tags;
mod tasks;
mod template_defaults;

use crate::diagnostics::Sink;
use crate::model::kinds::builder::Builder;
use crate::model::{Definition, Model};
use crate::resolve::Program;

/// A check: looks at everything, tells what is wrong.
type Check = fn(&Model, &Program, &mut Sink);

const CHECKS: &[Check] = &[
    tasks::check,
    argo_types::check,
    tags::check,
    emitted_names::check,
    builds_meet::check,
    concurrency::check,
    event_sources::check,
    practice::check,
    template_defaults::check,
];

/// Every Builder as it was written; those with expressions once for every pipeline that uses them, with its values.
fn each_builder(model: &Model, program: &Program, visit: &mut impl FnMut(&Builder)) {
    for definition in &model.definitions {
        match definition {
            Definition::Builder(builder)
                if !model.builder_sources.contains_key(&builder.metadata.name.span) =>
            {
                visit(builder);
            }
            _ => {}
        }
    }
    for plan in program
        .pipelines
        .iter()
        .map(|plan| &plan.run.builder)
        .filter(|plan| plan.is_of_one_pipeline())
    {
        visit(&plan.builder);
    }
}

/// Runs every check.
pub fn check(model: &Model, program: &Program, sink: &mut Sink) {
    for check in CHECKS {
        check(model, program, sink);
    }
}
