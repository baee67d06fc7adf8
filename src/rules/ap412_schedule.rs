//! AP412: a schedule, a time or a time zone that Argo cannot read.

use std::ops::Range;

use crate::argo::value_forms::Form;
use crate::argo::value_forms::cron::Flaw;
use crate::argo::value_forms::time::is_timezone;
use crate::diagnostics::Diagnostic;
use crate::model::Text;
use crate::source::Span;

rule!("AP412", "schedule", Error, "a schedule, a time or a time zone that Argo cannot read");

/// `form` is that of a schedule, a time or a time zone, which the text does not have.
pub(crate) fn finding(span: Span, text: &str, field: &str, form: Form) -> Diagnostic {
    let what = match form {
        Form::Timezone => "time zone",
        Form::TimeOfDay => "time of day",
        _ => "schedule",
    };
    let diagnostic = Diagnostic::new(&RULE, span, format!("`{field}` cannot be `{text}`"))
        .label(form.reason(text).unwrap_or_else(|| format!("not a {what}")));
    match form.nearest(text) {
        Some(guess) => diagnostic.help(format!("write `{guess}`")).fix(span, guess),
        None => diagnostic.help(format!("give {}", form.wanted())),
    }
}

/// A cron of a definition, with what is wrong in it.
pub(crate) fn cron(text: &Text, path: &str, flaw: &Flaw) -> Diagnostic {
    let span = text.part(flaw.range.start, flaw.range.end);
    let message = format!("`{path}` cannot be `{}`", &**text);
    let diagnostic = Diagnostic::new(&RULE, span, message).label(&flaw.why);
    if let Some(zone) = zone_in(text).filter(|zone| flaw.range.start <= zone.end) {
        let zone = &text[zone];
        return if is_timezone(zone) {
            diagnostic.help(format!("take it out, and write `timezone: {zone}`"))
        } else {
            diagnostic.help(format!("take it out, and give `timezone` {}", Form::Timezone.wanted()))
        };
    }
    match &flaw.instead {
        Some(instead) => diagnostic.help(format!("write `{instead}`")).fix(span, instead),
        None => diagnostic.help(format!("give {}", Form::Cron.wanted())),
    }
}

/// Where the time zone is that a cron begins with.
fn zone_in(text: &str) -> Option<Range<usize>> {
    let has_zone = text.starts_with("TZ=") || text.starts_with("CRON_TZ=");
    let start = text.find('=').filter(|_| has_zone)? + 1;
    Some(start..text.find(' ').unwrap_or(text.len()))
}

/// The time zone of a definition.
pub(crate) fn timezone(text: &Text, path: &str) -> Diagnostic {
    if *text.value == *"Local" {
        return Diagnostic::new(&RULE, text.span, format!("`{path}` cannot be `Local`"))
            .label("that of the machine which the controller runs on")
            .help(format!("give {}", Form::Timezone.wanted()));
    }
    finding(text.span, text, path, Form::Timezone)
}
