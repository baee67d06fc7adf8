//! AP011: definitions in a list where documents are to be.

use crate::diagnostics::Diagnostic;
use crate::source::Span;

rule!("AP011", "definition-in-list", Error, "definitions in a list that is a document itself");

pub(crate) fn finding(span: Span) -> Diagnostic {
    Diagnostic::new(&RULE, span, "this document is a list of definitions")
        .label("a list where a definition is expected")
        .note("its items were read as if each was a document")
        .help("give each definition a document of its own, with `---` between them, or put the list under `items` of a `v1` `List`")
}
