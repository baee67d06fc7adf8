//! AP402: a value of another type than Argo's field has.

use super::ap105_wrong_type::found;
use crate::argo::facts::Bounds;
use crate::diagnostics::Diagnostic;
use crate::source::Span;
use crate::tree::{Node, Value};

rule!("AP402", "argo-type", Error, "a value of a type that Argo does not take");

/// `wanted` is the type with its article, `span` that of the node or of the nearest written one.
pub(crate) fn finding(span: Span, node: &Node, field: &str, wanted: &str) -> Diagnostic {
    let diagnostic = Diagnostic::new(&RULE, span, format!("Argo's `{field}` is {wanted}"))
        .label(format!("this is {}", found(node)));
    match &node.value {
        Value::Scalar(scalar)
            if wanted == "a string" && scalar.plain && !scalar.text.is_empty() =>
        {
            let quoted = format!("\"{}\"", scalar.text);
            diagnostic.help(format!("write {quoted}")).fix(span, quoted)
        }
        Value::Scalar(scalar) if scalar.text.contains("{{") => diagnostic
            .note(
                "a tag is text until the run, and this field takes none: Argo refuses the template",
            )
            .help(format!("write {wanted} here; a param can go into fields that are strings")),
        _ => diagnostic.help(format!("give {wanted}")),
    }
}

/// A number that the field's type cannot hold, or that the field does not take.
pub(crate) fn out_of_range(span: Span, number: i128, field: &str, bounds: Bounds) -> Diagnostic {
    Diagnostic::new(&RULE, span, format!("Argo's `{field}` is an integer {bounds}"))
        .label(format!("this is {number}"))
        .help(format!("give an integer {bounds}"))
}

/// A list with too few items or too many.
pub(crate) fn count(span: Span, len: usize, field: &str, bounds: Bounds) -> Diagnostic {
    let wanted = match (bounds.min, bounds.max) {
        (Some(min), _) if i128::try_from(len).is_ok_and(|len| len < min) => {
            format!("at least {min}")
        }
        (_, Some(max)) => format!("at most {max}"),
        _ => format!("a number of items {bounds}"),
    };
    let items = if wanted == "at least 1" { "item" } else { "items" };
    Diagnostic::new(
        &RULE,
        span,
        format!("Argo's `{field}` has {wanted} {items}, and this has {len}"),
    )
    .label(format!("{len} of them"))
    .help(if len == 0 { "add one, or take the field out" } else { "split it" })
}

/// Text that is read as something else, and is not that; `wanted` has its article.
pub(crate) fn form(span: Span, text: &str, field: &str, wanted: &str) -> Diagnostic {
    Diagnostic::new(&RULE, span, format!("Argo's `{field}` is {wanted}"))
        .label(format!("this is `{text}`"))
        .help(format!("give {wanted}"))
}

/// Text that has another form than the field wants; `guess` is what was probably meant.
pub(crate) fn value(
    span: Span,
    text: &str,
    field: &str,
    wanted: &str,
    guess: Option<String>,
) -> Diagnostic {
    let message = format!("`{field}` cannot be `{text}`");
    let diagnostic = Diagnostic::new(&RULE, span, message).label("not valid here");
    match guess {
        Some(guess) => diagnostic.help(format!("write `{guess}`")).fix(span, guess),
        None => diagnostic.help(format!("give {wanted}")),
    }
}

/// A quantity written as a number that is not whole.
pub(crate) fn fraction(span: Span, text: &str, field: &str) -> Diagnostic {
    let quoted = format!("\"{text}\"");
    Diagnostic::new(&RULE, span, format!("Argo's `{field}` is an integer or a string"))
        .label("this is a fraction")
        .note("Kubernetes takes a quantity as text, and as a number only if that is whole and not below zero")
        .help(format!("write {quoted}"))
        .fix(span, quoted)
}
