//! AP205: a step whose place in the order does not follow from where it is listed.

use crate::diagnostics::Diagnostic;
use crate::source::Span;

rule!(
    "AP205",
    "before-entrypoint",
    Error,
    "a step without dependencies listed before the entrypoint"
);

/// The step stands before the entrypoint and says nothing of its order.
pub(crate) fn before(
    span: Span,
    step: &str,
    entrypoint: &str,
    entrypoint_span: Span,
) -> Diagnostic {
    Diagnostic::new(
        &RULE,
        span,
        format!("step `{step}` is listed before the entrypoint and says nothing of its order"),
    )
    .label("when does this run?")
    .related(entrypoint_span, format!("`{entrypoint}` starts"))
    .note("a step with neither `depends` nor `dependencies` follows the step listed before it")
    .help("list it after the entrypoint, or give it `dependencies` (`[]` starts at once)")
}

/// The entrypoint waits for other steps.
pub(crate) fn waits(span: Span, entrypoint: &str, named: Span) -> Diagnostic {
    Diagnostic::new(&RULE, span, format!("the entrypoint `{entrypoint}` waits for other steps"))
        .label("the entrypoint starts, so it waits for nothing")
        .related(named, "named as the entrypoint here")
        .help("take the dependencies out, or name the step that starts")
}
