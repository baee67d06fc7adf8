//! Changes of a text: one file a kind of change, one line here.

mod blocks;
pub(crate) mod bytes;
mod chars;
mod expressions;
mod lines;
mod nasty;
mod words;

use fastrand::Rng;

use super::corpus::Corpus;

/// A change of a text. The same generator and corpus give the same one.
pub(crate) struct Mutation {
    pub(crate) name: &'static str,
    /// How often it comes up, beside the others.
    weight: usize,
    pub(crate) change: fn(&str, &mut Rng, &Corpus) -> String,
}

/// Lists the mutations: weight, name, function.
macro_rules! mutations {
    ($($weight:literal $name:literal = $change:path,)+) => {
        const MUTATIONS: &[Mutation] =
            &[$(Mutation { name: $name, weight: $weight, change: $change },)+];
    };
}

mutations! {
    2 "drop lines" = lines::drop,
    2 "repeat lines" = lines::repeat,
    2 "swap lines" = lines::swap,
    2 "move lines" = lines::shift,
    3 "indent a line" = lines::indent,
    1 "truncate" = lines::truncate,
    1 "documents" = lines::documents,
    6 "drop a block" = blocks::drop,
    3 "repeat a block" = blocks::repeat,
    3 "indent a block" = blocks::indent,
    4 "splice a block" = blocks::splice,
    8 "block for a block" = blocks::exchange,
    3 "a document more" = blocks::document,
    4 "value to block" = blocks::value_to_block,
    2 "anchor and alias" = blocks::anchor,
    8 "word for a word" = words::exchange,
    4 "rename" = words::rename,
    3 "nasty word" = words::nasty,
    8 "value for a value" = words::value,
    10 "nasty value" = words::nasty_value,
    3 "key" = words::key,
    2 "new key" = words::new_key,
    2 "delete characters" = chars::delete,
    3 "insert characters" = chars::insert,
    1 "repeat characters" = chars::repeat,
    1 "line ends" = chars::line_ends,
    6 "expression" = expressions::value,
    3 "tag of Argo" = expressions::tag,
    2 "long condition" = expressions::condition,
}

/// Any of the mutations.
pub(crate) fn any(rng: &mut Rng) -> &'static Mutation {
    let sum: usize = MUTATIONS.iter().map(|mutation| mutation.weight).sum();
    let mut left = rng.usize(..sum);
    for mutation in MUTATIONS {
        if left < mutation.weight {
            return mutation;
        }
        left -= mutation.weight;
    }
    &MUTATIONS[0]
}

/// One of several; of none, a default.
fn pick<'t>(rng: &mut Rng, texts: &'t [String]) -> &'t str {
    rng.choice(texts).map_or("", String::as_str)
}

/// The lines of a text, each with its end.
fn lines(text: &str) -> Vec<&str> {
    text.split_inclusive('\n').collect()
}

/// How many spaces a line begins with.
fn indentation(line: &str) -> usize {
    line.len() - line.trim_start_matches(' ').len()
}

/// The end of the block that starts at a line: the lines below it that are further in.
fn block_end(lines: &[&str], start: usize) -> usize {
    let own = indentation(lines[start]);
    let is_out = |line: &&str| indentation(line) <= own && !line.trim().is_empty();
    lines[start + 1..].iter().position(is_out).map_or(lines.len(), |length| start + 1 + length)
}

/// Where the value of `key: value` starts in a line, and where it ends.
fn value_of(line: &str) -> Option<std::ops::Range<usize>> {
    let end = line.trim_end().len();
    let start = match line.find(": ") {
        Some(colon) => colon + 2,
        None => line.find("- ")? + 2,
    };
    (start < end).then_some(start..end)
}

/// Any line with a value, and where that is in the text.
fn any_value(text: &str, rng: &mut Rng) -> Option<std::ops::Range<usize>> {
    let mut offset = 0;
    let mut values = Vec::new();
    for line in lines(text) {
        values.extend(value_of(line).map(|range| offset + range.start..offset + range.end));
        offset += line.len();
    }
    rng.choice(values)
}

/// The text with something else in place of a part of it.
fn replaced(text: &str, range: std::ops::Range<usize>, with: &str) -> String {
    [&text[..range.start], with, &text[range.end..]].concat()
}

/// The last place up to `at` at which a character starts.
fn boundary(text: &str, at: usize) -> usize {
    (0..=at.min(text.len())).rev().find(|at| text.is_char_boundary(*at)).unwrap_or_default()
}
