//! A tree against the table of what Argo accepts: unknown fields, types, required fields, versions,
//! and values. The one walker for template bodies and every other part of a definition that is Argo's
//! own type, for native documents and for every object that is emitted.
//!
//! Each finding is at the span of the node that it is about, or of the nearest one above it that is
//! written somewhere, since what is emitted is made of written and of generated parts. What is null
//! counts as absent: the API server drops it.

mod values;

use super::facts::{FieldFacts, Type, TypeFacts, Version, type_named};
use crate::diagnostics::{Sink, nearest};
use crate::rules::{
    ap401_unknown_argo_field, ap402_argo_type, ap404_argo_version, ap406_argo_missing_field,
};
use crate::source::Span;
use crate::tree::{Entry, Key, Node, Value};

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
    /// The span of that key, at which missing fields are reported.
    span: Span,
    /// The span of the nearest node above that is written, for what is generated.
    near: Span,
    /// Whether this is a whole object.
    is_root: bool,
    /// Whether this is the metadata of a whole object, where Argo fills in no tags.
    is_metadata: bool,
    /// Whether this is a part of an object whose rest is elsewhere, so that nothing is required.
    is_part: bool,
    /// Whether the defaults of templates have an image, so that each may go without.
    has_image: bool,
}

impl<'k> Place<'k> {
    fn new(key: &'k str, span: Span, is_root: bool) -> Self {
        Self {
            key,
            span,
            near: span,
            is_root,
            is_metadata: false,
            is_part: false,
            has_image: false,
        }
    }

    /// The place of what stands under a key.
    fn under(self, key: &'k Key) -> Self {
        let is_metadata = self.is_metadata || self.is_root && key.text == "metadata";
        Self { key: &key.text, is_root: false, is_metadata, ..self.moved(key.span) }
    }

    /// The place with another span, if that is written.
    fn moved(self, span: Span) -> Self {
        let span = self.at(span);
        Self { span, near: span, ..self }
    }

    /// A span if it is written, and else the place's.
    fn at(self, span: Span) -> Span {
        if span.is_written() { span } else { self.near }
    }
}

impl Conform<'_> {
    /// Reports what Argo would not take in a node that is to be of a type of the table. `holder` is
    /// the span of the key that holds it. Nothing is said of a type that the table does not have.
    pub fn node(&mut self, node: &Node, type_name: &str, holder: Span) {
        if let Some(facts) = type_named(type_name) {
            self.fields(node, facts, Place::new(facts.name, holder, false));
        }
    }

    /// Reports what Argo or Kubernetes would not take in a whole object, by its kind; `holder` is
    /// where it comes from. Answers whether the table has the kind: nothing is reported if not.
    pub fn object(&mut self, object: &Node, holder: Span) -> bool {
        let kind = kind_of(object);
        if let Some(facts) = kind {
            self.fields(object, facts, Place::new(facts.name, holder, true));
        }
        kind.is_some()
    }

    fn fields(&mut self, node: &Node, facts: &TypeFacts, place: Place) {
        let Value::Map(entries) = &node.value else {
            return self.wrong_type(node, facts.name, "a map", place);
        };
        let mut guessed = Vec::new();
        let has_image = place.has_image || facts.name == "WorkflowSpec" && has_default_image(node);
        let within = Place { near: place.at(node.span), has_image, ..place };
        for entry in entries {
            match facts.field(&entry.key.text) {
                Some(field) if field.exists_in(self.version) => self.field(entry, field, within),
                Some(field) => self.other_version(&entry.key, facts, field, within),
                None => guessed.extend(self.unknown(&entry.key, facts, within)),
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
            let span = match entries.iter().find(|entry| entry.key.text == field.name) {
                Some(entry) if is_absent(&entry.value, field) => place.at(entry.key.span),
                Some(_) => continue,
                None if guessed.contains(&field.name) => continue,
                None if place.has_image && field.name == "image" => continue,
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
            let place = place.under(&entry.key);
            let is_part = place.is_part || field.is_part;
            if let Value::List(items) = &entry.value.value {
                self.count(items.len(), field, place.span);
            }
            self.value(&entry.value, &field.ty, field, Place { is_part, ..place });
        }
    }

    fn value(&mut self, node: &Node, ty: &Type, field: &FieldFacts, place: Place) {
        match (ty, &node.value) {
            (Type::Any, _) => {}
            (Type::Object(id), _) => self.fields(node, id.facts(), place),
            (Type::Resource, Value::Map(_)) => self.resource(node, place),
            (Type::List(inner), Value::List(items)) => self.items(items, inner, field, place),
            (Type::Map(inner), Value::Map(entries)) => self.entries(entries, inner, field, place),
            (_, Value::Scalar(scalar)) => self.scalar(node, scalar, ty, field, place),
            _ => self.wrong_type(node, place.key, values::name(ty), place),
        }
    }

    /// An object within an object: in a trigger, what it creates.
    fn resource(&mut self, node: &Node, place: Place) {
        if let Some(facts) = kind_of(node) {
            self.fields(node, facts, Place { is_root: true, ..place });
        }
    }

    fn items(&mut self, items: &[Node], inner: &Type, field: &FieldFacts, place: Place) {
        for item in items {
            self.value(item, inner, field, place.moved(first_key(item)));
        }
    }

    fn entries(&mut self, entries: &[Entry], inner: &Type, field: &FieldFacts, place: Place) {
        for entry in entries.iter().filter(|entry| !entry.value.is_null()) {
            self.key(&entry.key, field, place);
            self.value(&entry.value, inner, field, place.under(&entry.key));
        }
    }

    fn wrong_type(&mut self, node: &Node, field: &str, wanted: &str, place: Place) {
        let span = place.at(node.span);
        self.sink.report(ap402_argo_type::finding(span, node, field, wanted));
    }
}

/// Where an item of a list begins, for what it lacks.
pub fn first_key(item: &Node) -> Span {
    item.entries().first().map_or(item.span, |entry| entry.key.span)
}

/// The type of a whole object, if the table has its kind: of the API that it is of, since others
/// have kinds of the same name.
fn kind_of(object: &Node) -> Option<&'static TypeFacts> {
    let facts = object.get("kind").and_then(Node::as_str).and_then(type_named)?;
    let known = &facts.field("apiVersion")?.enum_values;
    let group = |version: &str| version.split_once('/').map_or("", |(group, _)| group).to_owned();
    let version = object.get("apiVersion").and_then(Node::as_str).unwrap_or_default();
    let is_of_group = known.iter().any(|known| group(known) == group(version));
    (is_of_group && facts.field("metadata").is_some()).then_some(facts)
}

/// Whether `templateDefaults` have an image (validate.go, `validateLeaf`).
fn has_default_image(spec: &Node) -> bool {
    ["container", "script"].iter().any(|kind| {
        let image = spec.find(&["templateDefaults", kind, "image"]);
        image.and_then(Node::as_str).is_some_and(|image| !image.is_empty())
    })
}

/// Whether a required field is there in name only.
fn is_absent(value: &Node, field: &FieldFacts) -> bool {
    let is_empty = || !field.may_be_empty && value.as_text().is_some_and(|text| text.is_empty());
    value.is_null() || matches!(field.ty, Type::Str) && is_empty()
}

#[cfg(test)]
mod tests;
