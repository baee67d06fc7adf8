//! AP404: a field that the configured version of Argo Workflows lacks.

use crate::argo::facts::{FieldFacts, Version};
use crate::diagnostics::Diagnostic;
use crate::source::Span;

rule!("AP404", "argo-version", Error, "a field that the configured Argo version lacks");

/// `kind` is the type that has the field in other versions than `version`.
pub(crate) fn finding(span: Span, field: &FieldFacts, kind: &str, version: Version) -> Diagnostic {
    let message = format!("Argo Workflows {version} has no `{}` in `{kind}`", field.name);
    let diagnostic = Diagnostic::new(&RULE, span, message).label("not in this version");
    let diagnostic = match field.until {
        Some(until) if version >= until => diagnostic.note(format!("it was removed in {until}")),
        _ => diagnostic.note(format!("it was added in {}", field.since)),
    };
    diagnostic.help(
        "take it out, or set the version that the cluster runs: `spec.argo.workflows` of Config",
    )
}
