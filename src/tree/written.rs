//! Text that records which bytes of its file each of its own bytes comes from.

use crate::source::{FileId, Span};

/// A run of bytes of a text and the run of bytes of the file that it was read from.
///
/// A segment reaches to where the next one starts. Where both runs have the same length they are
/// the same bytes; otherwise the file has something else there, an escape or a folded line break,
/// and the runs only match as a whole.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Segment {
    /// Where the segment starts in the text, in bytes.
    pub value: u32,
    /// Where it starts in the file, in bytes.
    pub source: u32,
    /// How many bytes it covers in the file.
    pub len: u32,
}

/// The text of a scalar whose source differs from its value: one with escapes, a block scalar, one
/// that spans lines.
///
/// Invariant: the segments are in the order of `value`, and the first one starts at 0.
#[derive(Debug)]
pub struct Written {
    text: Box<str>,
    file: FileId,
    segments: Box<[Segment]>,
}

impl Written {
    pub fn new(text: impl Into<Box<str>>, file: FileId, segments: Vec<Segment>) -> Self {
        Self { text: text.into(), file, segments: segments.into() }
    }

    pub fn text(&self) -> &str {
        &self.text
    }

    /// The span of the bytes `start..end` of the text. Inside of an escape or a fold it is the
    /// whole escape or fold.
    pub fn part(&self, start: usize, end: usize) -> Span {
        let from = self.source_of(start, false);
        let to = if end > start { self.source_of(end - 1, true) } else { from };
        Span::new(self.file, from, to.max(from))
    }

    /// Where in the file the byte `at` of the text starts, or where it ends.
    fn source_of(&self, at: usize, is_end: bool) -> usize {
        let index = self.segments.partition_point(|segment| segment.value as usize <= at);
        let Some(segment) = self.segments.get(index.saturating_sub(1)) else { return 0 };
        let next = self.segments.get(index).map_or(self.text.len(), |next| next.value as usize);
        let (start, source) = (segment.value as usize, segment.source as usize);
        let is_same = next - start == segment.len as usize;
        match (is_same, is_end) {
            (true, _) => source + (at - start).min(segment.len as usize) + usize::from(is_end),
            (false, false) if at >= self.text.len() => source + segment.len as usize,
            (false, false) => source,
            (false, true) => source + segment.len as usize,
        }
    }
}
