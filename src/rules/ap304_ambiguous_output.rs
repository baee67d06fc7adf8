//! AP304: a param for which two earlier steps have an output.

use crate::diagnostics::Diagnostic;
use crate::source::Span;

rule!("AP304", "ambiguous-output", Error, "a param that two earlier steps could give");

pub(crate) fn finding(
    step: Span,
    param: &str,
    first: (&str, Span),
    second: (&str, Span),
) -> Diagnostic {
    let diagnostic = Diagnostic::new(
        &RULE,
        step,
        format!("`{param}` could come from step `{}` or from step `{}`", first.0, second.0),
    );
    let diagnostic = diagnostic.label(format!("takes `{param}`"));
    // Steps of one Task have the output from one place.
    let diagnostic = if first.1 == second.1 {
        diagnostic.related(first.1, "output of both")
    } else {
        diagnostic
            .related(first.1, format!("output of `{}`", first.0))
            .related(second.1, format!("output of `{}`", second.0))
    };
    diagnostic.note("both are equally near").help(format!(
        "say which: `{{name: {param}, value: '{{{{tasks.{}.outputs.parameters.{param}}}}}'}}`",
        first.0
    ))
}
