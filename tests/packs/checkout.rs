//! `CheckoutDef` against local repositories.

use super::harness::Run;
use super::repository::{HOSTILE, Repository, git};
use std::fs;
use std::os::unix::fs::PermissionsExt;

fn checkout(repository: &Repository, revision: &str) -> Run {
    Run::new("checkout-def")
        .env("GIT_ALLOW_PROTOCOL", "file")
        .param("repo", repository.url())
        .param("revision", revision)
}

fn head(run: &Run) -> String {
    git(&run.path("workspace/src"), &["rev-parse", "HEAD"])
}

#[test]
fn a_branch() {
    let repository = Repository::new();
    let run = checkout(&repository, "main");
    run.go().succeeds();
    let commit = repository.commit_id("main");
    assert_eq!(run.output("commit"), commit);
    assert_eq!(run.output("short-commit"), commit[..7]);
    assert_eq!(run.output("branch"), "main");
    assert_eq!(run.output("committer-date"), "2026-01-02T03:04:05+00:00");
    assert_eq!(run.read("workspace/src/file"), "three");
    assert_eq!(git(&run.path("workspace/src"), &["symbolic-ref", "--short", "HEAD"]), "main");
}

#[test]
fn other_ways_to_name_a_revision() {
    let repository = Repository::new();
    let second = repository.commit_id("main~1");
    let cases = [
        ("feature/x", "two", "feature/x"),
        ("refs/heads/feature/x", "two", "feature/x"),
        ("v1.0", "two", "given"),
        ("refs/tags/v1.0", "two", "given"),
        ("refs/pull/7/head", "one", "given"),
        ("HEAD", "three", "given"),
        ("both", "three", "both"),
        (second.as_str(), "two", "given"),
    ];
    for (revision, file, branch) in cases {
        let run = checkout(&repository, revision).param("branch", "refs/heads/given");
        run.go().succeeds();
        assert_eq!(run.read("workspace/src/file"), file, "{revision}");
        assert_eq!(run.output("branch"), branch, "{revision}");
        assert_eq!(run.output("commit"), head(&run), "{revision}");
    }
}

#[test]
fn a_commit_that_the_server_hands_out_only_with_its_branch() {
    let repository = Repository::new();
    repository.commit("four");
    repository.commit("five");
    let commit = repository.commit_id("main~1");
    let run = checkout(&repository, &commit).env("GIT_CONFIG_PARAMETERS", "'protocol.version=0'");
    run.go().succeeds();
    assert_eq!(head(&run), commit);
}

#[test]
fn depth() {
    let repository = Repository::new();
    for (depth, commits) in [("1", "1"), ("2", "2"), ("0", "3")] {
        let run = checkout(&repository, "main").param("depth", depth);
        run.go().succeeds();
        let counted = git(&run.path("workspace/src"), &["rev-list", "--count", "HEAD"]);
        assert_eq!(counted, commits, "depth {depth}");
    }
}

#[test]
fn submodules_only_when_asked() {
    let part = Repository::new();
    let whole = Repository::new();
    whole.git(&["submodule", "--quiet", "add", &part.url(), "part"]);
    whole.commit("with a part");
    for (asked, there) in [("false", false), ("true", true)] {
        let run = checkout(&whole, "main").param("submodules", asked);
        run.go().succeeds();
        assert_eq!(run.path("workspace/src/part/file").exists(), there);
    }
}

#[test]
fn again_over_what_an_earlier_attempt_left() {
    let repository = Repository::new();
    let run = checkout(&repository, "main");
    run.go().succeeds();
    fs::write(run.path("workspace/src/file"), "changed").unwrap();
    fs::write(run.path("workspace/src/.git/index.lock"), "").unwrap();
    fs::write(run.path("workspace/src/left-behind"), "").unwrap();
    repository.commit("four");
    run.go().succeeds();
    assert_eq!(head(&run), repository.commit_id("main"));
    assert_eq!(git(&run.path("workspace/src"), &["status", "--porcelain"]), "");
}

#[test]
fn other_users_can_read_the_checkout_and_use_the_workspace() {
    let repository = Repository::new();
    let run = checkout(&repository, "main");
    run.go().succeeds();
    for (path, expected) in
        [("workspace", 0o777), ("workspace/src", 0o755), ("workspace/src/file", 0o644)]
    {
        let mode = fs::metadata(run.path(path)).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, expected, "{path}");
    }
}

#[test]
fn a_link_in_place_of_the_checkout_is_replaced_not_followed() {
    let repository = Repository::new();
    let run = checkout(&repository, "main").file("precious/kept", "");
    std::os::unix::fs::symlink(run.path("precious"), run.path("workspace/src")).unwrap();
    run.go().succeeds();
    assert!(run.path("precious/kept").exists());
    assert_eq!(run.read("workspace/src/file"), "three");
}

#[test]
fn hostile_revisions_are_names_that_do_not_exist() {
    let repository = Repository::new();
    let more = ["", "main:refs/heads/other", "main~1", "*", "{{workflow.uid}}", "nothing"];
    for revision in HOSTILE.into_iter().chain(more) {
        let run = checkout(&repository, revision);
        let outcome = run.go();
        assert!(!outcome.success, "{revision:?} succeeded");
        assert!(outcome.stderr.contains("checkout: "), "{revision:?}: {}", outcome.stderr);
        assert_not_pwned(&run);
    }
    checkout(&repository, "-x").go().fails_with("revision must not start with a dash");
}

#[test]
fn a_hostile_name_that_does_exist_is_only_a_name() {
    let repository = Repository::new();
    for name in ["$(touch${IFS}pwned)", ";touch${IFS}pwned", "it's-\"quoted\"", "a&b|c"] {
        repository.git(&["branch", name, "main~1"]);
        let run = checkout(&repository, name);
        run.go().succeeds();
        assert_eq!(run.read("workspace/src/file"), "two");
        assert_eq!(run.output("branch"), name);
        assert_not_pwned(&run);
    }
}

#[test]
fn hostile_repositories_and_options_are_refused() {
    let repository = Repository::new();
    let more = [
        "",
        "/etc",
        "../elsewhere",
        "git://example.com/a",
        "ext::sh -c touch% pwned",
        "ext::touch${IFS}pwned",
        "https://example.com/a b",
    ];
    for repo in HOSTILE.into_iter().chain(more) {
        let run = checkout(&repository, "main").param("repo", repo);
        run.go().fails_with("checkout: repo must");
        assert_not_pwned(&run);
    }
    for (param, value) in [("depth", "-1"), ("depth", "$(touch pwned)"), ("submodules", "maybe")] {
        let run = checkout(&repository, "main").param(param, value);
        run.go().fails_with(&format!("checkout: {param} must"));
        assert_not_pwned(&run);
    }
}

#[test]
fn protocols_that_are_not_allowed_are_refused_by_git() {
    let repository = Repository::new();
    let run = checkout(&repository, "main").env("GIT_ALLOW_PROTOCOL", "https:http:ssh");
    run.go().fails_with("transport 'file' not allowed");
}

fn assert_not_pwned(run: &Run) {
    for place in ["pwned", "workspace/pwned", "workspace/src/pwned"] {
        assert!(!run.path(place).exists(), "{place}");
    }
}
