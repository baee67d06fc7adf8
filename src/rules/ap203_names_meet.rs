//! AP203: two definitions that come to one emitted name in one place.

use crate::diagnostics::Diagnostic;
use crate::source::Span;

rule!("AP203", "names-meet", Error, "two definitions with one emitted name");

/// Two definitions of one kind, name and scope.
pub(crate) fn duplicate(span: Span, kind: &str, name: &str, first: Span) -> Diagnostic {
    Diagnostic::new(&RULE, span, format!("{kind} `{name}` is defined twice"))
        .label("defined again")
        .related(first, "first defined here")
        .help("rename one of them, or delete it")
}

/// Two definitions whose names differ and whose emitted names do not. `place` is "in namespace `x`"
/// or "in the cluster".
pub(crate) fn emitted(
    span: Span,
    object: &str,
    emitted: &str,
    place: &str,
    first: Span,
) -> Diagnostic {
    Diagnostic::new(
        &RULE,
        span,
        format!("two definitions are emitted as {object} `{emitted}` {place}"),
    )
    .label(format!("emitted as `{emitted}`"))
    .related(first, format!("emitted as `{emitted}` too"))
    .note("names are emitted in their DNS-1123 form: lower case, words joined by `-`")
    .help("rename one of them")
}

/// A second Config.
pub(crate) fn second_config(span: Span, first: Span) -> Diagnostic {
    Diagnostic::new(&RULE, span, "there is more than one Config")
        .label("second one")
        .related(first, "first one")
        .help("put the settings into one of them")
}
