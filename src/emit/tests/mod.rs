//! What is emitted reads back as it was, by every reader at hand.
#![allow(clippy::unwrap_used, clippy::print_stderr)]

mod kubectl;
mod random;
mod scalar;
mod stream;
mod strings;
mod style;

use super::{Format, Written, json, yaml};
use crate::tree::scalar::Resolved;
use crate::tree::{Map, Node, Value};

fn yaml_of(value: &Node) -> String {
    let mut out = String::new();
    yaml::write(value, &mut out);
    out
}

fn in_a_row(format: Format, objects: &[Node]) -> String {
    let written: Vec<Written> = objects.iter().map(|object| format.write(object)).collect();
    format.in_a_row(&written)
}

fn json_of(value: &Node) -> String {
    let mut out = String::new();
    json::write(value, &mut out);
    out
}

/// The value as an independent JSON library has it.
fn expected(node: &Node) -> serde_json::Value {
    match &node.value {
        Value::Scalar(scalar) => match scalar.resolve() {
            Resolved::Null => serde_json::Value::Null,
            Resolved::Bool(flag) => flag.into(),
            Resolved::Str => (*scalar.text).into(),
            _ => serde_json::from_str(&scalar.text).unwrap(),
        },
        Value::List(items) => items.iter().map(expected).collect(),
        Value::Map(entries) => entries
            .iter()
            .map(|entry| (entry.key.text.to_string(), expected(&entry.value)))
            .collect(),
    }
}

fn read_yaml(text: &str) -> serde_json::Value {
    serde_yaml::from_str(text).unwrap_or_else(|error| panic!("{error}\n{text}\n{text:?}"))
}

fn assert_yaml_reads_back(value: &Node) {
    let yaml = yaml_of(value);
    assert_eq!(read_yaml(&yaml), expected(value), "{yaml}");
}

/// YAML and JSON of the value are read back as the value itself.
fn assert_reads_back(value: &Node) {
    assert_yaml_reads_back(value);
    let expected = expected(value);
    let json = json_of(value);
    assert_eq!(serde_json::from_str::<serde_json::Value>(&json).unwrap(), expected, "{json}");
    assert_eq!(read_yaml(&json), expected, "{json}");
}

/// A map with each text once as a value and once as a key.
fn both_ways<'a>(texts: impl Iterator<Item = &'a String>) -> Map {
    let mut map = Map::new();
    for (at, text) in texts.enumerate() {
        map.put(format!("value-{at}"), text.clone());
        map.put(text.clone(), format!("key-{at}"));
    }
    map
}
