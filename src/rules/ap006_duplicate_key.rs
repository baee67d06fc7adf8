//! AP006: a key that comes twice in one map.

use crate::diagnostics::Diagnostic;
use crate::source::Span;
use crate::tree::Key;

rule!("AP006", "duplicate-key", Error, "a key twice in one map");

pub(crate) fn finding(key: &Key, first: Span) -> Diagnostic {
    Diagnostic::new(&RULE, key.span, format!("the key `{}` comes twice", key.text))
        .label("here again")
        .related(first, "first here")
        .note("readers differ in which of the two they keep; the first one was read")
        .help("keep one of them")
}
