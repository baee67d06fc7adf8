//! AP204: steps that wait for each other.

use crate::diagnostics::Diagnostic;
use crate::source::Span;

rule!("AP204", "cycle", Error, "steps that wait for each other");

/// `steps` are the names and places around the cycle, beginning with the step listed first.
pub fn finding(steps: &[(&str, Span)]) -> Diagnostic {
    if let [(name, span)] = steps {
        return waits_for_itself(*span, name);
    }
    let names: Vec<String> = steps.iter().chain(steps.first()).map(|(name, _)| format!("`{name}`")).collect();
    let mut diagnostic = Diagnostic::new(&RULE, steps[0].1, format!("these steps wait for each other: {}", names.join(" → "))).label("waits for the next");
    for (at, (_, span)) in steps.iter().enumerate().skip(1) {
        diagnostic = diagnostic.related(*span, if at + 1 == steps.len() { "waits for the first" } else { "waits for the next" });
    }
    diagnostic.note("→ reads as \"runs after\"; none of them could ever start").help("take one of the dependencies out")
}

fn waits_for_itself(span: Span, step: &str) -> Diagnostic {
    Diagnostic::new(&RULE, span, format!("step `{step}` waits for itself"))
        .label("could never start")
        .help("take its own name out of its dependencies")
}
