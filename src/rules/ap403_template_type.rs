//! AP403: a template that is of no type, or of several.

use crate::diagnostics::{Diagnostic, one_of};
use crate::source::Span;

rule!("AP403", "template-type", Error, "a template of no type or of several");

pub(crate) fn none(span: Span, types: &[&str]) -> Diagnostic {
    Diagnostic::new(&RULE, span, "this template does nothing")
        .label("no type of template")
        .help(format!("give it {}", one_of(types.iter().copied())))
}

pub(crate) fn many(span: Span, second: &str, first: &str, first_span: Span) -> Diagnostic {
    Diagnostic::new(&RULE, span, format!("this template is `{first}` and `{second}` at once"))
        .label("second type")
        .related(first_span, "first type")
        .help("make two templates of it, or delete one of them")
}

/// The field that says the type has nothing under it.
pub(crate) fn empty(span: Span, kind: &str) -> Diagnostic {
    let help = if kind == "suspend" {
        "write `suspend: {}`".to_owned()
    } else {
        format!("put what it does under `{kind}`")
    };
    Diagnostic::new(&RULE, span, format!("this template does nothing: `{kind}` is empty"))
        .label("nothing is under it")
        .note("to Kubernetes an empty field is one that is not there")
        .help(help)
}
