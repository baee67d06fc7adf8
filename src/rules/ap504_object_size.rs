//! AP504: a Sensor or `EventSource` whose pod could not start.

use crate::diagnostics::Diagnostic;
use crate::source::Span;

rule!("AP504", "object-size", Error, "a Sensor or EventSource that is too large for its pod");

pub(crate) fn finding(span: Span, object: &str, bytes: usize, limit: usize) -> Diagnostic {
    Diagnostic::new(&RULE, span, format!("{object} comes to {bytes} bytes of JSON with this one definition in it; {limit} is the limit"))
        .label("too large by itself")
        .note("the controller hands the object to its pod in one environment variable, and Linux refuses a larger one")
        .help("shorten it: fewer branches, params or arguments")
}
