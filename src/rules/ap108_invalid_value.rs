//! AP108: a value that has the right type and cannot be right.

use crate::diagnostics::Diagnostic;
use crate::source::Span;

rule!("AP108", "invalid-value", Error, "a value that cannot be right");

/// `wanted` says what would be: "a length of time such as `90s`".
pub(crate) fn finding(span: Span, value: &str, path: &str, wanted: &str) -> Diagnostic {
    let message = if value.is_empty() {
        format!("`{path}` is empty")
    } else {
        format!("`{path}` cannot be `{value}`")
    };
    Diagnostic::new(&RULE, span, message).label("not valid here").help(format!("give {wanted}"))
}

/// The manifest of a resource template that cannot be read.
pub(crate) fn manifest(span: Span, reason: &str) -> Diagnostic {
    Diagnostic::new(&RULE, span, format!("this manifest is not YAML: {reason}"))
        .label("the manifest")
        .help("write it as you would for `kubectl apply`")
}

/// The manifest of a resource template that is something else than an object.
pub(crate) fn not_an_object(span: Span) -> Diagnostic {
    Diagnostic::new(&RULE, span, "this manifest is not a Kubernetes object")
        .label("the manifest")
        .help("write it as you would for `kubectl apply`")
}

/// A condition of a resource template that cannot be read.
pub(crate) fn condition(span: Span, field: &str, condition: &str, reason: &str) -> Diagnostic {
    Diagnostic::new(&RULE, span, format!("`{field}` cannot be `{condition}`: {reason}"))
        .label("not valid here")
        .note("Argo creates the resource first, and then fails to read the condition")
        .help("write it as a label selector, as in `status.phase == Succeeded, status.ready > 0`")
}
