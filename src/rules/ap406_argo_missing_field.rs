//! AP406: a field that Argo requires and that is not there.

use crate::diagnostics::Diagnostic;
use crate::source::Span;

rule!("AP406", "argo-missing-field", Error, "a field that Argo requires and that is not there");

pub(crate) fn finding(span: Span, kind: &str, field: &str) -> Diagnostic {
    Diagnostic::new(&RULE, span, format!("Argo's `{kind}` needs `{field}`"))
        .label(format!("`{field}` is missing"))
        .help(format!("add `{field}`"))
}

/// An output that does not come from where its type of template has outputs; `sources` are the
/// fields of `valueFrom` that it can use.
pub(crate) fn output(span: Span, output: &str, kind: &str, sources: &[&str]) -> Diagnostic {
    let sources = crate::diagnostics::one_of(sources.iter().copied());
    Diagnostic::new(&RULE, span, format!("output `{output}` of a {kind} template needs {sources}"))
        .label(format!("{sources} is missing"))
        .help(format!("give its `valueFrom` {sources}"))
}

/// A template of a Task that has several needs a name.
pub(crate) fn template_name(span: Span) -> Diagnostic {
    Diagnostic::new(&RULE, span, "each of several templates needs a name")
        .label("`name` is missing")
        .help("add `name`: what `taskRef.template` refers to")
}

/// A list that needs an item: the containers of a set.
pub(crate) fn no_items(span: Span, what: &str, item: &str) -> Diagnostic {
    Diagnostic::new(&RULE, span, format!("{what} needs at least one {item}"))
        .label("none is here")
        .help(format!("add a {item}"))
}

/// A container set that takes or gives files has to say which container does.
pub(crate) fn main_container(span: Span, reason: Span) -> Diagnostic {
    Diagnostic::new(
        &RULE,
        span,
        "a container set with artifacts or outputs needs a container `main`",
    )
    .label("none of its containers is `main`")
    .related(reason, "this is taken from, or put into, `main`")
    .help("name the container `main` that this is for")
}

/// An argument whose `valueFrom` has nothing that an argument can be from.
pub(crate) fn argument(span: Span, argument: &str, sources: &[&str]) -> Diagnostic {
    let sources = crate::diagnostics::one_of(sources.iter().copied());
    Diagnostic::new(&RULE, span, format!("`valueFrom` of argument `{argument}` needs {sources}"))
        .label(format!("{sources} is missing"))
        .help("give a `value`; a tag may stand in it")
}
