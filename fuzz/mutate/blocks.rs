//! Changes of blocks: a line and what is further in below it.

use std::ops::Range;

use fastrand::Rng;

use super::{Corpus, any_value, block_end, indentation, lines, nasty, pick, replaced};

/// Any line that says something, and the end of its block.
fn any(lines: &[&str], rng: &mut Rng) -> Range<usize> {
    let written: Vec<usize> = (0..lines.len()).filter(|at| !lines[*at].trim().is_empty()).collect();
    rng.choice(written).map_or(0..0, |start| start..block_end(lines, start))
}

/// Lines further in or out by a number of spaces.
fn moved<'l>(lines: impl IntoIterator<Item = &'l str>, from: usize, to: usize) -> Vec<String> {
    let line = |line: &str| match line.get(from.min(indentation(line))..) {
        Some(rest) => {
            " ".repeat(to)
                + &" ".repeat(indentation(line).saturating_sub(from))
                + rest.trim_start_matches(' ')
        }
        None => line.to_owned(),
    };
    lines.into_iter().map(line).collect()
}

pub(crate) fn drop(text: &str, rng: &mut Rng, _: &Corpus) -> String {
    let mut lines = lines(text);
    lines.drain(any(&lines, rng));
    lines.concat()
}

pub(crate) fn repeat(text: &str, rng: &mut Rng, _: &Corpus) -> String {
    let mut lines = lines(text);
    let mut range = any(&lines, rng);
    if rng.bool() {
        // Items of lists can be there twice, keys cannot.
        let items = (0..lines.len()).filter(|at| lines[*at].trim_start().starts_with("- "));
        let item = rng.choice(items.collect::<Vec<_>>());
        range = item.map_or(range, |start| start..block_end(&lines, start));
    }
    let times = if rng.u8(..) < 8 { 60 } else { 1 };
    let again = lines[range.clone()].repeat(times);
    lines.splice(range.end..range.end, again);
    lines.concat()
}

pub(crate) fn indent(text: &str, rng: &mut Rng, _: &Corpus) -> String {
    let lines = lines(text);
    let range = any(&lines, rng);
    let Some(first) = lines.get(range.start) else { return text.to_owned() };
    let from = indentation(first);
    let to = (from + rng.usize(..7)).saturating_sub(3);
    let block = moved(lines[range.clone()].iter().copied(), from, to);
    [lines[..range.start].concat(), block.concat(), lines[range.end..].concat()].concat()
}

/// A block of any file beside a line of its sort, as far in as that is, or for that.
pub(crate) fn splice(text: &str, rng: &mut Rng, corpus: &Corpus) -> String {
    let mut own: Vec<String> = lines(text).into_iter().map(str::to_owned).collect();
    let other = other_lines(rng, corpus);
    let range = any(&other, rng);
    let Some(first) = other.get(range.start) else { return text.to_owned() };
    let is_item = |line: &str| line.trim_start().starts_with("- ");
    let alike = (0..own.len()).filter(|at| is_item(&own[*at]) == is_item(first));
    let at = rng.choice(alike.collect::<Vec<_>>()).unwrap_or_default();
    let to = own.get(at).map_or(0, |line| indentation(line));
    let block = moved(other[range].iter().copied(), indentation(first), to);
    let borrowed: Vec<&str> = own.iter().map(String::as_str).collect();
    let end = if at < own.len() && rng.bool() { block_end(&borrowed, at) } else { at };
    own.splice(at..end, block);
    own.concat()
}

/// The lines of any file of the corpus.
fn other_lines<'c>(rng: &mut Rng, corpus: &'c Corpus) -> Vec<&'c str> {
    let file = rng.choice(&corpus.directories).and_then(|it| rng.choice(&it.files));
    file.map_or_else(Vec::new, |file| lines(&file.text))
}

/// How often a file is looked into for a block of a key.
const TRIES: usize = 8;

/// What another file has under the same key.
pub(crate) fn exchange(text: &str, rng: &mut Rng, corpus: &Corpus) -> String {
    let own = lines(text);
    let range = any(&own, rng);
    let key_of = |line: &str| line.split_once(':').map(|(key, _)| key.trim_start().to_owned());
    let Some(key) = own.get(range.start).and_then(|line| key_of(line)) else {
        return text.to_owned();
    };
    for _ in 0..TRIES {
        let other = other_lines(rng, corpus);
        let same = (0..other.len()).filter(|at| key_of(other[*at]).as_ref() == Some(&key));
        if let Some(start) = rng.choice(same.collect::<Vec<_>>()) {
            let block = other[start..block_end(&other, start)].iter().copied();
            let block = moved(block, indentation(other[start]), indentation(own[range.start]));
            return [own[..range.start].concat(), block.concat(), own[range.end..].concat()]
                .concat();
        }
    }
    text.to_owned()
}

/// A document of another file behind the others.
pub(crate) fn document(text: &str, rng: &mut Rng, corpus: &Corpus) -> String {
    let file = rng.choice(&corpus.directories).and_then(|it| rng.choice(&it.files));
    let documents = file.map_or_else(Vec::new, |file| file.text.split("---\n").collect());
    let document = rng.choice(documents).unwrap_or_default();
    format!("{}\n---\n{document}", text.trim_end())
}

/// A map or a list where a value was.
pub(crate) fn value_to_block(text: &str, rng: &mut Rng, corpus: &Corpus) -> String {
    let Some(range) = any_value(text, rng) else { return text.to_owned() };
    let old = text[range.clone()].to_owned();
    let (key, value) = (pick(rng, &corpus.keys), pick(rng, &corpus.values));
    let new = match rng.u8(..8) {
        0 => format!("[{old}]"),
        1 => format!("{{name: {old}}}"),
        2 => format!("{{{key}: {old}}}"),
        3 => format!("{{{key}: {value}}}"),
        4 => format!("[{old}, {value}, {old}]"),
        5 => "[]".to_owned(),
        6 => "{}".to_owned(),
        _ => format!("{{{key}: {}, {key}: {value}}}", nasty::value(rng)),
    };
    replaced(text, range, &new)
}

/// An anchor at one value, its alias or a merge key for some others.
pub(crate) fn anchor(text: &str, rng: &mut Rng, _: &Corpus) -> String {
    let lines = lines(text);
    let keyed = |line: &&str| line.trim_end().ends_with(':') || line.contains(": ");
    let all: Vec<usize> = (0..lines.len()).filter(|at| keyed(&lines[*at])).collect();
    let Some(anchored) = rng.choice(all.clone()) else { return text.to_owned() };
    let aliased: Vec<usize> =
        (0..rng.usize(1..4)).filter_map(|_| rng.choice(all.clone())).collect();
    let is_merge = rng.u8(..4) == 0;
    let (mut out, mut at) = (String::new(), 0);
    while at < lines.len() {
        let line = lines[at];
        let (key, value) = line.split_at(line.find(':').map_or(line.len(), |colon| colon + 1));
        if at == anchored {
            out.extend([key, " &a", value]);
        } else if !aliased.contains(&at) {
            out += line;
        } else if is_merge {
            out.extend([&" ".repeat(indentation(line)), "<<: *a\n"]);
        } else {
            out.extend([key, " *a\n"]);
        }
        let is_replaced = at != anchored && aliased.contains(&at);
        at = if is_replaced { block_end(&lines, at) } else { at + 1 };
    }
    out
}
