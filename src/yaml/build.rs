//! Events of the parser to nodes.

use std::cell::OnceCell;
use std::collections::{HashMap, HashSet};
use std::ops::Range;

use granit_parser::{
    ErrorKind, Event, Parser, ScalarStyle, ScanError, StrInput, StructureStyle, Tag,
};

use super::aliases::{self, MAX_IN_DOCUMENT, Spent};
use super::maps::finished;
use super::repair::Repaired;
use super::scalars::text_of;
use super::tags::{Misfit, fits_collection, tagged};
use crate::diagnostics::{Diagnostic, Sink};
use crate::rules::{ap001_syntax, ap005_unquoted_braces, ap007_limit, ap009_key_type, ap010_tag};
use crate::source::Span;
use crate::tree::{Entry, Key, Node, Scalar, Str, Value};

/// Deeper than any manifest; keeps hostile input from using up the stack.
const MAX_DEPTH: usize = 100;
/// Findings of one document beyond which no more are reported.
const MAX_FINDINGS: usize = 100;
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
    /// It was no key, which was reported; its value counts for nothing.
    Broken,
}

enum Held {
    List(Vec<Node>),
    Map {
        entries: Vec<Entry>,
        key: Slot,
    },
    /// The inner map of `{{ … }}`, a flow map as the key of a flow map, which nobody means: what is
    /// in it counts for nothing.
    Braces,
    /// The outer map of `{{ … }}`.
    Braced,
}

pub(super) struct Builder<'a> {
    source: &'a Repaired<'a>,
    sink: &'a mut Sink,
    findings: usize,
    open: Vec<Open>,
    roots: Vec<Node>,
    /// The nodes that aliases refer to, as far as they were read.
    anchors: HashMap<usize, Node>,
    /// Which those are: known once the first anchor is met.
    referred: OnceCell<HashSet<usize>>,
    /// Nodes that are kept for aliases or come from them.
    aliased: usize,
    spent: &'a Spent,
}

impl<'a> Builder<'a> {
    pub(super) fn new(source: &'a Repaired<'a>, sink: &'a mut Sink, spent: &'a Spent) -> Self {
        Self {
            source,
            sink,
            findings: 0,
            open: Vec::new(),
            roots: Vec::new(),
            anchors: HashMap::new(),
            referred: OnceCell::new(),
            aliased: 0,
            spent,
        }
    }

    fn report(&mut self, finding: Diagnostic) {
        self.findings += 1;
        if self.findings <= MAX_FINDINGS {
            self.sink.report(finding);
        }
    }

