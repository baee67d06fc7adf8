//! Fields that the table of field facts takes for optional, and Argo does not.

use super::{Context, has_slip};
use crate::body::{Body, CallPlace, present};
use crate::diagnostics::Sink;
use crate::rules::{ap109_one_of_fields, ap406_argo_missing_field};
use crate::source::Span;
use crate::tree::Node;

pub(crate) fn check(body: &Body, _: Context, sink: &mut Sink) {
    calls(body, sink);
    locks(body, sink);
}

/// The name of a step, both names of a `templateRef`, the expression of a hook (workflow/validate,
/// `validateSteps`, `validateTemplateHolder`, `validateHooks`).
fn calls(body: &Body, sink: &mut Sink) {
    for call in &body.calls {
        let fields: &[(&str, &str)] = match call.place {
            CallPlace::Step { .. } => &[("name", "WorkflowStep")],
            CallPlace::Hook { .. }
                if call.name.as_ref().is_none_or(|name| name.value != "exit") =>
            {
                &[("expression", "LifecycleHook")]
            }
            _ => &[],
        };
        for (field, kind) in fields {
            required(call.node, call.at, field, kind, sink);
        }
        if let Some(to) = present(call.node).find(|entry| entry.key.text == "templateRef") {
            for field in ["name", "template"] {
                required(&to.value, to.key.span, field, "TemplateRef", sink);
            }
        }
    }
}

/// A mutex without a name, a semaphore without a place for its limit.
fn locks(body: &Body, sink: &mut Sink) {
    let Some(synchronization) = body.node.get("synchronization") else { return };
    let several = |list: &str| synchronization.get(list).into_iter().flat_map(Node::items);
    let one = |key: &str| synchronization.get(key).filter(|node| !node.is_null());
    for mutex in several("mutexes").chain(one("mutex")) {
        required(mutex, mutex.first_key(), "name", "Mutex", sink);
    }
    for semaphore in several("semaphores").chain(one("semaphore")) {
        let fields = ["configMapKeyRef", "database"];
        if present(semaphore).all(|entry| !fields.contains(&&*entry.key.text)) {
            let at = semaphore.first_key();
            let what = "this semaphore";
            sink.report(ap109_one_of_fields::none(at, what, &fields));
        }
    }
}

/// Reports a field that is not there, null or empty. A misspelt key is reported elsewhere, as an
/// unknown field.
pub(crate) fn required(node: &Node, at: Span, field: &str, kind: &str, sink: &mut Sink) {
    let entry = node.entry(field);
    let span = match entry {
        Some(entry) if entry.value.is_null() || is_empty(&entry.value) => entry.key.span,
        None if !has_slip(node, &[field]) => at,
        _ => return,
    };
    sink.report(ap406_argo_missing_field::finding(span, kind, field));
}

fn is_empty(node: &Node) -> bool {
    node.as_str() == Some("")
}
