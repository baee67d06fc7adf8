//! AP412: a schedule, a time or a time zone that Argo cannot read.

use crate::argo::value_forms::Form;
use crate::diagnostics::Diagnostic;
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
