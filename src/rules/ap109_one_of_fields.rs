//! AP109: fields of which one, and only one, must be there.

use crate::diagnostics::{Diagnostic, one_of};
use crate::source::Span;

rule!("AP109", "one-of-fields", Error, "fields of which exactly one must be there");

/// None of `fields` is there.
pub(crate) fn none(span: Span, what: &str, fields: &[&str]) -> Diagnostic {
    Diagnostic::new(&RULE, span, format!("{what} needs {}", one_of(fields.iter().copied())))
        .label("none of them is here")
        .help(format!("give {}", one_of(fields.iter().copied())))
}

/// Two of them are; `span` is the place of the one too many.
pub(crate) fn both(
    span: Span,
    what: &str,
    this: &str,
    other: &str,
    other_span: Span,
) -> Diagnostic {
    Diagnostic::new(&RULE, span, format!("{what} has both `{other}` and `{this}`"))
        .label(format!("`{this}` here"))
        .related(other_span, format!("`{other}` here"))
        .note("only one of them can be meant")
        .help("keep one of them")
}

/// Two fields that say different things.
pub(crate) fn contradiction(span: Span, message: &str, help: &str) -> Diagnostic {
    Diagnostic::new(&RULE, span, message).label("here").help(help)
}
