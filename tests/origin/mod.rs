//! The definitions of the project's first description, exactly as they are written there, tabs and
//! stray signs included: one diagnostic for each mistake, all in one run, none of them a cascade;
//! and none once each is repaired as its diagnostic says.
#![allow(clippy::unwrap_used)]

use std::fs;
use std::path::{Path, PathBuf};

use assert_cmd::Command;

/// One file a definition.
const EACH: &[&str] = &[
    "builder.yaml:30:6: error[AP004]",
    "pipeline.yaml:6:1: error[AP003]",
    "pipeline.yaml:7:1: error[AP002]",
    "pipeline.yaml:11:1: error[AP002]",
    "registry.yaml:6:3: error[AP103]",
];

/// All of them in one file.
const ONE: &[&str] = &[
    "argopacks.yaml:11:3: error[AP103]",
    "argopacks.yaml:61:6: error[AP004]",
    "argopacks.yaml:75:1: error[AP003]",
    "argopacks.yaml:76:1: error[AP002]",
    "argopacks.yaml:80:1: error[AP002]",
];

/// What the diagnostics say to write: file, what is there, what is to be there.
const FIXES: &[(&str, &str, &str)] = &[
    ("registry.yaml", "scpe", "scope"),
    ("pipeline.yaml", "****spec", "spec"),
    ("pipeline.yaml", "\trepository", "  repository"),
    (
        "pipeline.yaml",
        "\t\tname: my-go-app-builder\n\t\tparams:\n\t\t\tDockerfile",
        "    name: my-go-app-builder\n    params:\n      Dockerfile",
    ),
    (
        "builder.yaml",
        "     - name: release-debug\n       task:\n         taskRef:\n           name: ReleaseDef\n         arguments:\n           params:\n             - name: form\n               value: debug\n",
        "    - name: release-debug\n      task:\n        taskRef:\n          name: ReleaseDef\n        arguments:\n          params:\n            - name: form\n              value: debug\n",
    ),
];

fn data(variant: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/origin").join(variant)
}

/// What is printed on standard output, and the exit status.
fn argopacks(directory: &Path, arguments: &[&str]) -> (String, Option<i32>) {
    let output = Command::cargo_bin("argopacks")
        .unwrap()
        .current_dir(directory)
        .args(arguments)
        .output()
        .unwrap();
    (String::from_utf8(output.stdout).unwrap(), output.status.code())
}

/// The findings in `path:line:col: level[CODE]` form.
fn places(directory: &Path) -> Vec<String> {
    let (text, status) = argopacks(directory, &["validate", ".", "--format", "concise"]);
    assert_eq!(status, Some(1), "{text}");
    text.lines().map(|line| line[..=line.find(']').unwrap()].to_owned()).collect()
}

#[test]
fn each_mistake_is_told_once_in_one_file_a_definition() {
    assert_eq!(places(&data("each")), EACH);
}

#[test]
fn each_mistake_is_told_once_in_one_file_for_all() {
    assert_eq!(places(&data("one")), ONE);
}

#[test]
fn each_mistake_is_told_with_the_way_out() {
    insta::with_settings!({ omit_expression => true, prepend_module_to_snapshot => false }, {
        for variant in ["each", "one"] {
            insta::assert_snapshot!(variant, argopacks(&data(variant), &["validate", "."]).0);
        }
    });
}

#[test]
fn nothing_is_rendered() {
    for variant in ["each", "one"] {
        assert_eq!(argopacks(&data(variant), &["render", "."]), (String::new(), Some(1)));
    }
}

/// Copies the definitions and repairs some of their mistakes.
fn repaired(fixes: &[(&str, &str, &str)]) -> tempfile::TempDir {
    let directory = tempfile::tempdir().unwrap();
    for entry in fs::read_dir(data("each")).unwrap() {
        let entry = entry.unwrap();
        let name = entry.file_name().into_string().unwrap();
        let mut text = fs::read_to_string(entry.path()).unwrap();
        for (_, find, put) in fixes.iter().filter(|(file, ..)| *file == name) {
            assert_eq!(text.matches(find).count(), 1, "{find:?} in {name}");
            text = text.replace(find, put);
        }
        fs::write(directory.path().join(name), text).unwrap();
    }
    directory
}

#[test]
fn nothing_is_told_once_all_are_mended() {
    let (text, status) = argopacks(repaired(FIXES).path(), &["validate", "."]);
    assert_eq!((text.as_str(), status), ("", Some(0)));
}

#[test]
fn mended_definitions_render_as_the_example_does() {
    let example = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/goapp");
    let (text, status) = argopacks(repaired(FIXES).path(), &["render", "."]);
    assert_eq!((text, status), argopacks(&example, &["render", "."]));
}

#[test]
fn each_mistake_is_told_by_itself() {
    for mistake in FIXES {
        let others: Vec<_> = FIXES.iter().filter(|fix| *fix != mistake).copied().collect();
        let found = places(repaired(&others).path());
        assert!(
            matches!(&found[..], [one] if EACH.contains(&one.as_str())),
            "{mistake:?} alone: {found:?}"
        );
    }
}
