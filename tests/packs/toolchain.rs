//! `BuildCodeDef` and `TestCodeDef`: one command, in the checkout, with caches in the workspace.

use super::harness::Run;
use super::repository::HOSTILE;
use std::os::unix::fs::symlink;

const PACKS: [(&str, &str); 2] =
    [("build-code-def", "build-command"), ("test-code-def", "test-command")];

fn each(command: &str, check: impl Fn(Run)) {
    for (pack, param) in PACKS {
        let run = Run::new(pack).file("workspace/src/sub/file", "").param(param, command);
        check(run);
    }
}

#[test]
fn the_command_runs_in_the_path() {
    each("pwd -P; ls", |run| {
        let outcome = run.param("path", "sub").go().succeeds();
        assert!(outcome.stdout.ends_with("/workspace/src/sub\nfile\n"), "{}", outcome.stdout);
    });
}

#[test]
fn the_command_is_a_script_that_stops_at_its_first_failure() {
    each("echo \"it's $((1 + 1))\" &&\n  echo 'two  lines'\nfalse\necho never", |run| {
        let outcome = run.go();
        assert!(!outcome.success);
        assert_eq!(outcome.stdout, "it's 2\ntwo  lines\n");
    });
}

#[test]
fn caches_are_in_the_workspace() {
    each("echo \"$HOME\" \"$GOCACHE\" \"$GOMODCACHE\" \"$npm_config_cache\"", |run| {
        let workspace = run.path("workspace").display().to_string();
        let outcome = run.go().succeeds();
        assert!(outcome.stdout.split_whitespace().all(|path| path.starts_with(&workspace)));
    });
}

#[test]
fn a_checkout_of_another_user_is_trusted() {
    each("git config --get-all safe.directory", |run| {
        assert_eq!(run.go().succeeds().stdout, "*\n");
    });
}

#[test]
fn paths_outside_the_checkout_are_refused() {
    for path in ["..", "../..", "sub/../../other", "out"] {
        each("touch pwned", |run| {
            let run = run.param("path", path).file("workspace/other/file", "");
            symlink(run.path("workspace/other"), run.path("workspace/src/out")).unwrap();
            run.go().fails_with("path leads out of the repository");
            assert!(!run.path("workspace/pwned").exists());
            assert!(!run.path("workspace/other/pwned").exists());
        });
    }
}

#[test]
fn hostile_paths_are_directories_that_do_not_exist() {
    for path in HOSTILE {
        each("true", |run| {
            let run = run.param("path", path);
            run.go().fails_with("path is not a directory of the repository");
            assert!(!run.path("pwned").exists());
        });
    }
}

#[test]
fn nothing_to_do_and_nothing_to_do_it_on() {
    each("", |run| {
        run.go().fails_with("command is empty");
    });
    for (pack, _) in PACKS {
        Run::new(pack).go().fails_with("nothing is checked out");
    }
}
