//! What the texts of steps refer to: outputs of other steps.

use super::dag::{Call, Port, Repeat, Step, StepId};
use super::graph::Graph;
use crate::argo::references::{Reference, references};
use crate::diagnostics::Sink;
use crate::model::Text;
use crate::rules::{ap201_undefined_reference, ap307_undeclared_param};

/// Reports references of steps' texts to steps and outputs that do not exist, or need not be there.
pub(super) fn check_references(graph: &Graph, sink: &mut Sink) {
    for (id, step) in graph.steps.iter() {
        each_text(step, &mut |text| {
            for reference in references(text) {
                check(graph, id, &reference, text, sink);
            }
        });
    }
}

/// Calls `visit` for every text of a step that Argo evaluates where the step stands.
pub(super) fn each_text(step: &Step<Port>, visit: &mut impl FnMut(&Text)) {
    let arguments = step.inputs.iter().filter_map(|port| port.argument);
    arguments.chain(step.control.when).for_each(&mut *visit);
    match step.control.repeat {
        Some(Repeat::Param(text)) => visit(text),
        Some(Repeat::Items(node) | Repeat::Sequence(node)) => {
            node.each_scalar(&mut |scalar, span| visit(&Text { value: scalar.text.clone(), span }));
        }
        None => {}
    }
}

fn check(graph: &Graph, id: StepId, reference: &Reference, text: &Text, sink: &mut Sink) {
    let name = &*reference.name;
    let span = text.part(reference.start, reference.end);
    if let Some(param) = name.strip_prefix("inputs.parameters.") {
        return sink.report(ap307_undeclared_param::build_parameter(span, param, &[]));
    }
    let Some((source, rest)) = name.strip_prefix("tasks.").and_then(|rest| rest.split_once('.'))
    else {
        return;
    };
    let Some(before) = graph.named(source) else {
        let names: Vec<&str> = graph.steps.values().map(|step| &*step.name.value).collect();
        let start = reference.start + "tasks.".len();
        let span = text.part(start, start + source.len());
        return sink.report(ap201_undefined_reference::step(span, "tasks", source, &names));
    };
    let producer = &graph.steps[before];
    if matches!(producer.call, Call::Unknown) {
        return;
    }
    let step = &*graph.steps[id].name;
    let outputs: Vec<&str> = producer.outputs.iter().map(|output| &*output.name).collect();
    match rest.strip_prefix("outputs.parameters.") {
        Some(output) if !outputs.contains(&output) => {
            sink.report(ap307_undeclared_param::output(span, source, output, &outputs));
        }
        _ if !graph.is_after(id, before) => {
            sink.report(ap307_undeclared_param::not_upstream(span, step, source));
        }
        _ => {}
    }
}
