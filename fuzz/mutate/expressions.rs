//! Values that hold expressions: those of argopacks, of Argo, and conditions of steps.

use fastrand::Rng;

use super::{Corpus, any_value, pick, replaced};

const NAMES: &[&str] = &[
    "values",
    "values.host",
    "values.port",
    "values.parts",
    "values.nothing",
    "values.x",
    "params",
    "params.deep",
    "pipeline.name",
    "project.name",
    "project.namespace",
    "registry.host",
    "image.url",
    "image.tag",
    "repo.revision",
    "account.host",
    "\"text\"",
    "'{{x}}'",
    "0",
    "1",
    "-1",
    "9223372036854775807",
    "170141183460469231731687303715884105727",
    "(-170141183460469231731687303715884105727 - 1)",
    "1.5",
    "true",
    "none",
    "[]",
    "{}",
    "[1, [2]]",
    "{\"a\": {\"b\": 1}}",
    "\"é日\"",
    "undefined",
    "self",
    "loop",
];

const FILTERS: &[&str] = &[
    "abs",
    "attr(\"a\")",
    "bool",
    "capitalize",
    "count",
    "default(1)",
    "d",
    "dictsort",
    "first",
    "float",
    "int",
    "items",
    "join(\"-\")",
    "join",
    "last",
    "length",
    "lines",
    "list",
    "lower",
    "max",
    "min",
    "replace(\"a\", \"aaaa\")",
    "replace(\"\", \"xx\")",
    "reverse",
    "round",
    "round(400)",
    "sort",
    "split(\"e\")",
    "split",
    "string",
    "title",
    "trim",
    "unique",
    "upper",
    "unknown",
    "join(values.host)",
    "dictsort(by=\"value\")",
    "sort(attribute=\"a\")",
    "int(base=99)",
];

const OPERATORS: &[&str] = &[
    " + ", " - ", " * ", " / ", " // ", " % ", " ** ", " ~ ", " == ", " < ", " in ", " and ",
    " or ", " not in ", " is ", " if ", " else ", " is not ", ", ", " | ", ".", " > ",
];

/// An expression of argopacks, which may nest.
fn expression(rng: &mut Rng, depth: usize) -> String {
    let name = (*rng.choice(NAMES).unwrap_or(&"values")).to_owned();
    if depth == 0 {
        return name;
    }
    let inner = expression(rng, depth - 1);
    match rng.u8(..11) {
        0 => format!("({inner})"),
        1 => format!("[{inner}, {name}]"),
        2 => format!("{{\"a\": {inner}}}"),
        3 => format!("{inner}[{name}]"),
        4 => format!("{inner}[{name}:1]"),
        5 => format!("{inner} if {name} else {name}"),
        6 => format!("not {inner}"),
        7 => format!(
            "{inner} is {}",
            rng.choice(["defined", "none", "string", "divisibleby(0)", "odd"]).unwrap_or("odd")
        ),
        8 | 9 => format!("{inner}|{}", rng.choice(FILTERS).unwrap_or(&"upper")),
        _ => format!("{inner}{}{name}", rng.choice(OPERATORS).unwrap_or(&" ~ ")),
    }
}

/// Part of an expression over and over: too long, too deep, or near it.
fn grown(rng: &mut Rng) -> String {
    let count = rng.usize(5..260);
    let name = rng.choice(NAMES).unwrap_or(&"values");
    match rng.u8(..6) {
        0 => format!("{}{name}{}", "(".repeat(count), ")".repeat(count)),
        1 => format!("{}{name}{}", "[".repeat(count), "]".repeat(count)),
        2 => format!(
            "{name}{}",
            format!("|{}", rng.choice(FILTERS).unwrap_or(&"upper")).repeat(count)
        ),
        3 => format!(
            "{name}{}",
            format!("{}{name}", rng.choice(OPERATORS).unwrap_or(&"~")).repeat(count)
        ),
        4 => format!("{}{name}", rng.choice(["not ", "-", "- not "]).unwrap_or("-").repeat(count)),
        _ => format!("\"{}\"", "aé".repeat(count * 10)),
    }
}

