//! AP302: a param of a Pipeline, Build, Schedule or Webhook that neither the Builder nor any of
//! its Tasks takes.

use crate::diagnostics::{Diagnostic, all_of, nearest};
use crate::source::Span;

rule!("AP302", "unknown-pipeline-param", Error, "a pipeline param that nothing takes");

pub(crate) fn finding(
    span: Span,
    name: &str,
    builder: &str,
    builder_span: Span,
    params: &[&str],
) -> Diagnostic {
    let diagnostic = Diagnostic::new(
        &RULE,
        span,
        format!("neither Builder `{builder}` nor any of its Tasks takes a param `{name}`"),
    )
    .label("nothing takes this")
    .related(builder_span, "the Builder");
    match nearest(name, params.iter().copied()) {
        Some(guess) => diagnostic.help(format!("write `{guess}`")).fix(span, guess),
        None if params.is_empty() => diagnostic.help("no param can be set here: take it out"),
        None => diagnostic.help(format!("what can be set: {}", all_of(params.iter().copied()))),
    }
}

/// A param that has the name of a build parameter, which a field of the Pipeline sets.
pub(crate) fn standard(span: Span, name: &str) -> Diagnostic {
    Diagnostic::new(&RULE, span, format!("`{name}` is a build parameter, which the Pipeline's own fields and events set"))
        .label("cannot be set here")
        .help("set the field of the Pipeline that it comes from (`argopacks explain pipeline/NAME` shows them), or give the param another name")
}

/// A build parameter that a run of the pipeline does not have, since nothing in it uses it; `given`
/// are those that have a value here already, `whose` says what runs: "pipeline `cart`".
pub(crate) fn unused(
    span: Span,
    name: &str,
    whose: &str,
    params: &[&str],
    given: &[&str],
) -> Diagnostic {
    let diagnostic =
        Diagnostic::new(&RULE, span, format!("nothing in {whose} uses a parameter `{name}`"))
            .label("nothing takes this");
    let free = params.iter().copied().filter(|param| !given.contains(param));
    match nearest(name, free) {
        Some(guess) => diagnostic.help(format!("write `{guess}`")).fix(span, guess),
        None if params.is_empty() => diagnostic.help("it has no parameters"),
        None => diagnostic.help(format!("it has {}", all_of(params.iter().copied()))),
    }
}

/// A param that a step gives an argument of its own, so that no value from outside reaches it.
/// `step` is the step's name and where the argument is written.
pub(crate) fn pinned(span: Span, name: &str, step: (&str, Span)) -> Diagnostic {
    let message = format!(
        "step `{}` gives `{name}` a value of its own, so this one is used by nothing",
        step.0
    );
    Diagnostic::new(&RULE, span, message)
        .label("has no effect")
        .related(step.1, "the step's own argument")
        .help("remove it here, or remove the step's argument")
}
