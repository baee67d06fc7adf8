//! `<{ … }>`: what is known at compile time, put into the scalars of a parsed document. Never into YAML text, so a value can
//! change no structure. Evaluated by minijinja; no environment, clock, files or chance are in reach.

use std::sync::LazyLock;

use minijinja::value::ValueKind;
use minijinja::{Environment, ErrorKind, UndefinedBehavior, Value};

use crate::diagnostics::Sink;
use crate::rules::ap308_expression;
use crate::source::{SourceMap, Span};
use crate::tree::scalar::{Resolved, resolve};
use crate::tree::{self, Entry, Key, Node, Scalar};

const OPEN: &str = "<{";
const CLOSE: &str = "}>";
/// Steps that one expression may take; hostile ones end in an error.
const FUEL: u64 = 100_000;
/// Every name that is in scope somewhere.
pub const ROOTS: &[&str] =
    &["project", "registry", "account", "pipeline", "params", "image", "repo", "values"];

/// Whether any scalar of a document has an expression.
pub fn is_in(node: &Node) -> bool {
    let mut found = false;
    node.each_scalar(&mut |scalar, _| found |= scalar.text.contains(OPEN));
    found
}

/// Whether a text has an expression.
pub fn is_in_text(text: &str) -> bool {
    text.contains(OPEN)
}

/// What expressions can refer to at some place.
#[derive(Debug)]
pub struct Scope<'a> {
    sources: &'a SourceMap,
    /// What the place is called: "a Builder".
    place: String,
    roots: Vec<(&'static str, Value)>,
}

static ENVIRONMENT: LazyLock<Environment<'static>> = LazyLock::new(|| {
    let mut environment = Environment::new();
    environment.set_undefined_behavior(UndefinedBehavior::Strict);
    environment.set_fuel(Some(FUEL));
    // Fuel counts steps, not bytes: nothing is made that is much larger than what is written.
    environment.remove_global("range");
    environment
});

/// A node whose expressions were evaluated.
#[derive(Debug)]
pub struct Expanded {
    /// Nothing if the whole of it was `none`.
    pub node: Option<Node>,
    /// Whether some expression has no value, which was reported: it still stands in the node.
    pub has_failed: bool,
}

/// An expression that has no value; the mistake was reported.
#[derive(Debug)]
pub struct Failed;

