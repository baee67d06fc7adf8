//! AP402: a value of another type than Argo's field has.

use super::ap105_wrong_type::found;
use crate::diagnostics::Diagnostic;
use crate::source::Span;
use crate::tree::{Node, Value};

rule!("AP402", "argo-type", Error, "a value of a type that Argo does not take");

/// `wanted` is the type with its article, `span` that of the node or of the nearest written one.
pub fn finding(span: Span, node: &Node, field: &str, wanted: &str) -> Diagnostic {
    let diagnostic = Diagnostic::new(&RULE, span, format!("Argo's `{field}` is {wanted}")).label(format!("this is {}", found(node)));
    match &node.value {
        Value::Scalar(scalar) if wanted == "a string" && scalar.plain && !scalar.text.is_empty() => {
            let quoted = format!("\"{}\"", scalar.text);
            diagnostic.help(format!("write {quoted}")).fix(span, quoted)
        }
        Value::Scalar(scalar) if scalar.text.contains("{{") => {
            diagnostic.note("a tag is text until the run, and this field takes none: Argo refuses the template").help(format!("write {wanted} here; a param can go into fields that are strings"))
        }
        _ => diagnostic.help(format!("give {wanted}")),
    }
}
