//! AP712: two crons of a Schedule that meet.

use crate::diagnostics::Diagnostic;
use crate::source::Span;

rule!("AP712", "crons-meet", Note, "two crons of a Schedule that meet");

/// `first` is the cron before it that has a minute in common with it.
pub(crate) fn finding(span: Span, cron: &str, first: Span, other: &str) -> Diagnostic {
    let message = format!("`{cron}` and `{other}` have minutes in common, with one run in each");
    Diagnostic::new(&RULE, span, message)
        .label("meets another")
        .related(first, "this one")
        .note("Argo names runs after the minute, so that the second of a minute exists already")
        .help("keep the crons apart if two runs are meant")
}
