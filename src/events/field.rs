//! A value of an event's payload: where it is, how Go's templates read it, and what they find there.

use serde_json::Value;

use super::go_value;

/// A place in the payload `{headers, body, metadata}`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Field {
    path: Vec<Segment>,
    kind: Kind,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Kind {
    /// Text, without a prefix; empty where there is none.
    Text(String),
    /// Anything: text as it is, other things as JSON.
    Any,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Segment {
    /// A name, read as Go reads fields.
    Name(String),
    /// Another key.
    Key(String),
    Index(usize),
}

/// A template cannot go on: a field of what has none, or an index of nothing.
#[derive(Debug)]
pub struct Failed;

/// What a template finds on its way.
#[derive(Clone, Copy, Debug)]
enum Found<'v> {
    /// No value at all, whose fields have none either.
    Nothing,
    Value(&'v Value),
    /// A byte of a string.
    Byte(u8),
}

impl Field {
    /// Where a provider has text: a path with dots, and what is taken away from the start of the text.
    pub fn text(path: &str, trim_prefix: Option<&str>) -> Self {
        Self::at(path, Kind::Text(trim_prefix.unwrap_or_default().to_owned()))
    }

    /// A path of people's own, where anything may be: text as it is, other things as JSON, and nothing for null and for what is not
    /// there.
    pub fn any(path: &str) -> Self {
        Self::at(path, Kind::Any)
    }

    fn at(path: &str, kind: Kind) -> Self {
        Self { path: path.split('.').map(Segment::of).collect(), kind }
    }

    /// The Go template expression of the value; for one where anything can be, of nothing but text.
    pub(super) fn operand(&self) -> String {
        let operand =
            self.path.iter().fold(".Input".to_owned(), |operand, segment| match segment {
                Segment::Name(name) => format!("{operand}.{name}"),
                Segment::Key(key) => format!("(index {operand} {})", quoted(key)),
                Segment::Index(at) => format!("(index {operand} {at})"),
            });
        match &self.kind {
            Kind::Any => operand,
            Kind::Text(prefix) if prefix.is_empty() => {
                format!("{operand} | default \"\" | toString")
            }
            Kind::Text(prefix) => {
                format!("{operand} | default \"\" | toString | trimPrefix {}", quoted(prefix))
            }
        }
    }

    /// Whether anything can be there.
    pub(super) fn is_any(&self) -> bool {
        self.kind == Kind::Any
    }

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
            // Go looks through an empty interface that a function gives, and not through one that is in a map.
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
    fn of(text: &str) -> Self {
        let is_name = text.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_')
            && text.chars().all(|c| c.is_ascii_alphanumeric() || c == '_');
        // Go takes `08` for an octal number.
        let is_index = text.len() <= 9 && (text == "0" || !text.starts_with('0'));
        match text.parse() {
            _ if is_name => Self::Name(text.to_owned()),
            Ok(at) if is_index && text.bytes().all(|b| b.is_ascii_digit()) => Self::Index(at),
            _ => Self::Key(text.to_owned()),
        }
    }

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

/// A string literal of Go.
pub(super) fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\"").replace('\n', "\\n"))
}
