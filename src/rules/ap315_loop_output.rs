//! AP315: the outputs of a loop where one value is taken.

use crate::diagnostics::Diagnostic;
use crate::source::Span;

rule!("AP315", "loop-output", Error, "the outputs of a loop where one value is taken");

pub(crate) fn finding(span: Span, source: &str, output: &str) -> Diagnostic {
    Diagnostic::new(
        &RULE,
        span,
        format!(
            "`{source}` runs once for every item, and its `{output}` is a list of what each gave"
        ),
    )
    .label("one value is taken here")
    .note("Argo puts a JSON list in, of the items that succeeded")
    .help(
        "take it in a param of type `json`, in `withParam`, or pick a value: `{{=fromJSON(…)[0]}}`",
    )
}
