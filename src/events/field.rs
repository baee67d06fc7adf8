//! A value of an event's payload: where it is, and how Go's templates read it.

/// A place in the payload `{headers, body, metadata}`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Field {
    pub(super) path: Vec<Segment>,
    pub(super) kind: Kind,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// Text, without a prefix; empty where there is none.
    Text(String),
    /// Anything: text as it is, other things as JSON.
    Any,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Segment {
    /// A name, read as Go reads fields.
    Name(String),
    /// Another key.
    Key(String),
    Index(usize),
}

impl Field {
    /// Where a provider has text: a path with dots, and what is taken away from the start of the
    /// text.
    pub(crate) fn text(path: &str, trim_prefix: Option<&str>) -> Self {
        Self::at(path, Kind::Text(trim_prefix.unwrap_or_default().to_owned()))
    }

    /// A path of people's own, where anything may be: text as it is, other things as JSON, and
    /// nothing for null and for what is not there.
    pub(crate) fn any(path: &str) -> Self {
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
}

/// A string literal of Go.
pub(super) fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\"").replace('\n', "\\n"))
}
