//! AP010: a YAML tag that its value cannot have.

use crate::diagnostics::Diagnostic;
use crate::source::Span;

rule!("AP010", "tag", Error, "a YAML tag that its value cannot have");

pub(crate) fn unknown(span: Span, tag: &str) -> Diagnostic {
    Diagnostic::new(&RULE, span, format!("the tag `{tag}` means nothing here"))
        .label("not a tag that a manifest can have")
        .note("kubectl ignores such a tag and reads the value as if it had none")
        .help("take it out, or quote the value if the tag is part of the text")
}

/// `wanted` is what the tag says that the value is.
pub(crate) fn misfit(span: Span, tag: &str, wanted: &str) -> Diagnostic {
    Diagnostic::new(&RULE, span, format!("the value under `{tag}` is not {wanted}"))
        .label(format!("not {wanted}"))
        .help("take the tag out, or correct the value")
}
