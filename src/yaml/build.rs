//! Events of the parser to nodes. The parser crate is known to this file only.

use std::collections::HashMap;
use std::ops::Range;

use granit_parser::{
    ErrorKind, Event, Options, Parser, ScalarStyle, ScanError, StrInput, StructureStyle,
};

use super::repair::Repaired;
use super::segments::{Style, segments};
use crate::diagnostics::{Diagnostic, Sink};
use crate::rules::{ap005_unquoted_braces, ap006_duplicate_key, ap007_limit, ap009_key_type};
use crate::source::Span;
use crate::tree::{Entry, Key, Node, Scalar, Segment, Str, Value, Written};

/// Deeper than any manifest; keeps hostile input from using up the stack.
const MAX_DEPTH: usize = 100;
/// Nodes that aliases may add to one document.
const MAX_ALIASED: usize = 100_000;
/// Maps up to this size are searched for duplicate keys without a set.
const SMALL_MAP: usize = 12;

/// Why a document could not be read to its end.
pub(super) struct Failure {
    /// Where, in bytes of the repaired text.
    pub offset: usize,
    pub reason: String,
    /// The finding, where it is more than a syntax error.
    pub finding: Option<Diagnostic>,
    /// What was read up to there.
    pub partial: Option<Node>,
}

/// A list or map that is not closed yet.
struct Open {
    span: Span,
    anchor: usize,
    flow: bool,
    held: Held,
}

/// The key whose value is to come.
enum Slot {
    Empty,
    Key(Key),
    /// It was no key, which was told; its value counts for nothing.
    Broken,
}

enum Held {
    List(Vec<Node>),
    Map {
        entries: Vec<Entry>,
        key: Slot,
    },
    /// The inner map of `{{ … }}`, a flow map as the key of a flow map, which nobody means: what is in it counts for nothing.
    Braces,
    /// The outer map of `{{ … }}`.
    Braced,
}

pub(super) struct Builder<'a> {
    source: &'a Repaired<'a>,
    sink: &'a mut Sink,
    open: Vec<Open>,
    roots: Vec<Node>,
    anchors: HashMap<usize, Node>,
    aliased: usize,
}

impl<'a> Builder<'a> {
    pub(super) fn new(source: &'a Repaired<'a>, sink: &'a mut Sink) -> Self {
        Self {
            source,
            sink,
            open: Vec::new(),
            roots: Vec::new(),
            anchors: HashMap::new(),
            aliased: 0,
        }
    }

    pub(super) fn run(mut self) -> Result<Vec<Node>, Box<Failure>> {
        let source = self.source;
        let mut options = Options::default();
        options.set_emit_comments(false);
        let mut parser = Parser::<StrInput>::new_from_str_with_options(source.text(), options);
        while let Some(next) = parser.next_event() {
            let step = match next {
                Ok((event, span)) => self.take(event, span.byte_range().unwrap_or(0..0)),
                Err(error) => Err(self.failure(&error)),
            };
            if let Err(mut failure) = step {
                failure.partial = self.partial();
                return Err(failure);
            }
        }
        self.roots.retain(|root| !root.is_null());
        Ok(self.roots)
    }

    fn failure(&self, error: &ScanError) -> Box<Failure> {
        let offset = error.marker().byte_offset().unwrap_or(0).min(self.source.text().len());
        if *error.kind() == ErrorKind::RecursionLimitExceeded {
            return Self::limit(
                self.source.span(offset, offset),
                offset,
                ap007_limit::depth,
                MAX_DEPTH,
            );
        }
        Box::new(Failure { offset, reason: error.info(), finding: None, partial: None })
    }

    fn limit(
        span: Span,
        offset: usize,
        finding: fn(Span, usize) -> Diagnostic,
        limit: usize,
    ) -> Box<Failure> {
        Box::new(Failure {
            offset,
            reason: String::new(),
            finding: Some(finding(span, limit)),
            partial: None,
        })
    }

    fn take(&mut self, event: Event, range: Range<usize>) -> Result<(), Box<Failure>> {
        let span = self.source.span(range.start, range.end);
        match event {
            Event::Scalar(text, style, anchor, _) => self.scalar(&text, style, anchor, range),
            Event::SequenceStart(style, anchor, _) => {
                // A list in the column of its key comes without its first dash.
                let start = self.source.dash_before(range.start);
                self.start(
                    Held::List(Vec::new()),
                    style,
                    anchor,
                    self.source.span(start, range.end),
                    range.start,
                )?;
            }
            Event::MappingStart(style, anchor, _) => {
                let held = if self.opens_braces(style) {
                    Held::Braces
                } else {
                    Held::Map { entries: Vec::new(), key: Slot::Empty }
                };
                self.start(held, style, anchor, span, range.start)?;
            }
            Event::SequenceEnd | Event::MappingEnd => self.end(span),
            Event::Alias(id) => self.alias(id, span, range.start)?,
            _ => {}
        }
        Ok(())
    }