/// An expression that comes to a value, if that is written as it is.
fn same(value: &str, rng: &mut Rng) -> String {
    let value = value.trim_matches(['"', '\'']);
    let filter = rng.choice(["", "|string", "|trim", " ~ ''", "|default(1)", "|list|join"]);
    format!(
        "\"{}\"{}",
        value.replace('\\', "\\\\").replace('"', "\\\""),
        filter.unwrap_or_default()
    )
}

/// A value that is an expression, or a text with some.
pub(crate) fn value(text: &str, rng: &mut Rng, _: &Corpus) -> String {
    let Some(range) = any_value(text, rng) else { return text.to_owned() };
    let depth = rng.usize(..8);
    let inner = match rng.u8(..6) {
        0 => grown(rng),
        1 | 2 => same(&text[range.clone()], rng),
        _ => expression(rng, depth),
    };
    let value = match rng.u8(..8) {
        0 => format!("x-<{{ {inner} }}>"),
        1 => format!("<{{ {inner} }}><{{{inner}}}>"),
        2 => format!("{}<{{ {inner} }}>", &text[range.clone()]),
        3 => format!("<{{ {inner}"),
        4 => format!("'<{{ {} }}>'", inner.replace('\'', "''")),
        5 => format!("|\n{:200}<{{ {inner} }}>\n", ""),
        _ => format!("<{{ {inner} }}>"),
    };
    replaced(text, range, &value)
}

/// What the tags of Argo start with.
const SCOPES: &[&str] = &[
    "inputs.parameters",
    "inputs.artifacts",
    "outputs.parameters",
    "workflow",
    "workflow.parameters",
    "workflow.outputs",
    "workflow.labels",
    "tasks",
    "steps",
    "item",
    "node",
    "pod",
    "=",
    "=sprig",
    "=inputs.parameters",
    "",
];

/// A value with tags that Argo evaluates in the run.
pub(crate) fn tag(text: &str, rng: &mut Rng, corpus: &Corpus) -> String {
    let Some(range) = any_value(text, rng) else { return text.to_owned() };
    let name = pick(rng, &corpus.words);
    let scope = rng.choice(SCOPES).unwrap_or(&"");
    let inner = match rng.u8(..6) {
        0 => format!("{scope}['{name}']"),
        1 => format!("{scope}.{name}.outputs.parameters.{}", pick(rng, &corpus.words)),
        2 => format!("={scope}{}", "(".repeat(rng.usize(..100))),
        3 => format!(
            "= {scope}.{name} {} 1",
            rng.choice(["+", "==", "??", "?", "in", "|"]).unwrap_or("+")
        ),
        4 => format!(" {scope}.{name} "),
        _ => format!("{scope}.{name}"),
    };
    let times = if rng.u8(..) < 12 { rng.usize(2..400) } else { 1 };
    let tag = ["{{", &inner.replace('\'', "''"), "}}"].concat().repeat(times);
    replaced(text, range, &format!("'{tag}'"))
}

/// `depends` or `when` of any length, beside a line or for one.
pub(crate) fn condition(text: &str, rng: &mut Rng, corpus: &Corpus) -> String {
    let count = if rng.u8(..) < 25 { rng.usize(20..300) } else { rng.usize(1..6) };
    let mut condition = String::new();
    for _ in 0..count {
        let name = if rng.bool() { pick(rng, &corpus.words) } else { "checkout" };
        let end = rng
            .choice(["", ".Succeeded", ".Failed", ".AnySucceeded", " == x", " =~ (", ") "])
            .unwrap_or_default();
        let start = rng.choice(["", "", "!", "(", "!(", "{{", "\""]).unwrap_or_default();
        condition.extend([start, name, end, " "]);
        condition += rng.choice(["&&", "||", "&& ", ")", "and", "in", ""]).unwrap_or_default();
    }
    let mut lines: Vec<String> = super::lines(text).into_iter().map(str::to_owned).collect();
    let steps: Vec<usize> = (0..lines.len()).filter(|at| lines[*at].contains("- name: ")).collect();
    if let Some(at) = rng.choice(steps) {
        let key = rng.choice(["depends", "when", "withParam", "expression"]).unwrap_or("when");
        let indent = lines[at].find('-').unwrap_or_default() + 2;
        let value = condition.replace('\'', "''");
        lines.insert(at + 1, format!("{}{key}: '{value}'\n", " ".repeat(indent)));
    }
    lines.concat()
}
