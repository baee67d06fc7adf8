//! What aliases repeat, and how much of it memory can hold.

use std::collections::HashSet;
use std::sync::atomic::{AtomicUsize, Ordering};

use granit_parser::{Event, Parser, StrInput};

use crate::source::Span;
use crate::tree::{Node, Segment, Str, Value, Written};

/// Nodes that aliases may add to one document.
pub(super) const MAX_IN_DOCUMENT: usize = 100_000;
/// Nodes that aliases may add in a run, beside one for each byte that is read: about 100 MB.
const MAX_IN_RUN: usize = 1_000_000;

/// How many nodes aliases have added in a run.
#[derive(Debug)]
pub(super) struct Spent {
    nodes: AtomicUsize,
    limit: usize,
    is_in_order: bool,
}

impl Spent {
    /// For a run that reads so many bytes.
    pub(super) fn new(bytes: usize) -> Self {
        let limit = MAX_IN_RUN.saturating_add(bytes);
        Self { nodes: AtomicUsize::new(0), limit, is_in_order: false }
    }

    /// For a run that reads one document behind the other.
    pub(super) fn in_order(self) -> Self {
        Self { is_in_order: true, ..self }
    }

    pub(super) fn is_in_order(&self) -> bool {
        self.is_in_order
    }

    /// Counts nodes; false if they are more than there may be.
    pub(super) fn add(&self, nodes: usize) -> bool {
        let before = self.nodes.fetch_add(nodes, Ordering::Relaxed);
        before.saturating_add(nodes) <= self.limit
    }

    pub(super) fn is_over(&self) -> bool {
        self.nodes.load(Ordering::Relaxed) > self.limit
    }
}

/// The anchors of a text that an alias refers to, as the parser numbers them.
pub(super) fn referred(text: &str) -> HashSet<usize> {
    let mut anchors = HashSet::new();
    if !text.contains('&') || !text.contains('*') {
        return anchors;
    }
    let parser = Parser::<StrInput>::new_from_str(text);
    for event in parser.map_while(Result::ok) {
        if let (Event::Alias(id), _) = event {
            anchors.insert(id);
        }
    }
    anchors
}

/// A node as aliases repeat it: the text of a scalar keeps to where it is written, at the anchor,
/// and all of them share it.
pub(super) fn anchored(node: &Node) -> Node {
    let mut node = node.clone();
    if let Value::Scalar(scalar) = &mut node.value {
        scalar.text = standing_at(&scalar.text, node.span);
    }
    node
}

fn standing_at(text: &Str, span: Span) -> Str {
    match text {
        Str::Verbatim(value, _) if !value.is_empty() => {
            let here = text.part(span, 0, value.len());
            let segments =
                vec![Segment { value: 0, source: here.start, len: here.end - here.start }];
            Written::new(&**value, span.file, segments).into()
        }
        _ => text.clone(),
    }
}

/// Lists and maps within one another, this one among them.
pub(super) fn depth(node: &Node) -> usize {
    let values: &mut dyn Iterator<Item = &Node> = match &node.value {
        Value::Scalar(_) => return 0,
        Value::List(items) => &mut items.iter(),
        Value::Map(entries) => &mut entries.iter().map(|entry| &entry.value),
    };
    1 + values.map(depth).max().unwrap_or_default()
}
