//! Steps: what they wait for, their conditions, and their loops.

use super::{built, fill};

/// A Builder of a first step and one with something more.
fn two_steps(more: &str) -> String {
    built(&format!(
        "  - {{name: a, task: {{taskRef: CheckoutDef}}}}\n  - name: b\n    {more}\n    task: {{taskRef: CheckoutDef}}\n"
    ))
}

pub(crate) fn long_depends(size: usize) -> String {
    two_steps(&fill(size, "depends: 'a", |_| " && a.Succeeded".to_owned(), "'"))
}

pub(crate) fn deep_depends(size: usize) -> String {
    two_steps(&format!("depends: '{}a{}'", "(".repeat(size / 2), ")".repeat(size / 2)))
}

pub(crate) fn negations(size: usize) -> String {
    two_steps(&format!("depends: '{}a'", "!".repeat(size)))
}

/// Each of many steps is in one condition.
pub(crate) fn depends_on_all(size: usize) -> String {
    let count = size / 70;
    let names = (0..count).map(|at| format!("step-{at}"));
    let step =
        |name| format!("  - {{name: {name}, dependencies: [], task: {{taskRef: CheckoutDef}}}}\n");
    let all = names.clone().collect::<Vec<_>>().join(" && ");
    let last =
        format!("  - name: last\n    depends: '{all}'\n    task: {{taskRef: CheckoutDef}}\n");
    built(&(names.map(step).collect::<String>() + &last))
}

pub(crate) fn long_when(size: usize) -> String {
    two_steps(&fill(size, "when: '1 == 1", |_| " && {{workflow.name}} != x".to_owned(), "'"))
}

pub(crate) fn deep_when(size: usize) -> String {
    two_steps(&format!("when: '{}1 == 1{}'", "(".repeat(size / 2), ")".repeat(size / 2)))
}

pub(crate) fn many_whens(size: usize) -> String {
    let step = |at| {
        format!(
            "  - {{name: s{at}, when: '{{{{tasks.s0.status}}}} =~ \"(a+)+$\"', task: {{taskRef: CheckoutDef}}}}\n"
        )
    };
    built(&fill(size, "", step, ""))
}

pub(crate) fn chain(size: usize) -> String {
    built(&fill(
        size,
        "",
        |at| format!("  - {{name: s{at}, task: {{taskRef: CheckoutDef}}}}\n"),
        "",
    ))
}

pub(crate) fn apart(size: usize) -> String {
    built(&fill(
        size,
        "",
        |at| format!("  - {{name: s{at}, dependencies: [], task: {{taskRef: CheckoutDef}}}}\n"),
        "",
    ))
}

pub(crate) fn ring(size: usize) -> String {
    let count = size / 75;
    let step = |at: usize| {
        format!(
            "  - {{name: s{at}, depends: s{}, task: {{taskRef: CheckoutDef}}}}\n",
            (at + 1) % count
        )
    };
    built(&(0..count).map(step).collect::<String>())
}

pub(crate) fn one_name(size: usize) -> String {
    built(&fill(size, "", |_| "  - {name: same, task: {taskRef: CheckoutDef}}\n".to_owned(), ""))
}

/// Layers of 20 steps, each of which waits for all of the layer before: many ways through.
pub(crate) fn layers(size: usize) -> String {
    let layer = |at: usize| {
        let before: Vec<String> =
            (0..20).map(|step| format!("s{}-{step}", at.saturating_sub(1))).collect();
        let before = if at == 0 { String::new() } else { before.join(", ") };
        let step = |step| {
            format!(
                "  - {{name: s{at}-{step}, dependencies: [{before}], task: {{taskRef: TestCodeDef}}}}\n"
            )
        };
        (0..20).map(step).collect()
    };
    built(&fill(size, "", layer, ""))
}

pub(crate) fn long_loop(size: usize) -> String {
    two_steps(&fill(size, "withItems: [", |at| format!("{at}, "), "]"))
}

pub(crate) fn loops(size: usize) -> String {
    let step = |at| {
        let kind =
            ["withItems: [a, b]", "withParam: '[1, 2]'", "withSequence: {count: '99999999'}"]
                [at % 3];
        format!(
            "  - {{name: s{at}, {kind}, when: '{{{{item}}}} == 1', task: {{taskRef: CheckoutDef}}}}\n"
        )
    };
    built(&fill(size, "", step, ""))
}

/// Items of which each has other keys, and a step that uses one of them.
pub(crate) fn loop_of_maps(size: usize) -> String {
    let items = fill(size, "withItems: [", |at| format!("{{k{at}: x}}, "), "]");
    two_steps(&(items + "\n    when: '{{item.k0}} == x'"))
}
