//! AP005: Argo's `{{ }}` at the start of a bare value, which YAML reads as a map.

use crate::diagnostics::Diagnostic;
use crate::source::Span;

rule!("AP005", "unquoted-braces", Error, "`{{ }}` without quotes");

pub fn finding(span: Span, value: &str) -> Diagnostic {
    let value = value.trim_end();
    let quoted = format!("'{}'", value.replace('\'', "''"));
    Diagnostic::new(&RULE, span, "a value that starts with `{{` needs quotes")
        .label("YAML reads a map here")
        .help(format!("write {quoted}"))
        .fix(span, quoted)
}
