//! `CheckoutDef` and secrets: who is sent them, and where they must never be seen.

use super::harness::{Outcome, Run};
use super::repository::{Repository, git};
use super::web::{Request, Response, Server};
use std::fs;
use std::path::Path;

const PASSWORD: &str = "s3cr3t-p@ss";
/// robot:s3cr3t-p@ss and x-access-token:s3cr3t-p@ss in base64.
const ROBOT: &str = "Basic cm9ib3Q6czNjcjN0LXBAc3M=";
const TOKEN: &str = "Basic eC1hY2Nlc3MtdG9rZW46czNjcjN0LXBAc3M=";

/// Serves a repository as plain files to whoever sends the authorization.
fn host(repository: &Repository, authorization: &'static str) -> Server {
    repository.git(&["repack", "-a", "-d", "--quiet"]);
    repository.git(&["update-server-info"]);
    let directory = repository.path().join(".git");
    Server::start(move |request| answer(&directory, authorization, request))
}

fn answer(directory: &Path, authorization: &str, request: &Request) -> Response {
    let header = "WWW-Authenticate: Basic realm=\"git\"";
    if request.headers.get("authorization").map(String::as_str) != Some(authorization) {
        return Response { status: "401 Unauthorized", header, body: Vec::new() };
    }
    let path = request.path.split('?').next().unwrap();
    let path = path.trim_start_matches("/repo.git/");
    match fs::read(directory.join(path)) {
        Ok(body) => Response { status: "200 OK", header: "Content-Type: text/plain", body },
        Err(_) => Response { status: "404 Not Found", header: "X: x", body: Vec::new() },
    }
}

/// The plain-file protocol knows no shallow clones, hence the depth.
fn checkout(url: String) -> Run {
    let run =
        Run::new("checkout-def").param("repo", url).param("revision", "main").param("depth", "0");
    let trace = run.path("record/trace").to_str().unwrap().to_owned();
    run.env("GIT_TRACE", trace)
}

fn assert_secret_unseen(run: &Run, outcome: &Outcome) {
    let config = run.read("workspace/src/.git/config");
    let trace = run.read("record/trace");
    for text in [&outcome.stdout, &outcome.stderr, &config, &trace] {
        assert!(!text.contains(PASSWORD), "{text}");
    }
    assert!(!config.contains("credential"), "{config}");
}

fn assert_nothing_left(run: &Run) {
    let left: Vec<_> = fs::read_dir(run.path("tmp")).unwrap().collect();
    assert!(left.is_empty(), "{left:?}");
}

fn with_private_tmp(run: Run) -> Run {
    let tmp = run.path("tmp");
    fs::create_dir(&tmp).unwrap();
    run.env("TMPDIR", tmp.to_str().unwrap())
}

#[test]
fn username_and_password_over_http() {
    let repository = Repository::new();
    let server = host(&repository, ROBOT);
    let run = with_private_tmp(checkout(server.url("repo.git")))
        .credential("username", "robot\n")
        .credential("password", &format!("{PASSWORD}\n"));
    let outcome = run.go().succeeds();
    assert_eq!(run.output("commit"), repository.commit_id("main"));
    assert_secret_unseen(&run, &outcome);
    assert_nothing_left(&run);
    let origin = git(&run.path("workspace/src"), &["remote", "get-url", "origin"]);
    assert_eq!(origin, server.url("repo.git"));
}

#[test]
fn a_user_name_in_the_url_gives_way_to_the_secret() {
    let repository = Repository::new();
    let server = host(&repository, ROBOT);
    let url = server.url("repo.git").replace("http://", "http://someone@");
    let run = checkout(url).credential("username", "robot").credential("password", PASSWORD);
    run.go().succeeds();
}

#[test]
fn a_token_over_http() {
    let repository = Repository::new();
    let server = host(&repository, TOKEN);
    let run = checkout(server.url("repo.git")).credential("token", PASSWORD);
    let outcome = run.go().succeeds();
    assert_secret_unseen(&run, &outcome);
}

#[test]
fn a_token_with_a_user_name_of_its_own() {
    let repository = Repository::new();
    let server = host(&repository, ROBOT);
    let run = checkout(server.url("repo.git"))
        .credential("username", "robot")
        .credential("token", PASSWORD);
    run.go().succeeds();
}

