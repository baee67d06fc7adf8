//! AP104: a field that must be there and is not.

use crate::diagnostics::Diagnostic;
use crate::source::Span;

rule!("AP104", "missing-field", Error, "a required field that is not there");

/// `holder` is the place of the key whose map lacks the field, `doc` what the field is for.
pub(crate) fn finding(holder: Span, path: &str, key: &str, doc: &str) -> Diagnostic {
    Diagnostic::new(&RULE, holder, format!("`{path}` lacks `{key}`"))
        .label(format!("`{key}` is required here"))
        .help(format!("add `{key}`: {doc}"))
}
