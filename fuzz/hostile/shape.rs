//! YAML that is deep, long or broken, whatever it says.

use super::{PLATFORM, fill, head};

/// A Project whose annotations are to follow.
fn annotated(value: &str) -> String {
    format!(
        "{}metadata:\n  name: shop\n  annotations: {value}",
        "apiVersion: packs.argoproj.io/v1beta1\nkind: Project\n"
    )
}

pub(crate) fn flow_lists(size: usize) -> String {
    fill(size, &annotated(""), |_| "[".to_owned(), "\n")
}

pub(crate) fn flow_maps(size: usize) -> String {
    fill(size, &annotated(""), |_| "{a: ".to_owned(), "\n")
}

pub(crate) fn closed_flow_maps(size: usize) -> String {
    let depth = size / 5;
    annotated(&format!("{}x{}\n", "{a: ".repeat(depth), "}".repeat(depth)))
}

/// The deepest blocks that fit: each line is further in by one.
pub(crate) fn blocks(size: usize) -> String {
    fill(size, &annotated("\n"), |at| format!("{}a:\n", " ".repeat(at + 4)), "")
}

pub(crate) fn items(size: usize) -> String {
    fill(size, &annotated("\n    "), |_| "- ".to_owned(), "x\n")
}

pub(crate) fn json(size: usize) -> String {
    let depth = size / 6;
    let start = r#"{"apiVersion": "packs.argoproj.io/v1beta1", "kind": "Project", "metadata": "#;
    format!("{start}{}1{}}}\n", r#"{"a":"#.repeat(depth), "}".repeat(depth))
}

pub(crate) fn aliases(size: usize) -> String {
    let start = annotated("\n    a: &a [x, x, x, x, x, x, x, x, x, x]\n    b: [");
    fill(size, &start, |_| "*a,".to_owned(), "]\n")
}

/// A list of lists of lists …, each ten times the one before.
pub(crate) fn laughs(size: usize) -> String {
    let start = annotated("\n    l0: &l0 [x, x, x, x, x, x, x, x, x, x]\n");
    let level = |at: usize| {
        let aliases = vec![format!("*l{at}"); 10].join(", ");
        format!("    l{}: &l{} [{aliases}]\n", at + 1, at + 1)
    };
    fill(size, &start, level, "")
}

/// Half of the input is one text, the other half stands for that text.
pub(crate) fn aliases_of_text(size: usize) -> String {
    let start = annotated(&format!("\n    a: &a {}\n", "x".repeat(size / 2)));
    fill(size, &start, |at| format!("    k{at}: *a\n"), "")
}

pub(crate) fn merges(size: usize) -> String {
    let start = annotated("\n    a: &a {b: c, d: e}\n    <<: [");
    fill(size, &start, |_| "*a,".to_owned(), "]\n")
}

pub(crate) fn anchors(size: usize) -> String {
    fill(size, &annotated("\n"), |at| format!("    k{at}: &a{at} x\n"), "")
}

pub(crate) fn documents(size: usize) -> String {
    fill(size, PLATFORM, |_| "---\n".to_owned(), "")
}

pub(crate) fn broken_documents(size: usize) -> String {
    let part = |at| {
        format!(
            "apiVersion: packs.argoproj.io/v1beta1\nkind: Task\nmetadata: {{name: 'a{at}\n---\n"
        )
    };
    fill(size, PLATFORM, part, "")
}

pub(crate) fn keys(size: usize) -> String {
    fill(size, &annotated("\n"), |at| format!("    key-{at}: x\n"), "")
}

pub(crate) fn same_keys(size: usize) -> String {
    fill(size, &annotated("\n"), |_| "    key: x\n".to_owned(), "")
}

pub(crate) fn unknown_keys(size: usize) -> String {
    let start = head("Project", "name: shop");
    fill(size, &start, |at| format!("  defults{at}: x\n"), "")
}

pub(crate) fn unknown_keys_on_a_line(size: usize) -> String {
    let start = head("Project", "name: shop") + "  {";
    fill(size, &start, |at| format!("defults{at}: x, "), "}\n")
}

pub(crate) fn complex_keys(size: usize) -> String {
    fill(size, &annotated("\n"), |at| format!("    ? [a, {at}]\n    : x\n"), "")
}

pub(crate) fn long_key(size: usize) -> String {
    fill(size, &annotated("\n    "), |_| "key".to_owned(), ": x\n")
}

pub(crate) fn long_list(size: usize) -> String {
    let start = head("Project", "name: shop") + "  defaults: {imagePullSecrets: [";
    fill(size, &start, |at| format!("{{name: s{at}}}, "), "]}\n")
}

pub(crate) fn tags(size: usize) -> String {
    fill(size, &annotated("\n"), |at| format!("    k{at}: !!binary eA==\n    l{at}: !own x\n"), "")
}

pub(crate) fn tabs(size: usize) -> String {
    fill(size, &annotated("\n"), |at| format!("\tk{at}:\tx\n"), "")
}

pub(crate) fn open_quotes(size: usize) -> String {
    fill(size, &annotated("\n"), |at| format!("    k{at}: \"x\n"), "")
}

pub(crate) fn odd_indents(size: usize) -> String {
    fill(size, &annotated("\n"), |at| format!("{}k{at}: x\n", " ".repeat(1 + at * 7 % 11)), "")
}

pub(crate) fn directives(size: usize) -> String {
    fill(
        size,
        "",
        |at| format!("%YAML 1.2\n%TAG !a{at}! tag:x,{at}:\n"),
        &format!("---\n{PLATFORM}"),
    )
}

pub(crate) fn list_kind(size: usize) -> String {
    let item = |at| {
        format!(
            "- {{apiVersion: packs.argoproj.io/v1beta1, kind: Registry, metadata: {{name: r{at}}}, spec: {{url: h}}}}\n"
        )
    };
    fill(size, "apiVersion: v1\nkind: List\nitems:\n", item, "")
}
