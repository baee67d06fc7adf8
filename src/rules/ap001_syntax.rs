//! AP001: text that is not YAML, and is none of the slips that have a rule of their own.

use crate::diagnostics::Diagnostic;
use crate::source::Span;

rule!("AP001", "syntax", Error, "text that is not YAML");

/// What the parser says, and what that comes to in plain words.
const IN_PLAIN_WORDS: &[(&str, &str)] = &[
    ("simple key expect", "this line is no `key: value`, and no list item"),
    ("mapping values are not allowed", "a value that has `: ` in it needs quotes"),
    (
        "unknown anchor",
        "`*` at the start of a value refers to an anchor, and there is none of this name",
    ),
    ("unexpected character", "a value cannot start with this sign"),
    ("quote", "a quote that is opened here is not closed"),
];

/// `reason` is the parser's own account.
pub(crate) fn finding(span: Span, reason: &str) -> Diagnostic {
    let plain = IN_PLAIN_WORDS
        .iter()
        .find(|(known, _)| reason.contains(known))
        .map_or(reason, |(_, plain)| plain);
    Diagnostic::new(&RULE, span, format!("this is not YAML: {plain}"))
        .label("reading stopped here")
        .note("the rest of this document was not read; the other documents were")
        .help("a value with `: `, ` #`, or one of `{ [ * & ! | > ' \" % @` at its start needs quotes; every `[`, `{` and quote needs its end")
}

/// A control character that YAML takes in escapes only.
pub(crate) fn control(span: Span, character: char) -> Diagnostic {
    let code = u32::from(character);
    let escape = if code < 0x100 { format!("\\x{code:02x}") } else { format!("\\u{code:04x}") };
    Diagnostic::new(
        &RULE,
        span,
        format!("this is not YAML: it has the control character U+{code:04X}"),
    )
    .label("reading stopped here")
    .note("the rest of this document was not read; the other documents were")
    .help(format!("remove it, or write it as `{escape}` in double quotes"))
}

pub(crate) fn alias_to_itself(span: Span) -> Diagnostic {
    Diagnostic::new(&RULE, span, "this alias is part of the value that it refers to")
        .label("refers to a value that has not ended yet")
        .help("refer to a value that ends before this line, or write the value out")
}
