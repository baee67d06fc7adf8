//! YAML in the style of kubectl, which any YAML 1.1 or 1.2 reader reads back as it was.
//!
//! Nothing is folded, lists sit flush with their key, text of several lines is a block.

use std::fmt::Write;

use super::Layout;
use super::follow::Follow;
use crate::source::Span;
use crate::tree::scalar::Resolved;
use crate::tree::scalar::{Makeup, must_escape};
use crate::tree::{Entry, Node, Scalar, Str, Value};

/// Documents with `---` between them.
pub(super) const LAYOUT: Layout = Layout {
    start: "",
    item: |value, out| {
        write(value, out);
        separator_after(value)
    },
    end: "",
    empty: "",
    alone: write,
};

/// Parsers look for a key's colon within 1024 characters only; longer keys are written as `? key`.
const LONGEST_KEY: usize = 1000;

/// Writes a value as the body of a document, which ends with a line end.
pub(crate) fn write(value: &Node, out: &mut String) {
    write_followed(value, out, &mut ());
}

/// As [`write`], for one who follows what is written.
pub(super) fn write_followed(value: &Node, out: &mut String, follow: &mut impl Follow) {
    let start = out.len();
    let mut writer = Writer { out, last: last_text(value), follow };
    writer.node(value, 0);
    let end = writer.out.len();
    writer.follow.node(None, value, start..end);
}

/// What stands between a document and the next one.
///
/// Readers that split a stream at `\n---` (Argo, kustomize) take the line end before it away. Where
/// it belongs to a text, an empty line goes first; it changes nothing for readers that do not
/// split.
fn separator_after(document: &Node) -> &'static str {
    let in_block = |text: &Str| text.ends_with('\n') && !text.ends_with("\n\n");
    if last_text(document).is_some_and(in_block) { "\n---\n" } else { "---\n" }
}

/// The text that a document ends with.
fn last_text(node: &Node) -> Option<&Str> {
    match &node.value {
        Value::Scalar(scalar) => (scalar.resolve() == Resolved::Str).then_some(&scalar.text),
        Value::List(items) => last_text(items.last()?),
        Value::Map(entries) => last_text(&entries.last()?.value),
    }
}

struct Writer<'a, F> {
    out: &'a mut String,
    last: Option<&'a Str>,
    follow: &'a mut F,
}

