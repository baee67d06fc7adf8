//! Several broken files and documents in one run: each is reported once, and the rest is still checked.

use std::fs;
use std::path::Path;

use super::{argopacks, example};

/// Definitions with mistakes that are found only when everything else was read: a reference to
/// nothing, and two places for one thing.
const LAST: &str = "apiVersion: packs.argoproj.io/v1beta1
kind: Build
metadata:
  project: my-awesome-project
  pipeline: goapp-lates
---
apiVersion: packs.argoproj.io/v1beta1
kind: Registry
metadata:
  name: fourth
spec:
  url: fourth.acme.example
  service: {filter: {name: fourth, namespace: toolbox}}
";

const FILES: &[(&str, &str)] = &[
    (
        "quote.yaml",
        "apiVersion: packs.argoproj.io/v1beta1\nkind: Registry\nmetadata:\n  name: second\nspec:\n  url: a: b\n",
    ),
    (
        "bracket.json",
        "{\"apiVersion\": \"packs.argoproj.io/v1beta1\", \"kind\": \"Registry\", \"metadata\": {\"name\": \"third\"\n",
    ),
    (
        "second.yaml",
        "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: theirs}\n---\nkey: [1, 2\n---\napiVersion: packs.argoproj.io/v1beta1\nkind: Project\nmetadata:\n  nmae: other\n",
    ),
    ("zz-last.yaml", LAST),
    ("notes.txt", "not: [read"),
    (".hidden/secret.yaml", "not: [read"),
];

fn broken() -> tempfile::TempDir {
    let directory = tempfile::tempdir().unwrap();
    for entry in fs::read_dir(example("goapp")).unwrap() {
        let entry = entry.unwrap();
        fs::copy(entry.path(), directory.path().join(entry.file_name())).unwrap();
    }
    fs::create_dir(directory.path().join(".hidden")).unwrap();
    for (file, text) in FILES {
        fs::write(directory.path().join(file), text).unwrap();
    }
    directory
}

/// Codes and files of what is reported, as `CODE file`.
fn reported(directory: &Path, status: i32) -> Vec<String> {
    let output = argopacks(directory, &["validate", ".", "--format", "json"]);
    assert_eq!(output.status.code(), Some(status));
    let report: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    let findings = report["findings"].as_array().unwrap().iter();
    let findings = findings.map(|finding| {
        format!("{} {}", finding["code"].as_str().unwrap(), finding["path"].as_str().unwrap())
    });
    let unread = report["unread"]
        .as_array()
        .unwrap()
        .iter()
        .map(|unread| format!("unread {}", unread["path"].as_str().unwrap()));
    findings.chain(unread).collect()
}

const FOUND: &[&str] = &[
    "AP001 bracket.json",
    "AP001 quote.yaml",
    "AP001 second.yaml",
    "AP103 second.yaml",
    "AP201 zz-last.yaml",
    "AP109 zz-last.yaml",
];

/// What is found where a file could not be read: the pipeline that is referred to may be in it.
const FOUND_BESIDE: &[&str] = &[
    "AP001 bracket.json",
    "AP001 quote.yaml",
    "AP001 second.yaml",
    "AP103 second.yaml",
    "AP109 zz-last.yaml",
];

#[test]
fn each_broken_document_is_told_and_the_rest_is_checked() {
    assert_eq!(reported(broken().path(), 1), FOUND);
}

#[test]
fn a_file_that_is_not_utf8_is_told() {
    let directory = broken();
    fs::write(
        directory.path().join("latin.yaml"),
        b"apiVersion: packs.argoproj.io/v1beta1\nkind: Stra\xdfe\n",
    )
    .unwrap();
    assert_eq!(
        reported(directory.path(), 1),
        [&FOUND_BESIDE[..1], &["AP008 latin.yaml"], &FOUND_BESIDE[1..]].concat()
    );
}

#[cfg(unix)]
#[test]
fn a_file_that_cannot_be_read_is_told_and_the_rest_is_checked() {
    let directory = broken();
    std::os::unix::fs::symlink("nowhere.yaml", directory.path().join("dangling.yaml")).unwrap();
    fs::create_dir(directory.path().join("directory.yaml")).unwrap();
    assert_eq!(reported(directory.path(), 3), [FOUND_BESIDE, &["unread dangling.yaml"]].concat());
}

#[cfg(unix)]
#[test]
fn nothing_is_rendered_where_a_file_cannot_be_read() {
    let directory = tempfile::tempdir().unwrap();
    fs::copy(example("goapp").join("project.yaml"), directory.path().join("project.yaml")).unwrap();
    std::os::unix::fs::symlink("nowhere.yaml", directory.path().join("dangling.yaml")).unwrap();
    let output = argopacks(directory.path(), &["render", "."]);
    assert_eq!((output.status.code(), output.stdout.len()), (Some(3), 0));
    assert!(String::from_utf8_lossy(&output.stderr).contains("dangling.yaml"));
}

#[test]
fn a_path_that_is_not_there_is_told() {
    let output = argopacks(&example("goapp"), &["validate", ".", "nowhere.yaml"]);
    assert_eq!(output.status.code(), Some(3));
}

#[test]
fn nothing_on_standard_output_while_there_is_an_error() {
    let output = argopacks(broken().path(), &["render", "."]);
    assert_eq!((output.status.code(), output.stdout.len()), (Some(1), 0));
}
