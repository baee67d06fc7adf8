//! What is emitted knows where it is written: every object of the examples and of the tests'
//! directories is looked at.
#![allow(clippy::unwrap_used, clippy::print_stderr)]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use crate::session::{Compiled, compile};
use crate::source::Span;
use crate::tree::{Node, Value};

/// The directories of examples and of the tests' definitions.
fn directories() -> Vec<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let list = |folder: &str| fs::read_dir(root.join(folder)).unwrap();
    let all = list("examples").chain(list("tests/data/ok"));
    let mut all: Vec<PathBuf> = all.map(|entry| entry.unwrap().path()).collect();
    all.sort();
    all
}

/// Every object that comes of a directory, its builds too.
fn objects(compiled: &Compiled) -> Vec<Node> {
    let list = compiled.objects.list.iter();
    let built = compiled.build_all(0).unwrap();
    let built = built.into_iter().map(|built| built.workflow);
    list.map(|object| compiled.manifest(object).unwrap()).chain(built).collect()
}

fn each_with_path<'n>(node: &'n Node, path: &str, visit: &mut impl FnMut(&str, &'n Node)) {
    visit(path, node);
    for entry in node.entries() {
        each_with_path(&entry.value, &format!("{path}.{}", entry.key.text), visit);
    }
    for item in node.items() {
        each_with_path(item, &format!("{path}[]"), visit);
    }
}

/// Texts of scalars in the definitions and in the packs.
fn written(compiled: &Compiled) -> BTreeSet<String> {
    let mut texts = BTreeSet::new();
    for id in compiled.sources.ids() {
        for document in crate::yaml::parse(id, compiled.sources.file(id)) {
            document.root.each_scalar(&mut |scalar, _| {
                texts.insert(scalar.text.to_string());
            });
        }
    }
    texts
}

/// Scalars whose text is that of one in the definitions, by whether they have a span, and where
/// those are that have none.
#[derive(Default)]
struct Share {
    with_span: usize,
    without: BTreeMap<(String, String), usize>,
}

impl Share {
    fn count(&mut self, object: &Node, written: &BTreeSet<String>) {
        let kind = object.get("kind").and_then(Node::as_str).unwrap().to_owned();
        each_with_path(object, &kind, &mut |path, node| {
            let Value::Scalar(scalar) = &node.value else { return };
            if !written.contains(&*scalar.text) {
                return;
            }
            if node.span.is_written() {
                self.with_span += 1;
            } else {
                *self.without.entry((path.to_owned(), scalar.text.to_string())).or_default() += 1;
            }
        });
    }
}

#[test]
fn share_of_values_that_know_where_they_are_written() {
    let mut share = Share::default();
    for directory in directories() {
        compile(&[directory], |compiled| {
            let written = written(&compiled);
            objects(&compiled).iter().for_each(|object| share.count(object, &written));
        });
    }
    for ((path, text), count) in &share.without {
        eprintln!("{count:4} {path}: {text}");
    }
    let without: usize = share.without.values().sum();
    eprintln!("{} of {} have a span", share.with_span, share.with_span + without);
}
