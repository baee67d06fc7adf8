//! AP309: a `%variable%` that does not exist, or is not known where it is used.

use crate::diagnostics::{Diagnostic, Level, all_of, nearest};
use crate::source::Span;

rule!("AP309", "variable", Error, "a `%variable%` that is not known");

pub(crate) fn unknown(span: Span, name: &str, known: &[&str]) -> Diagnostic {
    let diagnostic = Diagnostic::new(&RULE, span, format!("there is no variable `%{name}%`"))
        .label("unknown variable");
    match nearest(name, known.iter().copied()) {
        Some(guess) => {
            diagnostic.help(format!("write `%{guess}%`")).fix(span, format!("%{guess}%"))
        }
        None => diagnostic.help(format!(
            "the variables are {}; a percent sign is `%%`",
            all_of(known.iter().copied())
        )),
    }
}

pub(crate) fn unclosed(span: Span) -> Diagnostic {
    Diagnostic::new(&RULE, span, "`%` starts a variable that does not end")
        .label("here")
        .help("write `%%` for a percent sign")
}

/// A variable in a value that is handed on as it is; `instead` has its value in a run.
pub(crate) fn handed_on(span: Span, name: &str, instead: &str) -> Diagnostic {
    let help = if instead.contains("CHECKOUT") {
        format!(
            "write `{instead}` in the step's argument, with the name of the step that checks the code out"
        )
    } else {
        format!("write `{instead}`")
    };
    let message = format!("`%{name}%` has no value in what is handed to a step");
    let diagnostic = Diagnostic::new(&RULE, span, message)
        .label("handed on as it is")
        .note("variables have a value in `tag`, in `buildNameTpl` and in the params of a Webhook")
        .help(help);
    Diagnostic { level: Level::Warning, ..diagnostic }
}

/// The variable has no value at this time; `why` says when it has one.
pub(crate) fn not_known(span: Span, name: &str, why: &str, help: &str) -> Diagnostic {
    Diagnostic::new(&RULE, span, format!("`%{name}%` is not known here"))
        .label("no value here")
        .note(why)
        .help(help)
}
