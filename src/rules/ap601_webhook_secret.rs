//! AP601: a webhook whose events nothing would check.

use crate::diagnostics::Diagnostic;
use crate::source::Span;

rule!("AP601", "webhook-secret", Error, "a webhook whose events nothing checks");

pub(crate) fn finding(span: Span, account: &str, account_span: Span) -> Diagnostic {
    Diagnostic::new(&RULE, span, format!("account `{account}` has no secret to check events with"))
        .label("its events could come from anyone")
        .related(account_span, "the account")
        .note("without a secret Argo Events takes any request at the webhook's address for an event")
        .help("add `webhook: {secretFrom: {name: …}}` to the account, or `credentials` whose Secret has a key `webhook-secret`")
}
