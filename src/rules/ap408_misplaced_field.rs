//! AP408: a field that Argo does not have on this type of template.

use crate::diagnostics::Diagnostic;
use crate::source::Span;

rule!(
    "AP408",
    "misplaced-field",
    Error,
    "a field that Argo does not have on this type of template"
);

/// `kind` is the type of the template, `help` what to write instead.
pub(crate) fn finding(
    span: Span,
    field: &str,
    kind: &str,
    kind_span: Span,
    help: &str,
) -> Diagnostic {
    Diagnostic::new(&RULE, span, format!("a `{kind}` template cannot have `{field}`"))
        .label("Argo refuses this here")
        .related(kind_span, format!("this makes it a `{kind}` template"))
        .help(help)
}

/// `from` of an input artifact.
pub(crate) fn input_from(span: Span, artifact: &str) -> Diagnostic {
    Diagnostic::new(&RULE, span, format!("input artifact `{artifact}` cannot say `from`"))
        .label("Argo refuses this here")
        .note("what an input is made of is said by whoever calls the template")
        .help("move it into the `arguments` of the call")
}
