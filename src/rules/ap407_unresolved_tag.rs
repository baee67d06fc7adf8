//! AP407: a tag `{{ … }}` that Argo cannot resolve.

use crate::diagnostics::{Diagnostic, nearest};
use crate::source::Span;

rule!("AP407", "unresolved-tag", Error, "a tag that Argo cannot resolve");

pub fn unknown(span: Span, name: &str, known: &[&str]) -> Diagnostic {
    let diagnostic = Diagnostic::new(&RULE, span, format!("Argo has no variable `{name}`"))
        .label("not a variable")
        .note("Argo refuses the template, since it cannot resolve the tag");
    match nearest(name, known.iter().copied()) {
        Some(guess) => diagnostic.help(format!("write `{{{{{guess}}}}}`")),
        None => diagnostic.help("see Argo's documentation of workflow variables"),
    }
}

pub fn item(span: Span, step: &str) -> Diagnostic {
    Diagnostic::new(&RULE, span, format!("step `{step}` uses `item` and runs once"))
        .label("no items here")
        .help("give the step `withItems`, `withParam` or `withSequence`")
}

pub fn unclosed(span: Span) -> Diagnostic {
    Diagnostic::new(&RULE, span, "`{{` has no `}}`").label("the tag starts here").note("Argo refuses the template").help("end the tag with `}}`")
}
