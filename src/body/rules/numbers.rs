//! Numbers that may be text, since a tag may stand for them.

use super::Context;
use crate::body::{Body, value};
use crate::diagnostics::Sink;
use crate::model::Text;
use crate::rules::ap108_invalid_value;
use crate::tree::Node;

/// Where they are in a body.
const PATHS: &[&[&str]] = &[
    &["activeDeadlineSeconds"],
    &["retryStrategy", "limit"],
    &["retryStrategy", "backoff", "factor"],
    &["containerSet", "retryStrategy", "retries"],
];

pub fn check(body: &Body, _: Context, sink: &mut Sink) {
    for path in PATHS {
        one(body.node.find(path), &path.join("."), sink);
    }
    for call in body.calls.iter().filter(|call| call.is_own()) {
        let Some(sequence) = value(call.node, "withSequence") else { continue };
        for field in ["count", "start", "end"] {
            one(sequence.get(field), &format!("withSequence.{field}"), sink);
        }
    }
}

fn one(node: Option<&Node>, path: &str, sink: &mut Sink) {
    let text = node.filter(|node| !node.is_null()).and_then(Text::of);
    let Some(text) = text.filter(|text| !text.contains("{{")) else { return };
    if text.trim().parse::<i64>().is_err() {
        let wanted = "a whole number, or a tag that stands for one";
        sink.report(ap108_invalid_value::finding(text.span, &text, path, wanted));
    }
}
