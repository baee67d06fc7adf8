//! AP306: a declared param that nothing uses.

use crate::diagnostics::Diagnostic;
use crate::source::Span;

rule!("AP306", "unused-param", Error, "a declared param that nothing uses");

pub(crate) fn finding(span: Span, param: &str) -> Diagnostic {
    Diagnostic::new(&RULE, span, format!("the template does not use the param `{param}`"))
        .label("declared here, used nowhere")
        .note("whoever gives it a value expects that it does something")
        .help(format!("use it as `{{{{inputs.parameters.{param}}}}}`, or take it out"))
}

/// A param of a Builder that no step takes.
pub(crate) fn of_builder(span: Span, param: &str) -> Diagnostic {
    Diagnostic::new(&RULE, span, format!("no step uses the Builder's param `{param}`"))
        .label("declared here, used nowhere")
        .note(
            "a step takes it if its Task has a param of that name, or if one of its texts names it",
        )
        .help(format!("use it as `{{{{workflow.parameters.{param}}}}}`, or take it out"))
}
