//! Nodes to values of the model, driven by the tables; every mistake of a document is told, not only the first.

use std::ops::Deref;

use super::shape::{Record, Shape};
use crate::diagnostics::{Sink, nearest};
use crate::expression;
use crate::rules::{
    ap103_unknown_field, ap104_missing_field, ap105_wrong_type, ap106_not_one_of,
    ap107_not_compiled, ap108_invalid_value,
};
use crate::source::Span;
use crate::tree::Str;
use crate::tree::scalar::{Resolved, resolve};
use crate::tree::{Entry, Node, Value};

/// A value with its place.
#[derive(Clone, Debug)]
pub struct Spanned<T> {
    pub value: T,
    pub span: Span,
}

impl<T> Deref for Spanned<T> {
    type Target = T;
    fn deref(&self) -> &T {
        &self.value
    }
}

/// A string with its place.
pub type Text = Spanned<Str>;

impl Text {
    /// A scalar as text, whatever YAML may take it for.
    pub fn of(node: &Node) -> Option<Self> {
        node.as_text().map(|text| Self { value: text.clone(), span: node.span })
    }

    /// The span of the bytes `start..end` of the text.
    pub fn part(&self, start: usize, end: usize) -> Span {
        self.value.part(self.span, start, end)
    }
}

/// The text as a string node, at its own span.
impl From<&Text> for Node {
    fn from(text: &Text) -> Self {
        Self::text(text.value.clone(), text.span)
    }
}

/// What can be read from a node. `None` means that a mistake was told.
pub trait Decode: Sized {
    const SHAPE: Shape;
    /// Whether a map that lacks the field is a mistake.
    const REQUIRED: bool = true;

    fn decode(node: Node, decoder: &mut Decoder) -> Option<Self>;

    /// The value of a field that is not there, for types that can be absent.
    fn absent() -> Option<Self> {
        None
    }

    /// What stands for a value that is an expression without a value yet.
    fn awaited(_: Span) -> Option<Self> {
        Self::absent()
    }
}

/// Reads one document: where it is in the tables, and where mistakes go.
#[derive(Debug)]
pub struct Decoder<'a> {
    pub sink: &'a mut Sink,
    /// The keys down to here, the kind first: `Registry.spec.service`.
    path: Vec<&'static str>,
    /// The place of the key that holds the value to be read.
    holder: Span,
    /// Expressions have no values yet: fields that need one to be read are passed over.
    awaits_values: bool,
}

impl<'a> Decoder<'a> {
    /// `at` is the place that stands for the document as a whole.
    pub fn new(kind: &'static str, at: Span, sink: &'a mut Sink) -> Self {
        Self { sink, path: vec![kind], holder: at, awaits_values: false }
    }

    /// Reads what can be read of a document whose expressions have no values yet.
    #[must_use]
    pub fn awaiting_values(self) -> Self {
        Self { awaits_values: true, ..self }
    }

    /// Whether a value of a shape cannot be read yet, since it is an expression.
    fn is_awaited(&self, node: &Node, shape: Shape) -> bool {
        let is_text = matches!(
            shape,
            Shape::Text | Shape::Scalar | Shape::TextOr(_) | Shape::Any | Shape::Argo(_)
        );
        self.awaits_values
            && !is_text
            && node.as_text().is_some_and(|text| expression::is_in_text(text))
    }

    /// Where the value is in the tables, as `explain` takes it.
    pub fn path(&self) -> String {
        self.path.join(".").replace(".[]", "[]")
    }

    /// Whether a text has an expression in it that has no value yet.
    pub fn awaits(&self, text: &str) -> bool {
        self.awaits_values && expression::is_in_text(text)
    }

    /// Opens a map: tells its unknown keys and gives out the others.
    pub fn open(&mut self, node: Node, record: &'static Record) -> Option<Fields> {
        let span = node.span;
        let entries = match node.value {
            Value::Map(entries) => entries,
            _ if node.is_null() => Vec::new(),
            _ => return self.wrong_type(&node, "a map"),
        };
        let mut fields = Fields {
            span,
            holder: self.holder,
            entries: Vec::with_capacity(entries.len()),
            excused: Vec::new(),
            record,
        };
        for entry in entries {
            match record.field(&entry.key.text) {
                Some(field) if field.later => {
                    self.sink.report(ap107_not_compiled::field(&entry.key, &self.path()));
                }
                Some(_) => fields.entries.push(Some(entry)),
                None => self.unknown(&entry, &mut fields),
            }
        }
        Some(fields)
    }