    /// Whether a flow map opens where the first key of a flow map is to come.
    fn opens_braces(&self, style: StructureStyle) -> bool {
        let within = self.open.last();
        style == StructureStyle::Flow
            && within.is_some_and(|open| open.flow && matches!(&open.held, Held::Map { entries, key: Slot::Empty } if entries.is_empty()))
    }

    fn start(
        &mut self,
        held: Held,
        style: StructureStyle,
        anchor: usize,
        span: Span,
        offset: usize,
    ) -> Result<(), Box<Failure>> {
        if self.open.len() >= MAX_DEPTH {
            return Err(Self::limit(span, offset, ap007_limit::depth, MAX_DEPTH));
        }
        self.open.push(Open { span, anchor, flow: style == StructureStyle::Flow, held });
        Ok(())
    }

    fn scalar(&mut self, text: &str, style: ScalarStyle, anchor: usize, range: Range<usize>) {
        let plain = style == ScalarStyle::Plain;
        let span = self.source.span(range.start, range.end);
        // A missing value comes as `~` and an empty range.
        let is_missing = plain && range.is_empty();
        let text = if is_missing { Str::default() } else { self.text(text, style, range) };
        let span = if plain { span } else { self.source.trim(span) };
        self.add(Node { span, value: Value::Scalar(Scalar { text, plain }) }, anchor);
    }

    /// The value of a scalar, which knows where its bytes stand in the file.
    fn text(&self, value: &str, style: ScalarStyle, range: Range<usize>) -> Str {
        let span = self.source.span(range.start, range.end);
        let original = self.source.original(span);
        let style = style_of(style);
        // The span of a block scalar ends before its last breaks.
        if original == value && !style.is_block() {
            return Str::Verbatim(value.into(), 0);
        }
        let inner = original.get(1..original.len().saturating_sub(1));
        if inner == Some(value) && original.starts_with(['"', '\'']) {
            return Str::Verbatim(value.into(), 1);
        }
        let (before, read) =
            (&self.source.text()[..range.start], &self.source.text()[range.clone()]);
        let indent = before.len() - before.rfind(['\n', '\r']).map_or(0, |at| at + 1);
        let mut segments = segments(read, indent, value, style);
        for segment in &mut segments {
            let start = range.start + segment.source as usize;
            let span = self.source.span(start, start + segment.len as usize);
            (segment.source, segment.len) = (span.start, span.end.saturating_sub(span.start));
        }
        Written::new(value, span.file, segments).into()
    }

    fn alias(&mut self, id: usize, span: Span, offset: usize) -> Result<(), Box<Failure>> {
        let Some(target) = self.anchors.get(&id) else { return Ok(()) };
        let mut node = target.clone();
        self.aliased += size(&node);
        if self.aliased > MAX_ALIASED {
            return Err(Self::limit(span, offset, ap007_limit::aliases, MAX_ALIASED));
        }
        if let Value::Scalar(scalar) = &mut node.value {
            scalar.text = standing_at(&scalar.text, node.span);
        }
        node.span = span;
        if self.open.len() + depth(&node) > MAX_DEPTH {
            return Err(Self::limit(span, offset, ap007_limit::depth, MAX_DEPTH));
        }
        self.add(node, 0);
        Ok(())
    }

    fn end(&mut self, end: Span) {
        let Some(open) = self.open.pop() else { return };
        let mut span = open.span;
        let value = match open.held {
            Held::Braces => {
                return self.open.last_mut().map_or((), |outer| outer.held = Held::Braced);
            }
            Held::Braced => return self.braced(open.span.to(end), open.anchor),
            Held::List(items) => {
                span = cover(span, open.flow, end, items.last().map(|item| item.span));
                Value::List(items)
            }
            Held::Map { entries, .. } => {
                span = cover(span, open.flow, end, entries.last().map(|entry| entry.value.span));
                Value::Map(self.merged(entries))
            }
        };
        self.add(Node { span, value }, open.anchor);
    }

    /// Tells `{{ … }}` without quotes and takes it for the text that it was meant as.
    fn braced(&mut self, span: Span, anchor: usize) {
        let text = self.source.original(span);
        self.sink.report(ap005_unquoted_braces::finding(span, text));
        self.add(Node::text(Str::Verbatim(text.into(), 0), span), anchor);
    }

    fn add(&mut self, node: Node, anchor: usize) {
        if anchor != 0 {
            self.anchors.insert(anchor, node.clone());
        }
        let Some(open) = self.open.last_mut() else { return self.roots.push(node) };
        match &mut open.held {
            Held::List(items) => items.push(node),
            Held::Braces | Held::Braced => {}
            Held::Map { entries, key } => match std::mem::replace(key, Slot::Empty) {
                Slot::Key(key) => entries.push(Entry { key, value: node }),
                Slot::Broken => {}
                Slot::Empty => *key = key_of(node, self.sink),
            },
        }
    }

