//! Every object is in one file, and every file is applied.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_yaml::Value;

use super::files::{self, Files};
use super::{Directory, names};

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Every directory whose definitions are right.
fn inputs() -> Vec<PathBuf> {
    let below = |parent: &str| fs::read_dir(root().join(parent)).unwrap();
    let paths = ["examples", "tests/data/ok"].into_iter().flat_map(below);
    let mut paths: Vec<PathBuf> = paths.map(|entry| entry.unwrap().path()).collect();
    paths.retain(|path| path.is_dir());
    paths.sort();
    assert!(paths.len() > 5);
    paths
}

/// The documents of a stream, by kind, namespace and name.
fn objects<'t>(texts: impl IntoIterator<Item = &'t str>) -> BTreeMap<[String; 3], Value> {
    let mut objects = BTreeMap::new();
    for document in texts.into_iter().flat_map(|text| text.split("\n---\n")) {
        let value: Value = serde_yaml::from_str(document).unwrap();
        let text = |node: &Value| node.as_str().unwrap_or_default().to_owned();
        let metadata = &value["metadata"];
        let key = [text(&value["kind"]), text(&metadata["namespace"]), text(&metadata["name"])];
        assert!(objects.insert(key.clone(), value).is_none(), "{key:?} is there twice");
    }
    objects
}

/// The tree of an input, and what `render` prints.
fn tree_of(input: &Path) -> (Directory, Files, String) {
    let directory = Directory::with(&[]);
    let input = input.to_str().unwrap();
    let ended = directory.run(&["render", input, "--output-dir", "out"]);
    assert_eq!((ended.status, ended.stdout.as_str()), (0, ""), "{}", ended.stderr);
    let printed = directory.run(&["render", input]).stdout;
    let files = files::read(&directory.path().join("out"));
    (directory, files, printed)
}

/// The files that a `kustomization.yaml` leads to.
fn applied(files: &Files, directory: &str) -> Vec<String> {
    let text = &files[&format!("{directory}kustomization.yaml")];
    let kustomization: Value = serde_yaml::from_str(text).unwrap();
    let resources = kustomization["resources"].as_sequence().unwrap();
    assert!(!resources.is_empty());
    let paths = resources.iter().map(|path| format!("{directory}{}", path.as_str().unwrap()));
    paths
        .flat_map(|path| {
            let is_file = files.contains_key(&path);
            if is_file { vec![path] } else { applied(files, &format!("{path}/")) }
        })
        .collect()
}

#[test]
fn every_object_is_in_one_file_that_is_applied() {
    for input in inputs() {
        let (_directory, files, printed) = tree_of(&input);
        let applied = applied(&files, "");
        assert_eq!(objects(applied.iter().map(|path| &*files[path])), objects([&*printed]));
        let is_other = |path: &&String| {
            path.ends_with("README.md")
                || path.ends_with("kustomization.yaml")
                || *path == ".argopacks-manifest"
        };
        let mut sorted = applied.clone();
        sorted.sort();
        assert_eq!(sorted, files.keys().filter(|it| !is_other(it)).cloned().collect::<Vec<_>>());
        let is_namespace = |path: &String| path.starts_with("workflows/namespace-");
        assert!(applied.iter().is_sorted_by_key(|path| !is_namespace(path)), "{applied:?}");
    }
}

#[test]
fn kustomize_builds_what_render_prints() {
    if let Err(error) = Command::new("kubectl").arg("version").arg("--client").output() {
        return eprintln!("skipped: kubectl cannot be run: {error}");
    }
    for input in inputs() {
        let (directory, _, printed) = tree_of(&input);
        let out = directory.path().join("out");
        let built = Command::new("kubectl").arg("kustomize").arg(out).output().unwrap();
        assert!(built.status.success(), "{}", String::from_utf8_lossy(&built.stderr));
        let built = String::from_utf8(built.stdout).unwrap();
        assert_eq!(objects([&*built]), objects([&*printed]), "{}", input.display());
    }
}

#[test]
fn files_are_named_after_kind_and_name() {
    let (directory, files, _) = tree_of(&root().join("examples/goapp"));
    let out = directory.path().join("out");
    let top = [".argopacks-manifest", "README.md", "events", "kustomization.yaml", "workflows"];
    assert_eq!(names(&out), top);
    let expected = [
        "eventbus-default.yaml",
        "eventsource-github.yaml",
        "role-argopacks-sensor.yaml",
        "rolebinding-argopacks-sensor.yaml",
        "sensor-my-awesome-project.yaml",
        "serviceaccount-argopacks-sensor.yaml",
    ];
    assert_eq!(names(&out.join("events/my-awesome-project")), expected);
    for path in [
        "workflows/namespace-my-awesome-project.yaml",
        "workflows/clusterworkflowtemplate-checkout-def.yaml",
        "workflows/my-awesome-project/workflowtemplate-goapp-latest.yaml",
        "workflows/my-awesome-project/role-argopacks-runner.yaml",
    ] {
        assert!(files.contains_key(path), "{path}");
    }
}

#[test]
fn an_account_of_runs_and_sensors_is_with_the_workflows() {
    let example = Directory::example("goapp");
    let path = example.path().join("project.yaml");
    let text = fs::read_to_string(&path).unwrap();
    let project = "apiVersion: packs.argoproj.io/v1beta1\nkind: Project\nmetadata: {name: my-awesome-project}\nspec: {serviceAccountName: both, events: {serviceAccountName: both}}\n";
    assert!(text.contains("name: my-awesome-project"), "{text}");
    fs::write(&path, project).unwrap();
    assert_eq!(example.run(&["render", "--output-dir", "out"]).status, 0);
    let of = |part: &str| names(&example.path().join("out").join(part).join("my-awesome-project"));
    assert!(of("workflows").contains(&"role-both.yaml".to_owned()));
    assert_eq!(of("events").len(), 3);
}

#[test]
fn a_part_without_objects_is_not_there() {
    let directory = super::rendered();
    let top = [".argopacks-manifest", "README.md", "kustomization.yaml", "workflows"];
    assert_eq!(names(&directory.path().join("out")), top);
}

#[test]
fn a_very_long_name_is_shortened_in_the_file_s_name() {
    let account = ["a".repeat(63).as_str(); 3].join(".") + "." + &"b".repeat(61);
    let text = super::shop(1, "one").replace(
        "metadata: {name: shop}",
        &format!("metadata: {{name: shop}}\nspec: {{serviceAccountName: {account}}}"),
    );
    let directory = Directory::with(&[("shop.yaml", &text)]);
    let ended = super::render(&directory);
    assert_eq!((ended.status, ended.stdout.as_str()), (0, ""), "{}", ended.stderr);
    let printed = directory.run(&["render"]).stdout;
    let files = files::read(&directory.path().join("out"));
    let applied = applied(&files, "");
    assert_eq!(objects(applied.iter().map(|path| &*files[path])), objects([&*printed]));
    assert!(applied.iter().any(|path| path.contains("/serviceaccount-aaa")));
}
