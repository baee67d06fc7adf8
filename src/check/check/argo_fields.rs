//! A node against the table of what Argo accepts: unknown fields, types, enums, required fields, versions. The one mechanism for
//! template bodies and for every other part of a definition that is Argo's or Kubernetes' own type.

use crate::argo::facts::{FieldFacts, Type, TypeFacts, Version, type_named};
use crate::diagnostics::Sink;
use crate::model::forms::is_quantity;
use crate::rules::{
    ap401_unknown_argo_field, ap402_argo_type, ap404_argo_version, ap405_argo_enum,
    ap406_argo_missing_field,
};
use crate::source::Span;
use crate::tree::scalar::{Resolved, resolve};
use crate::tree::{Entry, Key, Node, Scalar, Value};

/// Checks a node as a value of one of Argo's types.
pub struct ArgoFields<'s> {
    pub version: Version,
    pub sink: &'s mut Sink,
}

impl ArgoFields<'_> {
    /// Checks a node against the type of a name; `holder` is the place of the key that holds it.
    pub fn check(&mut self, node: &Node, type_name: &str, holder: Span) {
        if let Some(facts) = type_named(type_name) {
            self.object(node, facts, holder);
        }
    }

    fn object(&mut self, node: &Node, facts: &TypeFacts, holder: Span) {
        let Value::Map(entries) = &node.value else {
            return self.wrong(node, facts.name, "a map");
        };
        let mut guessed = Vec::new();
        for entry in entries {
            match facts.field(&entry.key.text) {
                Some(field) if field.exists_in(self.version) => self.field(entry, field),
                Some(field) => {
                    self.sink.report(ap404_argo_version::finding(
                        &entry.key,
                        facts.name,
                        self.version,
                        field.since,
                        field.until,
                    ));
                }
                None => {
                    let known: Vec<&str> = facts
                        .fields()
                        .iter()
                        .filter(|field| field.exists_in(self.version))
                        .map(|field| field.name)
                        .collect();
                    guessed.extend(crate::diagnostics::nearest(
                        &entry.key.text,
                        known.iter().copied(),
                    ));
                    self.sink
                        .report(ap401_unknown_argo_field::finding(&entry.key, facts.name, &known));
                }
            }
        }
        for field in facts.fields().iter().filter(|field| field.required_in(self.version)) {
            if node.get(field.name).is_none() && !guessed.contains(&field.name) {
                self.sink.report(ap406_argo_missing_field::finding(holder, facts.name, field.name));
            }
        }
    }

    fn field(&mut self, entry: &Entry, field: &FieldFacts) {
        // To Kubernetes null is a field that is not there.
        if !entry.value.is_null() {
            self.value(&entry.value, &field.ty, field, &entry.key);
        }
    }

    fn value(&mut self, node: &Node, ty: &Type, field: &FieldFacts, key: &Key) {
        match (ty, &node.value) {
            (Type::Any, _) => {}
            (Type::List(inner), Value::List(items)) => {
                for item in items {
                    let at = Key { span: first_line(item), ..key.clone() };
                    self.value(item, inner, field, &at);
                }
            }
            (Type::Map(inner), Value::Map(entries)) => {
                for entry in entries {
                    self.value(&entry.value, inner, field, &entry.key);
                }
            }
            (Type::Object(name), _) => {
                if let Some(facts) = type_named(name) {
                    self.object(node, facts, key.span);
                }
            }
            (_, Value::Scalar(scalar)) if fits(ty, scalar) => self.word(scalar, field, node.span),
            _ => self.wrong(node, &key.text, name(ty)),
        }
    }

    fn word(&mut self, scalar: &Scalar, field: &FieldFacts, span: Span) {
        let words = &field.enum_values;
        if !words.is_empty()
            && !scalar.text.is_empty()
            && !scalar.text.contains("{{")
            && !words.contains(&&*scalar.text)
        {
            self.sink.report(ap405_argo_enum::finding(span, &scalar.text, field.name, words));
        }
    }

    fn wrong(&mut self, node: &Node, field: &str, wanted: &str) {
        self.sink.report(ap402_argo_type::finding(node, field, wanted));
    }
}

/// Where an item of a list begins, for what it lacks.
pub fn first_line(item: &Node) -> Span {
    item.entries().first().map_or(item.span, |entry| entry.key.span)
}

fn fits(ty: &Type, scalar: &Scalar) -> bool {
    let resolved = if scalar.plain { resolve(&scalar.text) } else { Resolved::Str };
    match ty {
        Type::Str => resolved == Resolved::Str,
        Type::Int => matches!(resolved, Resolved::Int(_)),
        Type::Number => matches!(resolved, Resolved::Int(_) | Resolved::Float(_)),
        Type::Bool => matches!(resolved, Resolved::Bool(_)),
        Type::Scalar => true,
        Type::IntOrString => matches!(resolved, Resolved::Int(_) | Resolved::Str),
        Type::Quantity => is_quantity(&scalar.text) || scalar.text.contains("{{"),
        Type::Any | Type::List(_) | Type::Map(_) | Type::Object(_) => false,
    }
}

fn name(ty: &Type) -> &'static str {
    match ty {
        Type::Str => "a string",
        Type::Int => "an integer",
        Type::Number => "a number",
        Type::Bool => "true or false",
        Type::Scalar => "a string, number or boolean",
        Type::Any => "any value",
        Type::IntOrString => "an integer or a string",
        Type::Quantity => "a quantity such as `100m` or `2Gi`",
        Type::List(_) => "a list",
        Type::Map(_) | Type::Object(_) => "a map",
    }
}
