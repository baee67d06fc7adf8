//! AP313: names of builds in which nothing tells one build from the next.

use crate::diagnostics::Diagnostic;
use crate::source::Span;

rule!("AP313", "builds-alike", Error, "names of builds that do not differ from build to build");

pub(crate) fn finding(span: Span, template: &str) -> Diagnostic {
    Diagnostic::new(&RULE, span, "nothing in these names tells one build from the next")
        .label("the same for every build of a branch")
        .note("a Workflow whose name is taken is refused, so the second build would be lost")
        .help(format!(
            "add the time or the commit: `{template}-%timestamp%`, `{template}-%code-short-commit%`"
        ))
}
