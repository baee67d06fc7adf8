//! AP502: a webhook on a repository that the pipeline does not build.

use crate::diagnostics::Diagnostic;
use crate::source::Span;

rule!(
    "AP502",
    "other-repository",
    Error,
    "a webhook on a repository that its pipeline does not build"
);

pub(crate) fn finding(span: Span, repository: &str, built: &str, code: Span) -> Diagnostic {
    Diagnostic::new(&RULE, span, format!("events of `{repository}` start a pipeline that builds `{built}`"))
        .label("events come from here")
        .related(code, "the pipeline checks out this")
        .note("the commit of the event would be looked for in the other repository, and the checkout would fail")
        .help(format!("point the webhook at `{built}`, or start a pipeline that builds `{repository}`"))
}
