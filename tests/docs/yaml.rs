//! Definitions in `yaml` blocks are right: those that stand alone by themselves, `file=PATH` ones
//! with all of their directory. A block marked `fragment` only has to be YAML, one marked `bad` is
//! there for its mistake.

use std::collections::BTreeSet;

use super::markdown::{Block, Page};
use super::workspace::Workspace;
use super::{none, pages};

fn check(page: &Page) -> Vec<String> {
    let blocks: Vec<Block> = page
        .blocks()
        .into_iter()
        .filter(|block| block.language() == "yaml" && !block.is_marked("bad"))
        .collect();
    let mut found: Vec<String> = blocks
        .iter()
        .filter(|block| block.file().is_none())
        .filter_map(|block| alone(page, block))
        .collect();
    let complete = blocks.iter().filter(|block| !block.is_marked("fragment"));
    let directories: BTreeSet<&str> =
        complete.filter_map(Block::file).filter_map(|file| file.split('/').next()).collect();
    if !directories.is_empty() {
        let workspace = Workspace::of(page);
        let output = |directory: &&str| {
            workspace.run(&format!("argopacks validate --format concise {directory}"))
        };
        let findings = directories.iter().map(output).filter(|output| !output.is_empty());
        found.extend(findings.map(|findings| format!("{}:\n{findings}", page.name())));
    }
    found
}

fn alone(page: &Page, block: &Block) -> Option<String> {
    let place = format!("{}:{}", page.name(), block.line);
    if block.is_marked("fragment") {
        let read = serde_yaml::from_str::<serde_json::Value>(&block.text);
        return read.err().map(|error| format!("{place}: {error}"));
    }
    let workspace = tempfile::NamedTempFile::with_suffix(".yaml").unwrap();
    std::fs::write(workspace.path(), &block.text).unwrap();
    let output = assert_cmd::Command::new(assert_cmd::cargo::cargo_bin!("argopacks"))
        .args(["validate", "--format", "concise"])
        .arg(workspace.path())
        .output()
        .unwrap();
    let findings = String::from_utf8(output.stdout).unwrap();
    (!findings.is_empty()).then(|| format!("{place}: {findings}"))
}

#[test]
fn definitions_in_pages_are_right() {
    none(&pages().iter().flat_map(check).collect::<Vec<String>>());
}
