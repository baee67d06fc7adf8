//! AP005: a bare value that starts with a sign which YAML keeps for itself, Argo's `{{ }}` above
//! all.

use crate::diagnostics::Diagnostic;
use crate::source::Span;

rule!("AP005", "unquoted-braces", Error, "`{{ }}` without quotes");

pub(crate) fn finding(span: Span, value: &str) -> Diagnostic {
    let value = value.trim_end();
    let quoted = format!("'{}'", value.replace('\'', "''"));
    let (sign, label) = match value.chars().next() {
        Some('{') => ("{{", "YAML reads a map here"),
        Some('%') => ("%", "YAML keeps `%` for directives"),
        Some('*') => ("*", "YAML reads a reference to an anchor here"),
        Some('@') => ("@", "YAML keeps `@` for later"),
        _ => ("`", "YAML keeps this sign for later"),
    };
    Diagnostic::new(&RULE, span, format!("a value that starts with `{sign}` needs quotes"))
        .label(label)
        .help(format!("write {quoted}"))
        .fix(span, quoted)
}
