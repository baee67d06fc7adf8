//! Expressions of argopacks: many, long, deep, and such as come to much.

use super::{PLATFORM, fill, head, pipeline};

/// A Config with a value, and a Project whose annotations are expressions.
fn annotated(size: usize, value: &str, expression: impl Fn(usize) -> String) -> String {
    let config = format!("{}  values: {value}\n---\n", head("Config", "name: c"));
    let start = config
        + "apiVersion: packs.argoproj.io/v1beta1\nkind: Project\nmetadata:\n  name: shop\n  annotations:\n";
    fill(size, &start, |at| format!("    k{at}: '<{{ {} }}>'\n", expression(at)), "")
}

pub(crate) fn many(size: usize) -> String {
    annotated(size, "{a: 1}", |_| "values.a".to_owned())
}

pub(crate) fn in_a_text(size: usize) -> String {
    let start = format!("{PLATFORM}{}  {{description: \"", head("Task", "name: T"));
    fill(size, &start, |_| "<{ 1 }>".to_owned(), "\", external: true}\n")
}

pub(crate) fn long(size: usize) -> String {
    annotated(size, "{a: 1}", |_| format!("values.a{}", " + 1".repeat(95)))
}

pub(crate) fn deep(size: usize) -> String {
    annotated(size, "{a: 1}", |_| format!("{}1{}", "[".repeat(20), "]".repeat(20)))
}

/// Each of them grows up to what one may work on.
pub(crate) fn replace(size: usize) -> String {
    annotated(size, "{a: aaaaaaaa}", |_| {
        format!("values.a{}", "|replace(\"a\", \"aaaa\")".repeat(6))
    })
}

pub(crate) fn join(size: usize) -> String {
    let list = vec!["x"; 1000].join(", ");
    annotated(size, &format!("{{a: [{list}], t: {}}}", "t".repeat(100)), |_| {
        "values.a|join(values.t)".to_owned()
    })
}

pub(crate) fn sort(size: usize) -> String {
    let list = (0..4000).map(|at| (at * 7919 % 4001).to_string()).collect::<Vec<_>>().join(", ");
    annotated(size, &format!("{{a: [{list}]}}"), |_| {
        "values.a|sort|reverse|unique|first".to_owned()
    })
}

pub(crate) fn split(size: usize) -> String {
    annotated(size, &format!("{{a: {}}}", "ab".repeat(4000)), |_| {
        "values.a|split(\"a\")|join(\"c\")|length".to_owned()
    })
}

/// A value of half of the size, over and over.
pub(crate) fn long_value(size: usize) -> String {
    annotated(size, &format!("{{a: {}}}", "x".repeat(size / 2)), |_| "values.a".to_owned())
}

pub(crate) fn large_map(size: usize) -> String {
    let map = fill(size / 2, "{a: {", |at| format!("k{at}: v, "), "}}");
    annotated(size, &map, |at| format!("values.a.k{at}"))
}

pub(crate) fn undefined(size: usize) -> String {
    let map = fill(size / 4, "{", |at| format!("name-{at}: v, "), "}");
    annotated(size, &map, |at| format!("values[\"nmae-{at}\"]"))
}

pub(crate) fn open(size: usize) -> String {
    let start = format!("{PLATFORM}{}  {{description: \"", head("Task", "name: T"));
    fill(size, &start, |_| "<{ '".to_owned(), "\", external: true}\n")
}

/// A Builder with a long text, which is another one for each of many pipelines.
pub(crate) fn builder_for_each_pipeline(size: usize) -> String {
    let script = format!("<{{ pipeline.name }}> {}", "x".repeat(size / 2));
    let step = format!(
        "{{name: a, task: {{template: {{script: {{image: \"a:1\", source: \"{script}\"}}}}}}}}"
    );
    let builder = head("Builder", "name: each") + &format!("  steps: [{step}]\n---\n");
    fill(size, &(PLATFORM.to_owned() + &builder), |at| pipeline(&format!("p{at}"), "each"), "")
}

/// A Builder of many steps, which is another one for each of many pipelines.
pub(crate) fn steps_for_each_pipeline(size: usize) -> String {
    let step = |at| format!("  - {{name: s{at}, task: {{taskRef: '<{{ \"CheckoutDef\" }}>'}}}}\n");
    let builder = fill(size / 2, &(head("Builder", "name: each") + "  steps:\n"), step, "---\n");
    fill(size, &(PLATFORM.to_owned() + &builder), |at| pipeline(&format!("p{at}"), "each"), "")
}
