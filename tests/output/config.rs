//! The directory that a Config names, and the flags that go with one.

use std::fs;

use super::{Directory, names, shop};

const CONFIG: &str = "apiVersion: packs.argoproj.io/v1beta1\nkind: Config\nspec: {output: {directory: ../deploy, layout: tree}}\n";

fn configured() -> Directory {
    let directory = Directory::with(&[]);
    let definitions = directory.path().join("definitions");
    fs::create_dir(&definitions).unwrap();
    fs::write(definitions.join("config.yaml"), CONFIG).unwrap();
    fs::write(definitions.join("shop.yaml"), shop(1, "one")).unwrap();
    directory
}

#[test]
fn the_directory_of_a_config_is_seen_from_its_file() {
    let directory = configured();
    let ended = directory.run(&["render", "definitions"]);
    ended.is(0, "", "definitions/../deploy: 6 objects, 11 files written\n");
    assert_eq!(names(directory.path()), ["definitions", "deploy"]);
    directory.run(&["render", "definitions", "--check"]).is(0, "", "");
}

#[test]
fn the_command_line_wins() {
    let directory = configured();
    assert_eq!(directory.run(&["render", "definitions", "--output-dir", "here"]).status, 0);
    assert_eq!(names(directory.path()), ["definitions", "here"]);
}

#[test]
fn what_asks_for_manifests_prints_them() {
    let directory = configured();
    let all: [&[&str]; 4] =
        [&["-o", "yaml"], &["--only", "ns"], &["--project", "shop"], &["--builds"]];
    for flags in all {
        let ended = directory.run(&[&["render", "definitions"], flags].concat());
        assert!(ended.stdout.contains("kind: Namespace"), "{flags:?}: {}", ended.stderr);
    }
    assert_eq!(names(directory.path()), ["definitions"]);
}

#[test]
fn flags_of_a_directory_without_one_are_wrong_usage() {
    let directory = Directory::with(&[("shop.yaml", &shop(1, "one"))]);
    let error = "error: --check and --force are for a directory: name one with --output-dir, or in a Config\n";
    directory.run(&["render", "--check"]).is(2, "", error);
    directory.run(&["render", "--force"]).is(2, "", error);
    for flags in [["--only", "ns"], ["--project", "shop"], ["-o", "yaml"]] {
        let ended = directory.run(&[&["render", "--output-dir", "out"], &flags[..]].concat());
        assert_eq!((ended.status, ended.stdout.as_str()), (2, ""), "{flags:?}");
    }
}

#[test]
fn a_layout_that_does_not_exist_is_a_mistake() {
    let config = CONFIG.replace("layout: tree", "layout: flat");
    let directory = Directory::with(&[("config.yaml", &config)]);
    let ended = directory.run(&["validate", "--format", "concise"]);
    assert!(ended.stdout.contains("AP106"), "{}", ended.stdout);
}

#[test]
fn definitions_that_come_to_nothing_or_are_wrong_write_nothing() {
    let directory = configured();
    let run = || directory.run(&["render", "definitions"]);
    assert_eq!(run().status, 0);
    let before = super::files::read(&directory.path().join("deploy"));
    let definitions = directory.path().join("definitions/shop.yaml");
    fs::write(&definitions, "").unwrap();
    run().is(2, "", "error: the definitions come to no object: nothing is written\n");
    fs::write(&definitions, shop(1, "one").replace("harbor\n", "habor\n")).unwrap();
    assert_eq!(run().status, 1);
    assert_eq!(super::files::read(&directory.path().join("deploy")), before);
}
