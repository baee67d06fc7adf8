//! A tree against the table of what Argo accepts: unknown fields, types, required fields, versions,
//! and values. The one walker for template bodies and every other part of a definition that is
//! Argo's own type, for native documents and for every object that is emitted.
//!
//! Each finding is at the span of the node that it is about, or of the nearest one above it that is
//! written somewhere, since what is emitted is made of written and of generated parts. What is null
//! counts as absent: the API server drops it.

mod kubernetes;
mod together;
mod values;

use super::facts::{FieldFacts, Type, TypeFacts, Version, type_named};
use crate::diagnostics::{Sink, nearest};
use crate::rules::{
    ap401_unknown_argo_field, ap402_argo_type, ap404_argo_version, ap406_argo_missing_field,
};
use crate::source::Span;
use crate::tree::{Entry, Key, Node, Value};

/// Holds trees against the table for one version of Argo Workflows.
pub(crate) struct Conform<'s> {
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
    level: Level,
    needs: Needs,
}

/// How far down in a whole object the walk is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Level {
    /// At the object itself.
    Object,
    /// In its metadata, where Argo fills in no tags.
    Metadata,
    /// In the rest of it.
    Rest,
}

/// What is reported where it is missing.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Needs {
    /// All that is required.
    All,
    /// All but an image: the defaults of templates have one.
    AllButImage,
    /// Nothing: this is a part of an object whose rest is elsewhere.
    Nothing,
}

/// The fields of a type that an object sets, by their places. No type has more than 128 fields.
#[derive(Clone, Copy, Default)]
struct Set(u128);

impl Set {
    fn add(&mut self, at: usize, is_set: bool) {
        self.0 |= u128::from(is_set) << at;
    }

    fn has(self, at: usize) -> bool {
        self.0 >> at & 1 == 1
    }
}

impl<'k> Place<'k> {
    fn new(key: &'k str, span: Span, level: Level) -> Self {
        Self { key, span, near: span, level, needs: Needs::All }
    }

    fn is_metadata(self) -> bool {
        self.level == Level::Metadata
    }

    /// The place of what stands under a key.
    fn under(self, key: &'k Key) -> Self {
        let level = match self.level {
            Level::Object if key.text == "metadata" => Level::Metadata,
            Level::Object => Level::Rest,
            level => level,
        };
        Self { key: &key.text, level, ..self.moved(key.span) }
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
    pub(crate) fn node(&mut self, node: &Node, type_name: &str, holder: Span) {
        if let Some(facts) = type_named(type_name) {
            self.fields(node, facts, Place::new(facts.name, holder, Level::Rest));
        }
    }

    /// Reports what Argo or Kubernetes would not take in a whole object, by its kind; `holder` is
    /// where it comes from. Answers whether the table has the kind: nothing is reported if not.
    pub(crate) fn object(&mut self, object: &Node, holder: Span) -> bool {
        let kind = kind_of(object);
        if let Some(facts) = kind {
            self.fields(object, facts, Place::new(facts.name, holder, Level::Object));
        }
        kind.is_some()
    }

    fn fields(&mut self, node: &Node, facts: &TypeFacts, place: Place) {
        let Value::Map(entries) = &node.value else {
            return self.wrong_type(node, facts.name, "a map", place);
        };
        let mut within = Place { near: place.at(node.span), ..place };
        if facts.name == "WorkflowSpec" && has_default_image(node) {
            within.needs = within.needs.max(Needs::AllButImage);
        }
        let mut set = Set::default();
        let (mut alternatives, mut unknown) = (Vec::new(), Vec::new());
        for entry in entries {
            match facts.find(&entry.key.text) {
                Some((at, field)) if field.exists_in(self.version) => {
                    if !entry.value.is_null() {
                        set.add(at, !is_blank(&entry.value, field));
                        alternatives.extend(field.alternative.map(|_| entry));
                        self.field(entry, field, within);
                    }
                }
                Some((_, field)) => self.other_version(&entry.key, facts, field, within),
                None => unknown.push(entry),
            }
        }
        let guessed = self.unknown(&unknown, entries, facts, within);
        if place.needs != Needs::Nothing {
            self.required(entries, facts, set, &guessed, within);
            self.alternatives(&alternatives, facts, &guessed, within);
            self.together(node, facts, within);
        }
    }

    /// Reports required fields that are not set; one that a misspelt key was meant for is not
    /// missing as well.
    fn required(
        &mut self,
        entries: &[Entry],
        facts: &TypeFacts,
        set: Set,
        guessed: &[&str],
        place: Place,
    ) {
        for (at, field) in facts.required_in(self.version) {
            let is_default = place.needs == Needs::AllButImage && field.name == "image";
            if set.has(at) || is_default || guessed.contains(&field.name) {
                continue;
            }
            let entry = entries.iter().find(|entry| entry.key.text == field.name);
            let span = entry.map_or(place.span, |entry| place.at(entry.key.span));
            self.sink.report(ap406_argo_missing_field::finding(span, facts.name, field.name));
        }
    }

    /// Reports fields that no version has; the answer is those that were probably meant. `entries`
    /// are all of the map that they are in.
    fn unknown(
        &mut self,
        unknown: &[&Entry],
        entries: &[Entry],
        facts: &TypeFacts,
        place: Place,
    ) -> Vec<&'static str> {
        if unknown.is_empty() {
            return Vec::new();
        }
        let fields = facts.fields().iter().filter(|field| field.exists_in(self.version));
        let known: Vec<&'static str> = fields.map(|field| field.name).collect();
        let holders: Vec<Holder> = entries.iter().filter_map(|it| Holder::of(it, facts)).collect();
        let mut guessed = Vec::new();
        for entry in unknown {
            let (key, span) = (&*entry.key.text, place.at(entry.key.span));
            let guess = nearest(key, known.iter().copied());
            let is_it =
                |guess: &&str| facts.field(guess).is_some_and(|it| resembles(&entry.value, it));
            let meant = guess.filter(is_it);
            let holder = holders.iter().find(|it| meant.is_none() && it.facts.field(key).is_some());
            self.sink.report(match holder {
                Some(it) => ap401_unknown_argo_field::of_other(span, key, facts.name, it.key),
                None => ap401_unknown_argo_field::finding(span, key, facts.name, meant, &known),
            });
            guessed.extend(guess);
        }
        guessed
    }

