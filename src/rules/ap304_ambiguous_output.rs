//! AP304: a param for which two earlier steps have an output.

use crate::diagnostics::Diagnostic;
use crate::source::Span;

rule!("AP304", "ambiguous-output", Error, "a param that two earlier steps could give");

pub fn finding(step: Span, param: &str, first: (&str, Span), second: (&str, Span)) -> Diagnostic {
    Diagnostic::new(&RULE, step, format!("`{param}` could come from step `{}` or from step `{}`", first.0, second.0))
        .label(format!("takes `{param}`"))
        .related(first.1, format!("has an output `{param}`"))
        .related(second.1, format!("has an output `{param}`"))
        .note("both are equally near")
        .help(format!("say which: `{{name: {param}, value: '{{{{tasks.{}.outputs.parameters.{param}}}}}'}}`", first.0))
}
