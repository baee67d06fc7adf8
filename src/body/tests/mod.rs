//! What the walk finds, and what the rules say.

mod corpus;
mod rules;
mod walk;

use crate::source::{FileId, SourceFile, SourceMap};
use crate::tree::Node;

/// A document that is free of syntax errors.
pub(crate) fn read(text: &str) -> Node {
    let file = SourceFile::new("body.yaml", text);
    let document = crate::yaml::parse(FileId(0), &file).remove(0);
    assert!(document.findings.is_empty(), "{text}: {:?}", document.findings);
    document.root
}

/// The documents of a file, whatever is wrong with it.
pub(crate) fn read_all(file: FileId, sources: &SourceMap) -> Vec<Node> {
    let documents = crate::yaml::parse(file, sources.file(file));
    documents.into_iter().map(|document| document.root).collect()
}