#[test]
fn a_submodule_on_another_host_is_not_sent_the_credentials() {
    let part = Repository::new();
    let whole = Repository::new();
    let elsewhere = host(&part, ROBOT);
    whole.git(&["submodule", "--quiet", "add", &part.url(), "part"]);
    let url = elsewhere.url("repo.git");
    whole.git(&["config", "--file", ".gitmodules", "submodule.part.url", &url]);
    whole.commit("with a part");
    let server = host(&whole, ROBOT);
    let run = checkout(server.url("repo.git"))
        .param("submodules", "true")
        .credential("username", "robot")
        .credential("password", PASSWORD);
    run.go().fails_with("could not read Username");
    let asked = elsewhere.requests();
    assert!(!asked.is_empty());
    assert!(asked.iter().all(|request| !request.headers.contains_key("authorization")));
}

#[test]
fn wrong_or_no_credentials_fail_without_a_prompt() {
    let repository = Repository::new();
    let server = host(&repository, ROBOT);
    checkout(server.url("repo.git")).go().fails_with("terminal prompts disabled");
    let run = checkout(server.url("repo.git")).credential("token", "wrong");
    run.go().fails_with("the repository cannot be read");
}

#[test]
fn a_password_in_the_url_is_refused_and_not_repeated() {
    let run = checkout(format!("https://robot:{PASSWORD}@example.com/a.git"));
    let outcome = run.go().fails_with("repo must not hold a password");
    assert!(!outcome.stderr.contains(PASSWORD));
}

#[test]
fn half_a_basic_secret_is_said_to_be_one() {
    let run = checkout("https://example.com/a.git".to_owned()).credential("username", "robot");
    run.go().fails_with("the secret needs both username and password");
}

fn over_ssh(repository: &Repository) -> Run {
    let url = format!("git@example.com:{}", repository.path().display());
    with_private_tmp(checkout(url)).shim("ssh")
}

#[test]
fn ssh_verifies_the_host_and_uses_only_the_key_of_the_secret() {
    let repository = Repository::new();
    let run = over_ssh(&repository)
        .credential("ssh-privatekey", &format!("KEY\r\n{PASSWORD}"))
        .credential("known_hosts", "example.com ssh-ed25519 AAAA\n");
    let outcome = run.go().succeeds();
    assert_eq!(run.output("commit"), repository.commit_id("main"));
    let argv = run.argv();
    for option in ["StrictHostKeyChecking=yes", "IdentitiesOnly=yes", "BatchMode=yes"] {
        assert!(argv.iter().any(|argument| argument == option), "{option} in {argv:?}");
    }
    assert!(argv.contains(&"git@example.com".to_owned()), "{argv:?}");
    assert_eq!(run.read("record/key"), format!("KEY\n{PASSWORD}\n"));
    assert!(run.read("record/key-mode").starts_with("-rw-------"));
    assert_eq!(run.read("record/known_hosts"), "example.com ssh-ed25519 AAAA\n");
    assert_secret_unseen(&run, &outcome);
    assert_nothing_left(&run);
}

#[test]
fn ssh_without_known_hosts_or_key_is_refused() {
    let repository = Repository::new();
    let run = over_ssh(&repository).credential("ssh-privatekey", "KEY");
    run.go().fails_with("the secret has no known_hosts");
    let run = over_ssh(&repository).credential("known_hosts", "example.com ssh-ed25519 AAAA");
    run.go().fails_with("an ssh repository needs a Secret with the keys");
    let run = over_ssh(&repository);
    run.go().fails_with("an ssh repository needs a Secret with the keys");
    assert!(!run.path("record/argv").exists());
}

#[test]
fn ssh_hosts_are_never_options() {
    for url in ["ssh://-oProxyCommand=touch${IFS}pwned/a", "-oProxyCommand=touch${IFS}pwned:a"] {
        let run = with_private_tmp(checkout(url.to_owned()))
            .shim("ssh")
            .credential("ssh-privatekey", "KEY")
            .credential("known_hosts", "example.com ssh-ed25519 AAAA");
        assert!(!run.go().success);
        assert!(!run.path("record/argv").exists());
        assert!(!run.path("workspace/src/pwned").exists());
    }
}
