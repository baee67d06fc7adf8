//! `slack-message` with a stand-in for curl, and with curl itself against a local server.

use super::harness::Run;
use super::web::{Response, Server};
use serde_json::Value;
use std::process::Command;

const URL: &str = "https://hooks.slack.com/services/T0/B0/s3cr3t";

fn slack() -> Run {
    Run::new("slack-message").shim("curl").env("SLACK_URL", URL)
}

/// The text that Slack is sent.
fn text(run: &Run) -> String {
    run.go().succeeds();
    let argv = run.argv();
    let data = argv.iter().position(|argument| argument == "--data-raw").unwrap();
    let payload: Value = serde_json::from_str(&argv[data + 1]).unwrap();
    payload["text"].as_str().unwrap().to_owned()
}

#[test]
fn the_url_is_on_standard_input_only() {
    let run = slack().param("message", "hello");
    let outcome = run.go().succeeds();
    assert_eq!(run.read("record/stdin"), format!("url = \"{URL}\"\n"));
    let argv = run.argv();
    assert_eq!(argv[0], "-q", "curl reads ~/.curlrc unless -q comes first");
    assert!(!format!("{argv:?}{}{}", outcome.stdout, outcome.stderr).contains("s3cr3t"));
}

#[test]
fn messages_arrive_as_they_are() {
    let messages = [
        "plain",
        "-x",
        "@/etc/passwd",
        "two\nlines\n\nand \"quotes\" and 'more'",
        "back\\slash \\n \\u0041 \\\" %s %d \\",
        "tab\tbell\u{7}escape\u{1b}[31m return\rend\u{7f}",
        "; touch pwned $(touch pwned) `touch pwned`",
        "{\"text\": \"injected\"}",
        "zażółć gęślą jaźń 🎉",
        "<!here> <https://example.com|link> & more",
        "007",
    ];
    for message in messages {
        let run = slack().param("message", message);
        assert_eq!(text(&run), message);
        assert!(!run.path("pwned").exists());
    }
}

#[test]
fn the_secret_cannot_be_expanded_into_the_message() {
    let run = slack().param("message", "$(SLACK_URL)");
    assert_eq!(text(&run), "$(SLACK_URL)");
}

#[test]
fn long_messages_are_cut_between_characters() {
    for (message, kept) in [("a", 3000), ("ż", 1500), ("€", 1000)] {
        let message = format!("a{}", message.repeat(4000));
        let text = text(&slack().param("message", &message));
        assert_eq!(text.chars().count(), kept + 1);
        assert!(text.ends_with('…') && message.starts_with(text.trim_end_matches('…')));
    }
    let two_thousand = "🎉".repeat(500);
    assert_eq!(text(&slack().param("message", &two_thousand)), two_thousand);
}

#[test]
fn a_run_speaks_for_itself() {
    let run = slack().param("pipeline", "goapp");
    assert_eq!(text(&run), "goapp: &lt;workflow.name&gt; &lt;workflow.status&gt;");
    let run = slack()
        .param("project", "shop")
        .param("pipeline", "goapp")
        .param("repo", "https://github.com/argo/argo.git")
        .param("revision", "master")
        .env("WORKFLOW_NAME", "goapp-master-1")
        .env("WORKFLOW_STATUS", "Succeeded");
    let said = "[shop] goapp: goapp-master-1 Succeeded (run on https://github.com/argo/argo.git at master)";
    assert_eq!(text(&run), said);
}

#[test]
fn an_event_speaks_for_itself() {
    let run = slack()
        .param("event", "push")
        .param("author", "<!channel>")
        .param("repo", "argo/argo")
        .param("branch", "a&b")
        .param("revision", "abc");
    assert_eq!(text(&run), "push by &lt;!channel&gt; on argo/argo, branch a&amp;b at abc");
    assert_eq!(text(&slack().param("author", "bob")), "event by bob");
}

#[test]
fn with_nothing_known_the_workflow_does() {
    let run = slack().env("WORKFLOW_NAME", "w-1").env("WORKFLOW_STATUS", "{{workflow.status}}");
    assert_eq!(text(&run), "w-1 running");
}

#[test]
fn a_missing_or_broken_url_is_said_and_not_repeated() {
    Run::new("slack-message").shim("curl").go().fails_with("the slack secret is missing");
    let broken =
        ["hooks.slack.com/x", "file:///etc/passwd", "https://a\"\noutput = \"x", "https://a b"];
    for url in broken {
        let run = slack().env("SLACK_URL", url);
        let outcome = run.go().fails_with("the url in the slack secret is not a URL");
        assert!(!outcome.stderr.contains(url));
        assert!(!run.path("record/argv").exists());
    }
}

fn answering(status: &'static str, body: &'static str) -> Server {
    Server::start(move |_| Response { status, header: "X: x", body: body.into() })
}

fn has_curl() -> bool {
    let version = Command::new("curl").arg("--version").output();
    let found = version.is_ok_and(|output| output.status.success());
    if !found {
        eprintln!("skipped: there is no curl here");
    }
    found
}

fn post(server: &Server) -> Run {
    Run::new("slack-message")
        .env("SLACK_URL", server.url("services/s3cr3t"))
        .env("RETRIES", "0")
        .param("message", "a \"quoted\"\nmessage")
}

#[test]
fn curl_posts_json() {
    if !has_curl() {
        return;
    }
    let server = answering("200 OK", "ok");
    post(&server).go().succeeds();
    let requests = server.requests();
    assert_eq!(requests.len(), 1);
    assert_eq!(requests[0].path, "/services/s3cr3t");
    assert_eq!(requests[0].headers["content-type"], "application/json; charset=utf-8");
    let payload: Value = serde_json::from_str(&requests[0].body).unwrap();
    assert_eq!(payload["text"], "a \"quoted\"\nmessage");
}

#[test]
fn anything_but_success_fails_the_step() {
    if !has_curl() {
        return;
    }
    for status in ["400 Bad Request", "404 Not Found", "500 Internal Server Error"] {
        let server = answering(status, "invalid_payload");
        let outcome = post(&server).go().fails_with(&status[..3]);
        assert!(outcome.stdout.contains("invalid_payload"), "{}", outcome.stdout);
        assert!(!format!("{}{}", outcome.stdout, outcome.stderr).contains("s3cr3t"));
    }
}
