//! The tables as JSON Schema (2020-12).

use serde_json::{Map, Value, json};

use super::shape::{Field, Record, Shape};
use super::{API_VERSION, Kind};

/// The schema of one kind, or of any definition.
pub fn of(kind: Option<Kind>) -> Value {
    let mut schema = if let Some(kind) = kind {
        of_kind(kind)
    } else {
        let all: Vec<Value> = Kind::ALL
            .iter()
            .filter(|kind| kind.record().is_some())
            .map(|kind| of_kind(*kind))
            .collect();
        json!({ "oneOf": all })
    };
    if let Value::Object(map) = &mut schema {
        map.insert("$schema".to_owned(), json!("https://json-schema.org/draft/2020-12/schema"));
    }
    schema
}

fn of_kind(kind: Kind) -> Value {
    let mut schema = kind.record().map_or(Value::Null, of_record);
    if let Some(properties) = schema.get_mut("properties") {
        properties["apiVersion"] = json!({ "const": API_VERSION });
        properties["kind"] = json!({ "const": kind.name() });
    }
    schema
}

/// Fields that are not compiled yet are left out: to set them is an error.
fn of_record(record: &Record) -> Value {
    let known = || record.fields.iter().filter(|field| !field.later);
    let properties: Map<String, Value> =
        known().map(|field| (field.key.to_owned(), of_field(field))).collect();
    let required: Vec<&str> =
        known().filter(|field| field.required).map(|field| field.key).collect();
    let mut schema = json!({ "type": "object", "description": record.doc.trim(), "properties": properties, "additionalProperties": false });
    if !required.is_empty() {
        schema["required"] = json!(required);
    }
    schema
}

fn of_field(field: &Field) -> Value {
    let mut schema = of_shape(field.shape);
    schema["description"] = json!(field.doc.trim());
    schema
}

/// Scalars other than text may be written as a compile-time expression as well.
fn of_shape(shape: Shape) -> Value {
    let or_expression = |kind: &str| json!({ "anyOf": [{ "type": kind }, { "type": "string", "pattern": "^<\\{.*\\}>$" }] });
    match shape {
        Shape::Text | Shape::Form(_) => json!({ "type": "string" }),
        Shape::Scalar => json!({ "type": ["string", "number", "boolean"] }),
        Shape::Boolean => or_expression("boolean"),
        Shape::Integer => or_expression("integer"),
        Shape::Choice(words) => json!({ "enum": words }),
        Shape::List(item) => json!({ "type": "array", "items": of_shape(*item) }),
        Shape::Map(value) => json!({ "type": "object", "additionalProperties": of_shape(*value) }),
        Shape::Record(record) => of_record(record),
        Shape::TextOr(record) => json!({ "anyOf": [{ "type": "string" }, of_record(record)] }),
        Shape::Any => json!({}),
        Shape::Argo(_) => json!({ "type": "object" }),
    }
}
