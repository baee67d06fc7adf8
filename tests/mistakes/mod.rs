//! Single mistakes made to `examples/goapp`: each gives one diagnostic, of the right code, at the right place, and keeps everything
//! from being rendered. The mistakes are data, in `table`, a file a group; the full texts are kept in `snapshots`, a file a group.
#![allow(clippy::unwrap_used)]

mod table;

use std::path::Path;
use std::process::Output;

use assert_cmd::Command;
use table::Mistake;

fn argopacks(directory: &Path, arguments: &[&str]) -> Output {
    Command::cargo_bin("argopacks").unwrap().current_dir(directory).args(arguments).output().unwrap()
}

/// A finding as `CODE file:line:col`.
fn place(finding: &serde_json::Value) -> String {
    let text = |key: &str| finding[key].as_str().unwrap();
    format!("{} {}:{}:{}", text("code"), text("path"), finding["line"], finding["column"])
}

/// Makes one mistake; gives the full text of what is told, and in what it differs from the table.
fn make(mistake: &Mistake) -> (String, Vec<String>) {
    let directory = mistake.directory();
    let validated = argopacks(directory.path(), &["validate", ".", "--format", "json"]);
    let report: serde_json::Value = serde_json::from_slice(&validated.stdout).unwrap();
    let found: Vec<String> = report["findings"].as_array().unwrap().iter().map(place).collect();
    let rendered = argopacks(directory.path(), &["render", "."]);
    let text = format!("## {}\n\n{}\n", mistake.name, String::from_utf8_lossy(&rendered.stderr));
    let expected = format!("{} {}", mistake.code, mistake.place);
    let mut faults = Vec::new();
    if found != [expected.as_str()] {
        faults.push(format!("{}:\n  expected {expected}\n  found    {}\n", mistake.name, found.join("\n           ")));
    }
    if (validated.status.code(), rendered.status.code(), rendered.stdout.is_empty()) != (Some(1), Some(1), true) {
        faults.push(format!("{}: it does not keep the definitions from being rendered\n", mistake.name));
    }
    (text, faults)
}

fn check(group: &str) {
    let (texts, faults): (Vec<String>, Vec<Vec<String>>) = table::read(group).iter().map(make).unzip();
    let faults: Vec<String> = faults.into_iter().flatten().collect();
    insta::with_settings!({ omit_expression => true, prepend_module_to_snapshot => false }, {
        insta::assert_snapshot!(group, texts.concat());
    });
    assert!(faults.is_empty(), "{} faults in {} mistakes:\n{}", faults.len(), texts.len(), faults.concat());
}

macro_rules! groups {
    ($($group:ident),* $(,)?) => {$(
        #[test]
        fn $group() {
            check(stringify!($group));
        }
    )*};
}

groups!(references, required, keys, values, wiring, names, bodies);

#[test]
fn the_definitions_without_a_mistake_have_none() {
    for own in [false, true] {
        let directory = tempfile::tempdir().unwrap();
        table::copy(directory.path(), own);
        Command::cargo_bin("argopacks").unwrap().current_dir(directory.path()).args(["validate", "--strict"]).assert().success();
    }
}
