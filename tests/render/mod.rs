//! What the examples and the tests' inputs come to: whole, the same whatever their files look like,
//! and known to Argo in every version.

use std::fs;
use std::path::{Path, PathBuf};

use argopacks::compile;
use argopacks::emit::Format;
use argopacks::internals::{Node, ObjectKind, SourceFile, SourceMap, Span, Version, parse, verify};

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// Every directory whose definitions are right.
fn inputs() -> Vec<PathBuf> {
    let directories = |parent: &str| {
        fs::read_dir(root().join(parent)).unwrap().map(|entry| entry.unwrap().path())
    };
    let mut inputs: Vec<PathBuf> = directories("examples")
        .chain(directories("tests/data/ok"))
        .filter(|path| path.is_dir())
        .collect();
    inputs.sort();
    inputs
}

fn render(path: &Path) -> String {
    compile(&[path.to_owned()], |compiled| {
        assert!(compiled.findings.is_empty(), "{}: {:#?}", path.display(), compiled.findings);
        compiled.manifests(Format::Yaml).unwrap()
    })
}

#[test]
fn manifests() {
    for input in inputs() {
        let name = input.file_name().unwrap().to_string_lossy().into_owned();
        insta::assert_snapshot!(name, render(&input));
    }
}

/// The objects that an input comes to, as they are read back.
fn objects(input: &Path) -> Vec<Node> {
    let mut sources = SourceMap::default();
    let file = sources.add(SourceFile::new(input.to_string_lossy(), render(input)));
    let documents = parse(file, sources.file(file));
    assert!(!documents.is_empty());
    documents.into_iter().map(|document| document.root).collect()
}

#[test]
fn argo_knows_every_field_in_every_version() {
    for input in inputs() {
        for (object, version) in objects(&input).iter().flat_map(|it| Version::ALL.map(|v| (it, v)))
        {
            let found = verify(object, version, Span::GENERATED);
            let messages: Vec<&str> = found.iter().map(|it| &*it.message).collect();
            assert_eq!(messages, [""; 0], "{} in {version}", input.display());
        }
    }
}

#[test]
fn objects_come_in_the_order_in_which_they_can_be_applied() {
    for input in inputs() {
        let at = |object: &Node| {
            let kind = object.get("kind").and_then(Node::as_str).unwrap();
            ObjectKind::ALL.iter().position(|it| it.name() == kind).unwrap()
        };
        assert!(objects(&input).iter().map(at).is_sorted(), "{}", input.display());
    }
}

#[test]
fn a_project_is_the_same_in_every_expression() {
    let directory = tempfile::tempdir().unwrap();
    for entry in fs::read_dir(root().join("examples/goapp")).unwrap() {
        let path = entry.unwrap().path();
        let text = fs::read_to_string(&path).unwrap().replace("my-awesome-project", "MyProject");
        // One expression in a Pipeline, one in a Builder.
        let text = text.replace("image: mygoapp", "image: <{ project.namespace }>/app");
        let text = text.replace("value: debug", "value: debug\n            - name: target\n              value: <{ project.namespace }>");
        fs::write(directory.path().join(path.file_name().unwrap()), text).unwrap();
    }
    let rendered = render(directory.path());
    assert!(rendered.contains("value: jcr-registry.toolbox.svc/my-project/app"), "{rendered}");
    assert!(rendered.contains("- name: target\n            value: my-project\n"), "{rendered}");
}

/// The short forms of a step, and what each is short for.
const SHORT_FORMS: &[(&str, &str)] = &[
    ("task: CheckoutDef", "task: {taskRef: {name: CheckoutDef}}"),
    ("task: deploy/up", "task: {taskRef: {name: deploy, template: up}}"),
    ("task: {taskRef: deploy/up}", "task: {taskRef: {name: deploy, template: up}}"),
    (
        "task: {taskRef: deploy, arguments: {params: {stack: live, size: 3}}}",
        "task: {taskRef: deploy, arguments: {params: [{name: stack, value: live}, \
         {name: size, value: '3'}]}}",
    ),
    (
        "task: CheckoutDef\n    retry: 2",
        "task: CheckoutDef\n    retry: {limit: '2', retryPolicy: Always}",
    ),
];

#[test]
fn short_forms_mean_the_long_ones() {
    let deploy = "
apiVersion: packs.argoproj.io/v1beta1
kind: Task
metadata: {name: deploy}
spec:
  params: [{name: stack, default: test}, {name: size, default: 1}]
  templates:
  - name: preview
    container: &run {image: 'a:1', args: ['{{inputs.parameters.stack}}', '{{inputs.parameters.size}}']}
  - name: up
    container: *run
";
    for (short, long) in SHORT_FORMS {
        let [short, long] = [short, long].map(|step| {
            let directory = tempfile::tempdir().unwrap();
            let goapp = root().join("examples/goapp");
            for file in ["account.yaml", "pipeline.yaml", "project.yaml", "registry.yaml"] {
                fs::copy(goapp.join(file), directory.path().join(file)).unwrap();
            }
            let builder = fs::read_to_string(goapp.join("builder.yaml")).unwrap();
            let (head, _) = builder.split_once("    - name: build\n").unwrap();
            let builder = format!(
                "{head}    - name: release\n      task: {{taskRef: ReleaseDef, arguments: {{params: {{form: debug}}}}}}\n    - name: more\n      {}\n",
                step.replace('\n', "\n  ")
            );
            fs::write(directory.path().join("builder.yaml"), builder + "---" + deploy).unwrap();
            render(directory.path())
        });
        assert_eq!(short, long);
    }
}
