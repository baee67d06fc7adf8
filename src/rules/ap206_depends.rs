//! AP206: a `depends` expression that Argo could not evaluate.

use crate::argo::depends::BadName;
use crate::diagnostics::{Diagnostic, all_of, nearest};
use crate::source::Span;

rule!("AP206", "depends", Error, "a `depends` that Argo could not evaluate");

pub(crate) fn syntax(span: Span, reason: &str) -> Diagnostic {
    Diagnostic::new(&RULE, span, format!("`depends` cannot be read: {reason}"))
        .label("here")
        .note("Argo's own check takes any text here; the run would fail")
        .help("write steps joined by `&&`, `||`, `!` and brackets, as in `build && (test.Succeeded || test.Skipped)`")
}

pub(crate) fn result(span: Span, step: &str, result: &str, results: &[&str]) -> Diagnostic {
    let diagnostic = Diagnostic::new(&RULE, span, format!("a step has no result `{result}`"))
        .label("not a result");
    match nearest(result, results.iter().copied()) {
        Some(guess) => diagnostic.help(format!("write `{step}.{guess}`")),
        None => diagnostic.help(format!("the results are {}", all_of(results.iter().copied()))),
    }
}

/// `.AnySucceeded` of a step that runs once.
pub(crate) fn not_a_loop(span: Span, step: &str, result: &str) -> Diagnostic {
    Diagnostic::new(&RULE, span, format!("`{step}.{result}` is asked of a step that runs once"))
        .label("only steps with items have this result")
        .help(format!(
            "write `{step}.{}`",
            if result == "AnySucceeded" { "Succeeded" } else { "Failed" }
        ))
}

/// `continueOn` beside `depends`.
pub(crate) fn continue_on(span: Span, step: &str, depends: Span) -> Diagnostic {
    Diagnostic::new(
        &RULE,
        span,
        format!("`continueOn` of step `{step}` cannot be combined with `depends`"),
    )
    .label("says when later steps run")
    .related(depends, "says it as well")
    .help(format!(
        "take `continueOn` out and write `({step}.Succeeded || {step}.Failed)` in `depends`"
    ))
}

/// `continueOn` of a task in a DAG in which a task says `depends`.
pub(crate) fn continue_on_task(span: Span, task: &str, depends: Span) -> Diagnostic {
    Diagnostic::new(
        &RULE,
        span,
        format!("`continueOn` of task `{task}` cannot be combined with `depends`"),
    )
    .label("says when later tasks run")
    .related(depends, "says it as well")
    .help(format!(
        "take `continueOn` out and write `({task}.Succeeded || {task}.Failed)` in `depends`"
    ))
}

/// A step is waited for whose name Argo cannot evaluate; `bad` is why.
pub(crate) fn name(span: Span, name: &str, bad: BadName) -> Diagnostic {
    let (label, note) = match bad {
        BadName::Word => (
            "a word of Argo's expressions",
            "Argo evaluates what a step waits for, and takes this name for an operator or a literal: the run would fail",
        ),
        BadName::Digit => (
            "begins with a digit",
            "Argo refuses a DAG in which a step waits for another and one begins with a digit",
        ),
    };
    Diagnostic::new(&RULE, span, format!("no step can wait for a step named `{name}`"))
        .label(label)
        .note(note)
        .help("give the step another name")
}