    fn other_version(&mut self, key: &Key, facts: &TypeFacts, field: &FieldFacts, place: Place) {
        let span = place.at(key.span);
        self.sink.report(ap404_argo_version::finding(span, field, facts.name, self.version));
    }

    fn field(&mut self, entry: &Entry, field: &FieldFacts, place: Place) {
        let mut place = place.under(&entry.key);
        if field.is_part {
            place.needs = Needs::Nothing;
        }
        if let Value::List(items) = &entry.value.value {
            self.count(items.len(), field, place.span);
        }
        self.value(&entry.value, &field.ty, field, place);
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
            self.fields(node, facts, Place { level: Level::Object, ..place });
        }
    }

    fn items(&mut self, items: &[Node], inner: &Type, field: &FieldFacts, place: Place) {
        for item in items {
            self.value(item, inner, field, place.moved(item.first_key()));
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

/// The type of a whole object, if the table has its kind: of the API that it is of, since others
/// have kinds of the same name.
fn kind_of(object: &Node) -> Option<&'static TypeFacts> {
    let facts = object.get("kind").and_then(Node::as_str).and_then(type_named)?;
    let known = &facts.field("apiVersion")?.enum_values;
    let version = object.get("apiVersion").and_then(Node::as_str).unwrap_or_default();
    let is_of_group = known.iter().any(|known| group(known) == group(version));
    (is_of_group && facts.field("metadata").is_some()).then_some(facts)
}

/// The group of an `apiVersion`; that of Kubernetes itself has no name.
fn group(version: &str) -> &str {
    version.split_once('/').map_or("", |(group, _)| group)
}

/// Whether `templateDefaults` have an image (validate.go, `validateLeaf`).
fn has_default_image(spec: &Node) -> bool {
    ["container", "script"].iter().any(|kind| {
        let image = spec.find(&["templateDefaults", kind, "image"]);
        image.and_then(Node::as_str).is_some_and(|image| !image.is_empty())
    })
}

/// A field that holds an object, which may be the one that a misplaced field belongs into.
struct Holder<'e> {
    key: &'e str,
    facts: &'static TypeFacts,
}

impl<'e> Holder<'e> {
    fn of(entry: &'e Entry, facts: &TypeFacts) -> Option<Self> {
        match facts.field(&entry.key.text)?.ty {
            Type::Object(id) => Some(Self { key: &entry.key.text, facts: id.facts() }),
            _ => None,
        }
    }
}

/// Whether a value could be meant as that of a field.
fn resembles(value: &Node, field: &FieldFacts) -> bool {
    let Type::Object(id) = &field.ty else { return true };
    id.facts().resembles(value.entries())
}

/// Whether a field that may be required holds the empty string, which is as good as nothing.
fn is_blank(value: &Node, field: &FieldFacts) -> bool {
    field.required_since.is_some()
        && !field.may_be_empty
        && matches!(field.ty, Type::Str)
        && value.as_text().is_some_and(|text| text.is_empty())
}

#[cfg(test)]
mod tests;
