//! A tree against the table of what Argo accepts: unknown fields, types, enums, required fields,
//! versions. The one walker for template bodies and every other part of a definition that is Argo's
//! own type, for native documents and for every object that is emitted.
//!
//! Each finding is at the span of the node that it is about, or of the nearest one above it that is
//! written somewhere, since what is emitted is made of written and of generated parts. What is null
//! counts as absent: the API server drops it.

use super::facts::{FieldFacts, Type, TypeFacts, Version, type_named};
use crate::diagnostics::{Sink, nearest};
use crate::model::forms::is_quantity;
use crate::rules::{
    ap401_unknown_argo_field, ap402_argo_type, ap404_argo_version, ap405_argo_enum,
    ap406_argo_missing_field,
};
use crate::source::Span;
use crate::tree::scalar::Resolved;
use crate::tree::{Entry, Key, Node, Scalar, Value};

/// Holds trees against the table for one version of Argo Workflows.
pub struct Conform<'s> {
    pub version: Version,
    pub sink: &'s mut Sink,
}

/// Where the walk is.
#[derive(Clone, Copy)]
struct Place<'k> {
    /// The key above, which messages name.
    key: &'k str,
    /// The span of that key, or of the nearest node above that is written.
    span: Span,
    /// Whether this is a part of an object whose rest is elsewhere, so that nothing is required.
    is_part: bool,
}

impl<'k> Place<'k> {
    /// The place of what stands under a key.
    fn under(self, key: &'k Key) -> Self {
        Self { key: &key.text, span: self.at(key.span), ..self }
    }

    /// A span if it is written, and else the place's.
    fn at(self, span: Span) -> Span {
        if span.is_written() { span } else { self.span }
    }
}

impl Conform<'_> {
    /// Reports what Argo would not take in a node that is to be of a type of the table. `holder` is
    /// the span of the key that holds it. Nothing is said of a type that the table does not have.
    pub fn node(&mut self, node: &Node, type_name: &str, holder: Span) {
        if let Some(facts) = type_named(type_name) {
            let place = Place { key: facts.name, span: holder, is_part: false };
            self.fields(node, facts, place);
        }
    }

    /// Reports what Argo or Kubernetes would not take in a whole object, by its kind. Answers
    /// whether the table has the kind; nothing is reported if not.
    pub fn object(&mut self, object: &Node, holder: Span) -> bool {
        let kind = object.get("kind").and_then(Node::as_str).and_then(type_named);
        if let Some(facts) = kind {
            self.fields(object, facts, Place { key: facts.name, span: holder, is_part: false });
        }
        kind.is_some()
    }

    fn fields(&mut self, node: &Node, facts: &TypeFacts, place: Place) {
        let Value::Map(entries) = &node.value else {
            return self.wrong(node, facts.name, "a map", place);
        };
        let mut guessed = Vec::new();
        for entry in entries {
            match facts.field(&entry.key.text) {
                Some(field) if field.exists_in(self.version) => self.field(entry, field, place),
                Some(field) => self.other_version(&entry.key, facts, field, place),
                None => guessed.extend(self.unknown(&entry.key, facts, place)),
            }
        }
        if !place.is_part {
            self.required(entries, facts, &guessed, place);
        }
    }

    /// Reports required fields that are not there; one that a misspelt key was meant for is not
    /// missing as well.
    fn required(&mut self, entries: &[Entry], facts: &TypeFacts, guessed: &[&str], place: Place) {
        for field in facts.required_in(self.version) {
            let entry = entries.iter().find(|entry| entry.key.text == field.name);
            let span = match entry {
                Some(entry) if entry.value.is_null() => place.at(entry.key.span),
                Some(_) => continue,
                None if guessed.contains(&field.name) => continue,
                None => place.span,
            };
            self.sink.report(ap406_argo_missing_field::finding(span, facts.name, field.name));
        }
    }

    /// Reports a field that no version has; the answer is the one that was probably meant.
    fn unknown(&mut self, key: &Key, facts: &TypeFacts, place: Place) -> Option<&'static str> {
        let fields = facts.fields().iter().filter(|field| field.exists_in(self.version));
        let known: Vec<&'static str> = fields.map(|field| field.name).collect();
        let span = place.at(key.span);
        self.sink.report(ap401_unknown_argo_field::finding(span, &key.text, facts.name, &known));
        nearest(&key.text, known)
    }

    fn other_version(&mut self, key: &Key, facts: &TypeFacts, field: &FieldFacts, place: Place) {
        let span = place.at(key.span);
        self.sink.report(ap404_argo_version::finding(span, field, facts.name, self.version));
    }

    fn field(&mut self, entry: &Entry, field: &FieldFacts, place: Place) {
        if !entry.value.is_null() {
            let mut place = place.under(&entry.key);
            // Defaults of templates are parts of them: what they leave out the templates have.
            place.is_part |= field.name == "templateDefaults";
            self.value(&entry.value, &field.ty, field, place);
        }
    }

    fn value(&mut self, node: &Node, ty: &Type, field: &FieldFacts, place: Place) {
        match (ty, &node.value) {
            (Type::Any, _) => {}
            (Type::List(inner), Value::List(items)) => {
                for item in items {
                    let span = place.at(first_key(item));
                    self.value(item, inner, field, Place { span, ..place });
                }
            }
            (Type::Map(inner), Value::Map(entries)) => {
                for entry in entries.iter().filter(|entry| !entry.value.is_null()) {
                    self.value(&entry.value, inner, field, place.under(&entry.key));
                }
            }
            (Type::Object(id), _) => self.fields(node, id.facts(), place),
            (_, Value::Scalar(scalar)) if fits(ty, scalar) => {
                self.word(scalar, field, place.at(node.span));
            }
            _ => self.wrong(node, place.key, name(ty), place),
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

    fn wrong(&mut self, node: &Node, field: &str, wanted: &str, place: Place) {
        let span = place.at(node.span);
        self.sink.report(ap402_argo_type::finding(span, node, field, wanted));
    }
}

/// Where an item of a list begins, for what it lacks.
pub fn first_key(item: &Node) -> Span {
    item.entries().first().map_or(item.span, |entry| entry.key.span)
}

fn fits(ty: &Type, scalar: &Scalar) -> bool {
    let resolved = scalar.resolve();
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
