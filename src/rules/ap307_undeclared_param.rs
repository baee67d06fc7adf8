//! AP307: a param that a template uses and its Task does not declare.

use crate::diagnostics::{Diagnostic, nearest};
use crate::source::Span;

rule!("AP307", "undeclared-param", Error, "a param that is used and not declared");

pub fn finding(span: Span, param: &str, declared: &[&str]) -> Diagnostic {
    let diagnostic = Diagnostic::new(&RULE, span, format!("the template uses a param `{param}` that the Task does not declare")).label("used here");
    match nearest(param, declared.iter().copied()) {
        Some(guess) => diagnostic.help(format!("write `{{{{inputs.parameters.{guess}}}}}`")),
        None => diagnostic.help(format!("add `- name: {param}` to `spec.params`")),
    }
}

/// `{{workflow.parameters.x}}` for an x that no run has.
pub fn build_parameter(span: Span, param: &str, known: &[&str]) -> Diagnostic {
    let diagnostic = Diagnostic::new(&RULE, span, format!("runs have no parameter `{param}`")).label("used here");
    match nearest(param, known.iter().copied()) {
        Some(guess) => diagnostic.help(format!("write `{{{{workflow.parameters.{guess}}}}}`")),
        None => diagnostic.help(format!("declare `{param}` in the Builder's `params`")),
    }
}

/// `{{tasks.x.outputs.parameters.y}}` for an output that the step does not have.
pub fn output(span: Span, step: &str, output: &str, known: &[&str]) -> Diagnostic {
    let diagnostic = Diagnostic::new(&RULE, span, format!("step `{step}` has no output `{output}`")).label("used here");
    match nearest(output, known.iter().copied()) {
        Some(guess) => diagnostic.help(format!("write `{guess}`")),
        None if known.is_empty() => diagnostic.help("its Task has no outputs"),
        None => diagnostic.help(format!("its outputs are {}", crate::diagnostics::all_of(known.iter().copied()))),
    }
}

/// `{{tasks.x…}}` for a step that has not always run before.
pub fn not_upstream(span: Span, step: &str, source: &str) -> Diagnostic {
    if step == source {
        let message = format!("step `{step}` uses an output of its own, which it has after its end only");
        return Diagnostic::new(&RULE, span, message).label("used here").help("take the value from an earlier step");
    }
    Diagnostic::new(&RULE, span, format!("step `{step}` uses an output of `{source}`, which need not have run before it"))
        .label("used here")
        .help(format!("let `{step}` depend on `{source}`"))
}
