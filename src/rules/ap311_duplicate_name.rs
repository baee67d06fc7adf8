//! AP311: two steps, params or outputs of one name in one list.

use crate::diagnostics::Diagnostic;
use crate::source::Span;

rule!("AP311", "duplicate-name", Error, "one name twice in a list");

pub(crate) fn finding(span: Span, what: &str, name: &str, first: Span) -> Diagnostic {
    Diagnostic::new(&RULE, span, format!("there are two {what}s `{name}`"))
        .label("second one")
        .related(first, "first one")
        .help("rename one of them, or delete it")
}

/// A name that a list of references has twice; `field` is the list.
pub(crate) fn listed(span: Span, field: &str, name: &str, first: Span) -> Diagnostic {
    Diagnostic::new(&RULE, span, format!("`{field}` names `{name}` twice"))
        .label("second time")
        .related(first, "first time")
        .help("delete one of them")
}

/// A param that has the name of a build parameter.
pub(crate) fn reserved(span: Span, name: &str) -> Diagnostic {
    Diagnostic::new(&RULE, span, format!("`{name}` is the name of a build parameter"))
        .label("a Builder param cannot have this name")
        .note("every pipeline has it already: Tasks that take it get it without a param")
        .help("take the param out, or give it another name")
}

/// A param of a run that Argo has something else for.
pub(crate) fn of_argo(span: Span, name: &str) -> Diagnostic {
    Diagnostic::new(&RULE, span, format!("`{name}` cannot be a parameter of a run"))
        .label("Argo has this name for something else")
        .note("`{{workflow.parameters.json}}` is all parameters of the run, as JSON: this one's value would never arrive")
        .help("give the param another name")
}

/// A path of a container at which something else is mounted.
pub(crate) fn mount(span: Span, path: &str, first: Span) -> Diagnostic {
    Diagnostic::new(&RULE, span, format!("`{path}` has two mounts in one container"))
        .label("second one")
        .related(first, "first one")
        .help("mount one of them elsewhere")
}
