//! Steps: groups that have some.

use super::Context;
use crate::body::{Body, TemplateKind};
use crate::diagnostics::Sink;
use crate::rules::ap406_argo_missing_field;
use crate::tree::{Node, Value};

pub fn check(body: &Body, _: Context, sink: &mut Sink) {
    let Some((TemplateKind::Steps, key, node)) = body.typed() else { return };
    if is_empty(node) {
        sink.report(ap406_argo_missing_field::no_items(key.span, "a template of steps", "step"));
    }
    for group in node.items().iter().filter(|group| is_empty(group) || group.is_null()) {
        sink.report(ap406_argo_missing_field::no_items(group.span, "a group of steps", "step"));
    }
}

fn is_empty(list: &Node) -> bool {
    matches!(&list.value, Value::List(items) if items.is_empty())
}
