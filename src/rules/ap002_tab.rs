//! AP002: tabs as indentation.

use crate::diagnostics::Diagnostic;
use crate::source::Span;

rule!("AP002", "tab-indentation", Error, "a tab as indentation");

/// `spaces` is the indentation that the line was read with.
pub fn finding(span: Span, spaces: &str) -> Diagnostic {
    Diagnostic::new(&RULE, span, "a tab is used as indentation")
        .label("YAML indents with spaces only")
        .help(format!("write {} spaces", spaces.len()))
        .fix(span, spaces)
}
