//! AP413: a length of time that Argo cannot read.

use crate::argo::value_forms::Form;
use crate::diagnostics::Diagnostic;
use crate::source::Span;

rule!("AP413", "duration", Error, "a length of time that Argo cannot read");

/// `form` is that of the reader of the field, which does not take the text.
pub(crate) fn finding(span: Span, text: &str, field: &str, form: Form) -> Diagnostic {
    let message = format!("`{field}` cannot be `{text}`");
    let diagnostic = Diagnostic::new(&RULE, span, message).label("not a length of time");
    let diagnostic = if text.ends_with(['d', 'w']) {
        diagnostic.note("Argo knows no unit longer than `h`, an hour")
    } else if text.parse::<i64>().is_ok_and(|number| number >= 0) {
        diagnostic.note("this field needs a unit, even where others take a bare number for seconds")
    } else {
        diagnostic
    };
    match form.nearest(text) {
        Some(guess) => diagnostic.help(format!("write `{guess}`")).fix(span, guess),
        None => diagnostic.help(format!("give {}", form.wanted())),
    }
}
