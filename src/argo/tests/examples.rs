//! What Argo itself takes for right, the walker takes for right: the examples of Argo Workflows and
//! of Argo Events, from the cache of Go modules.
#![allow(clippy::print_stderr, clippy::unwrap_used)]

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use crate::argo::conform::Conform;
use crate::argo::facts::Version;
use crate::diagnostics::Sink;
use crate::source::{SourceFile, SourceMap, Span};
use crate::yaml;
use walkdir::WalkDir;

/// What Argo's own examples get wrong: the end of the path, the code, and why it is so.
const KNOWN: &[(&str, &str, &str)] = &[
    ("examples/fun-with-gifs.yaml", "AP310", "a `generateName` among the labels, ending in `-`"),
    ("examples/k8s-patch-json-workflow.yaml", "AP006", "`annotations` twice"),
    (
        "github-path-filter-workflowtemplate.yaml",
        "AP402",
        "a list for a value in 3.7, which becomes the empty string; repaired in 4.0",
    ),
    ("event-sources/azure-events-hub.yaml", "AP310", "a placeholder for the name of a Secret"),
    ("event-sources/storage-grid.yaml", "AP310", "a placeholder for the name of a Secret"),
    ("event-sources/stripe.yaml", "AP310", "a placeholder for the name of a Secret"),
    ("event-sources/stripe.yaml", "AP401", "fields that Argo Events no longer has"),
    ("sensors/trigger-openwhisk.yaml", "AP401", "`openwhisk` for `openWhisk`"),
    ("sensors/trigger-with-atleast-once-semantics.yaml", "AP401", "`atLeastOnce` in the template"),
    ("sensors/trigger-with-policy.yaml", "AP401", "`policy` in the template"),
    ("sensors/url-sensor.yaml", "AP401", "`verifycert` for `verifyCert`"),
    ("03-trigger-sources/sensor-cm.yaml", "AP401", "fields that Argo Events no longer has"),
    ("03-trigger-sources/sensor-git.yaml", "AP401", "fields that Argo Events no longer has"),
    ("06-trigger-conditions/minio-event-source.yaml", "AP401", "a `type`, as before 1.0"),
    ("06-trigger-conditions/webhook-event-source.yaml", "AP401", "a `type`, as before 1.0"),
    ("09-http-trigger/minio-event-source.yaml", "AP401", "a `type`, as before 1.0"),
    ("09-http-trigger/sensor-01.yaml", "AP401", "`serverURL` for `url`, as before 1.0"),
    ("09-http-trigger/sensor-01.yaml", "AP406", "`serverURL` for `url`, as before 1.0"),
    ("09-http-trigger/sensor-02.yaml", "AP401", "`serverURL` for `url`, as before 1.0"),
    ("09-http-trigger/sensor-02.yaml", "AP406", "`serverURL` for `url`, as before 1.0"),
];

#[test]
fn examples_of_argo_workflows_pass() {
    pass("argo-workflows/v4@v4.0.2/examples", Version::new(4, 0));
    pass("argo-workflows/v3@v3.7.18/examples", Version::new(3, 7));
}

#[test]
fn examples_of_argo_events_pass() {
    pass("argo-events@v1.9.11/examples", Version::new(4, 0));
}

/// Every object in a directory of Argo's repositories passes, but for what is known.
fn pass(directory: &str, version: Version) {
    let Some(directory) = module(directory) else {
        return eprintln!("skipped: {directory} is not in the cache of Go modules");
    };
    let mut found = BTreeSet::new();
    for file in WalkDir::new(&directory).sort_by_file_name().into_iter().flatten() {
        if file.path().extension().is_some_and(|end| end == "yaml") {
            found.extend(findings(file.path(), version));
        }
    }
    assert!(found.is_empty(), "{}", found.into_iter().collect::<Vec<_>>().join("\n"));
}

/// The directory of a Go module of Argo's, if it is there.
fn module(path: &str) -> Option<PathBuf> {
    let cache = std::env::var_os("GOMODCACHE").map(PathBuf::from);
    let home = || Some(PathBuf::from(std::env::var_os("HOME")?).join("go/pkg/mod"));
    let path = cache.or_else(home)?.join("github.com/argoproj").join(path);
    path.is_dir().then_some(path)
}

/// What is found in the objects of a file that are Argo's or that argopacks emits.
fn findings(path: &Path, version: Version) -> Vec<String> {
    let (mut sources, mut sink) = (SourceMap::default(), Sink::default());
    let text = std::fs::read_to_string(path).unwrap();
    let file = sources.add(SourceFile::new(path.to_string_lossy(), text));
    for document in yaml::parse(file, sources.file(file)) {
        document.findings.into_iter().for_each(|finding| sink.report(finding));
        Conform { version, sink: &mut sink }.object(&document.root, Span::new(file, 0, 0));
    }
    let known =
        |code: &str| KNOWN.iter().any(|(end, known, _)| path.ends_with(end) && code == *known);
    let found = sink.finish().into_iter().filter(|it| !known(it.rule.code));
    found
        .map(|it| format!("{}: {} {}", sources.place(it.primary.span), it.rule.code, it.message))
        .collect()
}
