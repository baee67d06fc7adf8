//! AP106: a value that is none of those that the field can have.

use crate::diagnostics::{Diagnostic, nearest, one_of};
use crate::source::Span;

rule!("AP106", "not-one-of", Error, "a value that is none of the possible ones");

pub(crate) fn finding(span: Span, value: &str, path: &str, words: &[&str]) -> Diagnostic {
    let diagnostic = Diagnostic::new(&RULE, span, format!("`{path}` cannot be `{value}`"))
        .label("not one of its values");
    // `off` is `false` to readers of YAML 1.1, and to those who write it.
    let is_off = |word: &&&str| **word == "off" && value.eq_ignore_ascii_case("false");
    let off = words.iter().find(is_off).copied();
    match off.or_else(|| nearest(value, words.iter().copied())) {
        Some(word) => diagnostic
            .note(format!("it is {}", one_of(words.iter().copied())))
            .help(format!("write `{word}`"))
            .fix(span, word),
        None => diagnostic.help(format!("it is {}", one_of(words.iter().copied()))),
    }
}
