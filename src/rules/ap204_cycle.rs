//! AP204: steps that wait for each other.

use crate::diagnostics::Diagnostic;
use crate::source::Span;

rule!("AP204", "cycle", Error, "steps that wait for each other");

/// `steps` are the names and places around the cycle, beginning with the step listed first.
pub(crate) fn finding(steps: &[(&str, Span)]) -> Diagnostic {
    of("step", steps)
}

/// A cycle of tasks, steps or containers; `what` is one of them.
pub(crate) fn of(what: &str, items: &[(&str, Span)]) -> Diagnostic {
    if let [(name, span)] = items {
        return waits_for_itself(*span, what, name);
    }
    let message = format!("these {what}s wait for each other: {}", around(items));
    let diagnostic = Diagnostic::new(&RULE, items[0].1, message).label("waits for the next");
    related(diagnostic, items, "waits for")
        .note("→ reads as \"runs after\"; none of them could ever start")
        .help("take one of the dependencies out")
}

/// Templates that call each other without a condition; `calls` are the templates and the places of
/// the calls in them.
pub(crate) fn recursion(calls: &[(&str, Span)]) -> Diagnostic {
    let diagnostic = if let [(name, span)] = calls {
        Diagnostic::new(&RULE, *span, format!("template `{name}` always calls itself"))
            .label("calls itself")
    } else {
        let message = format!("these templates always call each other: {}", around(calls));
        let diagnostic = Diagnostic::new(&RULE, calls[0].1, message).label("calls the next");
        related(diagnostic, calls, "calls")
    };
    diagnostic
        .note("nothing says when to stop, so the run never ends")
        .help("give one of the calls a `when`")
}

/// The names around a cycle, ending with the first.
fn around(items: &[(&str, Span)]) -> String {
    let names = items.iter().chain(items.first()).map(|(name, _)| format!("`{name}`"));
    names.collect::<Vec<_>>().join(" → ")
}

fn related(mut diagnostic: Diagnostic, items: &[(&str, Span)], verb: &str) -> Diagnostic {
    for (at, (_, span)) in items.iter().enumerate().skip(1) {
        let next = if at + 1 == items.len() { "first" } else { "next" };
        diagnostic = diagnostic.related(*span, format!("{verb} the {next}"));
    }
    diagnostic
}

fn waits_for_itself(span: Span, what: &str, name: &str) -> Diagnostic {
    Diagnostic::new(&RULE, span, format!("{what} `{name}` waits for itself"))
        .label("could never start")
        .help("take its own name out of its dependencies")
}
