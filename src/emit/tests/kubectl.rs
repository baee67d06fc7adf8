//! The reader that counts, where it is installed. One call for many texts, since a call takes a
//! tenth of a second.

use std::collections::BTreeSet;
use std::process::Command;

use crate::tree::{Map, Node};
use proptest::strategy::{Strategy, ValueTree};
use proptest::test_runner::{Config, TestRunner};

use super::{both_ways, expected, json_of, random, scalar, strings, yaml_of};

/// What kubectl reads from a file of one object, or nothing where there is no kubectl.
fn kubectl(file_name: &str, text: &str) -> Option<serde_json::Value> {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join(file_name);
    std::fs::write(&path, text).unwrap();
    let arguments = ["annotate", "--local", "-o", "json", "k=v", "-f"];
    let output = match Command::new("kubectl").args(arguments).arg(&path).output() {
        Ok(output) => output,
        Err(error) => {
            eprintln!("skipped: kubectl cannot be run: {error}");
            return None;
        }
    };
    assert!(output.status.success(), "{}\n{text}", String::from_utf8_lossy(&output.stderr));
    Some(serde_json::from_slice(&output.stdout).unwrap())
}

fn config_map(data: impl Into<Node>) -> Node {
    let metadata = Map::new().with("name", "a");
    Map::new()
        .with("apiVersion", "v1")
        .with("kind", "ConfigMap")
        .with("metadata", metadata)
        .with("data", data)
        .into()
}

fn assert_kubectl_reads<'a>(texts: impl Iterator<Item = &'a String>) {
    let data = Node::from(both_ways(texts));
    let expected = expected(&data);
    let object = config_map(data);
    for (name, text) in [("a.yaml", yaml_of(&object)), ("a.json", json_of(&object))] {
        let Some(read) = kubectl(name, &text) else {
            return;
        };
        assert_same(&read["data"], &expected);
    }
}

/// Compares entry by entry, so that a failure shows the entry rather than all of them.
fn assert_same(read: &serde_json::Value, expected: &serde_json::Value) {
    let (read, expected) = (read.as_object().unwrap(), expected.as_object().unwrap());
    for (key, value) in expected {
        assert_eq!(read.get(key), Some(value), "key {key:?}");
    }
    assert_eq!(read.len(), expected.len());
}

#[test]
fn kubectl_reads_every_tricky_text_back() {
    let texts: BTreeSet<String> = strings::TRICKY.iter().map(ToString::to_string).collect();
    assert_kubectl_reads(texts.iter());
}

#[test]
fn kubectl_reads_random_texts_back() {
    let mut runner = TestRunner::new(Config::default());
    for _ in 0..4 {
        let batch = proptest::collection::vec(random::text(), 200).new_tree(&mut runner).unwrap();
        let texts = BTreeSet::from_iter(batch.current());
        assert_kubectl_reads(texts.iter());
    }
}

#[test]
fn kubectl_reads_long_keys_back() {
    assert_kubectl_reads([1022, 1023, 1024, 1025, 3000].map(|length| "k".repeat(length)).iter());
}

#[test]
fn kubectl_resolves_plain_scalars_as_the_table_says() {
    let words = |words: &[&'static str], value: &serde_json::Value| {
        let pairs = words.iter().map(|word| (*word, value.clone()));
        pairs.collect::<Vec<_>>()
    };
    let mut table = words(scalar::TRUE, &true.into());
    table.extend(words(scalar::FALSE, &false.into()));
    table.extend(words(scalar::NULLS, &serde_json::Value::Null));
    table.extend(scalar::STRINGS.iter().map(|text| (*text, (*text).into())));
    let numbers = scalar::NUMBERS.iter();
    table.extend(numbers.map(|(text, json)| (*text, serde_json::from_str(json).unwrap())));
    let plain: Vec<_> = table.iter().map(|(text, _)| format!("- {text}")).collect();
    let header = "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: a\ndata:\n";
    let Some(read) = kubectl("a.yaml", &format!("{header}{}\n", plain.join("\n"))) else {
        return;
    };
    let read = read["data"].as_array().unwrap();
    assert_eq!(read.len(), table.len());
    for (read, (text, expected)) in read.iter().zip(&table) {
        assert_eq!(read.as_f64(), expected.as_f64(), "{text}");
        assert!(read.is_number() || read == expected, "{text}: {read}");
    }
}
