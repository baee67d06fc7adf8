//! Tasks: their template bodies and params.

use super::{PLATFORM, fill, head};

/// A Task whose template is one container with something long in it.
fn container(size: usize, open: &str, part: impl FnMut(usize) -> String, close: &str) -> String {
    let start = format!(
        "{PLATFORM}{}  template: {{container: {{image: \"a:1\", {open}",
        head("Task", "name: T")
    );
    fill(size, &start, part, &format!("{close}}}}}\n"))
}

pub(crate) fn environment(size: usize) -> String {
    container(
        size,
        "env: [",
        |at| format!("{{name: E{at}, value: '{{{{workflow.name}}}}'}}, "),
        "]",
    )
}

pub(crate) fn unknown_fields(size: usize) -> String {
    container(size, "", |at| format!("imaeg{at}: x, "), "")
}

pub(crate) fn deep_fields(size: usize) -> String {
    container(size, &"env: [{name: ".repeat(40), |_| "[x], ".to_owned(), &"}]".repeat(40))
}

pub(crate) fn wrong_types(size: usize) -> String {
    container(size, "ports: [", |at| format!("{{containerPort: x{at}}}, "), "]")
}

/// A Task of many templates.
fn many(size: usize, template: impl Fn(usize) -> String) -> String {
    let start = format!("{PLATFORM}{}  templates:\n", head("Task", "name: T"));
    fill(size, &start, |at| template(at) + "\n", "  - {name: last, container: {image: 'a:1'}}\n")
}

pub(crate) fn templates(size: usize) -> String {
    many(size, |at| format!("  - {{name: t{at}, container: {{image: 'a:1'}}}}"))
}

/// Each template calls the next one twice: 2^n ways to the last.
pub(crate) fn calls_twice(size: usize) -> String {
    many(size, |at| {
        let next = at + 1;
        format!(
            "  - {{name: t{at}, steps: [[{{name: a, template: t{next}}}, {{name: b, template: t{next}}}]]}}"
        )
    })
}

pub(crate) fn ring_of_templates(size: usize) -> String {
    let count = size / 60;
    many(size, |at| {
        format!("  - {{name: t{at}, steps: [[{{name: a, template: t{}}}]]}}", (at + 1) % count)
    })
}

pub(crate) fn steps(size: usize) -> String {
    let start = format!(
        "{PLATFORM}{}  templates:\n  - {{name: leaf, container: {{image: 'a:1'}}}}\n  - {{name: all, steps: [[",
        head("Task", "name: T")
    );
    fill(size, &start, |at| format!("{{name: s{at}, template: leaf}}, "), "]]}\n")
}

pub(crate) fn volumes(size: usize) -> String {
    container(size, "volumeMounts: [", |at| format!("{{name: v{at}, mountPath: /v{at}}}, "), "]")
}

pub(crate) fn enumeration(size: usize) -> String {
    let start = format!(
        "{PLATFORM}{}  external: true\n  params: [{{name: p, default: none, enum: [",
        head("Task", "name: T")
    );
    fill(size, &start, |at| format!("value-{at}, "), "]}]\n")
}

pub(crate) fn json_param(size: usize) -> String {
    let start = format!(
        "{PLATFORM}{}  external: true\n  params: [{{name: p, type: json, default: '",
        head("Task", "name: T")
    );
    fill(size, &start, |_| "[".to_owned(), "'}]\n")
}