    pub(super) fn run(mut self) -> Result<Vec<Node>, Box<Failure>> {
        let source = self.source;
        let mut parser = Parser::<StrInput>::new_from_str(source.text());
        while let Some(next) = parser.next_event() {
            let step = match next {
                Ok((event, span)) => {
                    let tag = span.tag_span().and_then(|tag| tag.byte_range());
                    self.take(event, span.byte_range().unwrap_or(0..0), tag)
                }
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
        let here = self.source.span(offset, offset);
        let finding = match error.kind() {
            ErrorKind::RecursionLimitExceeded => Some(ap007_limit::depth(here, MAX_DEPTH)),
            ErrorKind::UnexpectedCharacter { character } if character.is_control() => {
                let at = self.source.text()[offset..].find(*character).unwrap_or_default() + offset;
                let span = self.source.span(at, at + character.len_utf8());
                Some(ap001_syntax::control(span, *character))
            }
            _ => None,
        };
        Box::new(Failure { offset, reason: error.info(), finding, partial: None })
    }

    fn limit(offset: usize, finding: Diagnostic) -> Box<Failure> {
        Box::new(Failure { offset, reason: String::new(), finding: Some(finding), partial: None })
    }

    fn take(
        &mut self,
        event: Event,
        range: Range<usize>,
        tag_at: Option<Range<usize>>,
    ) -> Result<(), Box<Failure>> {
        let span = self.source.span(range.start, range.end);
        let tag_at = tag_at.map_or(span, |range| self.source.span(range.start, range.end));
        match event {
            Event::Scalar(text, style, anchor, tag) => {
                let tag = tag.as_deref().map(|tag| (tag, tag_at));
                self.scalar(&text, style, anchor, range, tag)?;
            }
            Event::SequenceStart(style, anchor, tag) => {
                self.collection_tag(tag.as_deref(), true, tag_at);
                // A list in the column of its key comes without its first dash.
                let start = self.source.dash_before(range.start);
                let span = self.source.span(start, range.end);
                self.start(Held::List(Vec::new()), style, anchor, span, range.start)?;
            }
            Event::MappingStart(style, anchor, tag) => {
                self.collection_tag(tag.as_deref(), false, tag_at);
                let held = if self.opens_braces(style) {
                    Held::Braces
                } else {
                    Held::Map { entries: Vec::new(), key: Slot::Empty }
                };
                self.start(held, style, anchor, span, range.start)?;
            }
            Event::SequenceEnd | Event::MappingEnd => self.end(span, range.start)?,
            Event::Alias(id) => self.alias(id, span, range.start)?,
            _ => {}
        }
        Ok(())
    }

    fn collection_tag(&mut self, tag: Option<&Tag>, is_list: bool, at: Span) {
        if let Some(tag) =
            tag.filter(|tag| !name_of(tag).is_some_and(|name| fits_collection(name, is_list)))
        {
            self.report(ap010_tag::unknown(at, &written(tag)));
        }
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
            return Err(Self::limit(offset, ap007_limit::depth(span, MAX_DEPTH)));
        }
        self.open.push(Open { span, anchor, flow: style == StructureStyle::Flow, held });
        Ok(())
    }

    fn scalar(
        &mut self,
        text: &str,
        style: ScalarStyle,
        anchor: usize,
        range: Range<usize>,
        tag: Option<(&Tag, Span)>,
    ) -> Result<(), Box<Failure>> {
        let plain = style == ScalarStyle::Plain;
        let start = range.start;
        let span = self.source.span(range.start, range.end);
        // A missing value comes as `~` and an empty range.
        let is_missing = plain && range.is_empty();
        let text =
            if is_missing { Str::default() } else { text_of(self.source, text, style, range) };
        let mut scalar = Scalar { text, plain };
        let span = if plain { span } else { self.source.trim(span) };
        if let Some((tag, at)) = tag {
            let fit = name_of(tag).map(|name| tagged(name, scalar.clone()));
            match fit.unwrap_or(Err(Misfit::Unknown)) {
                Ok(tagged) => scalar = tagged,
                Err(Misfit::Unknown) => self.report(ap010_tag::unknown(at, &written(tag))),
                Err(Misfit::NotA(wanted)) => {
                    self.report(ap010_tag::misfit(span, &written(tag), wanted));
                }
            }
        }
        self.add(Node { span, value: Value::Scalar(scalar) }, anchor, start)
    }

    fn alias(&mut self, id: usize, span: Span, offset: usize) -> Result<(), Box<Failure>> {
        let Some(target) = self.anchors.get(&id) else {
            self.report(ap001_syntax::alias_to_itself(span));
            self.leave_out();
            return Ok(());
        };
        let (size, depth) = (target.count(), aliases::depth(target));
        if self.open.len() + depth > MAX_DEPTH {
            return Err(Self::limit(offset, ap007_limit::depth(span, MAX_DEPTH)));
        }
        self.spend(size, span, offset)?;
        let node = self.anchors[&id].clone().at(span);
        self.add(node, 0, offset)
    }

    /// Goes on as if a node were not there, nor the entry that it belongs to.
    fn leave_out(&mut self) {
        if let Some(Open { held: Held::Map { key, .. }, .. }) = self.open.last_mut() {
            *key = if matches!(key, Slot::Empty) { Slot::Broken } else { Slot::Empty };
        }
    }

    /// Counts nodes that are made for aliases.
    fn spend(&mut self, nodes: usize, span: Span, offset: usize) -> Result<(), Box<Failure>> {
        self.aliased += nodes;
        if self.aliased > MAX_IN_DOCUMENT {
            return Err(Self::limit(offset, ap007_limit::aliases(span, MAX_IN_DOCUMENT)));
        }
        if !self.spent.add(nodes) {
            return Err(Self::limit(offset, ap007_limit::aliases_of_run(span)));
        }
        Ok(())
    }

    fn end(&mut self, end: Span, offset: usize) -> Result<(), Box<Failure>> {
        let Some(open) = self.open.pop() else { return Ok(()) };
        let mut span = open.span;
        let value = match open.held {
            Held::Braces => {
                if let Some(outer) = self.open.last_mut() {
                    outer.held = Held::Braced;
                }
                return Ok(());
            }
            Held::Braced => return self.braced(open.span.to(end), open.anchor, offset),
            Held::List(items) => {
                span = cover(span, open.flow, end, items.last().map(|item| item.span));
                Value::List(items)
            }
            Held::Map { entries, .. } => {
                span = cover(span, open.flow, end, entries.last().map(|entry| entry.value.span));
                Value::Map(finished(entries, &mut |finding| self.report(finding)))
            }
        };
        self.add(Node { span, value }, open.anchor, offset)
    }

    /// Reports `{{ … }}` without quotes and takes it for the text that it was meant as.
    fn braced(&mut self, span: Span, anchor: usize, offset: usize) -> Result<(), Box<Failure>> {
        let text = self.source.original(span);
        self.report(ap005_unquoted_braces::finding(span, text));
        self.add(Node::text(Str::Verbatim(text.into(), 0), span), anchor, offset)
    }

    fn is_referred_to(&self, anchor: usize) -> bool {
        self.referred.get_or_init(|| aliases::referred(self.source.text())).contains(&anchor)
    }

    fn add(&mut self, node: Node, anchor: usize, offset: usize) -> Result<(), Box<Failure>> {
        if anchor != 0 && self.is_referred_to(anchor) {
            self.spend(node.count(), node.span, offset)?;
            self.anchors.insert(anchor, aliases::anchored(&node));
        }
        let Some(open) = self.open.last_mut() else {
            self.roots.push(node);
            return Ok(());
        };
        match &mut open.held {
            Held::List(items) => items.push(node),
            Held::Braces | Held::Braced => {}
            Held::Map { entries, key } => match std::mem::replace(key, Slot::Empty) {
                Slot::Key(key) => entries.push(Entry { key, value: node }),
                Slot::Broken => {}
                Slot::Empty => match key_of(node) {
                    Ok(text) => *key = Slot::Key(text),
                    Err(span) => {
                        *key = Slot::Broken;
                        self.report(ap009_key_type::finding(span));
                    }
                },
            },
        }
        Ok(())
    }

    /// What was read when the document broke off: every list and map closed where it stands.
    fn partial(&mut self) -> Option<Node> {
        while let Some(open) = self.open.last() {
            let end = Span { start: open.span.end, ..open.span };
            // An anchor of what is cut short is of no more use.
            self.referred = OnceCell::from(HashSet::new());
            let _ = self.end(end, 0);
        }
        self.roots.pop()
    }
}

/// What stands behind `!!`; nothing for a tag that is not one of YAML's own.
fn name_of(tag: &Tag) -> Option<&str> {
    let own = "tag:yaml.org,2002:";
    if tag.handle() == own { Some(tag.suffix()) } else { tag.suffix().strip_prefix(own) }
}

/// A tag as it was written.
fn written(tag: &Tag) -> String {
    format!("{}{}", tag.original_handle(), tag.suffix())
}

/// The key that a node makes; the span of one that makes none.
fn key_of(node: Node) -> Result<Key, Span> {
    match node.value {
        Value::Scalar(scalar) => Ok(Key { text: scalar.text, span: node.span }),
        _ => Err(node.span),
    }
}

/// Block collections end with their last child; the parser puts their end at the next token.
fn cover(start: Span, flow: bool, end: Span, last: Option<Span>) -> Span {
    match last {
        Some(last) if !flow => Span { end: last.end.max(start.end), ..start },
        _ => start.to(end),
    }
}

#[cfg(test)]
mod tests {
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
        let documents = parse(file, sources.file(file));
        let codes: Vec<&str> =
            documents[0].findings.iter().map(|finding| finding.rule.code).collect();
        assert_eq!((codes, documents[0].cut_short), (vec!["AP007"], true));
    }
}
