//! AP102: an apiVersion that is nearly that of `ArgoPacks`.

use crate::diagnostics::Diagnostic;
use crate::model::API_VERSION;
use crate::source::Span;

rule!("AP102", "api-version", Error, "an apiVersion that is nearly that of ArgoPacks");

pub(crate) fn finding(span: Span, version: &str) -> Diagnostic {
    Diagnostic::new(&RULE, span, format!("`{version}` is not an apiVersion that argopacks reads"))
        .label("unknown version")
        .help(format!("write `{API_VERSION}`"))
        .fix(span, API_VERSION)
}
