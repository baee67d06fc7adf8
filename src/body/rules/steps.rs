//! Steps: at least one group. One without steps does nothing, and Argo takes it
//! (test/e2e/smoke/empty-template-steps.yaml).

use super::Context;
use crate::body::{Body, TemplateKind};
use crate::diagnostics::Sink;
use crate::rules::ap406_argo_missing_field;
use crate::tree::Value;

pub fn check(body: &Body, _: Context, sink: &mut Sink) {
    let Some((TemplateKind::Steps, key, node)) = body.typed() else { return };
    if matches!(&node.value, Value::List(groups) if groups.is_empty()) {
        sink.report(ap406_argo_missing_field::no_items(key.span, "a template of steps", "step"));
    }
}
