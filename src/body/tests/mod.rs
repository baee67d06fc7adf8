//! What the walk finds, and what the rules say.

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

/// A node, and the sources that its spans point into.
pub fn sources(text: &str) -> SourceMap {
    let mut sources = SourceMap::default();
    sources.add(SourceFile::new("body.yaml", text));
    sources
}
