//! HTTP templates: what is requested, and of whom.

use super::Context;
use crate::body::{Body, TemplateKind, text};
use crate::diagnostics::Sink;
use crate::rules::{ap108_invalid_value, ap405_argo_enum};

const METHODS: &[&str] = &["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"];

pub(crate) fn check(body: &Body, _: Context, sink: &mut Sink) {
    let Some((TemplateKind::Http, _, node)) = body.typed() else { return };
    // Go sends any word as it is written; servers know those in upper case.
    let is_word = |method: &str| method.chars().all(|c| c.is_ascii_uppercase());
    if let Some(method) = text(node, "method").filter(|text| !text.contains("{{") && !is_word(text))
    {
        sink.report(ap405_argo_enum::finding(method.span, &method, "method", METHODS));
    }
    let is_right = |url: &str| {
        url.is_empty()
            || ["http://", "https://"].iter().any(|scheme| {
                url.get(..scheme.len()).is_some_and(|start| start.eq_ignore_ascii_case(scheme))
            })
            || url.starts_with("{{")
    };
    if let Some(url) = text(node, "url").filter(|url| !is_right(url)) {
        let wanted = "a URL that starts with `http://` or `https://`";
        sink.report(ap108_invalid_value::finding(url.span, &url, "http.url", wanted));
    }
}
