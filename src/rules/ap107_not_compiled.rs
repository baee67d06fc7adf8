//! AP107: something that argopacks knows and this version does not compile.

use crate::diagnostics::Diagnostic;
use crate::source::Span;
use crate::tree::Key;

rule!("AP107", "not-compiled-yet", Error, "something that this version does not compile yet");

const WHY: &str = "it is part of the language, but this version of argopacks does not compile it; to leave it out in silence would be worse";

pub(crate) fn field(key: &Key, path: &str) -> Diagnostic {
    Diagnostic::new(&RULE, key.span, format!("`{path}.{}` is not compiled yet", key.text))
        .label("known, not compiled yet")
        .note(WHY)
        .help("take it out")
}

pub(crate) fn value(span: Span, value: &str, path: &str) -> Diagnostic {
    Diagnostic::new(&RULE, span, format!("`{value}` for `{path}` is not compiled yet"))
        .label("known, not compiled yet")
        .note(WHY)
        .help("take it out")
}

pub(crate) fn kind(span: Span, kind: &str) -> Diagnostic {
    Diagnostic::new(&RULE, span, format!("the kind `{kind}` is not compiled yet"))
        .label("known, not compiled yet")
        .note(WHY)
        .help("take the definition out")
}

/// A webhook on an account whose provider has no file in `templates/providers`.
pub(crate) fn provider(span: Span, account: Span, provider: &str) -> Diagnostic {
    Diagnostic::new(&RULE, span, format!("webhooks of provider `{provider}` are not compiled yet"))
        .label("the repository is at this provider")
        .related(account, "the account that it is found by")
        .note(WHY)
        .help("take the webhook out")
}
