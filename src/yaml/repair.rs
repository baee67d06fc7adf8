//! Known slips of the hand that stop a YAML parser. Each is told where it is and mended in memory, so that one of them does not
//! hide the next; what is emitted never comes from a text that had to be mended, since each is an error.

use std::borrow::Cow;
use std::ops::Range;

use crate::diagnostics::Sink;
use crate::rules::{ap002_tab, ap003_stray_characters, ap004_indentation, ap005_unquoted_braces};
use crate::source::{FileId, Span};

/// Spaces that one tab of indentation is taken for.
const TAB_WIDTH: usize = 2;

/// The text of a document, as it is or mended, and the way back from its bytes to those of the file.
pub(super) struct Repaired<'a> {
    file: FileId,
    original: &'a str,
    base: usize,
    text: Cow<'a, str>,
    /// From each of these bytes of `text` on, bytes of `original` follow one to one.
    segments: Vec<(usize, usize)>,
}

/// A change of the text: a range in bytes of it, and what comes there.
struct Edit {
    range: Range<usize>,
    text: String,
}

/// A line of the text: where it starts, and its indentation in characters.
struct Line<'t> {
    start: usize,
    text: &'t str,
}

impl Line<'_> {
    fn indent(&self) -> usize {
        self.text.len() - self.text.trim_start_matches(' ').len()
    }

    fn is_blank(&self) -> bool {
        let text = self.text.trim();
        text.is_empty() || text.starts_with('#')
    }

    fn is_item(&self) -> bool {
        let text = self.text.trim();
        text == "-" || text.starts_with("- ")
    }
}

impl<'a> Repaired<'a> {
    /// `base` is where in the file the document starts, in bytes.
    pub(super) fn new(file: FileId, base: usize, original: &'a str) -> Self {
        Self { file, original, base, text: Cow::Borrowed(original), segments: vec![(0, 0)] }
    }

    pub(super) fn text(&self) -> &str {
        &self.text
    }

    /// The place in the file of a range of bytes of the text.
    pub(super) fn span(&self, start: usize, end: usize) -> Span {
        Span::new(self.file, self.base + self.to_original(start), self.base + self.to_original(end))
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

    /// Where the dash stands that a list item at `offset` is behind, if the item does not begin with one itself.
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
        let lines = lines(&self.text[..offset]);
        lines.iter().rev().find_map(|line| {
            let quotes = |quote: char| {
                line.text.match_indices(quote).map(|(at, _)| line.start + at).collect::<Vec<_>>()
            };
            let odd = ['"', '\''].map(quotes).into_iter().filter(|places| places.len() % 2 == 1);
            odd.filter_map(|places| places.last().copied()).min()
        })
    }

    fn to_original(&self, offset: usize) -> usize {
        let at = self.segments.partition_point(|(start, _)| *start <= offset).saturating_sub(1);
        let (start, original) = self.segments[at];
        (original + offset - start).min(self.original.len())
    }

    fn apply(&mut self, edit: &Edit) {
        let end = self.to_original(edit.range.end);
        self.text.to_mut().replace_range(edit.range.clone(), &edit.text);
        let after = edit.range.start + edit.text.len();
        self.segments.retain(|(start, _)| *start <= edit.range.start || *start > edit.range.end);
        for (start, _) in self.segments.iter_mut().filter(|(start, _)| *start > edit.range.end) {
            *start = *start + edit.text.len() - edit.range.len();
        }
        let at = self.segments.partition_point(|(start, _)| *start <= edit.range.start);
        self.segments.insert(at, (after, end));
    }

    /// Mends what stopped the parser at `offset`, if it is one of the known slips; says whether it was.
    pub(super) fn mend(&mut self, offset: usize, sink: &mut Sink) -> bool {
        let lines = lines(&self.text);
        let at = lines.partition_point(|line| line.start <= offset).saturating_sub(1);
        let mut edits = Vec::new();
        for slip in [tabs, stray_characters, unquoted_braces, indentation] {
            edits = slip(self, &lines, at, sink);
            if !edits.is_empty() {
                break;
            }
        }
        for edit in edits.iter().rev() {
            self.apply(edit);
        }
        !edits.is_empty()
    }
}

