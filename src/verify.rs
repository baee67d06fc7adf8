//! What is about to be emitted, against what Argo is known to accept: the last look, on the objects themselves.

use crate::argo::facts::{Type, TypeFacts, Version, type_named};
use crate::argo::value::{Map, Value};

/// Every path of an object whose field Argo does not have in a version, or that lacks a field which Argo requires. Objects that are
/// not Argo's are not known here. The tests hold everything that is rendered against this; there must be nothing.
pub fn unknown_fields(object: &Value, version: Version) -> Vec<String> {
    let mut found = Vec::new();
    let kind = object.at(&["kind"]).and_then(Value::as_str).unwrap_or_default();
    if let Some(facts) = type_named(kind) {
        walk(object, facts, version, kind, &mut found);
    }
    found
}

fn walk(value: &Value, facts: &TypeFacts, version: Version, path: &str, found: &mut Vec<String>) {
    let Value::Map(Map(entries)) = value else { return };
    for (key, value) in entries {
        let path = format!("{path}.{}", &**key);
        match facts.field(key) {
            Some(field) if field.exists_in(version) => descend(value, &field.ty, version, &path, found),
            _ => found.push(path),
        }
    }
    let missing = facts.fields().iter().filter(|field| field.required_in(version) && entries.iter().all(|(key, _)| **key != *field.name));
    found.extend(missing.map(|field| format!("{path}.{} (missing)", field.name)));
}

fn descend(value: &Value, ty: &Type, version: Version, path: &str, found: &mut Vec<String>) {
    match (ty, value) {
        (Type::List(inner), Value::List(items)) => items.iter().for_each(|item| descend(item, inner, version, path, found)),
        (Type::Map(inner), Value::Map(Map(entries))) => entries.iter().for_each(|(_, value)| descend(value, inner, version, path, found)),
        (Type::Object(name), _) => {
            if let Some(facts) = type_named(name) {
                walk(value, facts, version, path, found);
            }
        }
        _ => {}
    }
}
