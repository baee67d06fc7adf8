//! The matrix of a step: params with several values each, of which every combination runs.

use super::decode::{Decode, Decoder, Hole};
use super::shape::Shape;
use super::{Entries, NonEmpty, Scalar, Text};
use crate::source::Span;
use crate::tree::{Entry, Key, Node, Value};

/// Combinations that a matrix may have: each is a pod at least, all at once.
const MAX_COMBINATIONS: usize = 200;

/// Every combination of the values of some params.
#[derive(Clone, Debug)]
pub(crate) struct Matrix {
    /// The names of the params, and the values of each.
    pub params: Vec<(Text, Vec<Node>)>,
    /// What Argo's `withItems` says of it: a map for each combination, from names to values. The
    /// last name changes fastest.
    pub items: Node,
}

/// A value of a param, with the type that it is written in.
#[derive(Clone, Debug)]
struct Choice(Node);

impl Decode for Choice {
    const SHAPE: Shape = Scalar::SHAPE;

    fn decode(node: Node, decoder: &mut Decoder) -> Option<Self> {
        Scalar::decode(node.clone(), decoder).map(|_| Self(node))
    }

    fn hole(hole: Hole) -> Self {
        Self(Node::hole(hole))
    }
}

impl Decode for Matrix {
    const SHAPE: Shape = Shape::Map(&<NonEmpty<Scalar> as Decode>::SHAPE);

    fn decode(node: Node, decoder: &mut Decoder) -> Option<Self> {
        let (span, written) = (node.span, node.entries().len());
        let Entries(params) = Entries::<NonEmpty<Choice>>::decode(node, decoder)?;
        if written == 0 {
            return decoder.invalid(span, "{}", "a list of values for one param or more");
        }
        if params.len() < written {
            // What is wrong with the values of the others was reported: nothing is known of items.
            return Some(Self::unknown(span));
        }
        let count = params.iter().try_fold(1usize, |all, (_, one)| all.checked_mul(one.0.len()));
        if count.is_none_or(|count| count > MAX_COMBINATIONS) {
            let count = count.map_or("more".to_owned(), |count| count.to_string());
            let wanted = format!("at most {MAX_COMBINATIONS} combinations: each is a pod");
            return decoder.invalid(span, &format!("{count} combinations"), &wanted);
        }
        let values =
            |choices: NonEmpty<Choice>| choices.0.into_iter().map(|Choice(it)| it).collect();
        let params: Vec<(Text, Vec<Node>)> =
            params.into_iter().map(|(name, choices)| (name, values(choices))).collect();
        let items = Node { span, value: Value::List(combinations(&params, span)) };
        Some(Self { params, items })
    }

    fn hole(hole: Hole) -> Self {
        Self::unknown(hole.span)
    }
}

impl Matrix {
    fn unknown(span: Span) -> Self {
        Self { params: Vec::new(), items: Node::null().at(span) }
    }

    /// Calls `visit` for every value, once.
    pub(crate) fn each_value(&self, mut visit: impl FnMut(&Text)) {
        let values = self.params.iter().flat_map(|(_, values)| values);
        values.filter_map(Text::of).for_each(|value| visit(&value));
    }
}

fn combinations(params: &[(Text, Vec<Node>)], span: Span) -> Vec<Node> {
    let mut rows: Vec<Vec<Entry>> = vec![Vec::new()];
    for (name, values) in params {
        let with = |row: &Vec<Entry>, value: &Node| {
            let entry = Entry { key: Key::from(name), value: value.clone() };
            row.iter().cloned().chain([entry]).collect()
        };
        rows = rows.iter().flat_map(|row| values.iter().map(|value| with(row, value))).collect();
    }
    rows.into_iter().map(|entries| Node { span, value: Value::Map(entries) }).collect()
}
