//! Finds what stops the parser without making a tree, and from where it can go on once that is
//! repaired.

use granit_parser::{Event, Options, Parser, StrInput, StructureStyle};

/// A list or map that is open.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Level {
    is_list: bool,
    is_flow: bool,
    /// Where its items or keys start on their lines, in bytes.
    column: usize,
    /// A key was read, and its value was not.
    awaits_value: bool,
}

/// Where a line starts that begins with an item or a key, and what is open there.
#[derive(Clone, Debug, Default)]
struct Entry {
    start: usize,
    levels: Vec<Level>,
}

/// Where the parser stopped.
#[derive(Debug)]
pub(super) struct Stop {
    /// In bytes of the text.
    pub(super) offset: usize,
    /// The last two lines that began with an item or a key, the last one behind.
    entries: [Entry; 2],
}

/// A text that begins in the middle of another one.
#[derive(Debug)]
pub(super) struct Resumed {
    pub(super) text: String,
    /// How many bytes of it stand for what is before `start` in the other one.
    prefix: usize,
    start: usize,
}

impl Resumed {
    /// A whole text.
    pub(super) fn whole(text: &str) -> Self {
        Self { text: text.to_owned(), prefix: 0, start: 0 }
    }

    /// The text from the last line before `line_start` that begins with an item or a key, behind
    /// lines that open what is open there; nothing where that is not known, as inside of `[ ]`.
    /// Offsets of `stop` are those of this text, and up to `line_start` it reads as `text` does.
    pub(super) fn after(&self, stop: &Stop, text: &str, line_start: usize) -> Option<Self> {
        let entry = stop
            .entries
            .iter()
            .rev()
            .find(|entry| entry.start >= self.prefix && self.outer(entry.start) < line_start)?;
        if entry.levels.is_empty() || entry.levels.iter().any(|level| level.is_flow) {
            return None;
        }
        let (start, mut opened) = (self.outer(entry.start), String::new());
        for (at, level) in entry.levels.iter().enumerate() {
            opened.push_str(&" ".repeat(level.column));
            opened.push_str(if level.is_list { "-" } else { "k:" });
            opened.push_str(if at + 1 == entry.levels.len() { " v\n" } else { "\n" });
        }
        Some(Self { prefix: opened.len(), text: opened + &text[start..], start })
    }

    /// An offset in this text as one in the whole text.
    pub(super) fn outer(&self, offset: usize) -> usize {
        self.start + offset.saturating_sub(self.prefix)
    }
}

/// Reads a text as far as it goes.
pub(super) fn scan(text: &str) -> Result<(), Stop> {
    let mut options = Options::default();
    // Their anchors may stand before the text.
    options.emit_unresolved_aliases = true;
    let mut state = Scan { text, open: Vec::new(), entries: Default::default(), line: usize::MAX };
    for next in Parser::<StrInput>::new_from_str_with_options(text, options) {
        match next {
            Ok((event, span)) => {
                let start = span.byte_range().map_or(0, |range| range.start);
                state.take(&event, start, span.start.line());
            }
            Err(error) => {
                let offset = error.marker().byte_offset().unwrap_or(0).min(text.len());
                return Err(Stop { offset, entries: state.entries });
            }
        }
    }
    Ok(())
}

struct Scan<'t> {
    text: &'t str,
    open: Vec<Level>,
    entries: [Entry; 2],
    /// The line of the last entry, as the parser counts.
    line: usize,
}

impl Scan<'_> {
    fn take(&mut self, event: &Event, start: usize, line: usize) {
        let opened = match event {
            Event::Scalar(..) | Event::Alias(_) | Event::UnresolvedAlias(_) => None,
            Event::SequenceStart(style, ..) => Some((true, *style)),
            Event::MappingStart(style, ..) => Some((false, *style)),
            Event::SequenceEnd | Event::MappingEnd => {
                self.open.pop();
                return;
            }
            _ => return,
        };
        self.begin(start, line);
        if let Some((is_list, style)) = opened {
            let is_flow = style == StructureStyle::Flow;
            let column = if is_flow { 0 } else { self.column(start, is_list) };
            self.open.push(Level { is_list, is_flow, column, awaits_value: false });
        }
    }

    /// The column of a list or map that the parser has start at `start`.
    fn column(&self, start: usize, is_list: bool) -> usize {
        let line = line_start(self.text, start);
        let indent = self.text[line..].len() - self.text[line..].trim_start_matches(' ').len();
        let is_value = self.open.last().is_some_and(|level| !level.is_list);
        if is_list && is_value && self.text[line + indent..].starts_with('-') {
            // The start of a list in the column of its key is behind its first dash.
            indent
        } else {
            start - line
        }
    }

    /// A node starts: an item of a list, or the key or the value of an entry of a map.
    fn begin(&mut self, start: usize, line: usize) {
        let Some(level) = self.open.last_mut() else { return };
        let is_value = level.awaits_value;
        level.awaits_value = !level.is_list && !is_value;
        if is_value || line == self.line || level.is_flow {
            return;
        }
        // An item may begin on another line than its dash, as a key may after `?`.
        let before = &self.text[line_start(self.text, start)..start];
        let is_entry = if level.is_list {
            before.trim_start().starts_with('-')
        } else {
            before.len() == level.column
        };
        if is_entry {
            self.line = line;
            self.entries.swap(0, 1);
            let entry = &mut self.entries[1];
            entry.start = line_start(self.text, start);
            entry.levels.clone_from(&self.open);
        }
    }
}

fn line_start(text: &str, offset: usize) -> usize {
    text[..offset].rfind('\n').map_or(0, |at| at + 1)
}
