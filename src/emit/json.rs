//! JSON with two spaces, which is YAML as well: what YAML readers refuse is escaped.

use std::fmt::Write;

use super::Layout;
use crate::tree::scalar::Resolved;
use crate::tree::scalar::must_escape;
use crate::tree::{Entry, Node, Scalar, Value};

/// One `List`, the way kubectl prints several objects.
pub(super) const LAYOUT: Layout = Layout {
    start: "{\n  \"apiVersion\": \"v1\",\n  \"kind\": \"List\",\n  \"items\": [\n",
    item: |value, out| {
        out.push_str("    ");
        node(value, 2, out);
        ",\n"
    },
    end: "\n  ]\n}\n",
    empty: "{\n  \"apiVersion\": \"v1\",\n  \"kind\": \"List\",\n  \"items\": []\n}\n",
    alone: |value, out| {
        write(value, out);
        out.push('\n');
    },
};

/// Writes a value, without a line end after it.
pub(crate) fn write(value: &Node, out: &mut String) {
    node(value, 0, out);
}

fn node(node: &Node, depth: usize, out: &mut String) {
    match &node.value {
        Value::Scalar(scalar) => leaf(scalar, out),
        Value::List(items) => {
            let write = |item: &Node, out: &mut String| self::node(item, depth + 1, out);
            sequence(items.iter(), depth, out, write, ['[', ']']);
        }
        Value::Map(entries) => {
            let write = |pair: &Entry, out: &mut String| entry(pair, depth + 1, out);
            sequence(entries.iter(), depth, out, write, ['{', '}']);
        }
    }
}

fn leaf(scalar: &Scalar, out: &mut String) {
    match scalar.resolve() {
        Resolved::Null => out.push_str("null"),
        Resolved::Bool(true) => out.push_str("true"),
        Resolved::Bool(false) => out.push_str("false"),
        Resolved::Str => string(&scalar.text, out),
        number => match number.json_number() {
            Some(number) => out.push_str(&number),
            None => string(&scalar.text, out),
        },
    }
}

fn entry(entry: &Entry, depth: usize, out: &mut String) {
    string(&entry.key.text, out);
    out.push_str(": ");
    node(&entry.value, depth, out);
}

/// Writes parts between brackets, each on a line of its own; none at all as an empty pair.
fn sequence<T>(
    parts: impl Iterator<Item = T>,
    depth: usize,
    out: &mut String,
    mut write_part: impl FnMut(T, &mut String),
    [open, close]: [char; 2],
) {
    out.push(open);
    let mut empty = true;
    for part in parts {
        if !empty {
            out.push(',');
        }
        empty = false;
        next_line(depth + 1, out);
        write_part(part, out);
    }
    if !empty {
        next_line(depth, out);
    }
    out.push(close);
}

fn next_line(depth: usize, out: &mut String) {
    out.push('\n');
    for _ in 0..depth {
        out.push_str("  ");
    }
}

fn string(text: &str, out: &mut String) {
    out.push('"');
    let special = |c: char| matches!(c, '"' | '\\' | '\n' | '\t') || must_escape(c);
    let mut rest = text;
    while let Some(at) = rest.find(special) {
        let (before, from) = rest.split_at(at);
        out.push_str(before);
        let mut characters = from.chars();
        if let Some(character) = characters.next() {
            escape(character, out);
        }
        rest = characters.as_str();
    }
    out.push_str(rest);
    out.push('"');
}

fn escape(character: char, out: &mut String) {
    match character {
        '"' => out.push_str("\\\""),
        '\\' => out.push_str("\\\\"),
        '\n' => out.push_str("\\n"),
        '\t' => out.push_str("\\t"),
        '\r' => out.push_str("\\r"),
        // Never above U+FFFF: YAML has no surrogates. Writing to a string cannot fail.
        _ => drop(write!(out, "\\u{:04x}", u32::from(character))),
    }
}
