//! How long the lists and maps of a definition may be. What they hold is checked against each
//! other, so that time grows faster than they do.

use crate::diagnostics::Sink;
use crate::rules::ap007_limit;
use crate::tree::{Node, Value};

/// Entries of a list or a map: five times the steps that Argo 4.0 takes in one DAG.
pub(crate) const MAX_ENTRIES: usize = 1000;

/// Reports every list and map with more entries than it may have, and cuts it there; whether there
/// is any.
pub(super) fn shorten(node: &mut Node, sink: &mut Sink) -> bool {
    let beyond = match &node.value {
        Value::Scalar(_) => return false,
        Value::List(items) => {
            items.get(MAX_ENTRIES).map(|item| ("list", items.len(), item.first_key()))
        }
        Value::Map(entries) => {
            entries.get(MAX_ENTRIES).map(|entry| ("map", entries.len(), entry.key.span))
        }
    };
    if let Some((kind, length, span)) = beyond {
        sink.report(ap007_limit::entries(span, kind, length, MAX_ENTRIES));
    }
    let mut is_any_long = beyond.is_some();
    match &mut node.value {
        Value::Scalar(_) => {}
        Value::List(items) => {
            items.truncate(MAX_ENTRIES);
            items.iter_mut().for_each(|item| is_any_long |= shorten(item, sink));
        }
        Value::Map(entries) => {
            entries.truncate(MAX_ENTRIES);
            entries.iter_mut().for_each(|entry| is_any_long |= shorten(&mut entry.value, sink));
        }
    }
    is_any_long
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tree::Map;

    #[test]
    fn lists_and_maps_are_cut_at_any_depth() {
        let list = |length: usize| Node::from(vec!["x"; length]);
        let mut node: Node =
            Map::new().with("a", list(MAX_ENTRIES)).with("b", list(MAX_ENTRIES + 1)).into();
        let mut sink = Sink::default();
        assert!(shorten(&mut node, &mut sink));
        assert_eq!(sink.errors(), 1);
        assert_eq!(node.get("b").map(|list| list.items().len()), Some(MAX_ENTRIES));
        assert!(!shorten(&mut node, &mut sink));
        let entries = (0..=MAX_ENTRIES).map(|at| (format!("k{at}"), "x"));
        assert!(shorten(&mut entries.collect::<Map>().into(), &mut sink));
        assert_eq!(sink.errors(), 2);
    }
}
