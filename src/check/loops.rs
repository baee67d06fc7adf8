//! Loops of steps: lists that are none, and sequences without an end.

use super::Context;
use crate::body::rules::one_of::exactly_one;
use crate::diagnostics::Sink;
use crate::model::Text;
use crate::plan::BuilderGraph;
use crate::plan::dag::Repeat;
use crate::rules::ap108_invalid_value;
use crate::source::Span;
use crate::tree::{Node, Value};

pub(super) fn check(_: &Context, builder: &BuilderGraph, sink: &mut Sink) {
    for step in builder.graph.steps.values() {
        match step.control.repeat {
            Some(Repeat::Items(items)) if matches!(&items.value, Value::List(all) if all.is_empty()) =>
            {
                let path = "Builder.spec.steps[].withItems";
                let wanted = "at least one item";
                sink.report(ap108_invalid_value::finding(items.span, "", path, wanted));
            }
            Some(Repeat::Param(text)) => check_list(text, sink),
            Some(Repeat::Sequence(sequence)) => {
                let what = format!("the sequence of step `{}`", &*step.name);
                check_sequence(sequence, &what, sequence.first_key(), sink);
            }
            _ => {}
        }
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
