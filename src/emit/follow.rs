//! Which bytes of a manifest each node of its tree takes, and which span each of its lines has.
//!
//! The emitter says it while it writes, to whoever follows it. Rendering is followed by nobody,
//! which costs nothing.

use std::ops::Range;

use crate::source::Span;
use crate::tree::{Key, Node, Value};

/// Follows what is written. A node comes after all that is below it.
pub(crate) trait Follow {
    /// A node was written, behind its key if it has one: both take these bytes.
    fn node(&mut self, key: Option<&Key>, node: &Node, bytes: Range<usize>);

    /// A line of a block of text starts at a byte.
    fn line(&mut self, at: usize, span: impl FnOnce() -> Span);
}

/// Nobody.
impl Follow for () {
    #[inline]
    fn node(&mut self, _: Option<&Key>, _: &Node, _: Range<usize>) {}

    #[inline]
    fn line(&mut self, _: usize, _: impl FnOnce() -> Span) {}
}

/// A manifest, and where each of its lines comes from.
#[derive(Debug)]
pub(crate) struct Followed {
    pub text: String,
    /// The span of each line: of its value, or else of what it is the first line of;
    /// [`Span::GENERATED`] if nothing on it is written in a file.
    pub spans: Vec<Span>,
    /// The lines of the node that was asked for.
    pub part: Range<usize>,
}

impl Followed {
    /// Writes a node as YAML, and finds the lines of `part`, which is the node or below it.
    pub(crate) fn write(node: &Node, part: &Node) -> Self {
        let mut text = String::new();
        let mut marks = Marks { part, bytes: 0..0, marks: Vec::new() };
        super::yaml::write_followed(node, &mut text, &mut marks);
        let starts: Vec<usize> = text
            .split_inclusive('\n')
            .scan(0, |at, line| {
                *at += line.len();
                Some(*at - line.len())
            })
            .collect();
        let line_of = |byte: usize| starts.partition_point(|start| *start <= byte).max(1) - 1;
        let mut spans = vec![Span::GENERATED; starts.len()];
        for (at, span) in &marks.marks {
            let line = &mut spans[line_of(*at)];
            if !line.is_written() {
                *line = *span;
            }
        }
        let part = line_of(marks.bytes.start)..line_of(marks.bytes.end.saturating_sub(1)) + 1;
        Self { text, spans, part }
    }
}

/// What is known of the lines. The first of several marks on a line is of the innermost node.
struct Marks<'n> {
    part: &'n Node,
    /// What the part takes.
    bytes: Range<usize>,
    marks: Vec<(usize, Span)>,
}

impl Follow for Marks<'_> {
    fn node(&mut self, key: Option<&Key>, node: &Node, bytes: Range<usize>) {
        let key = key.map_or(Span::GENERATED, |key| key.span);
        let is_scalar = matches!(node.value, Value::Scalar(_));
        let spans = if is_scalar { [node.span, key] } else { [key, node.span] };
        self.marks.extend(spans.map(|span| (bytes.start, span)));
        if std::ptr::eq(node, self.part) {
            self.bytes = bytes;
        }
    }

    fn line(&mut self, at: usize, span: impl FnOnce() -> Span) {
        self.marks.push((at, span()));
    }
}
