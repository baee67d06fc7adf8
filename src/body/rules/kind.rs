//! A template is of exactly one type (`validateTemplateType` of Argo).

use super::Context;
use crate::argo::facts::type_named;
use crate::body::{Body, TemplateKind};
use crate::diagnostics::Sink;
use crate::rules::ap403_template_type;
use crate::tree::{Node, Value};

pub(crate) fn check(body: &Body, _: Context, sink: &mut Sink) {
    match body.kinds[..] {
        // What is not a map is reported elsewhere; an unknown field may be the type, misspelt.
        [] if is_map(body.node) && !has_unknown_field(body) => none(body, sink),
        [(first, at), (second, too_many), ..] => sink.report(ap403_template_type::many(
            too_many.key.span,
            second.key(),
            first.key(),
            at.key.span,
        )),
        _ => {}
    }
}

fn is_map(node: &Node) -> bool {
    matches!(node.value, Value::Map(_))
}

fn has_unknown_field(body: &Body) -> bool {
    let facts = type_named("Template");
    let is_known = |key: &str| facts.is_some_and(|facts| facts.field(key).is_some());
    body.node.entries().iter().any(|entry| !is_known(&entry.key.text))
}

fn none(body: &Body, sink: &mut Sink) {
    let empty =
        body.node.entries().iter().find(|entry| TemplateKind::of_key(&entry.key.text).is_some());
    sink.report(match empty {
        Some(entry) => ap403_template_type::empty(entry.key.span, &entry.key.text),
        None => ap403_template_type::none(body.holder, &TemplateKind::ALL.map(TemplateKind::key)),
    });
}
