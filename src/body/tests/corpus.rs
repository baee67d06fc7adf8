//! Argo's own examples: what its validator takes, these rules take.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use super::read_all;
use crate::body::Body;
use crate::body::rules::{self, Context, Sibling};
use crate::diagnostics::Sink;
use crate::source::{SourceFile, SourceMap};
use crate::tree::Node;

/// Findings in them that are right: a file, a part of the message, and why.
const KNOWN: &[(&str, &str, &str)] = &[
    ("synchronization-db-mutex-tmpl-level.yaml", "no param `seconds`", NOTHING_TAKES_IT),
    ("synchronization-db-tmpl-level.yaml", "no param `seconds`", NOTHING_TAKES_IT),
    ("synchronization-mutex-tmpl-level.yaml", "no param `seconds`", NOTHING_TAKES_IT),
    ("synchronization-tmpl-level.yaml", "no param `seconds`", NOTHING_TAKES_IT),
];

const NOTHING_TAKES_IT: &str = "the template sleeps for 20 seconds, whatever it is handed";

fn examples() -> Option<PathBuf> {
    let modules = std::env::var_os("GOMODCACHE").map(PathBuf::from).or_else(|| {
        let home = std::env::var_os("HOME").map(PathBuf::from)?;
        Some(home.join("go/pkg/mod"))
    })?;
    let path = modules.join("github.com/argoproj/argo-workflows/v4@v4.0.2/examples");
    path.is_dir().then_some(path)
}

fn files(directory: &Path, found: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(directory).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files(&path, found);
        } else if path.extension().is_some_and(|extension| extension == "yaml") {
            found.push(path);
        }
    }
}

#[test]
fn examples_of_argo_have_no_finding() {
    let Some(directory) = examples() else { return };
    let mut paths = Vec::new();
    files(&directory, &mut paths);
    paths.sort();
    assert!(paths.len() > 150, "{}", paths.len());
    let mut said = Vec::new();
    let mut seen = BTreeSet::new();
    for path in &paths {
        let name = path.strip_prefix(&directory).unwrap().to_str().unwrap();
        let mut sources = SourceMap::default();
        let file = sources.add(SourceFile::new(name, std::fs::read_to_string(path).unwrap()));
        for document in read_all(file, &sources) {
            for finding in check_document(&document) {
                let known = KNOWN
                    .iter()
                    .find(|(of, message, _)| *of == name && finding.message.contains(message));
                match known {
                    Some(known) => drop(seen.insert(known)),
                    None => said.push(format!(
                        "{} {} {}",
                        sources.place(finding.primary.span),
                        finding.rule.code,
                        finding.message
                    )),
                }
            }
        }
    }
    assert!(said.is_empty(), "{}", said.join("\n"));
    assert_eq!(seen.len(), KNOWN.len(), "{seen:?}");
}

/// The spec of a workflow in a native document.
fn spec_of(document: &Node) -> Option<&Node> {
    let spec = document.get("spec")?;
    spec.get("workflowSpec").or(Some(spec))
}

fn check_document(document: &Node) -> Vec<crate::diagnostics::Diagnostic> {
    let Some(spec) = spec_of(document) else { return Vec::new() };
    let templates = spec.get("templates").map(Node::items).unwrap_or_default();
    let mut volumes = Vec::new();
    for list in ["volumes", "volumeClaimTemplates"] {
        for volume in spec.get(list).map(Node::items).unwrap_or_default() {
            let name = volume.get("name").or_else(|| volume.find(&["metadata", "name"]));
            volumes.extend(name.and_then(Node::as_str));
        }
    }
    let context = Context {
        volumes: &volumes,
        has_default_image: spec.get("templateDefaults").is_some(),
        ..Context::default()
    };
    let bodies: Vec<Body> = templates.iter().map(|node| Body::of(node, node.span)).collect();
    let mut sink = Sink::default();
    for body in &bodies {
        rules::check(body, context, &mut sink);
    }
    let siblings: Vec<Sibling> = bodies
        .iter()
        .map(|body| Sibling { name: body.name.as_ref(), body, params: Vec::new() })
        .collect();
    rules::check_siblings("this workflow", &siblings, &mut sink);
    sink.finish()
}
