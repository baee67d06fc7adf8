//! What is about to be emitted, against what Argo is known to accept: the last look, on the objects themselves.

use std::fmt;

use crate::argo::facts::{Type, TypeFacts, Version, type_named};
use crate::tree::{Entry, Node, Value};

/// Makes sure that Argo has every field of an object, and is given every field that it requires. Objects that are not Argo's are
/// not known here. Fails with a bug: what definitions bring in was checked where it stands.
pub fn verify(object: &Node, version: Version) -> anyhow::Result<()> {
    let found = unknown_fields(object, version);
    if found.is_empty() {
        return Ok(());
    }
    let name = object.find(&["metadata", "name"]).and_then(Node::as_str).unwrap_or_default();
    anyhow::bail!(
        "argopacks built an object `{name}` that Argo Workflows {version} would not take: {}; this is a bug, please report it",
        found.join(", ")
    )
}

/// Every path of an object whose field Argo does not have in a version, or that lacks a field which Argo requires.
pub fn unknown_fields(object: &Node, version: Version) -> Vec<String> {
    let mut found = Vec::new();
    let kind = object.find(&["kind"]).and_then(Node::as_str).unwrap_or_default();
    if let Some(facts) = type_named(kind) {
        walk(object, facts, version, &Path { above: None, name: kind }, &mut found);
    }
    found
}

/// Where the walk is: a name, and the way down to it.
struct Path<'p> {
    above: Option<&'p Path<'p>>,
    name: &'p str,
}

impl Path<'_> {
    fn is_under(&self, name: &str) -> bool {
        self.name == name || self.above.is_some_and(|above| above.is_under(name))
    }
}

impl fmt::Display for Path<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.above {
            Some(above) => write!(f, "{above}.{}", self.name),
            None => f.write_str(self.name),
        }
    }
}

fn walk(node: &Node, facts: &TypeFacts, version: Version, path: &Path, found: &mut Vec<String>) {
    let Value::Map(entries) = &node.value else { return };
    for Entry { key, value } in entries {
        let path = Path { above: Some(path), name: &key.text };
        match facts.field(&key.text) {
            Some(field) if field.exists_in(version) => {
                descend(value, &field.ty, version, &path, found);
            }
            _ => found.push(path.to_string()),
        }
    }
    if path.is_under("templateDefaults") {
        // Defaults are parts of templates: what they leave out the templates have.
        return;
    }
    let required = facts.fields().iter().filter(|field| field.required_in(version));
    let missing = required.filter(|field| node.get(field.name).is_none());
    found.extend(missing.map(|field| format!("{path}.{} (missing)", field.name)));
}

fn descend(node: &Node, ty: &Type, version: Version, path: &Path, found: &mut Vec<String>) {
    match (ty, &node.value) {
        (Type::List(inner), Value::List(items)) => {
            items.iter().for_each(|item| descend(item, inner, version, path, found));
        }
        (Type::Map(inner), Value::Map(entries)) => {
            entries.iter().for_each(|entry| descend(&entry.value, inner, version, path, found));
        }
        (Type::Object(name), _) => {
            if let Some(facts) = type_named(name) {
                walk(node, facts, version, path, found);
            }
        }
        _ => {}
    }
}
