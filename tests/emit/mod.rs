//! What is emitted reads back as it was, by every reader at hand.
#![allow(clippy::unwrap_used, clippy::print_stderr)]

mod kubectl;
mod random;
mod scalar;
mod stream;
mod strings;
mod style;

use argopacks::argo::value::{Map, Value};
use argopacks::emit::{json, yaml};

fn yaml_of(value: &Value) -> String {
    let mut out = String::new();
    yaml::write(value, &mut out);
    out
}

fn json_of(value: &Value) -> String {
    let mut out = String::new();
    json::write(value, &mut out);
    out
}

/// The value as an independent JSON library has it.
fn expected(value: &Value) -> serde_json::Value {
    match value {
        Value::Null => serde_json::Value::Null,
        Value::Bool(flag) => (*flag).into(),
        Value::Number(number) => serde_json::from_str(number).unwrap(),
        Value::Str(text) => (**text).into(),
        Value::List(items) => items.iter().map(expected).collect(),
        Value::Map(map) => {
            map.0.iter().map(|(key, value)| (key.to_string(), expected(value))).collect()
        }
    }
}

fn read_yaml(text: &str) -> serde_json::Value {
    serde_yaml::from_str(text).unwrap_or_else(|error| panic!("{error}\n{text}\n{text:?}"))
}

fn assert_yaml_reads_back(value: &Value) {
    let yaml = yaml_of(value);
    assert_eq!(read_yaml(&yaml), expected(value), "{yaml}");
}

/// YAML and JSON of the value are read back as the value itself.
fn assert_reads_back(value: &Value) {
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
