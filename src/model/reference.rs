//! The tables as reference text: what `argopacks explain KIND[.field]` prints.

use std::fmt::Write;

use super::Kind;
use super::shape::{Field, Record, Shape};
use crate::diagnostics::nearest;

/// The reference text of a path such as `Pipeline` or `Builder.spec.steps`; the fault with it if
/// there is no such thing.
pub(crate) fn of(path: &str) -> Result<String, String> {
    let mut segments = path.split('.');
    let name = segments.next().unwrap_or_default();
    let names = || Kind::ALL.iter().map(|kind| kind.name());
    let kind = names()
        .find(|kind| kind.eq_ignore_ascii_case(name))
        .and_then(|kind| kind.parse::<Kind>().ok());
    let kind = kind.ok_or_else(|| unknown("kind", name, names()))?;
    let Some(mut record) = kind.record() else {
        return Ok(format!("{}\n\nKnown, not compiled yet.\n", kind.name()));
    };
    let mut shown = kind.name().to_owned();
    let mut field: Option<&Field> = None;
    for segment in segments.map(|segment| segment.trim_end_matches("[]")) {
        let held = field.map_or(Some(record), |field| field.shape.record());
        record = held.ok_or_else(|| no_fields(&shown, field))?;
        let next = record
            .field(segment)
            .ok_or_else(|| unknown(&format!("field of {shown}"), segment, record.keys()))?;
        let _ = write!(shown, ".{}", next.key);
        field = Some(next);
    }
    let held = field.map_or(Some(record), |field| field.shape.record());
    Ok(print(&shown, field, held.unwrap_or(&EMPTY)))
}

/// What is said to one who looks for fields of what has none here.
fn no_fields(path: &str, field: Option<&Field>) -> String {
    match field.map(|field| (field.later, field.shape.innermost())) {
        Some((true, _)) => format!("{path} is not compiled yet"),
        Some((_, Shape::Argo(name))) => {
            format!("{path} is Argo's {name}: its fields are in Argo's own documentation")
        }
        Some((_, shape)) => format!("{path} has no fields: it is of type {}", shape.name()),
        None => format!("{path} has no fields"),
    }
}

const EMPTY: Record = Record { doc: "", fields: &[] };

fn unknown<'a>(what: &str, name: &str, names: impl Iterator<Item = &'a str>) -> String {
    let names: Vec<&str> = names.collect();
    let guess = nearest(name, names.iter().copied()).map_or_else(
        || format!("there are {}", names.join(", ")),
        |guess| format!("did you mean `{guess}`?"),
    );
    format!("there is no {what} `{name}`; {guess}")
}

fn print(path: &str, field: Option<&Field>, record: &Record) -> String {
    let mut out = String::new();
    match field {
        Some(field) => {
            let shape =
                if field.later { "known, not compiled yet".to_owned() } else { field.shape.name() };
            let _ = writeln!(
                out,
                "{path}  ({}{})\n\n{}",
                shape,
                if field.required { ", required" } else { "" },
                field.doc.trim()
            );
            if let Shape::Argo(name) | Shape::IntegerOr(name) = field.shape {
                let _ = writeln!(
                    out,
                    "\nChecked against the fields of Argo's {name}, which is described in Argo's own documentation."
                );
            }
        }
        None => {
            let _ = writeln!(out, "{path}\n\n{}", record.doc.trim());
        }
    }
    if !record.fields.is_empty() {
        out.push_str("\nFields:\n");
        let widest = record.keys().map(str::len).max().unwrap_or_default();
        for field in record.fields {
            let state = if field.later {
                "not compiled yet"
            } else if field.required {
                "required"
            } else {
                ""
            };
            let state = if state.is_empty() { String::new() } else { format!(", {state}") };
            let shape = if field.later { "known".to_owned() } else { field.shape.name() };
            let _ = writeln!(
                out,
                "  {:widest$}  {shape}{state}\n  {:widest$}      {}",
                field.key,
                "",
                field.doc.trim()
            );
        }
    }
    out
}
