//! The tables as JSON Schema (2020-12).

use serde_json::{Map, Value, json};

use super::shape::{Field, Record, Shape};
use super::{API_VERSION, Kind};

/// The schema of one kind, or of any definition.
pub(crate) fn of(kind: Option<Kind>) -> Value {
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
    let expressions = if kind == Kind::Config { Expressions::None } else { Expressions::Anywhere };
    let mut schema = kind.record().map_or(Value::Null, |record| of_record(record, expressions));
    if let Some(properties) = schema.get_mut("properties") {
        properties["apiVersion"] = json!({ "const": API_VERSION });
        properties["kind"] = json!({ "const": kind.name() });
    }
    schema
}

/// Where compile-time expressions may stand.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Expressions {
    /// In place of any value.
    Anywhere,
    None,
}

/// Fields that are not compiled yet are left out: to set them is an error.
fn of_record(record: &Record, expressions: Expressions) -> Value {
    let known = || record.fields.iter().filter(|field| !field.later);
    let properties: Map<String, Value> =
        known().map(|field| (field.key.to_owned(), of_field(field, expressions))).collect();
    let required: Vec<&str> =
        known().filter(|field| field.required).map(|field| field.key).collect();
    let mut schema = json!({ "type": "object", "description": record.doc.trim(), "properties": properties, "additionalProperties": false });
    if !required.is_empty() {
        schema["required"] = json!(required);
    }
    schema
}

fn of_field(field: &Field, expressions: Expressions) -> Value {
    let schema = of_value(field.shape, expressions);
    let may_be_null = !field.required && !field.shape.has_required_fields();
    let mut schema = if may_be_null { either(schema, json!({ "type": "null" })) } else { schema };
    schema["description"] = json!(field.doc.trim());
    schema
}

/// A value of a shape, or one expression that has it as its value.
fn of_value(shape: Shape, expressions: Expressions) -> Value {
    let schema = of_shape(shape, expressions);
    if expressions == Expressions::None || takes_any_string(shape) {
        return schema;
    }
    either(schema, json!({ "type": "string", "pattern": "^<\\{[\\s\\S]*\\}>$" }))
}

fn takes_any_string(shape: Shape) -> bool {
    matches!(
        shape,
        Shape::Text
            | Shape::Form(_)
            | Shape::Number(_)
            | Shape::Scalar
            | Shape::TextOr(_)
            | Shape::Any
    )
}

/// What one schema or the other allows.
fn either(mut schema: Value, other: Value) -> Value {
    if schema == json!({}) {
        return schema;
    }
    if let Some(all) = schema.get_mut("anyOf").and_then(Value::as_array_mut) {
        all.push(other);
        return schema;
    }
    json!({ "anyOf": [schema, other] })
}

/// One of some words; a bare `4.0` is a number to YAML, and means the word.
fn of_choice(words: &[&str]) -> Value {
    let mut all: Vec<Value> = words.iter().map(|word| json!(word)).collect();
    all.extend(words.iter().filter_map(|word| word.parse::<f64>().ok()).map(Value::from));
    json!({ "enum": all })
}

fn of_shape(shape: Shape, expressions: Expressions) -> Value {
    match shape {
        Shape::Text | Shape::Form(_) => json!({ "type": "string" }),
        Shape::Number(_) => json!({ "type": ["string", "number"] }),
        Shape::Scalar => json!({ "type": ["string", "number", "boolean"] }),
        Shape::Boolean => json!({ "type": "boolean" }),
        Shape::Integer => json!({ "type": "integer" }),
        Shape::Choice(words) => of_choice(words),
        Shape::List(item) => {
            json!({ "type": "array", "items": of_value(*item, expressions) })
        }
        Shape::OneOrMore(item) => {
            let one = of_value(*item, expressions);
            either(one.clone(), json!({ "type": "array", "items": one, "minItems": 1 }))
        }
        Shape::Map(value) => {
            json!({ "type": "object", "additionalProperties": of_value(*value, expressions) })
        }
        Shape::Record(record) => of_record(record, expressions),
        Shape::TextOr(record) => {
            json!({ "anyOf": [{ "type": "string" }, of_record(record, expressions)] })
        }
        Shape::MapOr(value, item) => {
            let [map, list] = [Shape::Map(value), Shape::List(item)];
            json!({ "anyOf": [of_shape(map, expressions), of_shape(list, expressions)] })
        }
        Shape::IntegerOr(_) => json!({ "anyOf": [{ "type": "integer" }, { "type": "object" }] }),
        Shape::Any => json!({}),
        Shape::Argo(_) => json!({ "type": "object" }),
    }
}
