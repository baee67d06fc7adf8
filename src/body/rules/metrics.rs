//! Metrics: values that are known in time.

use super::Context;
use crate::body::{Body, is_true, text, value};
use crate::diagnostics::Sink;
use crate::rules::ap108_invalid_value;
use crate::tree::Node;

pub(crate) fn check(body: &Body, _: Context, sink: &mut Sink) {
    let metrics = body.node.find(&["metrics", "prometheus"]);
    let metrics = metrics.into_iter().flat_map(Node::items);
    for gauge in metrics.filter_map(|metric| value(metric, "gauge")) {
        check_realtime(gauge, sink);
    }
}

/// What a pod used is known at its end (workflow/metrics, `ValidateMetricValues`).
fn check_realtime(gauge: &Node, sink: &mut Sink) {
    let is_realtime = value(gauge, "realtime").is_some_and(is_true);
    let used = text(gauge, "value").filter(|value| value.contains("resourcesDuration."));
    if let (true, Some(used)) = (is_realtime, used) {
        sink.report(ap108_invalid_value::finding(
            used.span,
            &used,
            "gauge.value",
            "another value, or take `realtime` out: what a pod used is known at its end",
        ));
    }
}
