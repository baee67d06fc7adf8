//! AP307: a param that a template uses and its Task does not declare.

use crate::argo::scope::Declared;
use crate::diagnostics::{Diagnostic, all_of, nearest};
use crate::source::Span;

rule!("AP307", "undeclared-param", Error, "a param that is used and not declared");

pub(crate) fn finding(span: Span, param: &str, declared: &[&str]) -> Diagnostic {
    let diagnostic = Diagnostic::new(
        &RULE,
        span,
        format!("the template uses a param `{param}` that the Task does not declare"),
    )
    .label("used here");
    match nearest(param, declared.iter().copied()) {
        Some(guess) => diagnostic.help(format!("write `{{{{inputs.parameters.{guess}}}}}`")),
        None => diagnostic.help(format!("add `- name: {param}` to `spec.params`")),
    }
}

/// `{{inputs.parameters.x}}` for an x that the template does not take.
pub(crate) fn input(span: Span, param: &str, by: Declared, known: &[&str]) -> Diagnostic {
    let (message, way) = match by {
        Declared::Task => return finding(span, param, known),
        Declared::OwnTemplate(step) => (
            format!(
                "the template of step `{step}` uses a param `{param}` that the step's arguments do not give"
            ),
            format!("add `- name: {param}` with its value to `task.arguments.params`"),
        ),
        Declared::Inputs => (
            format!("the template uses a param `{param}` that it does not declare"),
            format!("add `- name: {param}` to `inputs.parameters`"),
        ),
        Declared::Builder => return no_inputs(span, param),
    };
    let diagnostic = Diagnostic::new(&RULE, span, message).label("used here");
    match nearest(param, known.iter().copied()) {
        Some(guess) => diagnostic.help(format!("write `{{{{inputs.parameters.{guess}}}}}`")),
        None => diagnostic.help(way),
    }
}

/// `{{inputs.parameters.x}}` in the steps of a Builder, which take nothing themselves.
fn no_inputs(span: Span, param: &str) -> Diagnostic {
    Diagnostic::new(
        &RULE,
        span,
        format!("the steps of a Builder have no inputs, so none named `{param}`"),
    )
    .label("used here")
    .help(format!("write `{{{{workflow.parameters.{param}}}}}` for a parameter of the run"))
}

/// `{{inputs.artifacts.x}}` for an x that the template does not take.
pub(crate) fn artifact(span: Span, artifact: &str, known: &[&str]) -> Diagnostic {
    let diagnostic =
        Diagnostic::new(&RULE, span, format!("the template has no input artifact `{artifact}`"))
            .label("used here");
    match nearest(artifact, known.iter().copied()) {
        Some(guess) => diagnostic.help(format!("write `{guess}`")),
        None if known.is_empty() => {
            diagnostic.help(format!("declare an input artifact `{artifact}` with a path"))
        }
        None => {
            diagnostic.help(format!("its input artifacts are {}", all_of(known.iter().copied())))
        }
    }
}

/// `{{outputs.parameters.x.path}}` for an output that the template itself does not have; `what` is
/// "output" or "output artifact".
pub(crate) fn own_output(span: Span, what: &str, output: &str, known: &[&str]) -> Diagnostic {
    let diagnostic = Diagnostic::new(&RULE, span, format!("the template has no {what} `{output}`"))
        .label("used here");
    match nearest(output, known.iter().copied()) {
        Some(guess) => diagnostic.help(format!("write `{guess}`")),
        None if known.is_empty() => diagnostic.help(format!("declare the {what} `{output}`")),
        None => diagnostic.help(format!("it has {}", all_of(known.iter().copied()))),
    }
}

/// `{{workflow.outputs.parameters.x}}` for an x that nothing in the run gives.
pub(crate) fn run_output(span: Span, output: &str, known: &[&str]) -> Diagnostic {
    let diagnostic =
        Diagnostic::new(&RULE, span, format!("no step of the run gives an output `{output}`"))
            .label("used here");
    match nearest(output, known.iter().copied()) {
        Some(guess) => diagnostic.help(format!("write `{guess}`")),
        None if known.is_empty() => diagnostic.help("no Task in the run has outputs"),
        None => diagnostic
            .help(format!("the outputs of its steps are {}", all_of(known.iter().copied()))),
    }
}

/// `{{workflow.parameters.x}}` for an x that no run has.
pub(crate) fn build_parameter(span: Span, param: &str, known: &[&str]) -> Diagnostic {
    let diagnostic = Diagnostic::new(&RULE, span, format!("runs have no parameter `{param}`"))
        .label("used here");
    match nearest(param, known.iter().copied()) {
        Some(guess) => diagnostic.help(format!("write `{{{{workflow.parameters.{guess}}}}}`")),
        None => diagnostic.help(format!("declare `{param}` in the Builder's `params`")),
    }
}

/// `{{tasks.x.outputs.parameters.y}}` for an output that the step does not have.
pub(crate) fn output(span: Span, step: &str, output: &str, known: &[&str]) -> Diagnostic {
    let diagnostic =
        Diagnostic::new(&RULE, span, format!("step `{step}` has no output `{output}`"))
            .label("used here");
    match nearest(output, known.iter().copied()) {
        Some(guess) => diagnostic.help(format!("write `{guess}`")),
        None if known.is_empty() => diagnostic.help("its Task has no outputs"),
        None => diagnostic.help(format!("its outputs are {}", all_of(known.iter().copied()))),
    }
}

/// `{{tasks.x.outputs.result}}` and the like, of a step whose template has none; `reason` is why.
pub(crate) fn field(span: Span, step: &str, field: &str, reason: &str) -> Diagnostic {
    Diagnostic::new(&RULE, span, format!("step `{step}` has no `{field}`"))
        .label("used here")
        .help(reason.to_owned())
}

/// `{{tasks.x…}}` for a step that has not always run before.
pub(crate) fn not_upstream(span: Span, step: &str, source: &str) -> Diagnostic {
    if step == source {
        let message =
            format!("step `{step}` uses an output of its own, which it has after its end only");
        return Diagnostic::new(&RULE, span, message)
            .label("used here")
            .help("take the value from an earlier step");
    }
    Diagnostic::new(
        &RULE,
        span,
        format!("step `{step}` uses an output of `{source}`, which need not have run before it"),
    )
    .label("used here")
    .help(format!("let `{step}` depend on `{source}`"))
}
