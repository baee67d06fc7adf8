//! AP316: an artifact that a template takes, and that nothing can give it.

use crate::diagnostics::Diagnostic;
use crate::source::Span;

rule!("AP316", "missing-artifact", Error, "an input artifact that nothing gives");

/// `caller` says what calls the template: "step `test`"; `declared` is where it declares the
/// artifact.
pub fn finding(span: Span, caller: &str, artifact: &str, declared: Span) -> Diagnostic {
    Diagnostic::new(&RULE, span, format!("nothing gives {caller} the artifact `{artifact}`"))
        .label("calls a template that takes it")
        .related(declared, "taken here")
        .note("steps share files over the workspace, and pass no artifacts; Argo would refuse the run")
        .help(format!("give `{artifact}` a place to come from, such as `s3`, or say `optional: true`"))
}
