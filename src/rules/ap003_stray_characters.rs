//! AP003: signs that stand before a key, as in `****spec:`.

use crate::diagnostics::Diagnostic;
use crate::source::Span;

rule!("AP003", "stray-characters", Error, "signs before a key");

pub(crate) fn finding(span: Span, signs: &str, key: &str) -> Diagnostic {
    Diagnostic::new(&RULE, span, format!("`{signs}` stands before the key `{key}`"))
        .label("YAML reads these signs as an anchor, an alias, a tag or a quote")
        .help(format!("write `{key}:`"))
        .fix(span, key)
}
