//! What is emitted knows where it is written: every object of the examples and of the tests'
//! directories is looked at.
#![allow(clippy::unwrap_used, clippy::print_stderr)]

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use crate::plan::is_standard;
use crate::tree::Node;
use crate::{Compiled, compile};

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

/// What argopacks makes itself, though definitions may have the same words: the end of its path,
/// and the text.
const OWN: &[(&str, &str)] = &[
    (".apiVersion", "v1"),
    (".kind", "ConfigMap"),
    (".jetstream.version", "latest"),
    (".active", "true"),
    (".contentType", "json"),
    (".events[]", "push"),
    (".apiToken.key", "token"),
    (".verbs[]", "create"),
    (".verbs[]", "list"),
    (".filters.data[].path", "body.head_commit.message"),
    (".filters.data[].value[]", "false"),
    (".atLeastOnce", "true"),
    (".retryStrategy.factor", "2"),
    (".retryStrategy.steps", "5"),
    (".src.value", "push"),
    (".workflows.argoproj.io/workflow", "{{workflow.name}}"),
    (".spec.entrypoint", "main"),
    (".templates[].name", "main"),
    (".clusterScope", "true"),
    ("HistoryLimit", "3"),
    (".volumeClaimGC.strategy", "OnWorkflowCompletion"),
];

/// Whether a text is one that argopacks makes itself: nothing, a build parameter's name, or a word
/// of its own.
fn is_own(path: &str, text: &str) -> bool {
    let is_name = path.ends_with(".arguments.parameters[].name");
    text.is_empty()
        || is_name && is_standard(text)
        || OWN.iter().any(|(end, own)| path.ends_with(end) && text == *own)
}

/// Scalars whose text is that of one in the definitions.
#[derive(Default)]
struct Found {
    written: usize,
    /// Those without a span that argopacks makes itself.
    own: usize,
    /// Others without one.
    lost: Vec<String>,
}

impl Found {
    fn count(&mut self, object: &Node, written: &BTreeSet<String>) {
        let kind = object.get("kind").and_then(Node::as_str).unwrap();
        each_with_path(object, kind, &mut |path, node| {
            let Some(text) = node.as_text().filter(|text| written.contains(&***text)) else {
                return;
            };
            if node.span.is_written() {
                self.written += 1;
            } else if is_own(path, text) {
                self.own += 1;
            } else {
                self.lost.push(format!("{path}: {text}"));
            }
        });
    }
}

/// `--nocapture` shows how many there are.
#[test]
fn what_comes_from_definitions_knows_where_it_is_written() {
    let mut found = Found::default();
    for directory in directories() {
        compile(&[directory], |compiled| {
            let written = written(&compiled);
            objects(&compiled).iter().for_each(|object| found.count(object, &written));
        });
    }
    let Found { written, own, lost } = found;
    eprintln!("{written} with a span, {own} made by argopacks, {} lost", lost.len());
    assert_eq!(lost, Vec::<String>::new());
}
