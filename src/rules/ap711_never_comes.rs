//! AP711: a cron that never comes.

use crate::diagnostics::Diagnostic;
use crate::source::Span;

rule!("AP711", "never-comes", Warning, "a cron that never comes");

pub(crate) fn finding(span: Span, cron: &str) -> Diagnostic {
    Diagnostic::new(&RULE, span, format!("`{cron}` never comes: no month has such a day"))
        .label("starts nothing")
        .help("give a day that the months have, or stop the Schedule with `suspend: true`")
}

/// A cron with a field of commas and nothing between them.
pub(crate) fn empty_field(span: Span, cron: &str) -> Diagnostic {
    Diagnostic::new(&RULE, span, format!("`{cron}` never comes: a field of it is empty"))
        .label("starts nothing")
        .help("give the field a number, or `*`")
}
