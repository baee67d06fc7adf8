//! What an event expression comes to on an event.

use serde_json::Value;

use super::field::{Field, Kind, Segment};
use super::sources::{Piece, Source, sources};
use super::{EventExpr, go_value};

/// A template cannot go on: a field of what has none, or an index of nothing.
#[derive(Debug)]
pub(super) struct Failed;

/// What a template finds on its way.
#[derive(Clone, Copy, Debug)]
enum Found<'v> {
    /// No value at all, whose fields have none either.
    Nothing,
    Value(&'v Value),
    /// A byte of a string.
    Byte(u8),
}

/// The value of an expression, as Argo Events makes it of the parameters that are printed for it.
/// `payload` is the event's data, `{headers, body, metadata}`, and `time` that of the event, in
/// seconds since 1970.
pub(crate) fn evaluate(expr: &EventExpr, payload: &Value, time: i64) -> String {
    sources(expr).iter().map(|source| of_source(source, payload, time)).collect()
}

fn of_source(source: &Source, payload: &Value, time: i64) -> String {
    let (Source::Data(pieces) | Source::Context(pieces)) = source else {
        let Source::Constant(text) = source else { return String::new() };
        return text.clone();
    };
    let text: Result<String, Failed> =
        pieces.iter().map(|piece| of_piece(piece, payload, time)).collect();
    // What Go prints for nothing counts as nothing.
    text.ok().filter(|text| text != "<no value>").unwrap_or_default()
}

fn of_piece(piece: &Piece, payload: &Value, time: i64) -> Result<String, Failed> {
    Ok(match piece {
        Piece::Literal(text) => text.clone(),
        Piece::Text(field) => harmless(&field.evaluate(payload)?),
        Piece::Slug(field, slug) => slug.of(&field.evaluate(payload)?),
        Piece::Time => time.to_string(),
        Piece::Date => {
            jiff::Timestamp::from_second(time).unwrap_or_default().strftime("%Y%m%d").to_string()
        }
    })
}

/// Text of a payload without what Argo Workflows would evaluate, and without control characters.
fn harmless(text: &str) -> String {
    let is_control = |c: char| c.is_control() && !matches!(c, '\t' | '\n' | '\r');
    text.replace('{', "{ ").replace(is_control, "?")
}

impl Field {
    /// The text of the value.
    pub(super) fn evaluate(&self, payload: &Value) -> Result<String, Failed> {
        let found = self.find(payload)?;
        Ok(match (&self.kind, found) {
            (_, Found::Nothing | Found::Value(Value::Null)) => String::new(),
            (Kind::Any, Found::Value(Value::String(text))) => text.clone(),
            (Kind::Any, Found::Value(value)) => go_value::json(value),
            (Kind::Text(_), Found::Value(value)) if go_value::is_empty(value) => String::new(),
            (Kind::Text(prefix), Found::Value(value)) => {
                let text = go_value::text(value);
                text.strip_prefix(prefix.as_str()).unwrap_or(&text).to_owned()
            }
            (_, Found::Byte(byte)) => byte.to_string(),
        })
    }

    fn find<'v>(&self, payload: &'v Value) -> Result<Found<'v>, Failed> {
        let mut found = Found::Value(payload);
        let mut was_indexed = false;
        for segment in &self.path {
            // Go looks through an empty interface that a function gives, and not through one that
            // is in a map.
            if was_indexed && matches!(found, Found::Value(Value::Null)) {
                found = Found::Nothing;
            }
            found = segment.of_value(found)?;
            was_indexed = !matches!(segment, Segment::Name(_));
        }
        Ok(found)
    }
}

impl Segment {
    /// As text/template does it in Go 1.26 (evalField in exec.go, index in funcs.go).
    fn of_value<'v>(&self, found: Found<'v>) -> Result<Found<'v>, Failed> {
        match (self, found) {
            (Self::Name(_), Found::Nothing) => Ok(Found::Nothing),
            (Self::Name(name) | Self::Key(name), Found::Value(Value::Object(map))) => {
                Ok(map.get(name).map_or(Found::Nothing, Found::Value))
            }
            (Self::Index(at), Found::Value(Value::Array(items))) => {
                items.get(*at).map(Found::Value).ok_or(Failed)
            }
            (Self::Index(at), Found::Value(Value::String(text))) => {
                text.as_bytes().get(*at).map(|byte| Found::Byte(*byte)).ok_or(Failed)
            }
            _ => Err(Failed),
        }
    }
}
