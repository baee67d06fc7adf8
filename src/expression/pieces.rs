//! A scalar in pieces: plain text and the expressions in it.

use crate::source::Span;

pub(super) const OPEN: &str = "<{";
const CLOSE: &str = "}>";

/// A piece of a scalar.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Piece<'t> {
    Text(&'t str),
    /// What stands between the signs.
    Expression(&'t str),
    /// An expression that has no end, with all that follows.
    Unclosed,
}

/// Splits the text of a scalar.
pub(super) fn pieces(text: &str) -> Vec<Piece<'_>> {
    let mut pieces = Vec::new();
    let mut rest = text;
    while let Some(start) = rest.find(OPEN) {
        if start > 0 {
            pieces.push(Piece::Text(&rest[..start]));
        }
        let inner = &rest[start + OPEN.len()..];
        let Some(end) = end_of(inner) else {
            pieces.push(Piece::Unclosed);
            return pieces;
        };
        pieces.push(Piece::Expression(&inner[..end]));
        rest = &inner[end + CLOSE.len()..];
    }
    if !rest.is_empty() {
        pieces.push(Piece::Text(rest));
    }
    pieces
}

/// Where an expression ends: at the first `}>` outside of its strings. A string without an end has
/// no outside.
fn end_of(inner: &str) -> Option<usize> {
    let mut quote = None;
    let mut is_escaped = false;
    for (at, byte) in inner.bytes().enumerate() {
        match quote {
            Some(_) if is_escaped => is_escaped = false,
            Some(_) if byte == b'\\' => is_escaped = true,
            Some(open) if byte == open => quote = None,
            None if matches!(byte, b'"' | b'\'') => quote = Some(byte),
            // Bytes are looked at, since `at` may be inside a character.
            None if inner.as_bytes()[at..].starts_with(CLOSE.as_bytes()) => return Some(at),
            _ => {}
        }
    }
    quote.and_then(|_| inner.find(CLOSE))
}

/// The places of the expressions among the pieces of a scalar: `source` is how it is written at
/// `span`, with quotes and escapes.
pub(super) fn places(pieces: &[Piece], source: &str, span: Span) -> Vec<Span> {
    let mut from = 0;
    let mut places = Vec::new();
    for piece in pieces {
        let inner = match piece {
            Piece::Text(_) => continue,
            Piece::Expression(inner) => Some(*inner),
            Piece::Unclosed => None,
        };
        let Some(start) = source[from..].find(OPEN).map(|start| from + start) else {
            places.push(span);
            continue;
        };
        let written = &source[start + OPEN.len()..];
        let length = match inner {
            Some(inner) if written.starts_with(inner) => Some(inner.len()),
            Some(_) => written.find(CLOSE),
            None => None,
        };
        from = start + OPEN.len() + length.map_or(0, |length| length + CLOSE.len());
        places.push(span.part(start, from));
    }
    places
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn expressions_end_outside_of_strings() {
        let split = |text| pieces(text);
        assert_eq!(
            split("a<{ b }>c"),
            [Piece::Text("a"), Piece::Expression(" b "), Piece::Text("c")]
        );
        assert_eq!(split(r#"<{ "a}>b" }>"#), [Piece::Expression(r#" "a}>b" "#)]);
        assert_eq!(split(r#"<{ "<{" }>"#), [Piece::Expression(r#" "<{" "#)]);
        assert_eq!(split(r#"<{ "\"}>" }>"#), [Piece::Expression(r#" "\"}>" "#)]);
        assert_eq!(split("<{ {1: 2}}>"), [Piece::Expression(" {1: 2}")]);
        assert_eq!(split("<{ it's }>"), [Piece::Expression(" it's ")]);
        assert_eq!(split("<{ é日 }>"), [Piece::Expression(" é日 ")]);
        assert_eq!(split("a <{ b"), [Piece::Text("a "), Piece::Unclosed]);
    }
}
