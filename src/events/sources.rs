//! The sources of a value in a trigger: what stands next to each other, and is of the data or of
//! the context, is one template.

use super::{EventExpr, Field};
use crate::names::Slug;

/// A source of a value; several follow each other in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Source<'e> {
    /// A template over the payload. Where it fails, or comes to nothing, the source is empty text
    /// as a whole.
    Data(Vec<Piece<'e>>),
    /// A template over the event's envelope, which has a time always.
    Context(Vec<Piece<'e>>),
    Constant(String),
}

/// A piece of a template.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Piece<'e> {
    Literal(String),
    Text(&'e Field),
    Slug(&'e Field, &'e Slug),
    Time,
    Date,
}

/// The sources of an expression.
pub(crate) fn sources(expr: &EventExpr) -> Vec<Source<'_>> {
    let mut sources = Vec::new();
    add(expr, &mut sources);
    sources
}

fn add<'e>(expr: &'e EventExpr, sources: &mut Vec<Source<'e>>) {
    let next = match expr {
        EventExpr::Literal(text) => Source::Constant(text.clone()),
        EventExpr::Text(field) => Source::Data(vec![Piece::Text(field)]),
        EventExpr::Slug(field, slug) => Source::Data(vec![Piece::Slug(field, slug)]),
        EventExpr::Time => Source::Context(vec![Piece::Time]),
        EventExpr::Date => Source::Context(vec![Piece::Date]),
        EventExpr::Concat(exprs) => return exprs.iter().for_each(|expr| add(expr, sources)),
    };
    join(sources, next);
}

/// Puts a source behind others, into the last of them where both are of one kind.
fn join<'e>(sources: &mut Vec<Source<'e>>, next: Source<'e>) {
    let literal = |text: &mut String| Piece::Literal(std::mem::take(text));
    match (sources.last_mut(), next) {
        (Some(Source::Constant(before)), Source::Constant(text)) => before.push_str(&text),
        (Some(Source::Data(before) | Source::Context(before)), Source::Constant(text)) => {
            before.push(Piece::Literal(text));
        }
        (Some(Source::Data(before)), Source::Data(pieces))
        | (Some(Source::Context(before)), Source::Context(pieces)) => before.extend(pieces),
        (Some(last @ Source::Constant(_)), next) => {
            let Source::Constant(text) = last else { return };
            let before = literal(text);
            *last = match next {
                Source::Data(pieces) => Source::Data([vec![before], pieces].concat()),
                Source::Context(pieces) => Source::Context([vec![before], pieces].concat()),
                Source::Constant(_) => return,
            };
        }
        (_, next) => sources.push(next),
    }
}
