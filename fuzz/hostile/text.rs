//! Long texts: scalars, comments, names, and tags of Argo in them.

use super::{PLATFORM, built, fill, head, pipeline, task_of};

/// A Task whose script is one long value.
fn script(size: usize, open: &str, part: impl FnMut(usize) -> String, close: &str) -> String {
    let value = fill(size, open, part, close);
    PLATFORM.to_owned() + &task_of("Long", &value)
}

pub(crate) fn plain(size: usize) -> String {
    script(size, "", |_| "word ".to_owned(), "end")
}

pub(crate) fn escaped(size: usize) -> String {
    script(size, "\"", |_| "\\x41\\u00e9\\n".to_owned(), "\"")
}

/// A Task with a block of text.
fn block(size: usize, sign: &str, line: &str) -> String {
    let start = format!(
        "{PLATFORM}{}  template:\n    script:\n      image: a:1\n      source: {sign}\n",
        head("Task", "name: Long")
    );
    fill(size, &start, |_| format!("        {line}\n"), "")
}

pub(crate) fn literal(size: usize) -> String {
    block(size, "|+", "echo \"$A\"  ")
}

pub(crate) fn folded(size: usize) -> String {
    block(size, ">", "x\n\n  ")
}

/// One long line of wide signs, and a mistake at its end.
pub(crate) fn wide(size: usize) -> String {
    let start = format!("{PLATFORM}{}  {{description: \"", head("Task", "name: Wide"));
    fill(size, &start, |_| "日本e\u{301}\u{1f469}\u{200d}\u{1f467}".to_owned(), "\", unknown: x}\n")
}

pub(crate) fn comment(size: usize) -> String {
    fill(size, &format!("{PLATFORM}# "), |_| "argopacks: ignore[".to_owned(), "\n")
}

pub(crate) fn ignores(size: usize) -> String {
    fill(size, PLATFORM, |at| format!("# argopacks: ignore[AP{:03}] {at}\n", at % 1000), "")
}

pub(crate) fn controls(size: usize) -> String {
    fill(size, PLATFORM, |_| "a: \u{1}\u{7f}\u{9b}\n".to_owned(), "")
}

pub(crate) fn line_ends(size: usize) -> String {
    fill(size, &PLATFORM.replace('\n', "\r"), |at| format!("k{at}: x\r\u{85}\u{2028}\r\n"), "")
}

pub(crate) fn long_name(size: usize) -> String {
    let name = "Name".repeat(size / 8);
    PLATFORM.to_owned() + &task_of(&name, "x") + &pipeline("p", &name)
}

/// Names that are nearly those that are defined, 50,000 signs each.
pub(crate) fn long_names(size: usize) -> String {
    let name = |at: usize, sign: &str| format!("{}{sign}{at}", "a".repeat(size / 20));
    let tasks: String = (0..5).map(|at| task_of(&name(at, "x"), "x")).collect();
    let steps =
        (0..10).map(|at| format!("  - {{name: s{at}, task: {{taskRef: {}}}}}\n", name(at, "y")));
    built(&steps.collect::<String>()) + &tasks
}

pub(crate) fn odd_names(size: usize) -> String {
    fill(size, PLATFORM, |at| task_of(&format!("\"{{{{é{at}}}}} %\\u202e\\0\""), "x"), "")
}

pub(crate) fn tags(size: usize) -> String {
    script(size, "\"", |_| "{{workflow.name}}".to_owned(), "\"")
}

pub(crate) fn undefined_tags(size: usize) -> String {
    script(size, "\"", |at| format!("{{{{inputs.parameters.p{at}}}}}"), "\"")
}

pub(crate) fn open_tags(size: usize) -> String {
    script(size, "\"", |_| "{{=a ".to_owned(), "\"")
}

pub(crate) fn long_expression_of_argo(size: usize) -> String {
    script(size, "\"{{=workflow.name", |_| " + workflow.name".to_owned(), "}}\"")
}

pub(crate) fn deep_expression_of_argo(size: usize) -> String {
    let depth = size / 3;
    script(size, &format!("\"{{{{={}", "(".repeat(depth)), |_| ")".to_owned(), "}}\"")
}

pub(crate) fn image_tag(size: usize) -> String {
    let start = pipeline("p", "plain").replace("tag: t", "tag: '@'");
    let (before, after) = start.split_once('@').unwrap_or_default();
    fill(size, &(PLATFORM.to_owned() + before), |_| "%code-branch%-%pipeline%".to_owned(), after)
}
