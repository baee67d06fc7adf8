//! What the walk finds, and what the rules say.

mod corpus;
mod rules;
mod walk;

use crate::diagnostics::Sink;
use crate::source::{FileId, SourceFile, SourceMap};
use crate::tree::Node;

/// A document that is free of syntax errors.
pub fn read(text: &str) -> Node {
    let mut sink = Sink::default();
    let file = SourceFile::new("body.yaml", text);
    let mut documents = crate::yaml::parse(FileId(0), &file, &mut sink);
    let found = sink.finish();
    assert!(found.is_empty(), "{text}: {found:?}");
    documents.remove(0).root
}

/// The documents of a file, whatever is wrong with it.
pub fn read_all(file: FileId, sources: &SourceMap) -> Vec<Node> {
    let documents = crate::yaml::parse(file, sources.file(file), &mut Sink::default());
    documents.into_iter().map(|document| document.root).collect()
}
