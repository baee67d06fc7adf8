//! The tables that describe each kind: what decodes a document, explains its fields and makes its
//! JSON Schema.

use crate::argo::facts::type_named;
use crate::tree::{Node, Value};

/// A map with known keys.
#[derive(Debug)]
pub struct Record {
    pub doc: &'static str,
    pub fields: &'static [Field],
}

/// A key of a [`Record`].
#[derive(Debug)]
pub struct Field {
    pub key: &'static str,
    pub doc: &'static str,
    pub shape: Shape,
    pub required: bool,
    /// Known, but not compiled by this version: to set it is an error.
    pub later: bool,
}

/// What a value looks like.
#[derive(Clone, Copy, Debug)]
pub enum Shape {
    /// A string.
    Text,
    /// A string of a form that the word names: `duration`, `version`.
    Form(&'static str),
    /// A number, or a string of a form that the word names: `quantity`.
    Number(&'static str),
    /// A string, number or boolean, taken as its text.
    Scalar,
    Boolean,
    Integer,
    /// One of some words.
    Choice(&'static [&'static str]),
    List(&'static Shape),
    /// A value, or a list of such values.
    OneOrMore(&'static Shape),
    /// A map with keys of the writer's own.
    Map(&'static Shape),
    Record(&'static Record),
    /// A string, or the record in its long form.
    TextOr(&'static Record),
    /// A map of names and values of one shape, or a list of items of the other, which have both.
    MapOr(&'static Shape, &'static Shape),
    /// An integer, or a type of Argo's own, by its name in the table of field facts.
    IntegerOr(&'static str),
    /// Anything, passed on as it is.
    Any,
    /// A type of Argo's or Kubernetes' own, by its name in the table of field facts.
    Argo(&'static str),
}

impl Shape {
    /// The shape in a word or two, as messages and the reference print it.
    pub fn name(self) -> String {
        match self {
            Self::Text => "string".to_owned(),
            Self::Form(form) | Self::Number(form) => form.to_owned(),
            Self::Scalar => "string, number or boolean".to_owned(),
            Self::Boolean => "boolean".to_owned(),
            Self::Integer => "integer".to_owned(),
            Self::Choice(words) => words.join(" | "),
            Self::List(item) => format!("list of {}", item.name()),
            Self::OneOrMore(item) => format!("{0} or list of {0}", item.name()),
            Self::Map(value) => format!("map to {}", value.name()),
            Self::Record(_) => "map".to_owned(),
            Self::TextOr(_) => "string or map".to_owned(),
            Self::MapOr(value, item) => {
                format!("map to {}, or list of {}", value.name(), item.name())
            }
            Self::IntegerOr(name) => format!("integer or Argo's {name}"),
            Self::Any => "any value".to_owned(),
            Self::Argo(name) => format!("Argo's {name}"),
        }
    }

    /// Whether it is a map that says nothing if it is empty: nothing under its key is a mistake
    /// then.
    pub fn has_required_fields(self) -> bool {
        match self {
            Self::Record(record) | Self::TextOr(record) => {
                record.fields.iter().any(|field| field.required)
            }
            _ => false,
        }
    }

    /// Whether any scalar with text in it can be read as this, so that an expression without a
    /// value can stay in it.
    pub(super) fn is_text(self) -> bool {
        matches!(self, Self::Text | Self::Scalar | Self::TextOr(_) | Self::Any | Self::Argo(_))
    }

    /// Whether a node could be meant as a value of this shape: maps have a key that the shape
    /// knows.
    pub(super) fn resembles(self, node: &Node) -> bool {
        let knows_a_key = |record: &Record| {
            node.entries().iter().any(|entry| record.field(&entry.key.text).is_some())
        };
        match (self, &node.value) {
            (Self::Argo(name) | Self::IntegerOr(name), Value::Map(entries)) => {
                type_named(name).is_none_or(|facts| facts.resembles(entries))
            }
            (Self::Any | Self::Argo(_), _)
            | (Self::List(_) | Self::OneOrMore(_) | Self::MapOr(..), Value::List(_))
            | (Self::Map(_) | Self::MapOr(..), Value::Map(_)) => true,
            (Self::Record(record) | Self::TextOr(record), Value::Map(_)) => knows_a_key(record),
            (Self::List(_) | Self::Map(_) | Self::MapOr(..) | Self::Record(_), _) => node.is_null(),
            (_, Value::Scalar(_)) => true,
            (_, _) => false,
        }
    }

    /// What is reached through lists and maps.
    pub(super) fn innermost(self) -> Self {
        match self {
            Self::List(inner)
            | Self::OneOrMore(inner)
            | Self::Map(inner)
            | Self::MapOr(_, inner) => inner.innermost(),
            shape => shape,
        }
    }

    /// The record that is reached through lists and maps, if one is.
    pub fn record(self) -> Option<&'static Record> {
        match self.innermost() {
            Self::Record(record) | Self::TextOr(record) => Some(record),
            _ => None,
        }
    }
}

impl Record {
    pub fn field(&self, key: &str) -> Option<&'static Field> {
        self.fields.iter().find(|field| field.key == key)
    }

    pub fn keys(&self) -> impl Iterator<Item = &'static str> + use<> {
        self.fields.iter().map(|field| field.key)
    }
}
