//! AP108: a value that has the right type and cannot be right.

use crate::diagnostics::Diagnostic;
use crate::source::Span;

rule!("AP108", "invalid-value", Error, "a value that cannot be right");

/// `wanted` says what would be: "a length of time such as `90s`".
pub fn finding(span: Span, value: &str, path: &str, wanted: &str) -> Diagnostic {
    let message = if value.is_empty() { format!("`{path}` is empty") } else { format!("`{path}` cannot be `{value}`") };
    Diagnostic::new(&RULE, span, message).label("not valid here").help(format!("give {wanted}"))
}
