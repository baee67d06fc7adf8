//! Changes of characters.

use std::ops::Range;

use fastrand::Rng;

use super::{Corpus, boundary, nasty, replaced};

/// A few characters in a row.
fn any(text: &str, rng: &mut Rng, most: usize) -> Range<usize> {
    let start = boundary(text, rng.usize(..=text.len()));
    let end = boundary(text, start + rng.usize(..=most));
    start..end.max(start)
}

pub(crate) fn delete(text: &str, rng: &mut Rng, _: &Corpus) -> String {
    let most = if rng.u8(..) < 30 { 300 } else { 4 };
    let range = any(text, rng, most);
    replaced(text, range, "")
}

pub(crate) fn insert(text: &str, rng: &mut Rng, _: &Corpus) -> String {
    let at = any(text, rng, 0);
    let sign = nasty::sign(rng).repeat(if rng.u8(..) < 8 { 150 } else { 1 });
    replaced(text, at, &sign)
}

pub(crate) fn repeat(text: &str, rng: &mut Rng, _: &Corpus) -> String {
    let range = any(text, rng, 60);
    let times = if rng.u8(..) < 30 { rng.usize(2..300) } else { 2 };
    let again = text[range.clone()].repeat(times);
    replaced(text, range, &again)
}

/// Ends of lines and spaces in another fashion.
pub(crate) fn line_ends(text: &str, rng: &mut Rng, _: &Corpus) -> String {
    match rng.u8(..6) {
        0 => text.replace('\n', "\r\n"),
        1 => text.replace('\n', "\r"),
        2 => text.replace("  ", "\t"),
        3 => format!("\u{feff}{text}"),
        4 => text.trim_end().to_owned(),
        _ => text.replacen('\n', "\u{85}", rng.usize(1..5)),
    }
}
