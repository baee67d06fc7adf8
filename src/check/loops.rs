//! Loops of steps: lists that are none, sequences without an end, and items that arrive otherwise
//! than they are written.

use super::Context;
use crate::body::rules::one_of::exactly_one;
use crate::diagnostics::Sink;
use crate::model::Text;
use crate::model::matrix::Matrix;
use crate::plan::dag::{Call, Port, Repeat, Step};
use crate::plan::{BuilderGraph, check_value};
use crate::rules::{ap108_invalid_value, ap301_unknown_argument, ap409_escaped_item};
use crate::source::Span;
use crate::tree::{Node, Value};

pub(super) fn check(context: &Context, builder: &BuilderGraph, sink: &mut Sink) {
    for step in builder.graph.steps.values() {
        match step.control.repeat {
            Some(Repeat::Items(items)) if matches!(&items.value, Value::List(all) if all.is_empty()) =>
            {
                let path = "Builder.spec.steps[].withItems";
                let wanted = "at least one item";
                sink.report(ap108_invalid_value::finding(items.span, "", path, wanted));
            }
            Some(Repeat::Items(items)) => check_maps(step, items, sink),
            Some(Repeat::Matrix(matrix)) => check_matrix(context, step, matrix, sink),
            Some(Repeat::Param(text)) => check_list(text, sink),
            Some(Repeat::Sequence(sequence)) => {
                let what = format!("the sequence of step `{}`", &*step.name);
                check_sequence(sequence, &what, sequence.first_key(), sink);
            }
            _ => {}
        }
    }
}

/// Reports params of a matrix that nothing takes, and values that arrive otherwise than they are
/// written.
fn check_matrix(context: &Context, step: &Step<Port>, matrix: &Matrix, sink: &mut Sink) {
    if matches!(step.call, Call::Unknown) {
        return;
    }
    for (name, values) in &matrix.params {
        if step.takes_of_item(name) {
            values.iter().for_each(|value| check_item_value(step, name, value, sink));
        } else if !step.names_item(None) {
            let whose = match &step.call {
                Call::Task(callee) => {
                    let task = &context.plan.tasks[callee.task];
                    format!("Task `{}`", &*task.definition.metadata.name)
                }
                _ => format!("the template of step `{}`", &*step.name),
            };
            let params: Vec<&str> = step.inputs.iter().map(|port| &**port.name).collect();
            sink.report(ap301_unknown_argument::finding(name.span, name, &whose, &params));
        }
    }
}

/// The same for items that are maps, of which something takes a value by its key.
fn check_maps(step: &Step<Port>, items: &Node, sink: &mut Sink) {
    for key in step.item_keys() {
        if step.takes_of_item(&key.text) {
            let values = items.items().iter().filter_map(|item| item.get(&key.text));
            values.for_each(|value| check_item_value(step, &key.text, value, sink));
        }
    }
}

/// Reports a value that the param of its key does not take, and a text that JSON writes in another
/// form: `jsonutil.Fix` of Argo turns `<`, `>` and `&` back, and nothing else.
fn check_item_value(step: &Step<Port>, key: &str, value: &Node, sink: &mut Sink) {
    let port = step.inputs.iter().find(|port| port.argument.is_none() && *port.name == key);
    if let (Some(port), Some(text)) = (port, Text::of(value)) {
        let before = sink.errors();
        check_value(&text, port.declared, sink);
        if sink.errors() > before {
            return;
        }
    }
    let is_escaped =
        |c: &char| matches!(c, '"' | '\\' | '\u{2028}' | '\u{2029}') || u32::from(*c) < 0x20;
    let text = value.as_text().filter(|_| value.as_str().is_some());
    if let Some(character) = text.and_then(|text| text.chars().find(is_escaped)) {
        sink.report(ap409_escaped_item::finding(value.span, key, character));
    }
}

/// Reports text that is no JSON list; what has a tag in it is known in the run only.
fn check_list(text: &Text, sink: &mut Sink) {
    let is_list = || serde_json::from_str::<Vec<serde::de::IgnoredAny>>(text).is_ok();
    if !text.contains("{{") && !is_list() {
        let path = "Builder.spec.steps[].withParam";
        sink.report(ap108_invalid_value::finding(text.span, text, path, "a JSON list, or a tag"));
    }
}

/// A sequence has a `count` or an `end`, and its `format` is one for a number (Argo Workflows,
/// workflow/controller, `expandSequence`).
fn check_sequence(sequence: &Node, what: &str, holder: Span, sink: &mut Sink) {
    exactly_one(sequence, holder, what, &["count", "end"], sink);
    let format = sequence.get("format").filter(|format| !format.is_null()).and_then(Text::of);
    if let Some(format) = format.filter(|format| !format.contains("{{") && !formats_number(format))
    {
        let path = "withSequence.format";
        let wanted = "one verb for a number, as in `part-%02d`";
        sink.report(ap108_invalid_value::finding(format.span, &format, path, wanted));
    }
}

/// Whether Go's `fmt` writes a number with it: one verb for whole numbers, and no other.
fn formats_number(format: &str) -> bool {
    let verbs: Vec<&str> = format.split('%').skip(1).collect();
    let verb = |text: &str| {
        text.trim_start_matches(|c: char| c.is_ascii_digit() || "+-# ".contains(c)).chars().next()
    };
    matches!(verbs[..], [one] if verb(one).is_some_and(|verb| "bcdoOqxXUv".contains(verb)))
}
