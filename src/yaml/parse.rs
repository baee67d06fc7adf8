//! Splits a file into its documents and reads each on its own, so that a broken one leaves the
//! others whole.

use std::ops::Range;

use rayon::prelude::*;

use super::aliases::Spent;
use super::build::{Builder, Failure};
use super::repair::Repaired;
use super::scan::{Resumed, scan};
use super::slips::repair;
use crate::diagnostics::{Diagnostic, Sink};
use crate::rules::ap001_syntax;
use crate::source::{FileId, SourceFile, SourceMap, Span};
use crate::tree::Node;

/// After so many repaired mistakes in one document its shape is beyond guessing.
const MAX_REPAIRS: usize = 100;

/// Bytes of one document that are read from its start on, again after each repaired mistake: a
/// document of up to so many bytes is always read from its start on.
const MAX_REREAD: usize = 1024 * 1024;

/// Documents that are worth a thread's while.
const MIN_DOCUMENTS: usize = 32;

/// One document of a file.
#[derive(Clone, Debug)]
pub struct Document {
    /// Null where nothing could be read.
    pub root: Node,
    /// All of it in the file.
    pub span: Span,
    /// A syntax error cut the document short: what it says is known only up to there.
    pub cut_short: bool,
    /// Lines that were read as if they were indented otherwise; whether what is on them belongs
    /// there is a guess.
    pub moved: Vec<Span>,
    /// What is wrong with it as YAML. Whether that matters depends on whose document it is.
    pub findings: Vec<Diagnostic>,
}

/// Reads every document of some files, in parallel; for each file what [`parse`] returns.
///
/// Aliases can repeat more than memory holds. Where the run is beyond its limit, it is read anew
/// from the first file on, one document behind the other, so that the same documents are cut short
/// each time.
pub(crate) fn parse_all(files: &[FileId], sources: &SourceMap) -> Vec<Vec<Document>> {
    let bytes = files.iter().map(|file| sources.file(*file).text.len()).sum();
    let spent = Spent::new(bytes);
    let read = |file: &FileId| parse_with(*file, sources.file(*file), &spent);
    let documents: Vec<Vec<Document>> = files.par_iter().map(read).collect();
    if !spent.is_over() {
        return documents;
    }
    drop(documents);
    let spent = Spent::new(bytes).in_order();
    files.iter().map(|file| parse_with(*file, sources.file(*file), &spent)).collect()
}

/// Reads every document of a file. Mistakes of a known kind are reported and repaired in memory, so
/// that the rest of the document is read as it was meant; what cannot be repaired is reported and the
/// document kept up to there. Empty documents are left out.
pub fn parse(file: FileId, source: &SourceFile) -> Vec<Document> {
    parse_with(file, source, &Spent::new(source.text.len()))
}

fn parse_with(file: FileId, source: &SourceFile, spent: &Spent) -> Vec<Document> {
    let text = source.text.strip_prefix('\u{feff}').unwrap_or(&source.text);
    let base = source.text.len() - text.len();
    let read =
        |range: Range<usize>| read(Repaired::new(file, base + range.start, &text[range]), spent);
    let ranges = documents(text);
    let documents: Vec<Vec<Document>> = if spent.is_in_order() {
        ranges.into_iter().map(read).collect()
    } else {
        ranges.into_par_iter().with_min_len(MIN_DOCUMENTS).map(read).collect()
    };
    documents.into_iter().flatten().collect()
}

/// The ranges between the lines that start with `---`; directives and comments belong to the
/// document after them.
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