fn lines(text: &str) -> Vec<Line<'_>> {
    let mut start = 0;
    let line = |text: &'_ str| start_of(&mut start, text.len());
    let starts: Vec<usize> = text.split_inclusive('\n').map(line).collect();
    text.split_inclusive('\n').zip(starts).map(|(text, start)| Line { start, text }).collect()
}

fn start_of(next: &mut usize, length: usize) -> usize {
    let start = *next;
    *next += length;
    start
}

/// Tabs as indentation: on the line that stopped the parser, and on every line that starts with one.
fn tabs(source: &Repaired, lines: &[Line], at: usize, sink: &mut Sink) -> Vec<Edit> {
    let blank = |line: &Line| line.text.len() - line.text.trim_start_matches([' ', '\t']).len();
    let has_tab = |line: &Line| line.text[..blank(line)].contains('\t');
    // Behind a bare scalar the parser takes the tab for more of it, and stops at its start.
    if ![at, at + 1].iter().any(|at| lines.get(*at).is_some_and(has_tab)) {
        return Vec::new();
    }
    let concerned = lines.iter().enumerate().filter(|(number, line)| {
        has_tab(line) && (*number == at || *number == at + 1 || line.text.starts_with('\t'))
    });
    concerned
        .filter(|(_, line)| !line.is_blank())
        .map(|(_, line)| {
            let range = line.start..line.start + blank(line);
            let spaces = line.text[..blank(line)].replace('\t', &" ".repeat(TAB_WIDTH));
            sink.report(ap002_tab::finding(source.span(range.start, range.end), &spaces));
            Edit { range, text: spaces }
        })
        .collect()
}

/// `****spec:`: signs before a key, as an editor or a chat leaves them.
fn stray_characters(source: &Repaired, lines: &[Line], at: usize, sink: &mut Sink) -> Vec<Edit> {
    let Some(line) = lines.get(at) else { return Vec::new() };
    let text = line.text.trim_start_matches(' ');
    let is_sign = |c: char| "*&!%@`|>,]}".contains(c);
    let rest = text.trim_start_matches(is_sign);
    let signs = text.len() - rest.len();
    let (before, is_value) = rest.split_once(':').map_or(("", false), |(key, after)| {
        (key, after.is_empty() || after.starts_with([' ', '\r', '\n']))
    });
    let key = before.trim_end_matches(is_sign).trim_start();
    let is_key = !key.is_empty()
        && is_value
        && key.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '_' | '.'));
    if signs == 0 || !is_key {
        return Vec::new();
    }
    let start = line.start + line.indent();
    let range = start..start + signs + before.len();
    sink.report(ap003_stray_characters::finding(
        source.span(range.start, range.end),
        &text[..signs],
        key,
    ));
    vec![Edit { range, text: key.to_owned() }]
}

/// `key: {{ x }} more`, `tag: %date%`: a bare value that starts with what YAML keeps for itself.
fn unquoted_braces(source: &Repaired, lines: &[Line], at: usize, sink: &mut Sink) -> Vec<Edit> {
    let Some(line) = lines.get(at) else { return Vec::new() };
    let text = line.text.trim_end();
    let starts = ["{{", "%", "@", "`"].iter().filter_map(|sign| text.find(sign));
    let is_value = |start: &usize| {
        let before = text[..*start].trim_end();
        (before.is_empty() || before.ends_with([':', '-'])) && before.len() < *start
    };
    let Some(start) = starts.filter(is_value).min() else { return Vec::new() };
    let range = line.start + start..line.start + text.len();
    let value = &text[start..];
    sink.report(ap005_unquoted_braces::finding(source.span(range.start, range.end), value));
    vec![Edit { range, text: format!("'{}'", value.replace('\'', "''")) }]
}

