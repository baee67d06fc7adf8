//! AP305: a value that its param does not take.

use crate::diagnostics::{Diagnostic, nearest, one_of};
use crate::source::Span;

rule!("AP305", "param-value", Error, "a value that its param does not take");

pub(crate) fn not_allowed(
    span: Span,
    value: &str,
    param: &str,
    allowed: &[&str],
    declared: Span,
) -> Diagnostic {
    let diagnostic = Diagnostic::new(&RULE, span, format!("`{param}` cannot be `{value}`"))
        .label("not one of its values")
        .related(declared, "declared here")
        .note(format!("it is {}", one_of(allowed.iter().copied())));
    match nearest(value, allowed.iter().copied()) {
        Some(guess) => diagnostic.help(format!("write `{guess}`")).fix(span, guess),
        None => diagnostic.help("give one of these"),
    }
}

pub(crate) fn wrong_type(
    span: Span,
    value: &str,
    param: &str,
    kind: &str,
    declared: Span,
) -> Diagnostic {
    let article = if kind == "integer" { "an" } else { "a" };
    let kind = if kind == "json" { "JSON value" } else { kind };
    Diagnostic::new(&RULE, span, format!("`{param}` must be {article} {kind}"))
        .label(format!("`{value}` is not {article} {kind}"))
        .related(declared, "declared here")
        .help(format!("give {article} {kind}"))
}

/// A value with a character that Argo cannot put in the place of a tag.
pub(crate) fn control(span: Span, character: &str) -> Diagnostic {
    Diagnostic::new(
        &RULE,
        span,
        format!("Argo cannot hand on the character `{}`", character.escape_default()),
    )
    .label("a character that is not printed")
    .note("Argo would refuse the template, or fail the step")
    .help("leave the character out, or pass it encoded")
}
