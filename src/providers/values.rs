//! What the expressions of a provider's file can refer to, and where the texts in it are written.

use std::collections::BTreeMap;

use minijinja::Value;

use crate::source::{SourceMap, Span};
use crate::tree::{Entry, Key, Node, Str, Value as Tree};

/// Values by name, and the texts in them by the same name.
#[derive(Debug, Default)]
pub(crate) struct Values {
    pub(super) roots: Vec<(&'static str, Value)>,
    texts: BTreeMap<(&'static str, Str), Span>,
}

impl Values {
    /// Adds a value.
    #[must_use]
    pub(crate) fn with(mut self, name: &'static str, value: impl Into<Value>) -> Self {
        self.roots.push((name, value.into()));
        self
    }

    /// Adds a text that is in the value of a name, or is it, with where it is first written.
    #[must_use]
    pub(crate) fn with_text(mut self, name: &'static str, text: impl Into<Str>, at: Span) -> Self {
        self.texts.entry((name, text.into())).or_insert(at);
        self
    }

    /// Gives what expressions came to the spans of the texts in it. The rest of a provider's file
    /// is written in no definition. Spans of the node are in `sources`.
    pub(super) fn located(&self, node: Node, sources: &SourceMap) -> Node {
        let (span, value) = match node.value {
            Tree::Scalar(scalar) => {
                (self.span(sources.text(node.span), &scalar.text), Tree::Scalar(scalar))
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

    /// The span of the text that a scalar is, or else of the longest that it has in it, of those of
    /// the name in its expression.
    fn span(&self, expression: &str, scalar: &Str) -> Span {
        let Some(name) = self.name_in(expression) else { return Span::GENERATED };
        if let Some(span) = self.texts.get(&(name, scalar.clone())) {
            return *span;
        }
        let is_in =
            |((of, text), _): &(&(&str, Str), &Span)| *of == name && scalar.contains(&**text);
        let longest = self.texts.iter().filter(is_in).max_by_key(|((_, text), _)| text.len());
        longest.map_or(Span::GENERATED, |(_, span)| *span)
    }

    /// The name that an expression in a provider's file consists of, if there is one.
    fn name_in(&self, text: &str) -> Option<&'static str> {
        let (_, rest) = text.split_once("<{")?;
        let name = rest.split_once("}>")?.0.trim();
        self.roots.iter().map(|(root, _)| *root).find(|root| *root == name)
    }
}
