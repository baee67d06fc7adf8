//! What the expressions of a provider's file can refer to, and where the texts in it are written.

use minijinja::Value;

use crate::source::{SourceMap, Span};
use crate::tree::{Entry, Key, Node, Str, Value as Tree};

/// Values by name, and the texts in them by the same name.
#[derive(Debug, Default)]
pub(crate) struct Values {
    pub(super) roots: Vec<(&'static str, Value)>,
    texts: Vec<(&'static str, Str, Span)>,
}

impl Values {
    /// Adds a value.
    #[must_use]
    pub(crate) fn with(mut self, name: &'static str, value: impl Into<Value>) -> Self {
        self.roots.push((name, value.into()));
        self
    }

    /// Adds a text that is in the value of a name, or is it, with where it is written.
    #[must_use]
    pub(crate) fn with_text(mut self, name: &'static str, text: impl Into<Str>, at: Span) -> Self {
        self.texts.push((name, text.into(), at));
        self
    }

    /// Gives what expressions came to the spans of the texts in it. The rest of a provider's file
    /// is written in no definition. Spans of the node are in `sources`.
    pub(super) fn located(&self, node: Node, sources: &SourceMap) -> Node {
        let (span, value) = match node.value {
            Tree::Scalar(scalar) => {
                (self.span(name_in(sources.text(node.span)), &scalar.text), Tree::Scalar(scalar))
            }
            Tree::List(items) => {
                let items = items.into_iter().map(|item| self.located(item, sources));
                (Span::GENERATED, Tree::List(items.collect()))
            }
            Tree::Map(entries) => {
                let entry = |entry: Entry| {
                    let key = Key { span: Span::GENERATED, ..entry.key };
                    Entry { key, value: self.located(entry.value, sources) }
                };
                (Span::GENERATED, Tree::Map(entries.into_iter().map(entry).collect()))
            }
        };
        Node { span, value }
    }

    /// The span of the longest text of a name that a scalar has in it.
    fn span(&self, name: Option<&str>, scalar: &str) -> Span {
        let is_in =
            |(of, text, _): &&(&str, Str, Span)| name == Some(*of) && scalar.contains(&**text);
        let longest = self.texts.iter().filter(is_in).rev().max_by_key(|(_, text, _)| text.len());
        longest.map_or(Span::GENERATED, |(_, _, span)| *span)
    }
}

/// The name that an expression in a provider's file consists of, if there is one.
fn name_in(text: &str) -> Option<&str> {
    let (_, rest) = text.split_once("<{")?;
    rest.split_once("}>").map(|(name, _)| name.trim())
}