impl<'a> Scope<'a> {
    pub fn new(sources: &'a SourceMap, place: &str, roots: Vec<(&'static str, Value)>) -> Self {
        Self { sources, place: place.to_owned(), roots }
    }

    /// Evaluates every expression at or below a node. A scalar that is one expression takes its value with its type; `none` takes
    /// the field away, and the whole node if it was that. One without a value is reported and stays as it was written.
    pub fn expand(&self, node: Node, sink: &mut Sink) -> Expanded {
        let mut has_failed = false;
        let node = self.expand_into(node, &mut has_failed, sink);
        Expanded { node, has_failed }
    }

    fn expand_into(&self, node: Node, has_failed: &mut bool, sink: &mut Sink) -> Option<Node> {
        let span = node.span;
        let value = match node.value {
            tree::Value::Scalar(scalar) if scalar.text.contains(OPEN) => {
                return self.scalar(&scalar, span, sink).unwrap_or_else(|Failed| {
                    *has_failed = true;
                    Some(Node { span, value: tree::Value::Scalar(scalar) })
                });
            }
            tree::Value::Scalar(scalar) => tree::Value::Scalar(scalar),
            tree::Value::List(items) => tree::Value::List(
                items
                    .into_iter()
                    .filter_map(|item| self.expand_into(item, has_failed, sink))
                    .collect(),
            ),
            tree::Value::Map(entries) => {
                let expand = |Entry { key, value }| {
                    let value = self.expand_into(value, has_failed, sink)?;
                    Some(Entry { key, value })
                };
                tree::Value::Map(entries.into_iter().filter_map(expand).collect())
            }
        };
        Some(Node { span, value })
    }

    /// Tells expressions that do not parse, or name what is in scope nowhere; for those whose values are not known yet.
    pub fn check(&self, node: &Node, sink: &mut Sink) {
        node.each_scalar(&mut |scalar, span| {
            let mut places = self.places(span);
            for piece in pieces(&scalar.text) {
                match piece {
                    Piece::Text(_) => {}
                    Piece::Unclosed => {
                        sink.report(ap308_expression::unclosed(places.next().unwrap_or(span)));
                    }
                    Piece::Expression(text) => {
                        self.check_one(text, places.next().unwrap_or(span), sink);
                    }
                }
            }
        });
    }

    fn check_one(&self, text: &str, span: Span, sink: &mut Sink) {
        match ENVIRONMENT.compile_expression_owned(text.trim().to_owned()) {
            Ok(expression) => {
                let mut names: Vec<String> =
                    expression.undeclared_variables(true).into_iter().collect();
                names.sort();
                let finding = names.iter().find_map(|name| {
                    let root = name.split('.').next().unwrap_or_default();
                    let is_known = self.roots.iter().any(|(known, _)| *known == root);
                    match (is_known, ROOTS.contains(&root)) {
                        // `default` and `is defined` are for names that may not be there.
                        (true, _) if text.contains("default") || text.contains("defined") => None,
                        (true, _) => self.undefined(name, span),
                        (false, true) => None,
                        (false, false) => {
                            Some(ap308_expression::undefined_root(span, root, ROOTS, &self.place))
                        }
                    }
                });
                if let Some(finding) = finding {
                    sink.report(finding);
                }
            }
            Err(error) => sink.report(ap308_expression::syntax(
                span,
                error.detail().unwrap_or("it does not parse"),
            )),
        }
    }

    fn scalar(&self, scalar: &Scalar, span: Span, sink: &mut Sink) -> Result<Option<Node>, Failed> {
        let pieces = pieces(&scalar.text);
        let mut places = self.places(span);
        let mut evaluated = Vec::with_capacity(pieces.len());
        for piece in &pieces {
            evaluated.push(match piece {
                Piece::Text(text) => Ok(Value::from(*text)),
                Piece::Expression(text) => self.evaluate(text, places.next().unwrap_or(span), sink),
                Piece::Unclosed => {
                    sink.report(ap308_expression::unclosed(places.next().unwrap_or(span)));
                    Err(Failed)
                }
            });
        }
        let values = evaluated.into_iter().collect::<Result<Vec<_>, _>>()?;
        if let ([Piece::Expression(_)], [value]) = (&pieces[..], &values[..]) {
            return Ok(node_of(value, span));
        }
        Ok(Some(Node::text(values.iter().map(text_of).collect::<String>(), span)))
    }

    /// The places of the expressions in a scalar, as they stand in the file.
    fn places(&self, span: Span) -> impl Iterator<Item = Span> + use<'a> {
        let text = self.sources.text(span);
        text.match_indices(OPEN).map(move |(start, _)| {
            let length = text[start..].find(CLOSE).map_or(OPEN.len(), |end| end + CLOSE.len());
            span.part(start, start + length)
        })
    }

    fn evaluate(&self, text: &str, span: Span, sink: &mut Sink) -> Result<Value, Failed> {
        let fail = |finding, sink: &mut Sink| {
            sink.report(finding);
            Err(Failed)
        };
        let expression = match ENVIRONMENT.compile_expression_owned(text.trim().to_owned()) {
            Ok(expression) => expression,
            Err(error) => {
                return fail(
                    ap308_expression::syntax(span, error.detail().unwrap_or("it does not parse")),
                    sink,
                );
            }
        };
        match expression.eval(Value::from_pairs(self.roots.iter().cloned())) {
            Ok(value) if !value.is_undefined() => Ok(value),
            Err(error) if error.kind() != ErrorKind::UndefinedError => fail(
                ap308_expression::syntax(span, error.detail().unwrap_or("it has no value")),
                sink,
            ),
            _ => {
                let mut names: Vec<String> =
                    expression.undeclared_variables(true).into_iter().collect();
                names.sort();
                let finding = names.iter().find_map(|name| self.undefined(name, span));
                fail(
                    finding.unwrap_or_else(|| ap308_expression::syntax(span, "it has no value")),
                    sink,
                )
            }
        }
    }

    /// The finding for a dotted name that leads nowhere.
    fn undefined(&self, name: &str, span: Span) -> Option<crate::diagnostics::Diagnostic> {
        let mut segments = name.split('.');
        let root = segments.next()?;
        let Some((_, mut value)) = self.roots.iter().find(|(known, _)| *known == root).cloned()
        else {
            let known: Vec<&str> = self.roots.iter().map(|(known, _)| *known).collect();
            return Some(ap308_expression::undefined_root(span, root, &known, &self.place));
        };
        let mut parent = root.to_owned();
        for segment in segments {
            let next = value.get_attr(segment).unwrap_or_default();
            if next.is_undefined() {
                let keys: Vec<String> = value
                    .try_iter()
                    .map(|keys| keys.map(|key| key.to_string()).collect())
                    .unwrap_or_default();
                return (value.kind() == ValueKind::Map)
                    .then(|| ap308_expression::undefined_key(span, &parent, segment, &keys));
            }
            parent = format!("{parent}.{segment}");
            value = next;
        }
        None
    }
}

