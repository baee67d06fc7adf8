//! Commands in `console` blocks print what stands below them.

use std::fs;

use super::markdown::{Block, Page};
use super::workspace::Workspace;
use super::{none, pages};

/// A line that stands for any number of lines.
const ELISION: &str = "...";

/// A command and what it is to print.
struct Session {
    command: String,
    expected: String,
}

fn sessions(block: &Block) -> Vec<Session> {
    let mut sessions: Vec<Session> = Vec::new();
    for line in block.text.lines() {
        match (line.strip_prefix("$ "), sessions.last_mut()) {
            (Some(command), _) => {
                sessions.push(Session { command: command.to_owned(), expected: String::new() });
            }
            (None, Some(session)) => session.expected.extend([line, "\n"]),
            (None, None) => panic!("line {}: a console block starts with `$ `", block.line),
        }
    }
    sessions
}

/// Whether lines are those that are expected, where `...` stands for any.
fn is_as_expected(expected: &[&str], actual: &[&str]) -> bool {
    match (expected.split_first(), actual.split_first()) {
        (None, rest) => rest.is_none(),
        (Some((first, rest)), _) if first.trim() == ELISION => {
            (0..=actual.len()).any(|skipped| is_as_expected(rest, &actual[skipped..]))
        }
        (Some((first, expected)), Some((line, actual))) => {
            first.trim_end() == line.trim_end() && is_as_expected(expected, actual)
        }
        (Some(_), None) => false,
    }
}

/// The block with what its commands print now; what is as expected stays as it is, elisions
/// included.
fn printed(block: &Block, workspace: &Workspace) -> String {
    let one = |session: Session| {
        let output = workspace.run(&session.command);
        let (expected, actual): (Vec<&str>, Vec<&str>) =
            (session.expected.lines().collect(), output.lines().map(str::trim_end).collect());
        let shown = if is_as_expected(&expected, &actual) { expected } else { actual };
        shown.iter().fold(format!("$ {}\n", session.command), |text, line| text + line + "\n")
    };
    sessions(block).into_iter().map(one).collect()
}

fn check(page: &Page) -> Vec<String> {
    let blocks: Vec<Block> =
        page.blocks().into_iter().filter(|block| block.language() == "console").collect();
    if blocks.is_empty() {
        return Vec::new();
    }
    let workspace = Workspace::of(page);
    let mut text = page.text.clone();
    let mut found = Vec::new();
    for block in blocks {
        let now = printed(&block, &workspace);
        if now != block.text {
            text = text.replacen(&block.text, &now, 1);
            found.push(format!("{}:{}: it is now\n{now}", page.name(), block.line));
        }
    }
    if std::env::var_os("UPDATE_EXPECT").is_some() && !found.is_empty() {
        fs::write(&page.path, text).unwrap();
        return Vec::new();
    }
    found
}

#[test]
fn commands_print_what_the_pages_show() {
    none(&pages().iter().flat_map(check).collect::<Vec<String>>());
}

#[test]
fn elisions_stand_for_any_lines() {
    assert!(is_as_expected(&["a", "...", "d"], &["a", "b", "c", "d"]));
    assert!(is_as_expected(&["...", "d "], &["d"]));
    assert!(!is_as_expected(&["a", "..."], &["b"]));
    assert!(!is_as_expected(&["a"], &["a", "b"]));
}
