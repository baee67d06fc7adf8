//! Where an expression stands: what it can refer to, and what becomes of the document around it.

use minijinja::Value;

use super::evaluate::{Stop, evaluate};
use super::limits::{Budget, MAX_RESULT};
use super::pieces::{Piece, pieces, places};
use super::values::{node_of, text_of};
use super::{ROOTS, is_in_text};
use crate::diagnostics::Sink;
use crate::rules::ap308_expression;
use crate::source::{SourceMap, Span};
use crate::tree::{self, Entry, Node, Scalar};

/// What expressions can refer to at some place.
#[derive(Debug)]
pub(crate) struct Scope<'a> {
    sources: &'a SourceMap,
    /// What the place is called: "a Builder".
    place: String,
    roots: Vec<(&'static str, Value)>,
    /// Names that are not there, and why: `image.tag`.
    absent: Vec<(&'static str, String)>,
    /// Names that are in scope later stand for values that are not known yet.
    awaits_values: bool,
    budget: Budget,
    /// The budget of a document, where it is not its size that says it.
    work: Option<usize>,
}

/// A node whose expressions were evaluated.
#[derive(Debug)]
pub(crate) struct Expanded {
    /// Nothing if the whole of it was `none`.
    pub node: Option<Node>,
    /// Whether some expression has no value, which was reported: it still stands in the node.
    pub has_failed: bool,
}

/// Reports every scalar with an expression at or below a node, where none may be.
pub(crate) fn refuse(node: &Node, sink: &mut Sink) {
    node.each_scalar(&mut |scalar, span| {
        if is_in_text(&scalar.text) {
            sink.report(ap308_expression::in_config(span));
        }
    });
}

/// An expression that has no value, which was reported.
struct Failed;

impl<'a> Scope<'a> {
    /// `place` is what the expressions stand in, with its article: "a Builder".
    pub(crate) fn new(
        sources: &'a SourceMap,
        place: &str,
        roots: Vec<(&'static str, Value)>,
    ) -> Self {
        let place = place.to_owned();
        Self {
            sources,
            place,
            roots,
            absent: Vec::new(),
            awaits_values: false,
            budget: Budget::default(),
            work: None,
        }
    }

    /// Says why a dotted name is not there.
    #[must_use]
    pub(crate) fn without(mut self, name: &'static str, why: String) -> Self {
        self.absent.push((name, why));
        self
    }

    /// Lets the expressions of a document work on so many bytes, whatever its size.
    #[must_use]
    pub(crate) fn within(self, bytes: usize) -> Self {
        Self { work: Some(bytes), ..self }
    }

    pub(super) fn budget(&self) -> &Budget {
        &self.budget
    }

    pub(super) fn place(&self) -> &str {
        &self.place
    }

    pub(super) fn root(&self, name: &str) -> Option<Value> {
        self.roots.iter().find(|(known, _)| *known == name).map(|(_, value)| value.clone())
    }

    /// Whether a name is in scope once values are known.
    pub(super) fn is_later(&self, name: &str) -> bool {
        self.awaits_values && ROOTS.contains(&name)
    }

    /// The names that are in scope here.
    pub(super) fn names(&self) -> Vec<&str> {
        if self.awaits_values {
            return ROOTS.to_vec();
        }
        self.roots.iter().map(|(known, _)| *known).collect()
    }

    pub(super) fn why_absent(&self, name: &str) -> Option<&str> {
        self.absent.iter().find(|(known, _)| *known == name).map(|(_, why)| &**why)
    }

    /// Evaluates every expression at or below a node. A scalar that is one expression takes its
    /// value with its type; `none` takes the field away, and the whole node if it was that. One
    /// without a value is reported and stays as it was written.
    pub(crate) fn expand(&self, node: Node, sink: &mut Sink) -> Expanded {
        let mut has_failed = false;
        self.budget.open(&node, self.work);
        let node = self.expanded(node, &mut has_failed, sink);
        Expanded { node, has_failed }
    }

    fn expanded(&self, node: Node, has_failed: &mut bool, sink: &mut Sink) -> Option<Node> {
        let span = node.span;
        let value = match node.value {
            tree::Value::Scalar(scalar) if is_in_text(&scalar.text) => {
                return self.scalar(&scalar, span, sink).unwrap_or_else(|Failed| {
                    *has_failed = true;
                    Some(Node { span, value: tree::Value::Scalar(scalar) })
                });
            }
            tree::Value::Scalar(scalar) => tree::Value::Scalar(scalar),
            tree::Value::List(items) => {
                let expand = |item| self.expanded(item, has_failed, sink);
                tree::Value::List(items.into_iter().filter_map(expand).collect())
            }
            tree::Value::Map(entries) => {
                let expand = |Entry { key, value }| {
                    self.expanded(value, has_failed, sink).map(|value| Entry { key, value })
                };
                tree::Value::Map(entries.into_iter().filter_map(expand).collect())
            }
        };
        Some(Node { span, value })
    }

    /// Reports expressions that are wrong whatever the values are that are not known yet; whether
    /// there are any.
    pub(crate) fn check(self, node: &Node, sink: &mut Sink) -> bool {
        let scope = Self { awaits_values: true, ..self };
        scope.budget.open(node, scope.work);
        let mut has_failed = false;
        node.each_scalar(&mut |scalar, span| {
            if is_in_text(&scalar.text) {
                has_failed |= scope.values(&pieces(&scalar.text), span, sink).is_err();
            }
        });
        has_failed
    }

    fn scalar(&self, scalar: &Scalar, span: Span, sink: &mut Sink) -> Result<Option<Node>, Failed> {
        let pieces = pieces(&scalar.text);
        let values = self.values(&pieces, span, sink)?;
        if let ([Piece::Expression(_)], [value]) = (&pieces[..], &values[..]) {
            return Ok(node_of(value, span));
        }
        let text: String = values.iter().map(text_of).collect();
        if text.len() > MAX_RESULT {
            let reason = format!("the text around it comes to more than {MAX_RESULT} bytes");
            sink.report(ap308_expression::limit(span, &reason));
            return Err(Failed);
        }
        if !self.budget.spend(text.len()) {
            sink.report(ap308_expression::work(span, self.budget.limit()));
            return Err(Failed);
        }
        Ok(Some(Node::text(text, span)))
    }

    /// The values of all pieces of a scalar; nothing stands for those that are known later.
    fn values(&self, pieces: &[Piece], span: Span, sink: &mut Sink) -> Result<Vec<Value>, Failed> {
        if self.budget.is_spent() {
            // Which was reported where it came to pass.
            return Err(Failed);
        }
        let mut places = places(pieces, self.sources.text(span), span).into_iter();
        let mut values = Vec::with_capacity(pieces.len());
        let mut has_failed = false;
        for piece in pieces {
            if let Piece::Text(text) = piece {
                values.push(Value::from(*text));
                continue;
            }
            let at = places.next().unwrap_or(span);
            let outcome = match piece {
                Piece::Expression(text) => evaluate(text, self, at),
                _ => Err(Stop::Mistake(Box::new(ap308_expression::unclosed(at)))),
            };
            match outcome {
                Ok(value) => values.push(value),
                Err(Stop::Later) => {}
                Err(Stop::Mistake(finding)) => {
                    sink.report(*finding);
                    has_failed = true;
                }
                Err(Stop::Spent) => {
                    sink.report(ap308_expression::work(at, self.budget.limit()));
                    return Err(Failed);
                }
            }
        }
        if has_failed { Err(Failed) } else { Ok(values) }
    }
}
