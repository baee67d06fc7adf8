//! What the examples and the tests' inputs come to: whole, the same whatever their files look like, and known to Argo in every version.

use std::fs;
use std::path::{Path, PathBuf};

use argopacks::argo::facts::Version;
use argopacks::compile;
use argopacks::emit::Format;
use argopacks::verify::verify;

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
        let objects: Vec<_> = compiled.objects.list.iter().collect();
        let mut stream = Format::Yaml.stream();
        let texts = compiled.write(&objects, Format::Yaml).unwrap();
        texts.iter().map(|text| stream.next(text).concat()).collect()
    })
}

#[test]
fn manifests() {
    for input in inputs() {
        let name = input.file_name().unwrap().to_string_lossy().into_owned();
        insta::assert_snapshot!(name, render(&input));
    }
}

#[test]
fn argo_knows_every_field_in_every_version() {
    for input in inputs() {
        compile(&[input], |compiled| {
            assert!(!compiled.objects.list.is_empty());
            for object in &compiled.objects.list {
                let node = compiled.objects.build(object, compiled.plan);
                for version in Version::ALL {
                    let found: Vec<String> = verify(&node, version, object.span)
                        .into_iter()
                        .map(|finding| finding.message)
                        .collect();
                    let (kind, name) = (object.kind, &object.name);
                    assert_eq!(found, Vec::<String>::new(), "{kind:?} {name} in {version}");
                }
            }
        });
    }
}

#[test]
fn objects_come_in_the_order_in_which_they_can_be_applied() {
    for input in inputs() {
        compile(&[input], |compiled| {
            assert!(compiled.objects.list.is_sorted_by_key(|object| object.kind));
        });
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
