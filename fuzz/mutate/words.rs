//! Changes of words, keys and values: what is left mostly is YAML still.

use std::ops::Range;

use fastrand::Rng;

use super::{Corpus, any_value, lines, nasty as values, pick, replaced};

/// Where any word of the text is.
fn any(text: &str, rng: &mut Rng) -> Option<Range<usize>> {
    let is_word = |c: char| c.is_alphanumeric() || "-_./%".contains(c);
    let starts = text.char_indices().zip(std::iter::once(' ').chain(text.chars()));
    let starts: Vec<usize> = starts
        .filter(|((_, c), before)| is_word(*c) && !is_word(*before))
        .map(|((at, _), _)| at)
        .collect();
    let start = rng.choice(starts)?;
    let length = text[start..].find(|c| !is_word(c)).unwrap_or(text.len() - start);
    Some(start..start + length)
}

/// A word of the text for another word of it: often a name for a name.
pub(crate) fn exchange(text: &str, rng: &mut Rng, corpus: &Corpus) -> String {
    let Some(range) = any(text, rng) else { return text.to_owned() };
    let other = if rng.bool() { any(text, rng).map(|other| &text[other]) } else { None };
    let other = other.unwrap_or_else(|| pick(rng, &corpus.words));
    replaced(text, range, other)
}

/// A word of the text for another, wherever it stands.
pub(crate) fn rename(text: &str, rng: &mut Rng, corpus: &Corpus) -> String {
    let Some(range) = any(text, rng) else { return text.to_owned() };
    let other = match rng.u8(..4) {
        0 => values::value(rng),
        1 => text[range.clone()].to_uppercase(),
        _ => pick(rng, &corpus.words).to_owned(),
    };
    text.replace(&text[range], &other)
}

pub(crate) fn nasty(text: &str, rng: &mut Rng, _: &Corpus) -> String {
    let Some(range) = any(text, rng) else { return text.to_owned() };
    replaced(text, range, &values::value(rng))
}

pub(crate) fn value(text: &str, rng: &mut Rng, corpus: &Corpus) -> String {
    let Some(range) = any_value(text, rng) else { return text.to_owned() };
    let other = if rng.bool() { any_value(text, rng).map(|other| &text[other]) } else { None };
    let other = other.unwrap_or_else(|| pick(rng, &corpus.values));
    replaced(text, range, other)
}

pub(crate) fn nasty_value(text: &str, rng: &mut Rng, _: &Corpus) -> String {
    let Some(range) = any_value(text, rng) else { return text.to_owned() };
    replaced(text, range, &values::value(rng))
}

/// Another key before a value.
pub(crate) fn key(text: &str, rng: &mut Rng, corpus: &Corpus) -> String {
    let mut lines: Vec<String> = lines(text).into_iter().map(str::to_owned).collect();
    let keyed: Vec<usize> = (0..lines.len()).filter(|at| lines[*at].contains(':')).collect();
    if let Some(at) = rng.choice(keyed) {
        let line = &lines[at];
        let start = line.find(|c: char| c != ' ' && c != '-').unwrap_or_default();
        let end = line.find(':').unwrap_or(start).max(start);
        lines[at] = replaced(line, start..end, pick(rng, &corpus.keys));
    }
    lines.concat()
}

/// Another key beside one that is there, with a value of any kind.
pub(crate) fn new_key(text: &str, rng: &mut Rng, corpus: &Corpus) -> String {
    let mut lines: Vec<String> = lines(text).into_iter().map(str::to_owned).collect();
    let keyed: Vec<usize> = (0..lines.len()).filter(|at| lines[*at].contains(':')).collect();
    if let Some(at) = rng.choice(keyed) {
        let start = lines[at].find(|c: char| c != ' ' && c != '-').unwrap_or_default();
        let value = match rng.u8(..3) {
            0 => values::value(rng),
            _ => pick(rng, &corpus.values).to_owned(),
        };
        let line = format!("{}{}: {value}\n", " ".repeat(start), pick(rng, &corpus.keys));
        lines.insert(at + 1, line);
    }
    lines.concat()
}
