//! AP310: a name that is too long, or has no DNS-1123 form.

use crate::diagnostics::Diagnostic;
use crate::source::Span;

rule!("AP310", "name", Error, "a name that Kubernetes or Argo would refuse");

/// `limit` is in characters; `what` is the object: "a `WorkflowTemplate`".
pub(crate) fn too_long(span: Span, name: &str, what: &str, limit: usize) -> Diagnostic {
    Diagnostic::new(
        &RULE,
        span,
        format!(
            "the name of {what} has at most {limit} characters, this one has {}",
            name.chars().count()
        ),
    )
    .label(format!("emitted as `{name}`"))
    .help(format!("shorten it by {}", name.chars().count().saturating_sub(limit)))
}

/// The fixed part of a build's name leaves no room for what tells builds apart.
pub(crate) fn no_room(span: Span, fixed: usize, limit: usize) -> Diagnostic {
    Diagnostic::new(&RULE, span, format!("names of builds get too long: their fixed parts have {fixed} characters, and a name at most {limit}"))
        .label("makes these names")
        .help("shorten the text between the variables, or the names that they stand for")
}

pub(crate) fn no_form(span: Span, name: &str) -> Diagnostic {
    Diagnostic::new(&RULE, span, format!("`{name}` has no DNS-1123 form"))
        .label("no letter and no digit")
        .note("what is emitted is named in lower-case letters, digits and `-`")
        .help("give a name with letters or digits")
}

/// Names inside a Workflow: of steps, params, outputs.
pub(crate) fn not_argo(span: Span, name: &str, what: &str, signs: &str) -> Diagnostic {
    Diagnostic::new(&RULE, span, format!("`{name}` cannot be the name of {what}"))
        .label("Argo refuses this name")
        .help(format!("use {signs}"))
}

/// A name that Argo has for a container of its own.
pub(crate) fn reserved(span: Span, name: &str) -> Diagnostic {
    Diagnostic::new(&RULE, span, format!("Argo has a container `{name}` of its own in every pod"))
        .label("reserved name")
        .help("give the container another name")
}

/// A task whose name starts with a digit, in a DAG that has an order.
pub(crate) fn digit_first(span: Span, name: &str) -> Diagnostic {
    Diagnostic::new(
        &RULE,
        span,
        format!("task `{name}` starts with a digit, in a DAG with `depends` or `dependencies`"),
    )
    .label("Argo refuses this name")
    .help("start it with a letter")
}

/// A name in a field of Argo's or Kubernetes' own; `signs` are those that it can have.
pub(crate) fn value(span: Span, text: &str, field: &str, signs: &str) -> Diagnostic {
    Diagnostic::new(&RULE, span, format!("`{field}` cannot be `{text}`"))
        .label("Argo or Kubernetes refuses this")
        .help(format!("use {signs}"))
}

/// The name of a webhook, which a Sensor's trigger has in an expression.
pub(crate) fn in_conditions(span: Span, name: &str) -> Diagnostic {
    Diagnostic::new(&RULE, span, format!("no trigger can name a webhook `{name}`"))
        .label("a number or a word of expressions")
        .note("Argo Events evaluates the `conditions` of a trigger, and takes this for something else than a name: the trigger would never fire")
        .help("give the webhook another name, with a letter first")
}

/// A key of labels, annotations, limits.
pub(crate) fn key(span: Span, text: &str, field: &str, signs: &str) -> Diagnostic {
    Diagnostic::new(&RULE, span, format!("`{field}` cannot have the key `{text}`"))
        .label("Kubernetes refuses this key")
        .help(format!("use {signs}"))
}
