//! AP316: an artifact that a template takes, and that nothing can give it.

use crate::diagnostics::Diagnostic;
use crate::source::Span;

rule!("AP316", "missing-artifact", Error, "an input artifact that nothing gives");

/// `caller` says what calls the template: "step `test`"; `declared` is where it declares the
/// artifact.
pub(crate) fn finding(span: Span, caller: &str, artifact: &str, declared: Span) -> Diagnostic {
    nothing(span, caller, artifact)
        .label("calls a template that takes it")
        .related(declared, "taken here")
}

/// An artifact of a template of the step's own.
pub(crate) fn own(span: Span, caller: &str, artifact: &str) -> Diagnostic {
    nothing(span, caller, artifact).label("taken here")
}

fn nothing(span: Span, caller: &str, artifact: &str) -> Diagnostic {
    let message = format!("nothing gives {caller} the artifact `{artifact}`");
    Diagnostic::new(&RULE, span, message)
        .note("steps share files over the workspace, and pass no artifacts; Argo would refuse the run")
        .help(format!("give `{artifact}` a location such as `s3`, or say `optional: true`"))
}
