//! Text that may not be empty: to Argo an empty string is a field that is not there. Where the field
//! itself is missing, the table of field facts says so.

use super::{Context, has_slip};
use crate::body::{Body, CallPlace, present};
use crate::diagnostics::Sink;
use crate::rules::ap406_argo_missing_field;
use crate::tree::{Entry, Node};

/// Paths in a body, and the type of the object that has the last field.
const PATHS: &[(&[&str], &str)] = &[
    (&["http", "url"], "HTTP"),
    (&["resource", "action"], "ResourceTemplate"),
    (&["memoize", "key"], "Memoize"),
    (&["memoize", "cache", "configMap", "name"], "CacheConfigMap"),
];

/// Fields of each metric (workflow/metrics, `ValidateMetricValues`).
const OF_METRICS: &[(&[&str], &str)] = &[
    (&["help"], "Prometheus"),
    (&["gauge", "value"], "Gauge"),
    (&["counter", "value"], "Counter"),
    (&["histogram", "value"], "Histogram"),
];

pub fn check(body: &Body, _: Context, sink: &mut Sink) {
    for (path, kind) in PATHS {
        one(body.node, path, kind, sink);
    }
    let metrics = body.node.find(&["metrics", "prometheus"]);
    for metric in metrics.into_iter().flat_map(Node::items) {
        for (path, kind) in OF_METRICS {
            one(metric, path, kind, sink);
        }
    }
    for mount in body.mounts() {
        one(mount.node, &["mountPath"], "VolumeMount", sink);
    }
    calls(body, sink);
    locks(body, sink);
}

fn one(node: &Node, path: &[&str], kind: &str, sink: &mut Sink) {
    let Some((field, holder)) = path.split_last() else { return };
    let entry = node.find(holder).and_then(|node| node.entry(field));
    if let Some(entry) = entry.filter(|entry| is_empty(entry)) {
        sink.report(ap406_argo_missing_field::empty(entry.key.span, kind, field));
    }
}

fn is_empty(entry: &Entry) -> bool {
    entry.value.as_str() == Some("")
}

/// What the table takes for optional, and Argo's validator does not: `name` of a step, both names of
/// a `templateRef`, `expression` of a hook.
fn calls(body: &Body, sink: &mut Sink) {
    for call in &body.calls {
        let fields: &[(&str, &str)] = match call.place {
            // An empty name is told with the other names.
            CallPlace::Step { .. } if call.name.is_none() => &[("name", "WorkflowStep")],
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
        required(mutex, crate::body::first_line(mutex), "name", "Mutex", sink);
    }
    for semaphore in several("semaphores").chain(one("semaphore")) {
        let fields = ["configMapKeyRef", "database"];
        if present(semaphore).all(|entry| !fields.contains(&&*entry.key.text)) {
            let at = crate::body::first_line(semaphore);
            let what = "this semaphore";
            sink.report(crate::rules::ap109_one_of_fields::none(at, what, &fields));
        }
    }
}

/// Reports a field that is not there, or is empty; a key that is nearly the field's is told as that.
pub fn required(node: &Node, at: crate::source::Span, field: &str, kind: &str, sink: &mut Sink) {
    match node.entry(field).filter(|entry| !entry.value.is_null()) {
        Some(entry) if is_empty(entry) => {
            sink.report(ap406_argo_missing_field::empty(entry.key.span, kind, field));
        }
        None if !has_slip(node, &[field]) => {
            sink.report(ap406_argo_missing_field::finding(at, kind, field));
        }
        _ => {}
    }
}
