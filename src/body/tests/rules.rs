//! What the rules say: each file of `rules` has bodies, and after each what is found in it, as
//! lines `#> LINE:COLUMN CODE MESSAGE`. `UPDATE_EXPECT=1` writes what is found now.

use std::fmt::Write;
use std::path::{Path, PathBuf};

use super::read;
use crate::body::Body;
use crate::body::rules::{self, Context, Sibling};
use crate::diagnostics::{Diagnostic, Sink};
use crate::model::Text;
use crate::source::SourceFile;
use crate::tree::Node;

#[test]
fn rules_say_what_their_tables_show() {
    let directory = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/body/tests/rules");
    let mut files: Vec<PathBuf> =
        std::fs::read_dir(directory).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    assert!(files.len() > 10);
    for file in files {
        let written = std::fs::read_to_string(&file).unwrap();
        let found: Vec<String> = written.split("---\n").map(answer).collect();
        let found = found.join("---\n");
        if std::env::var_os("UPDATE_EXPECT").is_some() {
            std::fs::write(&file, found).unwrap();
        } else {
            assert_eq!(found, written, "{}", file.display());
        }
    }
}

/// A case with what is found in it.
fn answer(case: &str) -> String {
    let lines = case.lines().filter(|line| !line.starts_with("#>"));
    let mut case: String = lines.flat_map(|line| [line, "\n"]).collect();
    let file = SourceFile::new("case.yaml", case.clone());
    for finding in findings(&read(&case)) {
        let (line, column) = file.line_col(finding.primary.span.start as usize);
        let _ = writeln!(case, "#> {line}:{column} {} {}", finding.rule.code, finding.message);
    }
    case
}

/// What is wrong with a body, or with templates under `templates`.
fn findings(node: &Node) -> Vec<Diagnostic> {
    let mut sink = Sink::default();
    match node.get("templates") {
        Some(templates) => check_templates(node, templates.items(), &mut sink),
        None => rules::check(&Body::of(node, node.span), Context::default(), &mut sink),
    }
    sink.finish()
}

fn check_templates(node: &Node, templates: &[Node], sink: &mut Sink) {
    let bodies: Vec<Body> = templates.iter().map(|node| Body::of(node, node.span)).collect();
    let params = node.get("params").map(Node::items).unwrap_or_default();
    let params: Vec<Text> = params.iter().filter_map(Text::of).collect();
    let siblings: Vec<Sibling> = bodies
        .iter()
        .map(|body| {
            let params = params.iter().filter(|param| body.uses.input(&param.value)).collect();
            Sibling { name: body.name.as_ref(), body, params }
        })
        .collect();
    rules::check_siblings("Task `t`", &siblings, sink);
}
