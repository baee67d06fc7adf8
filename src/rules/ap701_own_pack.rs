//! AP701: a Task that takes the place of a bundled one.

use crate::diagnostics::Diagnostic;
use crate::source::Span;

rule!("AP701", "own-pack", Note, "a Task that takes the place of a bundled one");

pub(crate) fn finding(span: Span, name: &str) -> Diagnostic {
    Diagnostic::new(&RULE, span, format!("this Task takes the place of the bundled `{name}`"))
        .label("used instead of the bundled one")
        .help("give it another name if that is not meant")
}
