//! AP301: an argument that no param takes.

use crate::diagnostics::{Diagnostic, all_of, nearest};
use crate::source::Span;

rule!("AP301", "unknown-argument", Error, "an argument that no param takes");

/// `whose` says what takes params: "Task `ReleaseDef`".
pub(crate) fn finding(span: Span, name: &str, whose: &str, params: &[&str]) -> Diagnostic {
    let diagnostic = Diagnostic::new(&RULE, span, format!("{whose} has no param `{name}`"))
        .label("nothing takes this");
    match nearest(name, params.iter().copied()) {
        Some(guess) => diagnostic.help(format!("write `{guess}`")).fix(span, guess),
        None if params.is_empty() => diagnostic.help("it takes no params: take this out"),
        None => diagnostic.help(format!("its params are {}", all_of(params.iter().copied()))),
    }
}

/// An artifact that is handed to a template that does not take it.
pub(crate) fn artifact(span: Span, name: &str, whose: &str, artifacts: &[&str]) -> Diagnostic {
    let message = format!("{whose} takes no artifact `{name}`");
    let diagnostic = Diagnostic::new(&RULE, span, message).label("nothing takes this");
    match nearest(name, artifacts.iter().copied()) {
        Some(guess) => diagnostic.help(format!("write `{guess}`")).fix(span, guess),
        None if artifacts.is_empty() => diagnostic.help("it takes no artifacts: take this out"),
        None => diagnostic.help(format!("it takes {}", all_of(artifacts.iter().copied()))),
    }
}
