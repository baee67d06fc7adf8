//! AP009: a key or a merge that is not what it can be.

use crate::diagnostics::Diagnostic;
use crate::source::Span;

rule!("AP009", "key-type", Error, "a list or map as a key");

pub(crate) fn finding(span: Span) -> Diagnostic {
    Diagnostic::new(&RULE, span, "a key must be text")
        .label("this key is a list or a map")
        .help("quote it, if it is meant as text")
}

pub(crate) fn merge_of_scalar(span: Span) -> Diagnostic {
    Diagnostic::new(&RULE, span, "`<<` merges maps only")
        .label("not a map")
        .help("give an alias of a map, as in `<<: *defaults`")
}
