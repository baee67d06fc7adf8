//! Single mistakes made to `examples/goapp`: each gives one diagnostic, of the right code, at the right place, and keeps everything
//! from being rendered. The mistakes are data, in `table`, a file a group; the full texts are kept in `snapshots`, a file a group.
#![allow(clippy::unwrap_used)]

mod table;

use std::path::Path;
use std::process::Output;

use assert_cmd::Command;
use table::Mistake;

fn argopacks(directory: &Path, arguments: &[&str]) -> Output {
    Command::cargo_bin("argopacks")
        .unwrap()
        .current_dir(directory)
        .args(arguments)
        .output()
        .unwrap()
}

/// The findings in a full text, as `CODE file:line:col`.
fn findings(text: &str) -> Vec<String> {
    let mut lines = text.lines();
    let mut found = Vec::new();
    while let Some(line) = lines.next() {
        let code = ["error[", "warning[", "note["]
            .iter()
            .find_map(|level| line.strip_prefix(level))
            .and_then(|rest| rest.split(']').next());
        let place =
            code.and_then(|_| lines.next()).and_then(|line| line.trim_start().strip_prefix("--> "));
        found.extend(code.map(|code| format!("{code} {}", place.unwrap_or("nowhere"))));
    }
    found
}

/// The findings in a report of `validate --format json`, as `CODE file:line:col`.
fn findings_in_json(report: &[u8]) -> Vec<String> {
    let report: serde_json::Value = serde_json::from_slice(report).unwrap();
    let finding = |finding: &serde_json::Value| {
        let text = |key: &str| finding[key].as_str().unwrap();
        format!("{} {}:{}:{}", text("code"), text("path"), finding["line"], finding["column"])
    };
    report["findings"].as_array().unwrap().iter().map(finding).collect()
}

/// Makes one mistake; gives the full text of what is told, and in what it differs from the table.
fn make(mistake: &Mistake) -> (String, Vec<String>) {
    let directory = mistake.directory();
    let rendered = argopacks(directory.path(), &["render", "."]);
    let text = String::from_utf8(rendered.stderr).unwrap();
    let (found, expected) = (findings(&text), mistake.finding());
    let mut faults = Vec::new();
    if found != [expected.as_str()] {
        faults.push(format!(
            "{}:\n  expected {expected}\n  found    {}\n",
            mistake.name,
            found.join("\n           ")
        ));
    }
    if (rendered.status.code(), rendered.stdout.len()) != (Some(1), 0) {
        faults.push(format!(
            "{}: it does not keep the definitions from being rendered\n",
            mistake.name
        ));
    }
    (format!("## {}\n\n{text}\n", mistake.name), faults)
}

fn check(group: &str) {
    let (texts, faults): (Vec<String>, Vec<Vec<String>>) =
        table::read(group).iter().map(make).unzip();
    let faults: Vec<String> = faults.into_iter().flatten().collect();
    insta::with_settings!({ omit_expression => true, prepend_module_to_snapshot => false }, {
        insta::assert_snapshot!(group, texts.concat());
    });
    assert!(
        faults.is_empty(),
        "{} faults in {} mistakes:\n{}",
        faults.len(),
        texts.len(),
        faults.concat()
    );
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
        Command::cargo_bin("argopacks")
            .unwrap()
            .current_dir(directory.path())
            .args(["validate", "--strict"])
            .assert()
            .success();
    }
}

/// `render` and `validate` tell the same, and end with the same status.
#[test]
fn validate_tells_what_render_does() {
    for mistake in table::read("names") {
        let directory = mistake.directory();
        let rendered = argopacks(directory.path(), &["render", "."]);
        let text = String::from_utf8(rendered.stderr).unwrap();
        let full = argopacks(directory.path(), &["validate", "."]);
        let json = argopacks(directory.path(), &["validate", ".", "--format", "json"]);
        assert_eq!(
            [full.status.code(), json.status.code()],
            [Some(1), Some(1)],
            "{}",
            mistake.name
        );
        assert!(
            text.starts_with(String::from_utf8(full.stdout).unwrap().trim_end()),
            "{}",
            mistake.name
        );
        assert_eq!(findings_in_json(&json.stdout), findings(&text), "{}", mistake.name);
    }
}
