//! AP002: tabs as indentation.

use crate::diagnostics::Diagnostic;
use crate::source::Span;

rule!("AP002", "tab-indentation", Error, "a tab as indentation");

/// Lines for which the change of text is shown.
const MAX_SHOWN: usize = 50;

/// Tabs on `lines` lines that follow one another, on the first of them at `span`; `all` is from
/// there to the last one's indentation, and `repaired` the text with which that was read.
pub(crate) fn finding(span: Span, lines: usize, all: Span, repaired: &str) -> Diagnostic {
    if lines == 1 {
        return Diagnostic::new(&RULE, span, "a tab is used as indentation")
            .label("YAML indents with spaces only")
            .help(format!("write {} spaces", repaired.len()))
            .fix(all, repaired);
    }
    let finding =
        Diagnostic::new(&RULE, span, format!("tabs are used as indentation on {lines} lines"))
            .label("YAML indents with spaces only");
    if lines > MAX_SHOWN {
        return finding.help("indent these lines with spaces");
    }
    finding.help("write spaces").fix(all, repaired)
}
