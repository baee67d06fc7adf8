//! AP314: an output that may not be there when it is read.

use crate::diagnostics::Diagnostic;
use crate::source::Span;

rule!("AP314", "missing-output", Error, "an output that may not be there when it is read");

/// `step` reads an output of `source`, which may be skipped or fail; `when` is the condition of
/// `source`, if it has one.
pub(crate) fn finding(
    span: Span,
    step: Option<&str>,
    source: &str,
    when: Option<Span>,
) -> Diagnostic {
    let reader = step.map_or_else(|| "the template".to_owned(), |step| format!("step `{step}`"));
    let diagnostic = Diagnostic::new(
        &RULE,
        span,
        format!("{reader} reads an output of `{source}`, which may not be there"),
    )
    .label("used here")
    .note("Argo waits for an output that is not there: the run would hang");
    let diagnostic = match when {
        Some(when) => diagnostic.related(when, format!("`{source}` runs only if this holds")),
        None => diagnostic,
    };
    match step {
        Some(step) => diagnostic.help(format!(
            "let `{step}` run only if `{source}` succeeded: `depends: {source}.Succeeded`"
        )),
        None => diagnostic.help("give the output a `default` in its `valueFrom`"),
    }
}

/// A hook that runs beside its step reads an output of it.
pub(crate) fn hook(span: Span, source: &str) -> Diagnostic {
    Diagnostic::new(
        &RULE,
        span,
        format!("the hook reads an output of `{source}`, which is still running"),
    )
    .label("used here")
    .note("a step's outputs are there for its hook `exit` only")
    .help("read it in the hook `exit`")
}