enum Piece<'t> {
    Text(&'t str),
    Expression(&'t str),
    Unclosed,
}

fn pieces(text: &str) -> Vec<Piece<'_>> {
    let mut pieces = Vec::new();
    let mut rest = text;
    while let Some(start) = rest.find(OPEN) {
        if start > 0 {
            pieces.push(Piece::Text(&rest[..start]));
        }
        let inner = &rest[start + OPEN.len()..];
        let Some(end) = inner.find(CLOSE) else {
            pieces.push(Piece::Unclosed);
            return pieces;
        };
        pieces.push(Piece::Expression(&inner[..end]));
        rest = &inner[end + CLOSE.len()..];
    }
    if !rest.is_empty() {
        pieces.push(Piece::Text(rest));
    }
    pieces
}

fn text_of(value: &Value) -> String {
    match value.kind() {
        ValueKind::None => String::new(),
        ValueKind::Bool => value.is_true().to_string(),
        _ => value.to_string(),
    }
}

/// A value as a node with its type; nothing for `none`.
fn node_of(value: &Value, span: Span) -> Option<Node> {
    let plain = |text: String| tree::Value::Scalar(Scalar { text: text.into(), plain: true });
    let items = || value.try_iter().into_iter().flatten();
    let yaml = match value.kind() {
        ValueKind::None | ValueKind::Undefined => return None,
        ValueKind::Bool | ValueKind::Number => plain(text_of(value)),
        ValueKind::Seq | ValueKind::Iterable => {
            tree::Value::List(items().filter_map(|item| node_of(&item, span)).collect())
        }
        ValueKind::Map => {
            tree::Value::Map(items().filter_map(|key| entry_of(value, &key, span)).collect())
        }
        _ => tree::Value::Scalar(Scalar { text: text_of(value).into(), plain: false }),
    };
    Some(Node { span, value: yaml })
}

fn entry_of(map: &Value, key: &Value, span: Span) -> Option<Entry> {
    let value = node_of(&map.get_item(key).ok()?, span)?;
    Some(Entry { key: Key { text: key.to_string().into(), span }, value })
}

/// What a node is for expressions: the `values` of Config.
pub fn value_of(node: &Node) -> Value {
    match &node.value {
        tree::Value::List(items) => items.iter().map(value_of).collect(),
        tree::Value::Map(entries) => Value::from_pairs(
            entries.iter().map(|entry| (entry.key.text.to_string(), value_of(&entry.value))),
        ),
        tree::Value::Scalar(scalar) if !scalar.plain => Value::from(&*scalar.text),
        tree::Value::Scalar(scalar) => match resolve(&scalar.text) {
            Resolved::Null => Value::from(()),
            Resolved::Bool(value) => Value::from(value),
            Resolved::Int(number) => {
                i64::try_from(number).map_or_else(|_| Value::from(&*scalar.text), Value::from)
            }
            Resolved::Float(number) => Value::from(number),
            Resolved::Str => Value::from(&*scalar.text),
        },
    }
}
