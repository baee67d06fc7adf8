//! AP401: a field that Argo and Kubernetes do not have.

use crate::diagnostics::{Diagnostic, all_of};
use crate::source::Span;

rule!("AP401", "unknown-argo-field", Error, "a field that Argo does not have");

/// `kind` is the type that lacks the field, `fields` those that it has, `guess` the one of them that
/// is probably meant.
pub(crate) fn finding(
    span: Span,
    field: &str,
    kind: &str,
    guess: Option<&str>,
    fields: &[&str],
) -> Diagnostic {
    let diagnostic =
        Diagnostic::new(&RULE, span, format!("Argo's `{kind}` has no field `{field}`"))
            .label("unknown field")
            .note("Argo's controller refuses the template, or drops the field without a word");
    match guess {
        Some(guess) => diagnostic.help(format!("write `{guess}`")).fix(span, guess),
        None if fields.is_empty() => diagnostic.help("it has no fields: write `{}`"),
        None if fields.len() <= 12 => {
            diagnostic.help(format!("its fields are {}", all_of(fields.iter().copied())))
        }
        None => diagnostic
            .help(format!("see Argo's documentation of `{kind}` for its {} fields", fields.len())),
    }
}

/// A field that a map beside it has: the one under `holder`.
pub(crate) fn of_other(span: Span, field: &str, kind: &str, holder: &str) -> Diagnostic {
    Diagnostic::new(&RULE, span, format!("Argo's `{kind}` has no field `{field}`"))
        .label("unknown field")
        .note("Argo's controller refuses the template, or drops the field without a word")
        .help(format!("put it under `{holder}`, which has it"))
}
