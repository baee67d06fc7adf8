//! Several documents in one file.

use crate::emit::Format;
use crate::tree::{Map, Node};
use insta::assert_snapshot;
use serde::Deserialize;

use super::{expected, in_a_row, read_yaml};

fn stream() -> (Vec<Node>, String) {
    let texts = ["x", "a\nb", "a\nb\n", "a\n\n", "---", "--- a\n---\n", "...\n"];
    let documents: Vec<Node> =
        texts.iter().map(|text| Map::new().with("a", *text).into()).collect();
    let text = in_a_row(Format::Yaml, &documents);
    (documents, text)
}

#[test]
fn documents_are_separated() {
    assert_snapshot!(stream().1, @r#"
    a: x
    ---
    a: |-
      a
      b
    ---
    a: |
      a
      b

    ---
    a: "a\n\n"
    ---
    a: '---'
    ---
    a: |
      --- a
      ---

    ---
    a: |
      ...
    "#);
}

#[test]
fn streams_survive_readers_that_split_them_as_text() {
    let (documents, out) = stream();
    let parts: Vec<_> = out.split("\n---\n").collect();
    assert_eq!(parts.len(), documents.len());
    for (document, part) in documents.iter().zip(parts) {
        assert_eq!(read_yaml(part), expected(document), "{part:?}");
    }
}

#[test]
fn streams_are_read_as_documents() {
    let (documents, out) = stream();
    let read: Vec<_> = serde_yaml::Deserializer::from_str(&out)
        .map(|document| serde_json::Value::deserialize(document).unwrap())
        .collect();
    assert_eq!(read, documents.iter().map(expected).collect::<Vec<_>>());
}
