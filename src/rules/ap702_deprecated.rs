//! AP702: a step on a Task that should not be used any more.

use crate::diagnostics::Diagnostic;
use crate::source::Span;

rule!("AP702", "deprecated", Warning, "a step on a deprecated Task");

/// `why` is what the Task says of it.
pub(crate) fn finding(span: Span, task: &str, why: &str, declared: Span) -> Diagnostic {
    Diagnostic::new(&RULE, span, format!("Task `{task}` is deprecated: {why}"))
        .label("used here")
        .related(declared, "said here")
        .help("use what the Task names in its stead")
}
