//! Which bytes of a manifest each node of its tree takes, and which span each of its lines has.
//!
//! The emitter says it while it writes, to whoever follows it. Rendering is followed by nobody,
//! which costs nothing.

use std::ops::Range;

use crate::source::Span;
use crate::tree::{Key, Node};

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
        let is_line = node.as_text().is_some_and(|text| !text.contains('\n'));
        let spans = if is_line { [node.span, key] } else { [key, node.span] };
        self.marks.extend(spans.map(|span| (bytes.start, span)));
        if std::ptr::eq(node, self.part) {
            self.bytes = bytes;
        }
    }

    fn line(&mut self, at: usize, span: impl FnOnce() -> Span) {
        self.marks.push((at, span()));
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::source::{SourceFile, SourceMap};
    use crate::tree::Map;

    const WRITTEN: &str = "\
container:
  image: alpine
  args: [one, two]
  source: |
    first
    second
";

    /// Each line, behind the line of the source that it comes from.
    fn lines(followed: &Followed, sources: &SourceMap) -> String {
        let line = |(line, span): (&str, &Span)| {
            if span.is_written() {
                let (number, _) = sources.file(span.file).line_col(span.start as usize);
                format!("{number} {line}\n")
            } else {
                format!("- {line}\n")
            }
        };
        followed.text.lines().zip(&followed.spans).map(line).collect()
    }

    #[test]
    fn lines_have_the_span_of_what_stands_on_them() {
        let mut sources = SourceMap::default();
        let file = sources.add(SourceFile::new("a.yaml", WRITTEN));
        let mut documents = crate::yaml::parse(file, sources.file(file)).into_iter();
        let written = documents.next().unwrap().root;
        let items = vec![Map::new().with("name", "main").into(), written];
        let node = Node::from(Map::new().with("templates", Node::from(items)));
        let part = node.at_path(".templates[1].container.source").unwrap();
        let followed = Followed::write(&node, part);
        insta::assert_snapshot!(lines(&followed, &sources), @r"
        - templates:
        - - name: main
        1 - container:
        2     image: alpine
        3     args:
        3     - one
        3     - two
        4     source: |
        5       first
        6       second
        ");
        assert_eq!(followed.part, 7..10);
    }

    #[test]
    fn a_scalar_alone_is_a_line() {
        let node = Node::from("text");
        let followed = Followed::write(&node, &node);
        assert_eq!((followed.text.as_str(), followed.part), ("text\n", 0..1));
    }
}