/// A line whose indentation is that of no list or map around it: it goes, with what is under it, to the nearest one.
fn indentation(source: &Repaired, lines: &[Line], at: usize, sink: &mut Sink) -> Vec<Edit> {
    let Some(line) = lines.get(at).filter(|line| !line.is_blank()) else { return Vec::new() };
    let indent = line.indent();
    let before = lines[..at].iter().rfind(|before| !before.is_blank());
    if before
        .is_some_and(|before| before.indent() < indent && before.text.trim_end().ends_with(':'))
    {
        // The first line under a key: it opens a level of its own.
        return Vec::new();
    }
    let levels = levels_before(&lines[..at], line.is_item());
    let distance = |level: &usize| level.abs_diff(indent);
    let Some(level) = levels.iter().copied().filter(|level| *level != indent).min_by_key(distance)
    else {
        return Vec::new();
    };
    if levels.contains(&indent) || distance(&level) > TAB_WIDTH {
        return Vec::new();
    }
    let (odd, level) = match first_of_its_map(lines, at, level) {
        Some(first) => (first, indent),
        None => (at, level),
    };
    let (line, indent) = (&lines[odd], lines[odd].indent());
    let start = line.start + indent;
    sink.report(ap004_indentation::finding(
        source.span(start, start + 1),
        indent,
        level,
        line.is_item(),
    ));
    shifted(&lines[odd..], indent, level)
}

/// The line that opened the level before `at`, if it is the odd one: the first key of a map, alone at its level, where the line at
/// `at` stands as the first key of that map should.
fn first_of_its_map(lines: &[Line], at: usize, level: usize) -> Option<usize> {
    let is_key_at =
        |line: &Line, indent: usize| !line.is_blank() && !line.is_item() && line.indent() == indent;
    let first = (0..at).rfind(|before| is_key_at(&lines[*before], level))?;
    let parent = lines[..first].iter().rfind(|before| !before.is_blank())?;
    let is_odd = parent.text.trim_end().ends_with(':')
        && parent.indent() + TAB_WIDTH == lines[at].indent()
        && !lines[at].is_item();
    is_odd.then_some(first)
}

/// The first line, and what is under it, moved from one indentation to another.
fn shifted(lines: &[Line], indent: usize, level: usize) -> Vec<Edit> {
    let line = &lines[0];
    let text = line.text.trim_start();
    let content = indent + text.len() - text.trim_start_matches("- ").trim_start().len();
    let next = lines[1..].iter().find(|below| !below.is_blank());
    if line.is_item()
        && next.is_some_and(|next| next.indent() == (content + level).saturating_sub(indent))
    {
        // What is under it stands right as it is.
        return vec![shift(line, indent, level)];
    }
    let is_sibling = |below: &Line| below.indent() == level && below.is_item() == line.is_item();
    let is_under = |below: &&Line| {
        below.is_blank()
            || below.start == line.start
            || (below.indent() > indent && !is_sibling(below))
    };
    let block = lines.iter().take_while(is_under);
    block
        .filter(|below| !below.text.trim().is_empty())
        .map(|below| shift(below, indent, level))
        .collect()
}

fn shift(line: &Line, from: usize, to: usize) -> Edit {
    let indent = line.indent();
    Edit {
        range: line.start..line.start + indent,
        text: " ".repeat((indent + to).saturating_sub(from)),
    }
}

/// The indentations of the lists (or of the maps) that are open after some lines.
fn levels_before(lines: &[Line], of_items: bool) -> Vec<usize> {
    let mut open: Vec<(usize, bool)> = Vec::new();
    for line in lines.iter().filter(|line| !line.is_blank()) {
        let mut indent = line.indent();
        open.retain(|(level, is_item)| {
            *level < indent || (*level == indent && *is_item == line.is_item())
        });
        let mut text = line.text.trim();
        while let Some(rest) = text.strip_prefix("- ") {
            open.push((indent, true));
            indent += text.len() - rest.trim_start().len();
            text = rest.trim_start();
        }
        open.push((indent, false));
    }
    open.into_iter().filter(|(_, is_item)| *is_item == of_items).map(|(level, _)| level).collect()
}
