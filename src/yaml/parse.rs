//! Splits a file into its documents and reads each on its own, so that a broken one leaves the others whole.

use std::ops::Range;

use rayon::prelude::*;

use super::build::{Builder, Failure};
use super::repair::Repaired;
use crate::diagnostics::Sink;
use crate::rules::ap001_syntax;
use crate::source::{FileId, SourceFile, SourceMap, Span};
use crate::tree::Node;

/// After so many mended mistakes in one document its shape is beyond guessing.
const MAX_REPAIRS: usize = 100;

/// Documents that are worth a thread's while.
const MIN_DOCUMENTS: usize = 32;

/// One document of a file.
#[derive(Debug)]
pub struct Document {
    pub root: Node,
    /// A syntax error cut the document short: what it says is known only up to there.
    pub cut_short: bool,
}

/// Reads every document of some files, in parallel; what is found comes in the order of the files.
pub fn parse_all(files: &[FileId], sources: &SourceMap, sink: &mut Sink) -> Vec<Document> {
    in_order(files.par_iter(), sink, |file, found| parse(*file, sources.file(*file), found))
}

/// Reads parts in parallel; what each comes to, and what is found in it, is put together in their order.
fn in_order<T: Send>(
    parts: impl IndexedParallelIterator<Item = T>,
    sink: &mut Sink,
    read: impl Fn(T, &mut Sink) -> Vec<Document> + Sync + Send,
) -> Vec<Document> {
    let one = |part: T| {
        let mut found = Sink::default();
        (read(part, &mut found), found)
    };
    let parts: Vec<(Vec<Document>, Sink)> = parts.map(one).collect();
    let mut documents = Vec::new();
    for (part, found) in parts {
        documents.extend(part);
        sink.absorb(found);
    }
    documents
}

/// Reads every document of a file. Mistakes of a known kind are told and mended in memory, so that the rest of the document is
/// read as it was meant; what cannot be mended is told and the document kept up to there. Empty documents are left out.
pub fn parse(file: FileId, source: &SourceFile, sink: &mut Sink) -> Vec<Document> {
    let text = source.text.strip_prefix('\u{feff}').unwrap_or(&source.text);
    let base = source.text.len() - text.len();
    let ranges = documents(text).into_par_iter().with_min_len(MIN_DOCUMENTS);
    in_order(ranges, sink, |range, found| read(file, base, text, range, found))
}

/// The ranges between the lines that start with `---`; directives and comments belong to the document after them.
fn documents(text: &str) -> Vec<Range<usize>> {
    let mut ranges = Vec::new();
    let (mut start, mut offset, mut has_content) = (0, 0, false);
    for line in text.split_inclusive('\n') {
        let is_marker = line
            .strip_prefix("---")
            .is_some_and(|rest| rest.is_empty() || rest.starts_with([' ', '\t', '\r', '\n']));
        if is_marker && has_content {
            ranges.push(start..offset);
            start = offset;
        }
        has_content |= is_marker || !(line.starts_with(['%', '#']) || line.trim().is_empty());
        offset += line.len();
    }
    ranges.push(start..text.len());
    ranges
}

fn read(
    file: FileId,
    base: usize,
    text: &str,
    range: Range<usize>,
    sink: &mut Sink,
) -> Vec<Document> {
    let mut repaired = Repaired::new(file, base + range.start, &text[range]);
    for _ in 0..MAX_REPAIRS {
        let mut found = Sink::default();
        match Builder::new(&repaired, &mut found).run() {
            Ok(roots) => {
                sink.absorb(found);
                return roots.into_iter().map(|root| Document { root, cut_short: false }).collect();
            }
            Err(failure) if repaired.mend(failure.offset, sink) => {}
            Err(failure) => {
                sink.absorb(found);
                return give_up(&repaired, failure, sink);
            }
        }
    }
    // Read once more as far as it goes: what it defines is known, if not what it says.
    let partial = Builder::new(&repaired, &mut Sink::default())
        .run()
        .map_or_else(|failure| failure.partial, |roots| roots.into_iter().next());
    partial.into_iter().map(|root| Document { root, cut_short: true }).collect()
}

fn give_up(repaired: &Repaired<'_>, failure: Box<Failure>, sink: &mut Sink) -> Vec<Document> {
    // Of a quote that is not closed the parser tells where it lost patience.
    let is_quote = failure.reason.contains("quote");
    let offset = Some(failure.offset)
        .filter(|_| !is_quote)
        .or_else(|| repaired.open_quote(failure.offset))
        .unwrap_or(failure.offset);
    let place: Span = repaired.span(offset, offset);
    sink.report(failure.finding.unwrap_or_else(|| ap001_syntax::finding(place, &failure.reason)));
    failure.partial.into_iter().map(|root| Document { root, cut_short: true }).collect()
}