impl<F: Follow> Writer<'_, F> {
    /// Writes a value where the line has been filled up to `indent`.
    fn node(&mut self, node: &Node, indent: usize) {
        match &node.value {
            Value::Map(entries) if !entries.is_empty() => self.entries(entries, indent),
            Value::List(items) if !items.is_empty() => self.items(items, indent),
            _ => self.leaf(node, indent),
        }
    }

    fn entries(&mut self, entries: &[Entry], indent: usize) {
        for (at, entry) in entries.iter().enumerate() {
            if at > 0 {
                self.pad(indent);
            }
            let start = self.out.len();
            self.key(&entry.key.text, indent);
            match &entry.value.value {
                Value::Map(entries) if !entries.is_empty() => {
                    self.next_line(indent + 2);
                    self.entries(entries, indent + 2);
                }
                Value::List(items) if !items.is_empty() => {
                    self.next_line(indent);
                    self.items(items, indent);
                }
                _ => {
                    self.out.push(' ');
                    self.leaf(&entry.value, indent + 2);
                }
            }
            self.follow.node(Some(&entry.key), &entry.value, start..self.out.len());
        }
    }

    fn items(&mut self, items: &[Node], indent: usize) {
        for (at, item) in items.iter().enumerate() {
            if at > 0 {
                self.pad(indent);
            }
            let start = self.out.len();
            self.out.push_str("- ");
            self.node(item, indent + 2);
            self.follow.node(None, item, start..self.out.len());
        }
    }

    fn key(&mut self, key: &str, indent: usize) {
        let start = self.out.len();
        self.one_line(key, Makeup::of(key));
        if self.out.len() - start > LONGEST_KEY {
            self.out.insert_str(start, "? ");
            self.next_line(indent);
        }
        self.out.push(':');
    }

    /// Writes what has no parts, and the line end; a block of text is indented by `indent`.
    fn leaf(&mut self, leaf: &Node, indent: usize) {
        match &leaf.value {
            Value::Scalar(scalar) => return self.scalar(scalar, leaf.span, indent),
            Value::List(_) => self.out.push_str("[]"),
            Value::Map(_) => self.out.push_str("{}"),
        }
        self.out.push('\n');
    }

    fn scalar(&mut self, scalar: &Scalar, span: Span, indent: usize) {
        match scalar.resolve() {
            Resolved::Str => return self.text(&scalar.text, span, indent),
            Resolved::Null => self.out.push_str("null"),
            Resolved::Bool(true) => self.out.push_str("true"),
            Resolved::Bool(false) => self.out.push_str("false"),
            number => match number.json_number() {
                Some(number) => self.out.push_str(&number),
                None => return self.text(&scalar.text, span, indent),
            },
        }
        self.out.push('\n');
    }

    fn text(&mut self, text: &Str, span: Span, indent: usize) {
        let makeup = Makeup::of(text);
        if makeup.has(Makeup::LINE) && self.is_block(text, makeup, indent) {
            self.block(text, span, indent);
        } else {
            self.one_line(text, makeup);
            self.out.push('\n');
        }
    }

    /// Whether text of several lines reads back from a block. It must be somewhere in an object,
    /// and empty lines that end a whole document would not survive readers that split at `---`.
    fn is_block(&self, text: &Str, makeup: Makeup, indent: usize) -> bool {
        let is_last = || self.last.is_some_and(|last| std::ptr::eq(last, text));
        let lost = indent == 0
            || makeup.must_escape(text)
            || text.trim_start_matches('\n').starts_with('\t')
            || text.trim().is_empty()
            || text.ends_with("\n\n") && is_last();
        !lost
    }

    fn block(&mut self, text: &Str, span: Span, indent: usize) {
        self.out.push('|');
        if text.starts_with([' ', '\n']) {
            self.out.push('2');
        }
        if text.ends_with("\n\n") {
            self.out.push('+');
        } else if !text.ends_with('\n') {
            self.out.push('-');
        }
        self.out.push('\n');
        let mut start = 0;
        for line in text.split_inclusive('\n') {
            self.follow.line(self.out.len(), || text.part(span, start, start + line.len()));
            start += line.len();
            if line != "\n" {
                self.pad(indent);
            }
            self.out.push_str(line);
        }
        if !text.ends_with('\n') {
            self.out.push('\n');
        }
    }

    /// Writes text on one line: bare, or in single quotes, or in double quotes with escapes.
    fn one_line(&mut self, text: &str, makeup: Makeup) {
        if makeup.has(Makeup::LINE | Makeup::TAB) || makeup.must_escape(text) {
            self.double_quoted(text);
        } else if makeup.is_plain(text) {
            self.out.push_str(text);
        } else {
            self.single_quoted(text);
        }
    }

    fn single_quoted(&mut self, text: &str) {
        self.out.push('\'');
        for (at, part) in text.split('\'').enumerate() {
            if at > 0 {
                self.out.push_str("''");
            }
            self.out.push_str(part);
        }
        self.out.push('\'');
    }

    fn double_quoted(&mut self, text: &str) {
        self.out.push('"');
        let special = |c: char| matches!(c, '"' | '\\' | '\n' | '\t') || must_escape(c);
        let mut rest = text;
        while let Some(at) = rest.find(special) {
            let (before, from) = rest.split_at(at);
            self.out.push_str(before);
            let mut characters = from.chars();
            if let Some(character) = characters.next() {
                self.escape(character);
            }
            rest = characters.as_str();
        }
        self.out.push_str(rest);
        self.out.push('"');
    }

    fn escape(&mut self, character: char) {
        match character {
            '"' => self.out.push_str("\\\""),
            '\\' => self.out.push_str("\\\\"),
            '\n' => self.out.push_str("\\n"),
            '\t' => self.out.push_str("\\t"),
            '\r' => self.out.push_str("\\r"),
            // Never above U+FFFF. Writing to a string cannot fail.
            '\0'..='\u{ff}' => drop(write!(self.out, "\\x{:02X}", u32::from(character))),
            _ => drop(write!(self.out, "\\u{:04X}", u32::from(character))),
        }
    }

    fn next_line(&mut self, indent: usize) {
        self.out.push('\n');
        self.pad(indent);
    }

    fn pad(&mut self, indent: usize) {
        const SPACES: &str = "                                                                ";
        let mut left = indent;
        while left > SPACES.len() {
            self.out.push_str(SPACES);
            left -= SPACES.len();
        }
        self.out.push_str(&SPACES[..left]);
    }
}
