//! What works and should not stay: deprecated Tasks, overrides that override nothing.

use std::collections::BTreeSet;

use crate::diagnostics::Sink;
use crate::model::{Model, Node};
use crate::resolve::{Call, Program};
use crate::rules::{ap702_deprecated, ap703_unused_image};
use crate::tree::Value;

pub fn check(_: &Model, program: &Program, sink: &mut Sink) {
    let of_pipelines = program
        .pipelines
        .iter()
        .map(|plan| &plan.run.builder)
        .filter(|plan| plan.is_of_one_pipeline());
    let of_webhooks =
        program.webhooks.iter().filter_map(|webhook| webhook.task.as_ref()).map(|run| &run.builder);
    for plan in program.builders.iter().chain(of_pipelines).chain(of_webhooks) {
        for (at, planned) in plan.steps.iter().enumerate() {
            let Call::Pack(template) = planned.call else { continue };
            if let Some(why) = &template.task.spec.deprecated {
                let reference = plan
                    .step(at)
                    .task
                    .task_ref
                    .as_ref()
                    .map_or(plan.step(at).name.span, |reference| reference.name.span);
                sink.report(ap702_deprecated::finding(
                    reference,
                    &template.task.metadata.name,
                    why,
                    why.span,
                ));
            }
        }
    }
    check_images(program, sink);
}

fn check_images(program: &Program, sink: &mut Sink) {
    let Some(config) = program.config else { return };
    let mut images = BTreeSet::new();
    for task in &program.tasks {
        let bodies = task.spec.templates.iter().chain(&task.spec.template);
        bodies.for_each(|body| collect_images(&body.node, &mut images));
    }
    for plan in &program.builders {
        let bodies =
            plan.builder.spec.steps.0.iter().filter_map(|step| step.task.template.as_ref());
        bodies.for_each(|body| collect_images(&body.node, &mut images));
    }
    for (image, _) in
        config.spec.images.0.iter().filter(|(image, _)| !images.contains(&*image.value))
    {
        sink.report(ap703_unused_image::finding(
            image.span,
            image,
            &images.iter().copied().collect::<Vec<_>>(),
        ));
    }
}

fn collect_images<'n>(node: &'n Node, images: &mut BTreeSet<&'n str>) {
    match &node.value {
        Value::Scalar(_) => {}
        Value::List(items) => items.iter().for_each(|item| collect_images(item, images)),
        Value::Map(entries) => {
            for entry in entries {
                match (&*entry.key.text, entry.value.as_text()) {
                    ("image", Some(image)) => {
                        images.insert(image);
                    }
                    _ => collect_images(&entry.value, images),
                }
            }
        }
    }
}
