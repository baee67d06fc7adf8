//! The text of a document, repaired where a known slip of the hand stops the parser, and the way back
//! to the file.
//!
//! What is emitted never comes from a text that had to be repaired, since each slip is an error.

use std::borrow::Cow;
use std::ops::Range;

use crate::source::{FileId, Span};

/// The text of a document, as it is or repaired, and the way back from its bytes to those of the
/// file.
pub(super) struct Repaired<'a> {
    file: FileId,
    original: &'a str,
    base: usize,
    text: Cow<'a, str>,
    /// From each of these bytes of `text` on, bytes of `original` follow one to one.
    segments: Vec<(usize, usize)>,
    /// The lines of `text`; empty until something is repaired.
    lines: Vec<Line>,
    /// The lines whose indentation was repaired, where what stands on them may still belong
    /// elsewhere.
    pub(super) moved: Vec<Span>,
}

/// A change of the text: a range in bytes of it, and what comes there, which has no line break.
pub(super) struct Edit {
    pub(super) range: Range<usize>,
    pub(super) text: String,
}

/// A line of the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Line {
    /// Where it starts, in bytes.
    pub(super) start: usize,
    /// How many spaces it starts with.
    pub(super) indent: usize,
    /// Whether it is empty or a comment.
    pub(super) is_blank: bool,
    /// Whether it starts with the dash of a list item.
    pub(super) is_item: bool,
}

impl Line {
    fn of(start: usize, text: &str) -> Self {
        let trimmed = text.trim();
        Self {
            start,
            indent: text.len() - text.trim_start_matches(' ').len(),
            is_blank: trimmed.is_empty() || trimmed.starts_with('#'),
            is_item: trimmed == "-" || trimmed.starts_with("- "),
        }
    }
}

impl<'a> Repaired<'a> {
    /// `base` is where in the file the document starts, in bytes.
    pub(super) fn new(file: FileId, base: usize, original: &'a str) -> Self {
        let mut repaired = Self {
            file,
            original,
            base,
            text: Cow::Borrowed(original),
            segments: vec![(0, 0)],
            lines: Vec::new(),
            moved: Vec::new(),
        };
        repaired.escape_controls();
        repaired
    }

    pub(super) fn text(&self) -> &str {
        &self.text
    }

    /// Splits the text into its lines, which repairing needs.
    pub(super) fn split(&mut self) {
        let mut start = 0;
        let line = |text: &str| {
            start += text.len();
            Line::of(start - text.len(), text)
        };
        self.lines = self.text.split_inclusive('\n').map(line).collect();
    }

    pub(super) fn lines(&self) -> &[Line] {
        &self.lines
    }

    /// The text of a line with its break; nothing past the last one.
    pub(super) fn line(&self, at: usize) -> &str {
        let start = |at: usize| self.lines.get(at).map_or(self.text.len(), |line| line.start);
        &self.text[start(at)..start(at + 1)]
    }

    /// The line that a byte of the text is on.
    pub(super) fn line_at(&self, offset: usize) -> usize {
        self.lines.partition_point(|line| line.start <= offset).saturating_sub(1)
    }

    /// The span in the file of a range of bytes of the text.
    pub(super) fn span(&self, start: usize, end: usize) -> Span {
        Span::new(self.file, self.base + self.to_original(start), self.base + self.to_original(end))
    }

    /// The span in the file of the whole document.
    pub(super) fn whole(&self) -> Span {
        Span::new(self.file, self.base, self.base + self.original.len())
    }

