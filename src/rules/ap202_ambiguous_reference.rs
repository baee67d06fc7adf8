//! AP202: a name that more than one definition in reach has.

use crate::diagnostics::Diagnostic;
use crate::model::Kind;
use crate::source::Span;

rule!("AP202", "ambiguous-reference", Error, "a reference that two definitions answer to");

/// One of the project's own and a global one.
pub(crate) fn finding(span: Span, kind: Kind, name: &str, own: Span, global: Span) -> Diagnostic {
    Diagnostic::new(
        &RULE,
        span,
        format!("`{name}` may be either of two {} definitions", kind.name()),
    )
    .label("which one?")
    .related(own, "the project's own")
    .related(global, "the global one")
    .help("rename one of them")
}

/// Two accounts at the host of a repository.
pub(crate) fn accounts(
    span: Span,
    host: &str,
    first: (&str, Span),
    second: (&str, Span),
) -> Diagnostic {
    Diagnostic::new(&RULE, span, format!("two accounts are at `{host}`"))
        .label("which one?")
        .related(first.1, format!("`{}`", first.0))
        .related(second.1, format!("`{}`", second.0))
        .help(format!("name the account: `repo: {{account: {}, name: owner/name}}`", first.0))
}
