//! What the examples and the tests' inputs come to: whole, the same whatever their files look like, and known to Argo in every version.

use std::fs;
use std::path::{Path, PathBuf};

use argopacks::argo::facts::Version;
use argopacks::compile;
use argopacks::emit::Format;
use argopacks::lower::EventSources;
use argopacks::verify::refused;

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
        let sources = EventSources::of(&compiled.program, &compiled.objects);
        let mut stream = Format::Yaml.stream();
        let texts = compiled
            .objects
            .iter()
            .map(|object| Format::Yaml.write(&object.build(&compiled.program, &sources)));
        texts.map(|text| stream.next(&text).concat()).collect()
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
            let sources = EventSources::of(&compiled.program, &compiled.objects);
            assert!(!compiled.objects.is_empty());
            for object in &compiled.objects {
                let value = object.build(&compiled.program, &sources);
                for version in Version::ALL {
                    assert_eq!(
                        refused(&value, version),
                        Vec::<String>::new(),
                        "{:?} {} in {version}",
                        object.kind,
                        object.name
                    );
                }
            }
        });
    }
}

#[test]
fn objects_come_in_the_order_in_which_they_can_be_applied() {
    for input in inputs() {
        compile(&[input], |compiled| {
            assert!(compiled.objects.is_sorted_by_key(|object| object.kind));
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
