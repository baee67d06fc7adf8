//! What an event expression comes to on an event.

use serde_json::Value;

use super::field::Failed;
use super::sources::{Piece, Source, sources};
use super::{EventExpr, harmless};

/// The value of an expression, as Argo Events makes it of the parameters that are printed for it. `payload` is the event's data,
/// `{headers, body, metadata}`, and `time` that of the event, in seconds since 1970.
pub fn evaluate(expr: &EventExpr, payload: &Value, time: i64) -> String {
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
