//! What is about to be emitted: names that only one object may have, and what Argo is known to
//! accept. The last look, on the objects themselves.

use std::collections::HashMap;

use crate::argo::conform::Conform;
use crate::argo::facts::Version;
use crate::diagnostics::{Diagnostic, Sink};
use crate::lower::{Object, Objects};
use crate::resolve::in_order;
use crate::rules::ap203_names_meet;
use crate::source::{FileId, Span};
use crate::tree::Node;

/// Holds an object against the table of field facts. What is found is reported where the part of
/// the object is written, or else at `span`.
pub fn verify(object: &Node, version: Version, span: Span) -> Vec<Diagnostic> {
    let mut sink = Sink::default();
    Conform { version, sink: &mut sink }.object(object, span);
    sink.finish()
}

/// Reports objects that would have one name. `last_file` is the last of the user's own files: those
/// of bundled packs come behind it.
pub(crate) fn check_names(objects: &Objects, last_file: FileId, sink: &mut Sink) {
    let mut seen: HashMap<_, &Object> = HashMap::new();
    for object in &objects.list {
        let key = object.key();
        match seen.get(&key) {
            Some(first) if first.span != object.span => {
                // The user's own definition is the one to rename, not a bundled one.
                let (a, b) = in_order(first.span, object.span);
                let (first, second) = if b.file > last_file { (b, a) } else { (a, b) };
                let place = match &object.namespace {
                    Some(namespace) => format!("in namespace `{}`", namespace.value),
                    None => "in the cluster".to_owned(),
                };
                let kind = object.kind.name();
                sink.report(ap203_names_meet::emitted(second, kind, &object.name, &place, first));
            }
            Some(_) => {}
            None => {
                seen.insert(key, object);
            }
        }
    }
}