    /// Puts in what `<<` brings (keys of the map itself win) and tells duplicate keys, of which the first is kept.
    fn merged(&mut self, entries: Vec<Entry>) -> Vec<Entry> {
        if entries.len() <= SMALL_MAP && is_simple(&entries) {
            return entries;
        }
        let mut seen: HashMap<Str, Span> = HashMap::new();
        let mut own = Vec::with_capacity(entries.len());
        let mut merges = Vec::new();
        for entry in entries {
            if &*entry.key.text == "<<" {
                merges.push(entry.value);
            } else if let Some(first) = seen.get(&entry.key.text) {
                self.sink.report(ap006_duplicate_key::finding(&entry.key, *first));
            } else {
                seen.insert(entry.key.text.clone(), entry.key.span);
                own.push(entry);
            }
        }
        for merge in merges {
            self.merge(merge, &mut own);
        }
        own
    }

    fn merge(&mut self, from: Node, own: &mut Vec<Entry>) {
        let maps = match from.value {
            Value::Map(entries) => vec![entries],
            Value::List(items) => items.into_iter().map(|item| item.entries().to_vec()).collect(),
            Value::Scalar(_) => {
                return self.sink.report(ap009_key_type::merge_of_scalar(from.span));
            }
        };
        for entry in maps.into_iter().flatten() {
            if own.iter().all(|have| have.key.text != entry.key.text) {
                own.push(entry);
            }
        }
    }

    /// What was read when the document broke off: every list and map closed where it stands.
    fn partial(&mut self) -> Option<Node> {
        while let Some(open) = self.open.last() {
            let end = Span { start: open.span.end, ..open.span };
            self.end(end);
        }
        self.roots.pop()
    }
}

fn style_of(style: ScalarStyle) -> Style {
    match style {
        ScalarStyle::Plain => Style::Plain,
        ScalarStyle::SingleQuoted => Style::Single,
        ScalarStyle::DoubleQuoted => Style::Double,
        ScalarStyle::Literal => Style::Literal,
        ScalarStyle::Folded => Style::Folded,
    }
}

/// A text that keeps to where it stands when its scalar is seen at another span, as an alias is.
fn standing_at(text: &Str, span: Span) -> Str {
    match text {
        Str::Verbatim(value, _) if !value.is_empty() => {
            let here = text.part(span, 0, value.len());
            let len = here.end - here.start;
            let segments = vec![Segment { value: 0, source: here.start, len }];
            Written::new(&**value, span.file, segments).into()
        }
        _ => text.clone(),
    }
}

fn key_of(node: Node, sink: &mut Sink) -> Slot {
    if let Value::Scalar(scalar) = node.value {
        return Slot::Key(Key { text: scalar.text, span: node.span });
    }
    sink.report(ap009_key_type::finding(node.span));
    Slot::Broken
}

fn is_simple(entries: &[Entry]) -> bool {
    entries.iter().enumerate().all(|(at, entry)| {
        &*entry.key.text != "<<"
            && entries[..at].iter().all(|before| before.key.text != entry.key.text)
    })
}

/// Block collections end with their last child; the parser puts their end at the next token.
fn cover(start: Span, flow: bool, end: Span, last: Option<Span>) -> Span {
    match last {
        Some(last) if !flow => Span { end: last.end.max(start.end), ..start },
        _ => start.to(end),
    }
}

fn size(node: &Node) -> usize {
    1 + match &node.value {
        Value::Scalar(_) => 0,
        Value::List(items) => items.iter().map(size).sum(),
        Value::Map(entries) => entries.iter().map(|entry| size(&entry.value)).sum(),
    }
}

/// Lists and maps within one another, this one among them.
fn depth(node: &Node) -> usize {
    let values: &mut dyn Iterator<Item = &Node> = match &node.value {
        Value::Scalar(_) => return 0,
        Value::List(items) => &mut items.iter(),
        Value::Map(entries) => &mut entries.iter().map(|entry| &entry.value),
    };
    1 + values.map(depth).max().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use crate::diagnostics::Sink;
    use crate::source::{SourceFile, SourceMap};
    use crate::yaml::parse;

    #[test]
    fn aliases_nest_no_deeper_than_the_text_may() {
        let nested = |alias: &str| format!("{}{alias}{}", "[".repeat(60), "]".repeat(60));
        let mut sources = SourceMap::default();
        let file = sources.add(SourceFile::new(
            "a.yaml",
            format!("a: &a {}\nb: {}\n", nested("x"), nested("*a")),
        ));
        let mut sink = Sink::default();
        let documents = parse(file, sources.file(file), &mut sink);
        let codes: Vec<&str> = sink.finish().iter().map(|finding| finding.rule.code).collect();
        assert_eq!((codes, documents[0].cut_short), (vec!["AP007"], true));
    }
}