    /// What the file has at a span.
    pub(super) fn original(&self, span: Span) -> &'a str {
        let range = span.range();
        self.original
            .get(range.start.saturating_sub(self.base)..range.end.saturating_sub(self.base))
            .unwrap_or_default()
    }

    /// A span without the blank lines at its end, which belong to block scalars.
    pub(super) fn trim(&self, span: Span) -> Span {
        let text = self.original(span);
        span.part(0, text.trim_end().len().max(1).min(text.len()))
    }

    /// Where the dash stands that a list item at `offset` is behind, if the item does not begin
    /// with one itself.
    pub(super) fn dash_before(&self, offset: usize) -> usize {
        let before = self.text[..offset].trim_end_matches(' ');
        if !self.text[offset..].starts_with("- ") && before.len() < offset && before.ends_with('-')
        {
            before.len() - 1
        } else {
            offset
        }
    }

    /// Where the quote stands that is not closed on the lines before `offset`.
    pub(super) fn open_quote(&self, offset: usize) -> Option<usize> {
        let mut end = offset;
        while end > 0 {
            let start = self.text[..end - 1].rfind('\n').map_or(0, |at| at + 1);
            let line = &self.text[start..end];
            let odd = ['"', '\''].into_iter().filter(|quote| line.matches(*quote).count() % 2 == 1);
            if let Some(at) = odd.filter_map(|quote| line.rfind(quote)).min() {
                return Some(start + at);
            }
            end = start;
        }
        None
    }

    fn to_original(&self, offset: usize) -> usize {
        let at = self.segments.partition_point(|(start, _)| *start <= offset).saturating_sub(1);
        let (start, original) = self.segments[at];
        (original + offset - start).min(self.original.len())
    }

    /// Makes changes, which come in the order of the text and do not meet.
    pub(super) fn apply(&mut self, edits: &[Edit]) {
        let mut text = String::with_capacity(self.text.len());
        let mut segments = Vec::with_capacity(self.segments.len() + edits.len());
        let mut from = 0;
        for edit in edits {
            self.keep(from..edit.range.start, &mut text, &mut segments);
            text.push_str(&edit.text);
            from = edit.range.end;
        }
        self.keep(from..self.text.len(), &mut text, &mut segments);
        self.text = Cow::Owned(text);
        self.segments = segments;
        self.update_lines(edits);
    }

    /// Takes a range of the text over as it is.
    fn keep(&self, range: Range<usize>, text: &mut String, segments: &mut Vec<(usize, usize)>) {
        segments.push((text.len(), self.to_original(range.start)));
        let within = |(start, _): &&(usize, usize)| range.start < *start && *start < range.end;
        for (start, original) in self.segments.iter().filter(within) {
            segments.push((text.len() + start - range.start, *original));
        }
        text.push_str(&self.text[range]);
    }

    fn update_lines(&mut self, edits: &[Edit]) {
        let mut edits = edits.iter().peekable();
        let (mut added, mut removed) = (0, 0);
        for at in 0..self.lines.len() {
            let next = self.lines.get(at + 1).map_or(usize::MAX, |line| line.start);
            self.lines[at].start = self.lines[at].start + added - removed;
            let mut is_changed = false;
            while let Some(edit) = edits.next_if(|edit| edit.range.start < next) {
                (added, removed) = (added + edit.text.len(), removed + edit.range.len());
                is_changed = true;
            }
            if is_changed {
                let start = self.lines[at].start;
                let end = next.checked_add(added).map_or(self.text.len(), |end| end - removed);
                self.lines[at] = Line::of(start, &self.text[start..end.min(self.text.len())]);
            }
        }
    }

    /// Writes characters as escapes that JSON takes inside of its strings and YAML does not.
    fn escape_controls(&mut self) {
        let is_json = self.text.trim_start().starts_with(['{', '[']);
        if !is_json || !self.text.contains(is_refused) {
            return;
        }
        let mut edits = Vec::new();
        let (mut is_quoted, mut is_escaped) = (false, false);
        for (at, c) in self.text.char_indices() {
            if is_quoted && is_refused(c) {
                let text = format!("\\u{:04x}", u32::from(c));
                edits.push(Edit { range: at..at + c.len_utf8(), text });
            }
            is_quoted ^= c == '"' && !is_escaped;
            is_escaped = is_quoted && c == '\\' && !is_escaped;
        }
        self.apply(&edits);
    }
}

/// Whether YAML takes a character, of those that JSON takes, in escapes only.
fn is_refused(c: char) -> bool {
    matches!(c, '\u{7f}'..='\u{84}' | '\u{86}'..='\u{9f}' | '\u{feff}' | '\u{fffe}' | '\u{ffff}')
}
