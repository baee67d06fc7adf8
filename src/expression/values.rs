//! Values of expressions and nodes of documents, each as the other.

use minijinja::Value;
use minijinja::value::ValueKind;

use crate::source::Span;
use crate::tree::scalar::{Resolved, resolve};
use crate::tree::{self, Entry, Key, Node, Scalar};

/// A value as it stands in a text.
pub(super) fn text_of(value: &Value) -> String {
    match value.kind() {
        ValueKind::None => String::new(),
        ValueKind::Bool => value.is_true().to_string(),
        _ => value.to_string(),
    }
}

/// A value as a node with its type; nothing for `none`.
pub(super) fn node_of(value: &Value, span: Span) -> Option<Node> {
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
pub(crate) fn value_of(node: &Node) -> Value {
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
