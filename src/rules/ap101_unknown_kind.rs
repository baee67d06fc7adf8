//! AP101: a kind that argopacks does not have.

use crate::diagnostics::{Diagnostic, all_of, nearest};
use crate::source::Span;

rule!("AP101", "unknown-kind", Error, "a kind that argopacks does not have");

pub(crate) fn finding(span: Span, name: &str, kinds: &[&str]) -> Diagnostic {
    let diagnostic = Diagnostic::new(&RULE, span, format!("there is no kind `{name}`"));
    match nearest(name, kinds.iter().copied()) {
        Some(kind) => {
            diagnostic.label("unknown kind").help(format!("write `{kind}`")).fix(span, kind)
        }
        None => diagnostic
            .label("unknown kind")
            .help(format!("the kinds are {}", all_of(kinds.iter().copied()))),
    }
}
