//! AP306: a param that a Task declares and its template does not use.

use crate::diagnostics::{Diagnostic, nearest};
use crate::source::Span;

rule!("AP306", "unused-param", Error, "a declared param that the template does not use");

pub fn finding(span: Span, param: &str, used: &[&str]) -> Diagnostic {
    let diagnostic = Diagnostic::new(&RULE, span, format!("the template does not use the param `{param}`"))
        .label("declared here, used nowhere")
        .note("whoever gives it a value expects that it does something");
    match nearest(param, used.iter().copied()) {
        Some(guess) => diagnostic.help(format!("the template uses `{guess}`, which is not declared: write `{guess}`")).fix(span, guess),
        None => diagnostic.help(format!("use it as `{{{{inputs.parameters.{param}}}}}`, or take it out")),
    }
}