/// Reads the documents of one range, mostly one; several where one ends with `...`.
fn read(mut repaired: Repaired<'_>, spent: &Spent) -> Vec<Document> {
    let mut found = Sink::default();
    let mut built = Builder::new(&repaired, &mut found, spent).run();
    let mut repairs = 0;
    if built.is_err() && may_be_definition(repaired.text()) {
        let mut slips = Sink::default();
        repairs = mend_all(&mut repaired, &mut slips, MAX_REREAD);
        if repairs > 0 {
            found = Sink::default();
            built = Builder::new(&repaired, &mut found, spent).run();
        }
        found.absorb(slips);
    }
    let (roots, cut_short) = match built {
        Ok(roots) => (roots, false),
        Err(failure) => {
            let Failure { offset, reason, finding, partial } = *failure;
            if repairs < MAX_REPAIRS {
                found.report(finding.unwrap_or_else(|| syntax(&repaired, offset, &reason)));
            }
            (partial.into_iter().collect(), true)
        }
    };
    collected(roots, cut_short, &repaired, found)
}

/// Whether repairing is worth the time: without either of these words a document is hardly one of
/// ours.
fn may_be_definition(text: &str) -> bool {
    text.contains("argoproj") || text.contains("kind")
}

fn collected(
    mut roots: Vec<Node>,
    cut_short: bool,
    repaired: &Repaired<'_>,
    found: Sink,
) -> Vec<Document> {
    let mut findings = found.finish();
    let whole = repaired.whole();
    if roots.is_empty() && !findings.is_empty() {
        roots.push(Node::null().at(whole.part(0, 0)));
    }
    let document = |root: Node| Document {
        root,
        span: whole,
        cut_short,
        moved: repaired.moved.clone(),
        findings: std::mem::take(&mut findings),
    };
    roots.into_iter().map(document).collect()
}

/// Repairs one slip after the other, as far as they are known; returns how many. Once `max_reread`
/// bytes were read again, what is before a slip no longer is.
fn mend_all(repaired: &mut Repaired<'_>, sink: &mut Sink, max_reread: usize) -> usize {
    let mut text = Resumed::whole(repaired.text());
    let mut reread = 0;
    for repairs in 0..MAX_REPAIRS {
        let Err(stop) = scan(&text.text) else { return repairs };
        let offset = text.outer(stop.offset);
        let Some(first) = repair(repaired, offset, sink) else { return repairs };
        let line_start = repaired.lines()[first].start;
        let resumed = (reread >= max_reread)
            .then(|| text.after(&stop, repaired.text(), line_start))
            .flatten();
        text = match resumed {
            Some(resumed) => resumed,
            None if reread > 8 * MAX_REREAD => return MAX_REPAIRS,
            None => {
                reread += repaired.text().len();
                Resumed::whole(repaired.text())
            }
        };
    }
    MAX_REPAIRS
}

fn syntax(repaired: &Repaired<'_>, offset: usize, reason: &str) -> Diagnostic {
    // Of a quote that is not closed the parser reports where it lost patience.
    let is_quote = reason.contains("quote");
    let offset = Some(offset)
        .filter(|_| !is_quote)
        .or_else(|| repaired.open_quote(offset))
        .unwrap_or(offset);
    ap001_syntax::finding(repaired.span(offset, offset), reason)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// The findings of repairing a text, and what it was repaired to.
    fn repaired(text: &str, max_reread: usize) -> (Vec<(&'static str, Span)>, String) {
        let mut repaired = Repaired::new(FileId(0), 0, text);
        let mut sink = Sink::default();
        mend_all(&mut repaired, &mut sink, max_reread);
        let found = sink.finish().into_iter();
        let found = found.map(|finding| (finding.rule.code, finding.primary.span)).collect();
        (found, repaired.text().to_owned())
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(300))]

        #[test]
        fn going_on_behind_a_slip_finds_what_reading_from_the_start_does(
            lines in proptest::collection::vec(
                (0usize..7, r"(- )?(- )?([a-c]: |[a-c]:|- |)(x|\{\{x\}\} y|@x|&a x|\*a|\||>|'q'|\[x, y\]|\{a: b\}||#c)"),
                1..25,
            ),
        ) {
            let line = |(indent, text): &(usize, String)| format!("{}{text}\n", " ".repeat(*indent));
            let text: String = lines.iter().map(line).collect();
            prop_assert_eq!(repaired(&text, usize::MAX), repaired(&text, 0), "{}", text);
        }
    }
}
