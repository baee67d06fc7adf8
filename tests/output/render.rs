//! What a second render does.

use std::fs;

use super::{Directory, check, define, files, force, names, render, rendered, shop};

const APP_0: &str = "out/workflows/shop/workflowtemplate-app-0.yaml";

#[test]
fn nothing_is_touched_if_nothing_changes() {
    let directory = rendered();
    let modified = || fs::metadata(directory.path().join(APP_0)).unwrap().modified().unwrap();
    let before = modified();
    render(&directory).is(0, "", "out: 7 objects, nothing to change\n");
    assert_eq!(modified(), before);
    check(&directory).is(0, "", "");
}

#[test]
fn the_output_is_no_input() {
    let directory = rendered();
    let before = files::read(&directory.path().join("out"));
    let definition = shop(1, "two").replace("shop", "other");
    fs::write(directory.path().join("out/more.yaml"), definition).unwrap();
    render(&directory).is(0, "", "out: 7 objects, nothing to change\n");
    fs::remove_file(directory.path().join("out/more.yaml")).unwrap();
    assert_eq!(files::read(&directory.path().join("out")), before);
}

#[test]
fn what_is_no_longer_defined_is_removed() {
    let directory = rendered();
    define(&directory, &shop(1, "one"));
    render(&directory).is(0, "", "out: 6 objects, 4 files written, 1 removed\n");
    let left = names(&directory.path().join("out/workflows/shop"));
    assert!(left.contains(&"workflowtemplate-app-0.yaml".to_owned()));
    assert!(!left.contains(&"workflowtemplate-app-1.yaml".to_owned()));
    let fresh = Directory::with(&[("shop.yaml", &shop(1, "one"))]);
    render(&fresh);
    let out = |directory: &Directory| files::read(&directory.path().join("out"));
    assert_eq!(out(&directory), out(&fresh));
    assert_eq!(names(directory.path()), ["out", "shop.yaml"]);
}

#[test]
fn a_namespace_that_is_gone_leaves_no_directory() {
    let directory = rendered();
    define(&directory, &shop(2, "one").replace("shop", "market"));
    assert_eq!(render(&directory).status, 0);
    assert!(!directory.path().join("out/workflows/shop").exists());
}

#[test]
fn a_change_shows_as_a_diff_and_is_not_written() {
    let directory = rendered();
    let before = files::read(&directory.path().join("out"));
    define(&directory, &shop(1, "two"));
    let ended = check(&directory);
    assert_eq!(ended.status, 1);
    assert_eq!(ended.stderr, "error: `out` is not what the definitions come to\n");
    for line in [
        "--- a/workflows/shop/workflowtemplate-app-0.yaml",
        "+++ b/workflows/shop/workflowtemplate-app-0.yaml",
        "-      value: https://github.com/acme/one.git",
        "+      value: https://github.com/acme/two.git",
        "--- a/workflows/shop/workflowtemplate-app-1.yaml",
        "+++ /dev/null",
    ] {
        assert!(ended.stdout.lines().any(|it| it == line), "{line}\n{}", ended.stdout);
    }
    assert_eq!(files::read(&directory.path().join("out")), before);
    assert_eq!(names(directory.path()), ["out", "shop.yaml"]);
}

#[test]
fn the_diff_is_one_that_patch_takes() {
    let directory = rendered();
    define(&directory, &shop(3, "two"));
    let diff = check(&directory).stdout;
    fs::write(directory.path().join("diff"), diff).unwrap();
    let mut git = std::process::Command::new("git");
    git.args(["apply", "--unsafe-paths", "--directory=out", "diff"]).current_dir(directory.path());
    let applied = git.output().unwrap();
    assert!(applied.status.success(), "{}", String::from_utf8_lossy(&applied.stderr));
    fs::remove_file(directory.path().join("diff")).unwrap();
    check(&directory).is(0, "", "");
}

#[test]
fn a_directory_that_is_not_there_is_all_drift() {
    let directory = Directory::with(&[("shop.yaml", &shop(1, "one"))]);
    let ended = check(&directory);
    assert_eq!(ended.status, 1);
    assert!(ended.stdout.starts_with("--- /dev/null\n+++ b/README.md\n"), "{}", ended.stdout);
    assert_eq!(names(directory.path()), ["shop.yaml"]);
}

#[test]
fn a_file_changed_by_hand_is_named_and_kept() {
    let directory = rendered();
    let path = directory.path().join(APP_0);
    let mine = fs::read_to_string(&path).unwrap() + "# mine\n";
    fs::write(&path, &mine).unwrap();
    let before = files::read(&directory.path().join("out"));
    // Whether it would be written anew, left as it is, or removed.
    for text in [shop(2, "one"), shop(2, "two"), shop(1, "one").replace("app-0", "app-9")] {
        define(&directory, &text);
        render(&directory).is(
            1,
            "",
            "error: nothing is written to `out`, since something would be lost\n  \
             `workflows/shop/workflowtemplate-app-0.yaml` was changed since argopacks wrote it\n\
             help: change the definitions instead; `--check` shows what differs, `--force` writes over it\n",
        );
        assert_eq!(files::read(&directory.path().join("out")), before);
    }
    define(&directory, &shop(2, "one"));
    assert!(check(&directory).stdout.contains("\n-# mine\n"));
    force(&directory).is(0, "", "out: 7 objects, 1 file written\n");
    check(&directory).is(0, "", "");
}

#[test]
fn a_change_by_hand_that_the_definitions_come_to_is_none() {
    let directory = rendered();
    let other = Directory::with(&[("shop.yaml", &shop(2, "two"))]);
    render(&other);
    fs::copy(other.path().join(APP_0), directory.path().join(APP_0)).unwrap();
    define(&directory, &shop(2, "two"));
    assert_eq!(render(&directory).status, 0);
    check(&directory).is(0, "", "");
}

#[test]
fn a_file_that_was_deleted_is_written_again() {
    let directory = rendered();
    fs::remove_file(directory.path().join(APP_0)).unwrap();
    assert_eq!(check(&directory).status, 1);
    render(&directory).is(0, "", "out: 7 objects, 1 file written\n");
    check(&directory).is(0, "", "");
}

#[test]
fn a_broken_manifest_is_told_and_mended_by_force() {
    let directory = rendered();
    let path = directory.path().join("out/.argopacks-manifest");
    let text = fs::read_to_string(&path).unwrap();
    let (first, rest) = text.split_once('\n').unwrap();
    fs::write(&path, format!("{first}\n<<<<<<< HEAD\n{rest}=======\n>>>>>>> other\n")).unwrap();
    let ended = render(&directory);
    assert_eq!(ended.status, 1);
    let line = "`.argopacks-manifest` is broken at line 2: what argopacks wrote is not known\n";
    assert!(ended.stderr.contains(line), "{}", ended.stderr);
    assert_eq!(force(&directory).status, 0);
    check(&directory).is(0, "", "");
}

#[test]
fn two_thousand_objects() {
    let directory = Directory::with(&[("shop.yaml", &shop(2_000, "one"))]);
    render(&directory).is(0, "", "out: 2005 objects, 2010 files written\n");
    check(&directory).is(0, "", "");
    define(&directory, &shop(1_999, "one"));
    render(&directory).is(0, "", "out: 2004 objects, 4 files written, 1 removed\n");
}
