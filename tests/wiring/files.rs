//! How definitions are spread over files changes not one byte of what is rendered: neither the
//! names and the order of files, nor the order of documents, nor YAML or JSON.

use std::fs;
use std::path::Path;

use serde::Deserialize;

use super::{argopacks, example};

const EXAMPLES: &[&str] = &["goapp", "own-tasks"];

/// A way of spreading documents over files: gives names and texts of the files.
type Spread = fn(&[String]) -> Vec<(String, String)>;

const SPREADS: &[(&str, Spread)] = &[
    ("one file for all", |documents| vec![("all.yaml".into(), documents.join("---\n"))]),
    ("one file for all, reversed", |documents| {
        vec![("all.yaml".into(), documents.iter().rev().cloned().collect::<Vec<_>>().join("---\n"))]
    }),
    ("one file a document", |documents| named(documents, |at| format!("{at}.yaml"))),
    ("one file a document, named in reverse", |documents| {
        named(documents, |at| format!("{:02}.yml", 99 - at))
    }),
    ("directories", |documents| {
        named(documents, |at| format!("team-{}/{}/definition.yaml", at % 3, 7 * at % 11))
    }),
    ("two files, even and odd", |documents| {
        let half = |odd: usize| {
            documents.iter().skip(odd).step_by(2).cloned().collect::<Vec<_>>().join("---\n")
        };
        vec![("even.yaml".into(), half(0)), ("aaa.yaml".into(), half(1))]
    }),
    ("JSON", |documents| {
        named(&documents.iter().map(|text| as_json(text)).collect::<Vec<_>>(), |at| {
            format!("{:02}.json", 50 - at)
        })
    }),
    ("one file for all, in JSON documents", |documents| {
        vec![(
            "all.yaml".into(),
            documents.iter().map(|text| as_json(text)).collect::<Vec<_>>().join("\n---\n"),
        )]
    }),
    ("comments and blank documents between", |documents| {
        vec![(
            "all.yaml".into(),
            format!("# all of it\n---\n---\n{}...\n", documents.join("...\n---\n# next\n\n---\n")),
        )]
    }),
    ("line ends of Windows and a byte order mark", |documents| {
        vec![(
            "all.yaml".into(),
            format!("\u{feff}{}", documents.join("---\n").replace('\n', "\r\n")),
        )]
    }),
];

fn named(documents: &[String], name: impl Fn(usize) -> String) -> Vec<(String, String)> {
    documents.iter().enumerate().map(|(at, text)| (name(at), text.clone())).collect()
}

fn as_json(document: &str) -> String {
    serde_json::to_string_pretty(&serde_yaml::from_str::<serde_json::Value>(document).unwrap())
        .unwrap()
}

/// The documents of an example, each as text.
fn documents(directory: &Path) -> Vec<String> {
    let mut paths: Vec<_> =
        fs::read_dir(directory).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    let texts = paths.iter().map(|path| fs::read_to_string(path).unwrap());
    let documents: Vec<String> =
        texts.flat_map(|text| text.split("---\n").map(str::to_owned).collect::<Vec<_>>()).collect();
    assert!(documents.iter().all(|text| {
        serde_yaml::Value::deserialize(serde_yaml::Deserializer::from_str(text)).is_ok()
    }));
    documents
}

fn render(directory: &Path, arguments: &[&str]) -> String {
    let output = argopacks(directory, &[&["render", "."], arguments].concat());
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

#[test]
fn how_definitions_are_spread_over_files_means_nothing() {
    let arguments = ["--builds", "--timestamp", "1589828589"];
    for name in EXAMPLES {
        let expected = render(&example(name), &arguments);
        for (way, spread) in SPREADS {
            let directory = tempfile::tempdir().unwrap();
            for (file, text) in spread(&documents(&example(name))) {
                let path = directory.path().join(file);
                fs::create_dir_all(path.parent().unwrap()).unwrap();
                fs::write(path, text).unwrap();
            }
            assert!(
                render(directory.path(), &arguments) == expected,
                "{name}, {way}: not what the example renders"
            );
        }
    }
}

#[test]
fn every_order_of_paths_on_the_command_line_is_the_same() {
    let directory = example("goapp");
    let files = [
        "webhook.yaml",
        "pipeline.yaml",
        "project.yaml",
        "registry.yaml",
        "account.yaml",
        "builder.yaml",
        "build.yaml",
    ];
    let mut files: Vec<&str> =
        files.into_iter().filter(|file| directory.join(file).exists()).collect();
    let expected = render(&directory, &[]);
    for _ in 0..files.len() {
        files.rotate_left(1);
        let output =
            argopacks(&directory, &[&["render"], &files[..], &["./project.yaml"]].concat());
        assert!(String::from_utf8(output.stdout).unwrap() == expected, "{files:?}");
    }
}

#[test]
fn rendering_twice_is_the_same() {
    for name in EXAMPLES {
        assert!(
            render(&example(name), &["--output", "json"])
                == render(&example(name), &["--output", "json"])
        );
    }
}
