//! AP105: a value of another type than the field's.

use crate::diagnostics::Diagnostic;
use crate::tree::scalar::{Resolved, resolve};
use crate::tree::{Node, Value};

rule!("AP105", "wrong-type", Error, "a value of the wrong type");

/// `wanted` is the type with its article: "a string".
pub fn finding(node: &Node, path: &str, wanted: &str) -> Diagnostic {
    let diagnostic = Diagnostic::new(&RULE, node.span, format!("`{path}` must be {wanted}")).label(format!("this is {}", found(node)));
    match &node.value {
        Value::Scalar(scalar) if wanted == "a string" && !node.is_null() => {
            let quoted = format!("\"{}\"", scalar.text);
            diagnostic.help(format!("write {quoted}")).fix(node.span, quoted)
        }
        _ => diagnostic.help(format!("give {wanted}")),
    }
}

/// What a node is, as kubectl would read it.
pub fn found(node: &Node) -> &'static str {
    match &node.value {
        Value::List(_) => "a list",
        Value::Map(_) => "a map",
        Value::Scalar(scalar) if !scalar.plain => "a string",
        Value::Scalar(scalar) => match resolve(&scalar.text) {
            Resolved::Null => "nothing",
            Resolved::Bool(_) => "a boolean",
            Resolved::Int(_) | Resolved::Float(_) => "a number",
            Resolved::Str => "a string",
        },
    }
}
