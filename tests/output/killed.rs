//! Runs that are killed.

use std::fs;
use std::process::{Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

use super::files::{self, Files};
use super::{Directory, define, names, render, shop};

/// How many runs are killed.
const RUNS: u32 = 30;

/// The tree that definitions come to, and how long that takes.
fn tree_of(directory: &Directory, text: &str) -> (Files, Duration) {
    define(directory, text);
    let start = Instant::now();
    let ended = render(directory);
    assert_eq!(ended.status, 0, "{}", ended.stderr);
    (files::read(&directory.path().join("out")), start.elapsed())
}

/// Starts a render and kills it after a while; returns whether it was killed before its end.
fn kill_after(directory: &Directory, delay: Duration) -> bool {
    let mut run = Command::new(assert_cmd::cargo::cargo_bin!("argopacks"))
        .args(["render", "--output-dir", "out"])
        .current_dir(directory.path())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    sleep(delay);
    run.kill().unwrap();
    !run.wait().unwrap().success()
}

#[test]
fn a_run_that_is_killed_leaves_the_old_tree_or_the_new_one() {
    let directory = Directory::with(&[]);
    let (one, two) = (shop(150, "one"), shop(140, "two").replace("name: shop", "name: market"));
    let two = two.replace("project: shop", "project: market");
    let (mut old, _) = tree_of(&directory, &one);
    fs::write(directory.path().join("out/mine"), "mine").unwrap();
    let (new, whole) = tree_of(&directory, &two);
    old.insert("mine".to_owned(), "mine".to_owned());
    assert_eq!(new["mine"], "mine");
    let mut killed = 0;
    for _ in 0..RUNS {
        assert!(tree_of(&directory, &one).0 == old);
        assert_eq!(names(directory.path()), ["out", "shop.yaml"]);
        define(&directory, &two);
        let delay = whole.mul_f64(fastrand::f64() * 1.1);
        killed += u32::from(kill_after(&directory, delay));
        let left = files::read(&directory.path().join("out"));
        assert!(left == old || left == new, "killed after {delay:?}: {:?}", left.keys());
    }
    assert!(killed > 0);
}

#[test]
fn a_first_run_that_is_killed_leaves_nothing_or_all() {
    let directory = Directory::with(&[]);
    let (new, whole) = tree_of(&directory, &shop(100, "one"));
    for _ in 0..RUNS / 3 {
        fs::remove_dir_all(directory.path().join("out")).unwrap();
        kill_after(&directory, whole.mul_f64(fastrand::f64()));
        let left = files::read(&directory.path().join("out"));
        assert!(left.is_empty() || left == new, "{:?}", left.keys());
        assert_eq!(render(&directory).status, 0);
        assert_eq!(names(directory.path()), ["out", "shop.yaml"]);
    }
}

/// The states that only file systems without an exchange of directories can be left in.
#[test]
fn an_interrupted_swap_is_recovered() {
    let directory = Directory::with(&[]);
    let at = |name: &str| directory.path().join(name);
    let (old, _) = tree_of(&directory, &shop(2, "one"));
    fs::rename(at("out"), at(".out.argopacks-old")).unwrap();
    let (new, _) = tree_of(&directory, &shop(2, "two"));
    assert_eq!(names(directory.path()), ["out", "shop.yaml"]);
    assert!(old != new);

    // Between the two steps: the next one is complete, and the last one aside.
    fs::rename(at("out"), at(".out.argopacks-old")).unwrap();
    fs::create_dir(at(".out.argopacks-new")).unwrap();
    fs::write(at(".out.argopacks-new/README.md"), "next").unwrap();
    render(&directory).is(0, "", "out: 7 objects, nothing to change\n");
    assert!(files::read(&at("out")) == new);
    assert_eq!(names(directory.path()), ["out", "shop.yaml"]);

    // And then somebody checks the directory out again.
    fs::create_dir(at(".out.argopacks-old")).unwrap();
    fs::create_dir(at(".out.argopacks-new")).unwrap();
    let ended = render(&directory);
    assert_eq!(ended.status, 2);
    assert!(ended.stderr.contains("`out` was made anew while"), "{}", ended.stderr);
    assert!(files::read(&at("out")) == new);
}

#[test]
fn two_runs_at_once_leave_one_tree_and_nothing_beside_it() {
    let directory = Directory::with(&[]);
    let (one, _) = tree_of(&directory, &shop(100, "one"));
    define(&directory, &shop(100, "two"));
    fs::write(directory.path().join("other"), shop(90, "three")).unwrap();
    let spawn = |path: &str| {
        Command::new(assert_cmd::cargo::cargo_bin!("argopacks"))
            .args(["render", path, "--output-dir", "out"])
            .current_dir(directory.path())
            .stderr(Stdio::null())
            .spawn()
            .unwrap()
    };
    let runs = ["shop.yaml", "other", "shop.yaml", "other"].map(spawn);
    for mut run in runs {
        assert!(run.wait().unwrap().success());
    }
    assert!(files::read(&directory.path().join("out")) != one);
    assert_eq!(names(directory.path()), ["other", "out", "shop.yaml"]);
}
