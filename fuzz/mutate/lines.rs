//! Changes of lines, whatever they say.

use fastrand::Rng;

use super::{Corpus, boundary, lines};

/// A few lines in a row.
fn any(lines: &[&str], rng: &mut Rng) -> std::ops::Range<usize> {
    if lines.is_empty() {
        return 0..0;
    }
    let start = rng.usize(..lines.len());
    start..(start + rng.usize(1..=4)).min(lines.len())
}

pub(crate) fn drop(text: &str, rng: &mut Rng, _: &Corpus) -> String {
    let mut lines = lines(text);
    lines.drain(any(&lines, rng));
    lines.concat()
}

pub(crate) fn repeat(text: &str, rng: &mut Rng, _: &Corpus) -> String {
    let mut lines = lines(text);
    let range = any(&lines, rng);
    let times = if rng.u8(..) < 8 { 200 } else { 1 };
    let again = lines[range.clone()].repeat(times);
    lines.splice(range.end..range.end, again);
    lines.concat()
}

pub(crate) fn swap(text: &str, rng: &mut Rng, _: &Corpus) -> String {
    let mut lines = lines(text);
    if !lines.is_empty() {
        let (a, b) = (rng.usize(..lines.len()), rng.usize(..lines.len()));
        lines.swap(a, b);
    }
    lines.concat()
}

pub(crate) fn shift(text: &str, rng: &mut Rng, _: &Corpus) -> String {
    let mut lines = lines(text);
    let taken: Vec<&str> = lines.drain(any(&lines, rng)).collect();
    let at = rng.usize(..=lines.len());
    lines.splice(at..at, taken);
    lines.concat()
}

pub(crate) fn indent(text: &str, rng: &mut Rng, _: &Corpus) -> String {
    let lines = lines(text);
    let range = any(&lines, rng);
    let by = rng.usize(..5);
    let change = |(at, line): (usize, &&str)| match (range.contains(&at), by) {
        (false, _) => (*line).to_owned(),
        (true, 0) => format!("\t{line}"),
        (true, 1 | 2) => line.strip_prefix(&" ".repeat(by)).unwrap_or(line).to_owned(),
        (true, _) => format!("{}{line}", " ".repeat(by - 2)),
    };
    lines.iter().enumerate().map(change).collect()
}

pub(crate) fn truncate(text: &str, rng: &mut Rng, _: &Corpus) -> String {
    let at = boundary(text, rng.usize(..=text.len()));
    text[..at].to_owned()
}

/// Marks of documents where there were none, or none where there were some.
pub(crate) fn documents(text: &str, rng: &mut Rng, _: &Corpus) -> String {
    let marks =
        ["---\n", "...\n", "--- |\n", "%YAML 1.2\n---\n", "---\n---\n", "# only a comment\n---\n"];
    let mark = rng.choice(marks).unwrap_or_default();
    if rng.bool() {
        return text.replacen("---\n", mark, 1);
    }
    let mut lines = lines(text);
    let at = rng.usize(..=lines.len());
    lines.insert(at, mark);
    lines.concat()
}
