//! AP503: a param of an event that is no payload path.

use crate::diagnostics::Diagnostic;
use crate::source::Span;

rule!("AP503", "payload-path", Error, "a value of an event that is no payload path");

pub(crate) fn finding(span: Span, path: &str) -> Diagnostic {
    Diagnostic::new(&RULE, span, format!("`{path}` is not a payload path"))
        .label("not a path")
        .help("write a path such as `body.head_commit.message` or `headers.X-GitHub-Event.0`, or text with `%variables%`")
}