    /// Tells an unknown key. A required field that is missing beside it is excused if this is plainly it, misspelt.
    fn unknown(&mut self, entry: &Entry, fields: &mut Fields) {
        let guess = nearest(&entry.key.text, fields.record.keys());
        fields.excused.extend(guess);
        self.sink.report(ap103_unknown_field::finding(
            &entry.key,
            &self.path(),
            guess,
            fields.record.keys(),
        ));
    }

    pub fn wrong_type<T>(&mut self, node: &Node, wanted: &str) -> Option<T> {
        self.sink.report(ap105_wrong_type::finding(node, &self.path(), wanted));
        None
    }

    pub fn not_one_of<T>(&mut self, text: &Text, words: &[&'static str]) -> Option<T> {
        self.sink.report(ap106_not_one_of::finding(text.span, &text.value, &self.path(), words));
        None
    }

    /// Tells a value that has the right type and cannot be right: `wanted` says what would be.
    pub fn invalid<T>(&mut self, span: Span, value: &str, wanted: &str) -> Option<T> {
        self.sink.report(ap108_invalid_value::finding(span, value, &self.path(), wanted));
        None
    }

    /// Reads a value that a key holds.
    fn under<T: Decode>(&mut self, key: &'static str, holder: Span, node: Node) -> Option<T> {
        let before = std::mem::replace(&mut self.holder, holder);
        self.path.push(key);
        let value = T::decode(node, self);
        self.path.pop();
        self.holder = before;
        value
    }
}

/// The fields of an opened map that are still to be taken.
#[derive(Debug)]
pub struct Fields {
    pub span: Span,
    pub holder: Span,
    entries: Vec<Option<Entry>>,
    excused: Vec<&'static str>,
    record: &'static Record,
}

impl Fields {
    /// Nothing if a key is plainly that of a field, misspelt: what the map says is not known then, and what follows from it silent.
    pub fn are_plain(&self) -> Option<()> {
        self.excused.is_empty().then_some(())
    }

    /// Takes a field out; tells it if it is missing and must not be.
    pub fn take<T: Decode>(&mut self, key: &'static str, decoder: &mut Decoder) -> Option<T> {
        let is_it =
            |entry: &Option<Entry>| entry.as_ref().is_some_and(|entry| &*entry.key.text == key);
        let entry = self.entries.iter_mut().find(|entry| is_it(entry)).and_then(Option::take);
        match entry {
            Some(entry) if decoder.is_awaited(&entry.value, T::SHAPE) => {
                T::awaited(entry.value.span)
            }
            Some(entry)
                if T::REQUIRED || T::SHAPE.has_required_fields() || !entry.value.is_null() =>
            {
                decoder.under(key, entry.key.span, entry.value)
            }
            None if T::REQUIRED && !self.excused.contains(&key) => {
                let doc = self.record.field(key).map_or("", |field| field.doc);
                decoder.sink.report(ap104_missing_field::finding(
                    self.holder,
                    &decoder.path(),
                    key,
                    doc.trim(),
                ));
                None
            }
            _ => T::absent(),
        }
    }
}

impl<T: Decode> Decode for Option<T> {
    const SHAPE: Shape = T::SHAPE;
    const REQUIRED: bool = false;

    fn decode(node: Node, decoder: &mut Decoder) -> Option<Self> {
        T::decode(node, decoder).map(Some)
    }

    fn absent() -> Option<Self> {
        Some(None)
    }
}

impl<T: Decode> Decode for Box<T> {
    const SHAPE: Shape = T::SHAPE;
    const REQUIRED: bool = T::REQUIRED;

    fn decode(node: Node, decoder: &mut Decoder) -> Option<Self> {
        T::decode(node, decoder).map(Box::new)
    }
}

impl<T: Decode> Decode for Vec<T> {
    const SHAPE: Shape = Shape::List(&T::SHAPE);
    const REQUIRED: bool = false;

    fn decode(node: Node, decoder: &mut Decoder) -> Option<Self> {
        let Value::List(items) = node.value else { return decoder.wrong_type(&node, "a list") };
        let items: Vec<Node> =
            items.into_iter().filter(|item| !decoder.is_awaited(item, T::SHAPE)).collect();
        let count = items.len();
        let read =
            |item: Node| decoder.under("[]", Span { end: item.span.start + 1, ..item.span }, item);
        let items: Self = items.into_iter().filter_map(read).collect();
        (items.len() == count).then_some(items)
    }

