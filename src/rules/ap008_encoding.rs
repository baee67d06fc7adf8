//! AP008: a file that is not UTF-8.

use crate::diagnostics::Diagnostic;
use crate::source::Span;

rule!("AP008", "encoding", Error, "a file that is not UTF-8");

/// `byte` is the first one that does not belong to any character.
pub(crate) fn not_utf8(span: Span, byte: u8) -> Diagnostic {
    Diagnostic::new(
        &RULE,
        span,
        format!("the file is not UTF-8: byte 0x{byte:02x} belongs to no character"),
    )
    .label("before this byte the file is text")
    .note("the file was not read")
    .help("save the file as UTF-8")
}

/// As [`not_utf8`], in a file that is text but for some bytes: they are replaced, and the span is
/// that of the first one.
pub(crate) fn replaced(span: Span, byte: u8) -> Diagnostic {
    Diagnostic::new(
        &RULE,
        span,
        format!("the file is not UTF-8: byte 0x{byte:02x} belongs to no character"),
    )
    .label("the first such byte")
    .note("the rest of the file was read")
    .help("save the file as UTF-8")
}
