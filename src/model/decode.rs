//! Nodes to values of the model, driven by the tables. Every mistake of a document is reported, and
//! what could be read is kept.

use super::shape::{Field, Record, Shape};
use crate::diagnostics::{Sink, nearest};
use crate::expression;
use crate::rules::{
    ap103_unknown_field, ap104_missing_field, ap105_wrong_type, ap106_not_one_of,
    ap107_not_compiled, ap108_invalid_value,
};
use crate::source::Span;
use crate::tree::{Entry, Key, Node, Value};

use super::scalars::Text;

/// What can be read from a node.
pub(crate) trait Decode: Sized {
    const SHAPE: Shape;
    /// Whether a map that lacks the field is a mistake. The hole of a type that is not required is
    /// what an absent field means.
    const REQUIRED: bool = true;

    /// `None` means that a mistake was reported and nothing of the value can be used.
    fn decode(node: Node, decoder: &mut Decoder) -> Option<Self>;

    /// What stands for a value that is absent, could not be read, or is not known yet.
    fn hole(hole: Hole) -> Self;

    /// Whether every record in it says all that it says: see
    /// [`Definition::is_whole`](super::Definition::is_whole).
    fn is_whole(&self) -> bool {
        true
    }
}

/// A place without a value.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Hole {
    /// Where the value stands, or the map that lacks it.
    pub span: Span,
    /// The value is an expression that has none yet: no mistake.
    pub is_awaited: bool,
}

impl Hole {
    /// A value that is missing or could not be read.
    pub(crate) fn mistake(span: Span) -> Self {
        Self { span, is_awaited: false }
    }
}

/// What an expression means that still stands in a document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Expressions {
    /// None does: `<{` is text.
    Evaluated,
    /// It has no value yet.
    Awaited,
    /// It has no value at all, and that was reported.
    Failed,
}

/// Reads one document: where it is in the tables, and where mistakes go.
#[derive(Debug)]
pub(crate) struct Decoder<'a> {
    pub sink: &'a mut Sink,
    /// The keys down to here, the kind first: `Registry.spec.service`.
    path: Vec<&'static str>,
    /// The place of the key that holds the value to be read.
    holder: Span,
    expressions: Expressions,
    /// Whether nothing was lost so far of the record that is being read.
    whole: bool,
}

impl<'a> Decoder<'a> {
    /// `at` is the place that stands for the document as a whole.
    pub(crate) fn new(kind: &'static str, at: Span, sink: &'a mut Sink) -> Self {
        Self {
            sink,
            path: vec![kind],
            holder: at,
            expressions: Expressions::Evaluated,
            whole: true,
        }
    }

    /// Reads what can be read of a document whose expressions have no values yet.
    #[must_use]
    pub(crate) fn awaiting_values(self) -> Self {
        Self { expressions: Expressions::Awaited, ..self }
    }

    /// Reads what can be read of a document in which the expressions without a value were left as
    /// they are.
    #[must_use]
    pub(crate) fn after_failures(self) -> Self {
        Self { expressions: Expressions::Failed, ..self }
    }

    /// The hole for a value that is an expression which leaves nothing to be read.
    fn hole_for(&mut self, node: &Node, shape: Shape) -> Option<Hole> {
        let is_expression = || node.as_text().is_some_and(|text| expression::is_in_text(text));
        match self.expressions {
            Expressions::Awaited if !shape.is_text() && is_expression() => {
                Some(Hole { span: node.span, is_awaited: true })
            }
            Expressions::Failed if is_expression() => {
                self.whole = false;
                Some(Hole::mistake(node.span))
            }
            _ => None,
        }
    }

    /// Takes note of expressions without a value in what is kept as it was written.
    pub(super) fn keep(&mut self, node: &Node) {
        self.whole &= self.expressions != Expressions::Failed || !expression::is_in(node);
    }

    /// Where the value is in the tables, as `explain` takes it.
    pub(crate) fn path(&self) -> String {
        self.path.join(".").replace(".[]", "[]")
    }

    /// Whether a text has an expression in it that has no value yet.
    pub(crate) fn awaits(&self, text: &str) -> bool {
        self.expressions != Expressions::Evaluated && expression::is_in_text(text)
    }

