//! Webhooks: many of them, and globs of branches.

use super::{PLATFORM, fill, head, pipeline};

fn webhook(name: &str, repo: &str, branches: &str) -> String {
    head("Webhook", &format!("name: {name}, project: shop"))
        + &format!(
            "  {{repo: {{account: acme, name: {repo}}}, branches: [{branches}], event: {{pipeline: {{name: p}}}}}}\n---\n"
        )
}

fn start() -> String {
    PLATFORM.to_owned() + &pipeline("p", "plain")
}

/// 4,000 of them, however large that is.
pub(crate) fn one_repository(_: usize) -> String {
    let all: String =
        (0..4000).map(|at| webhook(&format!("w{at}"), "a/b", &format!("b{at}"))).collect();
    start() + &all
}

pub(crate) fn many_repositories(size: usize) -> String {
    fill(size, &start(), |at| webhook(&format!("w{at}"), &format!("a/r{at}"), "main"), "")
}

pub(crate) fn branches(size: usize) -> String {
    let globs = fill(size, "", |at| format!("'release-{at}-*', "), "");
    start() + &webhook("w", "a/b", &globs)
}

pub(crate) fn excluded_branches(size: usize) -> String {
    let globs = fill(size, "'**', ", |at| format!("'a*{at}*', '!*{at}*b/**', "), "");
    start() + &webhook("w", "a/b", &globs)
}

pub(crate) fn stars(size: usize) -> String {
    let globs = fill(
        size,
        "",
        |at| format!("'{}', '!{}', ", "*a?".repeat(20 + at % 20), "**b*/".repeat(20)),
        "",
    );
    start() + &webhook("w", "a/b", &globs)
}

pub(crate) fn long_branch(size: usize) -> String {
    let half = size / 2;
    start()
        + &webhook(
            "w",
            "a/b",
            &format!("'{}', '!{}'", "*a".repeat(half / 2), "a*".repeat(half / 2)),
        )
}

/// A glob of one text over and over.
fn repeated(size: usize, text: &str) -> String {
    start() + &webhook("w", "a/b", &format!("'{}'", text.repeat(size / text.len())))
}

pub(crate) fn slashes(size: usize) -> String {
    repeated(size, "/")
}

pub(crate) fn refs(size: usize) -> String {
    repeated(size, "refs/heads/")
}

pub(crate) fn sets(size: usize) -> String {
    repeated(size, "[a]")
}

pub(crate) fn params(size: usize) -> String {
    let value = "%code-branch% %date%";
    let params = fill(size, "params: {", |at| format!("p{at}: '{value}', "), "}");
    let event = format!("{{{params}, pipeline: {{name: p}}}}");
    start() + &webhook("w", "a/b", "main").replace("{pipeline: {name: p}}", &event)
}
