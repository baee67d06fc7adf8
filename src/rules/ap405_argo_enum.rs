//! AP405: a value that is none of those that Argo's field can have.

use crate::diagnostics::{Diagnostic, nearest, one_of};
use crate::source::Span;

rule!("AP405", "argo-enum", Error, "a value that Argo's field cannot have");

pub(crate) fn finding(span: Span, value: &str, field: &str, words: &[&str]) -> Diagnostic {
    let diagnostic = Diagnostic::new(&RULE, span, format!("Argo's `{field}` cannot be `{value}`"))
        .label("not one of its values");
    match nearest(value, words.iter().copied()) {
        Some(guess) => diagnostic
            .note(format!("it is {}", one_of(words.iter().copied())))
            .help(format!("write `{guess}`"))
            .fix(span, guess),
        None => diagnostic.help(format!("it is {}", one_of(words.iter().copied()))),
    }
}
