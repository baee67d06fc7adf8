//! The rules: each has a page in `docs/rules`, and what the page says is so.
#![allow(clippy::unwrap_used, clippy::print_stderr)]

mod catalogue;
mod fixes;
mod levels;
mod limits;
mod page;
mod pages;

use std::path::{Path, PathBuf};

use assert_cmd::Command;

/// The name that pages show definitions under.
const FILE: &str = "definitions.yaml";

/// What `argopacks validate` has to say of a file.
struct Verdict {
    /// The findings, as they are printed in full.
    findings: String,
    /// The code of each finding.
    codes: Vec<String>,
    is_clean: bool,
}

/// Runs `argopacks validate` on definitions, in a directory that has nothing else in it.
fn validate(definitions: &[u8]) -> Verdict {
    let directory = tempfile::tempdir().unwrap();
    std::fs::write(directory.path().join(FILE), definitions).unwrap();
    let output = Command::cargo_bin("argopacks")
        .unwrap()
        .current_dir(&directory)
        .args(["validate", FILE])
        .output()
        .unwrap();
    let findings = String::from_utf8(output.stdout).unwrap().trim_end().to_owned();
    let codes = findings.lines().filter_map(code_of).map(str::to_owned).collect();
    Verdict { findings, codes, is_clean: output.status.success() }
}

/// The code in the first line of a finding: `error[AP201]: …`.
fn code_of(line: &str) -> Option<&str> {
    let (level, rest) = line.split_once('[')?;
    let is_level = matches!(level, "error" | "warning" | "note");
    is_level.then(|| rest.split_once("]: ").map(|(code, _)| code)).flatten()
}

fn directory(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(name)
}

/// The names of the files in a directory, in order.
fn files_in(name: &str) -> Vec<String> {
    let entries = std::fs::read_dir(directory(name)).unwrap();
    let mut files: Vec<String> =
        entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    files.sort();
    files
}
