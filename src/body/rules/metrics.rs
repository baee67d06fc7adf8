//! Metrics: names that Prometheus takes, and values that are known in time.

use super::Context;
use crate::body::{Body, text, value};
use crate::diagnostics::{Sink, with_article};
use crate::model::Text;
use crate::rules::{ap108_invalid_value, ap310_name, ap406_argo_missing_field};
use crate::tree::Node;

pub fn check(body: &Body, _: Context, sink: &mut Sink) {
    let metrics = body.node.find(&["metrics", "prometheus"]);
    for metric in metrics.into_iter().flat_map(Node::items) {
        check_name(text(metric, "name").as_ref(), "metric", sink);
        for label in value(metric, "labels").into_iter().flat_map(Node::items) {
            check_name(text(label, "key").as_ref(), "label of a metric", sink);
        }
        check_realtime(metric, sink);
    }
}

/// Letters, digits and `_`, not a digit first (workflow/metrics, `IsValidMetricName`).
fn check_name(name: Option<&Text>, what: &str, sink: &mut Sink) {
    let Some(name) = name.filter(|name| !name.contains("{{")) else { return };
    let is_sign = |c: char| c.is_ascii_alphanumeric() || c == '_';
    if name.is_empty() {
        return sink.report(ap406_argo_missing_field::no_name(name.span, what));
    }
    if !name.chars().all(is_sign) || name.starts_with(|c: char| c.is_ascii_digit()) {
        let signs = "letters, digits and `_`, not a digit first";
        sink.report(ap310_name::not_argo(name.span, name, &with_article(what), signs));
    }
}

/// What a pod used is known at its end (workflow/metrics, `ValidateMetricValues`).
fn check_realtime(metric: &Node, sink: &mut Sink) {
    let Some(gauge) = value(metric, "gauge") else { return };
    let is_realtime = value(gauge, "realtime").is_some_and(|node| node.as_str() == Some("true"));
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
