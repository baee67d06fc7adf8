//! AP105: a value of another type than the field's.

use crate::diagnostics::Diagnostic;
use crate::tree::scalar::{Resolved, resolve};
use crate::tree::{Node, Value};

rule!("AP105", "wrong-type", Error, "a value of the wrong type");

/// `wanted` is the type with its article: "a string".
pub(crate) fn finding(node: &Node, path: &str, wanted: &str) -> Diagnostic {
    let label = ambiguity(node).unwrap_or_else(|| format!("this is {}", found(node)));
    let diagnostic =
        Diagnostic::new(&RULE, node.span, format!("`{path}` must be {wanted}")).label(label);
    match replacement(node, wanted) {
        Some(text) => diagnostic.help(format!("write {text}")).fix(node.span, text),
        None => diagnostic.help(format!("give {wanted}")),
    }
}

/// What was plainly meant, as it must be written.
fn replacement(node: &Node, wanted: &str) -> Option<String> {
    let Value::Scalar(scalar) = &node.value else { return None };
    match (wanted, readings(&scalar.text)) {
        (_, (Resolved::Null, _)) if scalar.plain => None,
        ("a string", _) => Some(format!("\"{}\"", scalar.text)),
        ("true or false", (Resolved::Bool(value), _)) if scalar.plain => Some(value.to_string()),
        _ => None,
    }
}

/// What readers of YAML 1.1, as kubectl is one, and of YAML 1.2 make of a plain scalar, where they
/// differ.
fn ambiguity(node: &Node) -> Option<String> {
    let Value::Scalar(scalar) = &node.value else { return None };
    let (old, new) = readings(&scalar.text);
    let name = |reading: Resolved| match reading {
        Resolved::Int(number) => number.to_string(),
        Resolved::Float(number) => number.to_string(),
        Resolved::Bool(value) => value.to_string(),
        Resolved::Null => "nothing".to_owned(),
        Resolved::Str => "a string".to_owned(),
    };
    (scalar.plain && old != new)
        .then(|| format!("YAML 1.1 reads {} here, YAML 1.2 {}", name(old), name(new)))
}

/// What a plain scalar means in YAML 1.1, as kubectl reads it, and in YAML 1.2 (the core schema).
pub(crate) fn readings(plain: &str) -> (Resolved, Resolved) {
    // kubectl takes `0o10` for a number, other readers of YAML 1.1 do not.
    let old = if plain.starts_with("0o") { Resolved::Str } else { resolve(plain) };
    let digits = plain.strip_prefix(['+', '-']).unwrap_or(plain);
    let is_decimal = !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit());
    let radix = |prefix, radix| {
        plain.strip_prefix(prefix).and_then(|digits| i128::from_str_radix(digits, radix).ok())
    };
    let integer = is_decimal
        .then(|| plain.parse::<i128>().ok())
        .flatten()
        .or_else(|| radix("0o", 8))
        .or_else(|| radix("0x", 16));
    let is_word = matches!(plain, "true" | "True" | "TRUE" | "false" | "False" | "FALSE");
    let new = match old {
        _ if integer.is_some() => Resolved::Int(integer.unwrap_or_default()),
        Resolved::Bool(_) if !is_word => Resolved::Str,
        Resolved::Int(_) => Resolved::Str,
        Resolved::Float(_) if plain.contains('_') => Resolved::Str,
        _ => old,
    };
    (old, new)
}

/// What a node is, as kubectl would read it.
pub(crate) fn found(node: &Node) -> &'static str {
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
