//! The files of a run, their text, and how a byte in one becomes `file:line:col`.

mod read;
mod walk;

pub(crate) use read::Unread;
pub(crate) use read::{Content, MAX_BYTES, STDIN_SHOWN, load, read, shown};
pub(crate) use walk::OUTPUT_MANIFEST;

use std::sync::OnceLock;

/// A file of the run, by its index in the [`SourceMap`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FileId(pub u32);

/// A range of bytes in one file; `end` is exclusive.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    pub file: FileId,
    pub start: u32,
    pub end: u32,
}

impl Span {
    /// The span of what argopacks makes itself: it is written nowhere.
    pub const GENERATED: Self = Self { file: FileId(u32::MAX), start: 0, end: 0 };

    /// Whether this is a span in a file.
    pub fn is_written(self) -> bool {
        self.file != Self::GENERATED.file
    }

    pub fn new(file: FileId, start: usize, end: usize) -> Self {
        let clip = |offset: usize| u32::try_from(offset).unwrap_or(u32::MAX);
        Self { file, start: clip(start), end: clip(end) }
    }

    /// The span from the start of this one to the end of `other`, which is in the same file.
    #[must_use]
    pub fn to(self, other: Self) -> Self {
        Self { end: other.end.max(self.end), ..self }
    }

    /// The part from `start` to `end`, in bytes from the start of this span.
    #[must_use]
    pub fn part(self, start: usize, end: usize) -> Self {
        let base = self.start as usize;
        Self::new(self.file, base + start, base + end)
    }

    pub fn range(self) -> std::ops::Range<usize> {
        self.start as usize..self.end as usize
    }
}

/// One file: its text as read, and the path that it is shown under.
#[derive(Debug)]
pub struct SourceFile {
    pub path: String,
    pub text: String,
    line_starts: OnceLock<Vec<u32>>,
    /// How many characters stand before each [`BLOCK`] of the text.
    characters: OnceLock<Vec<u32>>,
}

/// Bytes from one count of characters to the next: columns of very long lines are counted from the
/// nearest.
const BLOCK: usize = 4096;

impl SourceFile {
    pub fn new(path: impl Into<String>, text: impl Into<String>) -> Self {
        Self {
            path: path.into(),
            text: text.into(),
            line_starts: OnceLock::new(),
            characters: OnceLock::new(),
        }
    }

    fn line_starts(&self) -> &[u32] {
        self.line_starts.get_or_init(|| {
            let breaks = self.text.bytes().zip(1u32..).filter(|(byte, _)| *byte == b'\n');
            std::iter::once(0).chain(breaks.map(|(_, next)| next)).collect()
        })
    }

    /// How many characters start before a byte offset, which must not be behind the end of the
    /// text.
    fn characters_before(&self, offset: usize) -> usize {
        let starts = |bytes: &[u8]| bytes.iter().filter(|byte| **byte & 0xc0 != 0x80).count();
        let counts = self.characters.get_or_init(|| {
            let mut sum = 0;
            let mut count = |block: &[u8]| {
                let before = sum;
                sum += u32::try_from(starts(block)).unwrap_or_default();
                before
            };
            self.text.as_bytes().chunks(BLOCK).map(&mut count).collect()
        });
        let block = (offset / BLOCK).min(counts.len().saturating_sub(1));
        let rest = &self.text.as_bytes()[block * BLOCK..offset];
        counts.get(block).map_or(0, |count| *count as usize) + starts(rest)
    }

    /// The first byte offset from `offset` on at which a character starts, or the end of the text:
    /// an offset that is counted on from another one can be inside a character.
    pub fn boundary(&self, offset: usize) -> usize {
        (offset..self.text.len())
            .find(|offset| self.text.is_char_boundary(*offset))
            .unwrap_or(self.text.len())
    }

    /// Line and column of a byte offset, both counted from 1, the column in characters. An offset
    /// inside a character counts as the end of it, one behind the text as its end.
    pub fn line_col(&self, offset: usize) -> (usize, usize) {
        let offset = self.boundary(offset);
        let starts = self.line_starts();
        let line = starts.partition_point(|start| *start as usize <= offset).max(1);
        let start = starts[line - 1] as usize;
        let bom = usize::from(start == 0 && offset > 0 && self.text.starts_with('\u{feff}'));
        (line, self.characters_before(offset) - self.characters_before(start) + 1 - bom)
    }

    /// The byte offset at which a line (counted from 1) starts; the end of the text past the last
    /// one.
    pub fn line_start(&self, line: usize) -> usize {
        let start = self.line_starts().get(line.saturating_sub(1));
        start.map_or(self.text.len(), |start| *start as usize)
    }

    /// How many lines the file has.
    pub fn lines(&self) -> usize {
        self.line_starts().len()
    }
}

/// Every file of a run.
#[derive(Debug, Default)]
pub struct SourceMap {
    files: Vec<SourceFile>,
}

impl SourceMap {
    /// Adds a file and returns its id.
    pub fn add(&mut self, file: SourceFile) -> FileId {
        self.files.push(file);
        FileId(u32::try_from(self.files.len() - 1).unwrap_or(u32::MAX))
    }

    /// Replaces a file; spans in the text that it had mean nothing any more.
    pub fn replace(&mut self, id: FileId, file: SourceFile) {
        self.files[id.0 as usize] = file;
    }

    pub fn file(&self, id: FileId) -> &SourceFile {
        &self.files[id.0 as usize]
    }

    pub fn ids(&self) -> impl Iterator<Item = FileId> + use<> {
        (0..u32::try_from(self.files.len()).unwrap_or(u32::MAX)).map(FileId)
    }

    /// The text that a span covers.
    pub fn text(&self, span: Span) -> &str {
        self.file(span.file).text.get(span.range()).unwrap_or_default()
    }

    /// `path:line:col` of where a span starts.
    pub fn place(&self, span: Span) -> String {
        let file = self.file(span.file);
        let (line, column) = file.line_col(span.start as usize);
        format!("{}:{line}:{column}", file.path)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn offsets_inside_characters_and_behind_the_text_have_a_column() {
        let file = SourceFile::new("a.yaml", "a\né日");
        assert_eq!(
            [2, 3, 4, 5, 7, 8].map(|offset| file.line_col(offset)),
            [(2, 1), (2, 2), (2, 2), (2, 3), (2, 3), (2, 3)]
        );
    }
}
