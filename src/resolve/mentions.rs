//! What the texts of steps refer to in Argo's `{{ }}`: outputs of steps, which are checked here, and parameters of the run, which
//! depend on the pipeline.

use super::pack::PackTemplate;
use super::plan::{Call, Mention, PlannedStep};
use crate::argo::references::{Reference, references};
use crate::diagnostics::Sink;
use crate::model::kinds::builder::Step;
use crate::model::{Node, Text};
use crate::rules::{ap201_undefined_reference, ap307_undeclared_param};

/// Checks what the steps' texts refer to, and gives the parameters of the run that they name.
pub fn check(
    steps: &[Step],
    planned: &[PlannedStep],
    has_order: bool,
    sink: &mut Sink,
) -> Vec<Mention> {
    let mut mentions = Vec::new();
    for (at, step) in steps.iter().enumerate() {
        step_texts(step, &mut |text| {
            for reference in references(text) {
                let span = text.part(reference.start, reference.end);
                if let Some(name) = parameter(&reference) {
                    mentions.push(Mention { name: name.to_owned(), span });
                } else if has_order {
                    check_reference(&reference, at, steps, planned, text, sink);
                }
            }
        });
        if let Some(template) = &step.task.template {
            mention_in(&template.node, &mut mentions);
        }
        if let Call::Pack(PackTemplate { body: Some(body), .. }) = planned[at].call {
            mention_in(body, &mut mentions);
        }
    }
    mentions
}

fn parameter(reference: &Reference) -> Option<&str> {
    reference.name.strip_prefix("workflow.parameters.").filter(|name| *name != "json")
}

fn mention_in(body: &Node, mentions: &mut Vec<Mention>) {
    body.each_scalar(&mut |scalar, span| {
        if scalar.text.contains("workflow.parameters") {
            let names = references(&scalar.text);
            mentions.extend(
                names
                    .iter()
                    .filter_map(parameter)
                    .map(|name| Mention { name: name.to_owned(), span }),
            );
        }
    });
}

/// The texts of a step that Argo evaluates where the step stands.
pub fn step_texts(step: &Step, visit: &mut impl FnMut(&Text)) {
    let arguments = super::plan::arguments(step).iter().map(|argument| &argument.value.0);
    for text in
        arguments.chain(&step.when).chain(&step.with_param).filter(|text| text.contains("{{"))
    {
        visit(text);
    }
    let nodes =
        step.with_items.iter().chain(step.with_sequence.iter().map(|sequence| &sequence.node));
    for node in nodes {
        node.each_scalar(&mut |scalar, span| visit(&Text { value: scalar.text.clone(), span }));
    }
}

fn check_reference(
    reference: &Reference,
    at: usize,
    steps: &[Step],
    planned: &[PlannedStep],
    text: &Text,
    sink: &mut Sink,
) {
    let name = &*reference.name;
    let span = text.part(reference.start, reference.end);
    if let Some(param) = name.strip_prefix("inputs.parameters.") {
        return sink.report(ap307_undeclared_param::build_parameter(span, param, &[]));
    }
    let Some((source, rest)) = name.strip_prefix("tasks.").and_then(|rest| rest.split_once('.'))
    else {
        return;
    };
    let Some(before) = steps.iter().position(|step| &*step.name.value == source) else {
        let names: Vec<&str> = steps.iter().map(|step| &*step.name.value).collect();
        let start = reference.start + "tasks.".len();
        let span = text.part(start, start + source.len());
        return sink.report(ap201_undefined_reference::step(span, "tasks", source, &names));
    };
    let outputs: Vec<&str> =
        planned[before].outputs.iter().map(|(output, _)| output.as_str()).collect();
    match rest.strip_prefix("outputs.parameters.") {
        _ if matches!(planned[before].call, Call::Unknown) => {}
        Some(output) if !outputs.contains(&output) => {
            sink.report(ap307_undeclared_param::output(span, source, output, &outputs));
        }
        _ if !planned[at].after.contains(&before) => {
            sink.report(ap307_undeclared_param::not_upstream(span, &steps[at].name, source));
        }
        _ => {}
    }
}