    /// Opens a map: reports its unknown keys and gives out the others.
    pub(crate) fn open(&mut self, node: Node, record: &'static Record) -> Option<Fields> {
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
            outer_is_whole: std::mem::replace(&mut self.whole, true),
        };
        let mut strays = Vec::new();
        for entry in entries {
            match record.field(&entry.key.text) {
                Some(field) if field.later => {
                    self.sink.report(ap107_not_compiled::field(&entry.key, &self.path()));
                }
                Some(_) => fields.entries.push(Some(entry)),
                None => strays.push(entry),
            }
        }
        for entry in strays {
            self.unknown(entry, &mut fields);
        }
        Some(fields)
    }

    /// Reports an unknown key. If it is plainly a field, misspelt, its value is read as that
    /// field's.
    fn unknown(&mut self, entry: Entry, fields: &mut Fields) {
        let guess = nearest(&entry.key.text, fields.record.keys());
        let field = guess.and_then(|guess| fields.record.field(guess));
        let is_it = |field: &&'static Field| {
            !field.later && !fields.has(field.key) && field.shape.resembles(&entry.value)
        };
        let meant = field.filter(is_it);
        self.sink.report(ap103_unknown_field::finding(
            &entry.key,
            &self.path(),
            meant.map(|field| field.key),
            fields.record.keys(),
        ));
        let Some(field) = field else { return };
        self.whole = false;
        fields.excused.push(field.key);
        if meant.is_some() {
            let key = Key { text: field.key.into(), span: entry.key.span };
            fields.entries.push(Some(Entry { key, value: entry.value }));
        }
    }

    pub(crate) fn wrong_type<T>(&mut self, node: &Node, wanted: &str) -> Option<T> {
        self.sink.report(ap105_wrong_type::finding(node, &self.path(), wanted));
        None
    }

    pub(crate) fn not_one_of<T>(&mut self, text: &Text, words: &[&'static str]) -> Option<T> {
        self.sink.report(ap106_not_one_of::finding(text.span, &text.value, &self.path(), words));
        None
    }

    /// Reports a value that has the right type and cannot be right: `wanted` says what would be.
    pub(crate) fn invalid<T>(&mut self, span: Span, value: &str, wanted: &str) -> Option<T> {
        self.sink.report(ap108_invalid_value::finding(span, value, &self.path(), wanted));
        None
    }

    /// Reports an entry or item that is left out of what was read.
    pub(super) fn leave_out<T>(&mut self, text: &Text, wanted: &str) -> Option<T> {
        self.whole = false;
        self.invalid(text.span, text, wanted)
    }

    /// Reads a value that a key holds. One that cannot be read, or has no value yet, is none.
    pub(super) fn under<T: Decode>(
        &mut self,
        key: &'static str,
        holder: Span,
        node: Node,
    ) -> Result<T, Hole> {
        if let Some(hole) = self.hole_for(&node, T::SHAPE) {
            return Err(hole);
        }
        let span = node.span;
        let before = std::mem::replace(&mut self.holder, holder);
        self.path.push(key);
        let value = T::decode(node, self);
        self.path.pop();
        self.holder = before;
        self.whole &= value.is_some();
        value.ok_or(Hole::mistake(span))
    }
}

/// The fields of an opened map that are still to be taken.
#[derive(Debug)]
pub(crate) struct Fields {
    pub span: Span,
    pub holder: Span,
    entries: Vec<Option<Entry>>,
    /// Fields that a misspelt key stands for: they are not reported as missing.
    excused: Vec<&'static str>,
    record: &'static Record,
    /// What the decoder knew of the record around this one.
    outer_is_whole: bool,
}

impl Fields {
    fn has(&self, key: &str) -> bool {
        self.entries.iter().flatten().any(|entry| entry.key.text == key)
    }

    fn remove(&mut self, key: &str) -> Option<Entry> {
        let is_it = |entry: &Option<Entry>| entry.as_ref().is_some_and(|e| e.key.text == key);
        self.entries.iter_mut().find(|entry| is_it(entry)).and_then(Option::take)
    }

    /// Takes a field out. One that is missing and must not be is reported; a hole stands for it.
    pub(crate) fn take<T: Decode>(&mut self, key: &'static str, decoder: &mut Decoder) -> T {
        let is_read =
            |node: &Node| T::REQUIRED || T::SHAPE.has_required_fields() || !node.is_null();
        match self.remove(key) {
            Some(entry) if is_read(&entry.value) => {
                decoder.under(key, entry.key.span, entry.value).unwrap_or_else(T::hole)
            }
            None if T::REQUIRED => {
                self.missing(key, decoder);
                T::hole(Hole::mistake(self.holder))
            }
            _ => T::hole(Hole::mistake(self.span)),
        }
    }

    fn missing(&self, key: &'static str, decoder: &mut Decoder) {
        decoder.whole = false;
        if !self.excused.contains(&key) {
            let doc = self.record.field(key).map_or("", |field| field.doc);
            let path = decoder.path();
            decoder.sink.report(ap104_missing_field::finding(self.holder, &path, key, doc.trim()));
        }
    }

    /// Ends the record; whether it says all that it says, nothing misspelt, missing or unreadable.
    pub(crate) fn close(self, decoder: &mut Decoder) -> bool {
        std::mem::replace(&mut decoder.whole, self.outer_is_whole)
    }
}
