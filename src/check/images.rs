//! Overrides of images that override nothing.

use std::collections::BTreeSet;

use super::Context;
use crate::diagnostics::Sink;
use crate::plan::Task;
use crate::plan::dag::Call;
use crate::rules::ap703_unused_image;

pub(super) fn check(context: &Context, sink: &mut Sink) {
    let Some(config) = context.plan.config else { return };
    if config.spec.images.0.is_empty() {
        return;
    }
    let images = images(context);
    let known: Vec<&str> = images.iter().map(String::as_str).collect();
    for (image, _) in
        config.spec.images.0.iter().filter(|(image, _)| !images.contains(&*image.value))
    {
        sink.report(ap703_unused_image::finding(image.span, image, &known));
    }
}

/// The images of every Task and of every step's own template.
fn images(context: &Context) -> BTreeSet<String> {
    let plan = context.plan;
    let of_tasks = plan.emitted_tasks().flat_map(Task::bodies);
    let steps = plan.builders.iter().flat_map(|builder| builder.graph.steps.values());
    let of_steps = steps.filter_map(|step| match &step.call {
        Call::Inline(body) => Some(&**body),
        _ => None,
    });
    let bodies = of_tasks.chain(of_steps);
    bodies
        .flat_map(|body| body.images().map(std::string::ToString::to_string).collect::<Vec<_>>())
        .collect()
}