    fn absent() -> Option<Self> {
        Some(Self::new())
    }
}

/// A list that must be there and must not be empty.
#[derive(Clone, Debug)]
pub struct NonEmpty<T>(pub Vec<T>);

impl<T: Decode> Decode for NonEmpty<T> {
    const SHAPE: Shape = Shape::List(&T::SHAPE);

    fn decode(node: Node, decoder: &mut Decoder) -> Option<Self> {
        let span = node.span;
        let items = Vec::decode(node, decoder)?;
        if items.is_empty() {
            return decoder.invalid(span, "[]", "at least one item");
        }
        Some(Self(items))
    }
}

/// A map with keys of the writer's own, in the order in which it was written.
#[derive(Clone, Debug)]
pub struct Entries<T>(pub Vec<(Text, T)>);

impl<T> Entries<T> {
    pub fn get(&self, key: &str) -> Option<&T> {
        self.0.iter().find(|(have, _)| &*have.value == key).map(|(_, value)| value)
    }
}

impl<T> Default for Entries<T> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<T: Decode> Decode for Entries<T> {
    const SHAPE: Shape = Shape::Map(&T::SHAPE);
    const REQUIRED: bool = false;

    fn decode(node: Node, decoder: &mut Decoder) -> Option<Self> {
        let Value::Map(entries) = node.value else { return decoder.wrong_type(&node, "a map") };
        let count = entries.len();
        let read = |entry: Entry| {
            let key = Spanned { value: entry.key.text, span: entry.key.span };
            decoder.under("*", key.span, entry.value).map(|value| (key, value))
        };
        let entries: Vec<_> = entries.into_iter().filter_map(read).collect();
        (entries.len() == count).then_some(Self(entries))
    }

    fn absent() -> Option<Self> {
        Some(Self::default())
    }
}

impl Decode for Text {
    const SHAPE: Shape = Shape::Text;

    fn decode(node: Node, decoder: &mut Decoder) -> Option<Self> {
        let Value::Scalar(scalar) = &node.value else {
            return decoder.wrong_type(&node, "a string");
        };
        if scalar.plain && resolve(&scalar.text) != Resolved::Str {
            return decoder.wrong_type(&node, "a string");
        }
        if scalar.text.is_empty() {
            return decoder.invalid(node.span, "", "a string that is not empty");
        }
        Some(Self { value: scalar.text.clone(), span: node.span })
    }
}

impl Decode for Spanned<bool> {
    const SHAPE: Shape = Shape::Boolean;

    fn decode(node: Node, decoder: &mut Decoder) -> Option<Self> {
        match &node.value {
            Value::Scalar(scalar) if scalar.plain => match resolve(&scalar.text) {
                Resolved::Bool(value) => Some(Self { value, span: node.span }),
                _ => decoder.wrong_type(&node, "true or false"),
            },
            _ => decoder.wrong_type(&node, "true or false"),
        }
    }

    fn awaited(span: Span) -> Option<Self> {
        Some(Self { value: false, span })
    }
}

impl Decode for Spanned<i64> {
    const SHAPE: Shape = Shape::Integer;

    fn decode(node: Node, decoder: &mut Decoder) -> Option<Self> {
        let number = match &node.value {
            Value::Scalar(scalar) if scalar.plain => scalar.text.parse().ok(),
            _ => None,
        };
        match number {
            Some(value) => Some(Self { value, span: node.span }),
            None => decoder.wrong_type(&node, "an integer"),
        }
    }

    fn awaited(span: Span) -> Option<Self> {
        Some(Self { value: 0, span })
    }
}

/// A string, number or boolean, as its text: what Argo takes as the value of a parameter.
#[derive(Clone, Debug)]
pub struct Scalar(pub Text);

impl Decode for Scalar {
    const SHAPE: Shape = Shape::Scalar;

    fn decode(node: Node, decoder: &mut Decoder) -> Option<Self> {
        match &node.value {
            Value::Scalar(scalar) if !node.is_null() => {
                Some(Self(Spanned { value: scalar.text.clone(), span: node.span }))
            }
            _ => decoder.wrong_type(&node, "a string, number or boolean"),
        }
    }
}

/// Any value, kept as it was written.
impl Decode for Node {
    const SHAPE: Shape = Shape::Any;

    fn decode(node: Node, _: &mut Decoder) -> Option<Self> {
        Some(node)
    }
}
