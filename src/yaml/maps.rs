//! What a map comes to once all of its entries are read.

use std::collections::HashMap;

use crate::diagnostics::Diagnostic;
use crate::rules::{ap006_duplicate_key, ap009_key_type};
use crate::source::Span;
use crate::tree::{Entry, Node, Str, Value};

/// Maps up to this size are searched for duplicate keys without a set.
const SMALL_MAP: usize = 12;

/// The entries with what `<<` brings: keys of the map itself win. Duplicate keys are reported, and
/// the first of them is kept.
pub(super) fn finished(entries: Vec<Entry>, report: &mut impl FnMut(Diagnostic)) -> Vec<Entry> {
    if entries.len() <= SMALL_MAP && is_simple(&entries) {
        return entries;
    }
    let mut seen: HashMap<Str, Span> = HashMap::new();
    let mut own = Vec::with_capacity(entries.len());
    let mut merges = Vec::new();
    for entry in entries {
        if entry.key.text == "<<" {
            merges.push(entry.value);
        } else if let Some(first) = seen.get(&entry.key.text) {
            report(ap006_duplicate_key::finding(&entry.key, *first));
        } else {
            seen.insert(entry.key.text.clone(), entry.key.span);
            own.push(entry);
        }
    }
    for entry in merges.into_iter().flat_map(|merge| merged(merge, report)) {
        if !seen.contains_key(&entry.key.text) {
            seen.insert(entry.key.text.clone(), entry.key.span);
            own.push(entry);
        }
    }
    own
}

/// The entries of the map, or of the list of maps, that is merged.
fn merged(from: Node, report: &mut impl FnMut(Diagnostic)) -> Vec<Entry> {
    match from.value {
        Value::Map(entries) => entries,
        Value::List(items) => items.iter().flat_map(|item| item.entries().to_vec()).collect(),
        Value::Scalar(_) => {
            report(ap009_key_type::merge_of_scalar(from.span));
            Vec::new()
        }
    }
}

fn is_simple(entries: &[Entry]) -> bool {
    entries.iter().enumerate().all(|(at, entry)| {
        entry.key.text != "<<"
            && entries[..at].iter().all(|before| before.key.text != entry.key.text)
    })
}
