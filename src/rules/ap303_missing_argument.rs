//! AP303: a required param that nothing gives a value.

use crate::diagnostics::{Diagnostic, all_of, nearest};
use crate::source::Span;

rule!("AP303", "missing-argument", Error, "a required param that nothing gives a value");

/// `in_scope` are the names that would have been taken.
pub(crate) fn finding(
    step: Span,
    step_name: &str,
    task: &str,
    param: &str,
    declared: Span,
    in_scope: &[&str],
) -> Diagnostic {
    let is_inline = declared == step;
    let whose = if is_inline { "its template".to_owned() } else { format!("Task `{task}`") };
    let diagnostic = Diagnostic::new(
        &RULE,
        step,
        format!("step `{step_name}` gives no value to param `{param}` of {whose}"),
    )
    .label(format!("`{param}` is missing"));
    let diagnostic = if is_inline {
        diagnostic
    } else {
        diagnostic.related(declared, "required here: it has no default")
    };
    let scope = if in_scope.is_empty() {
        "nothing is in scope".to_owned()
    } else {
        format!("in scope: {}", in_scope.join(", "))
    };
    let diagnostic = diagnostic.note(format!("no argument, Builder param, build parameter or output of an earlier step has this name; {scope}"));
    match nearest(param, in_scope.iter().copied()) {
        Some(guess) => diagnostic.help(format!("add `{{name: {param}, value: …}}` to `task.arguments.params`; did you mean to pass `{guess}`?")),
        None => diagnostic.help(format!("add `{{name: {param}, value: …}}` to `task.arguments.params`, or a Builder param `{param}`")),
    }
}

/// A Task that is run on an event.
pub(crate) fn on_event(
    span: Span,
    task: &str,
    param: &str,
    declared: Span,
    in_scope: &[&str],
) -> Diagnostic {
    Diagnostic::new(
        &RULE,
        span,
        format!("no value for param `{param}` of Task `{task}` on an event"),
    )
    .label(format!("`{param}` is missing"))
    .related(declared, "required here: it has no default")
    .note(format!("what the event knows: {}", all_of(in_scope.iter().copied())))
    .help(format!("add `{{name: {param}, value: …}}` to `event.task.arguments.params`"))
}

/// A Task that a Schedule runs.
pub(crate) fn on_schedule(
    span: Span,
    task: &str,
    param: &str,
    declared: Span,
    in_scope: &[&str],
) -> Diagnostic {
    let message = format!("no value for param `{param}` of Task `{task}` in a Schedule");
    Diagnostic::new(&RULE, span, message)
        .label(format!("`{param}` is missing"))
        .related(declared, "required here: it has no default")
        .note(format!("what a Schedule knows: {}", all_of(in_scope.iter().copied())))
        .help(format!("add `{{name: {param}, value: …}}` to `task.arguments.params`"))
}

/// A Builder param without default that a Pipeline does not set.
pub(crate) fn builder_param(span: Span, builder: &str, param: &str, declared: Span) -> Diagnostic {
    Diagnostic::new(&RULE, span, format!("Builder `{builder}` requires a param `{param}`"))
        .label(format!("`{param}` is missing"))
        .related(declared, "required here: it has no default")
        .help(format!("add `{param}: …` to `builder.params`"))
}

/// A call of a template by another that gives no value to what it requires. `call` says what calls:
/// "task `lint`"; `what` is "param" or "artifact".
pub(crate) fn in_call(
    span: Span,
    call: &str,
    template: &str,
    what: &str,
    name: &str,
    declared: Span,
) -> Diagnostic {
    let list = if what == "param" { "parameters" } else { "artifacts" };
    let source = if what == "param" { "value" } else { "from" };
    Diagnostic::new(
        &RULE,
        span,
        format!("{call} gives no value to {what} `{name}` of template `{template}`"),
    )
    .label(format!("`{name}` is missing"))
    .related(declared, "required here")
    .help(format!("add `{{name: {name}, {source}: …}}` to its `arguments.{list}`"))
}

/// A call of a template that uses a param of the Task and is not given it.
pub(crate) fn not_passed_on(
    span: Span,
    call: &str,
    template: &str,
    param: &str,
    declared: Span,
) -> Diagnostic {
    Diagnostic::new(&RULE, span, format!("{call} does not pass the param `{param}` on to template `{template}`"))
        .label(format!("`{param}` is missing"))
        .related(declared, "declared here")
        .note("a value given to the Task would never reach that template")
        .help(format!("add `{{name: {param}, value: '{{{{inputs.parameters.{param}}}}}'}}` to its `arguments.parameters`"))
}
