//! AP001: text that is not YAML, and is none of the slips that have a rule of their own.

use crate::diagnostics::Diagnostic;
use crate::source::Span;

rule!("AP001", "syntax", Error, "text that is not YAML");

/// `reason` is the parser's own account.
pub fn finding(span: Span, reason: &str) -> Diagnostic {
    Diagnostic::new(&RULE, span, format!("this is not YAML: {reason}"))
        .label("reading stopped here")
        .note("the rest of this document was not read; the other documents were")
        .help("a value with `: `, ` #`, or one of `{ [ * & ! | > ' \" % @` at its start needs quotes; every `[`, `{` and quote needs its end")
}
