//! The order of steps: the entrypoint starts, others follow the step listed before them or what
//! they name.

use super::{Setup, outcome};

/// A case: its name, the entrypoint, the steps, and what each waits for, or the findings.
type Case = (&'static str, &'static str, &'static str, &'static [&'static str]);

const CASES: &[Case] = &[
    (
        "each follows the one listed before it",
        "a",
        "name: a, task: {taskRef: wait}\n name: b, task: {taskRef: wait}\n name: c, task: {taskRef: wait}",
        &["a after nothing", "b after a", "c after b"],
    ),
    (
        "without an entrypoint the first one starts",
        "",
        "name: a, task: {taskRef: wait}\n name: b, task: {taskRef: wait}",
        &["a after nothing", "b after a"],
    ),
    (
        "no dependencies start at once, and are followed",
        "a",
        "name: a, task: {taskRef: wait}\n name: b, dependencies: [], task: {taskRef: wait}\n name: c, task: {taskRef: wait}",
        &["a after nothing", "b after nothing", "c after b"],
    ),
    (
        "several dependencies",
        "a",
        "name: a, task: {taskRef: wait}\n name: b, dependencies: [], task: {taskRef: wait}\n name: c, dependencies: [a, b], task: {taskRef: wait}",
        &["a after nothing", "b after nothing", "c after a && b"],
    ),
    (
        "depends as it is written",
        "a",
        "name: a, task: {taskRef: wait}\n name: b, dependencies: [], task: {taskRef: wait}\n name: c, depends: a && (b || b.Failed), task: {taskRef: wait}",
        &["a after nothing", "b after nothing", "c after a && (b || b.Failed)"],
    ),
    (
        "steps before the entrypoint that say when they run",
        "b",
        "name: a, dependencies: [b], task: {taskRef: wait}\n name: b, task: {taskRef: wait}\n name: c, task: {taskRef: wait}",
        &["a after b", "b after nothing", "c after b"],
    ),
    (
        "an entrypoint with dependencies of nothing",
        "a",
        "name: a, dependencies: [], task: {taskRef: wait}\n name: b, task: {taskRef: wait}",
        &["a after nothing", "b after a"],
    ),
    (
        "continueOn is said in what follows",
        "a",
        "name: a, continueOn: {failed: true}, task: {taskRef: wait}\n name: b, task: {taskRef: wait}",
        &["a after nothing", "b after (a.Succeeded || a.Skipped || a.Daemoned || a.Failed)"],
    ),
    (
        "continueOn of an error too, in dependencies",
        "a",
        "name: a, continueOn: {failed: true, error: true}, task: {taskRef: wait}\n name: b, dependencies: [a], task: {taskRef: wait}",
        &[
            "a after nothing",
            "b after (a.Succeeded || a.Skipped || a.Daemoned || a.Failed || a.Errored)",
        ],
    ),
    (
        "continueOn that says no",
        "a",
        "name: a, continueOn: {failed: false}, task: {taskRef: wait}\n name: b, task: {taskRef: wait}",
        &["a after nothing", "b after a"],
    ),
    (
        "continueOn of one of two",
        "a",
        "name: a, continueOn: {error: true}, task: {taskRef: wait}\n name: b, dependencies: [], task: {taskRef: wait}\n name: c, dependencies: [a, b], task: {taskRef: wait}",
        &[
            "a after nothing",
            "b after nothing",
            "c after (a.Succeeded || a.Skipped || a.Daemoned || a.Errored) && b",
        ],
    ),
    (
        "a step before the entrypoint that says nothing",
        "b",
        "name: a, task: {taskRef: wait}\n name: b, task: {taskRef: wait}",
        &["AP205 step `a` is listed before the entrypoint and says nothing of its order"],
    ),
    (
        "an entrypoint that waits",
        "a",
        "name: a, depends: b, task: {taskRef: wait}\n name: b, dependencies: [], task: {taskRef: wait}",
        &["AP205 the entrypoint `a` waits for other steps"],
    ),
    (
        "a first step that waits, where no entrypoint is named",
        "",
        "name: a, depends: b, task: {taskRef: wait}\n name: b, dependencies: [], task: {taskRef: wait}",
        &["a after b", "b after nothing"],
    ),
    (
        "a cycle",
        "a",
        "name: a, task: {taskRef: wait}\n name: b, dependencies: [d], task: {taskRef: wait}\n name: c, task: {taskRef: wait}\n name: d, task: {taskRef: wait}",
        &["AP204 these steps wait for each other: `b` → `d` → `c` → `b`"],
    ),
    (
        "a cycle through depends",
        "a",
        "name: a, task: {taskRef: wait}\n name: b, depends: a || c.Failed, task: {taskRef: wait}\n name: c, depends: '!b', task: {taskRef: wait}",
        &["AP204 these steps wait for each other: `b` → `c` → `b`"],
    ),
    (
        "two cycles",
        "a",
        "name: a, task: {taskRef: wait}
            name: b, dependencies: [c], task: {taskRef: wait}
            name: c, dependencies: [b], task: {taskRef: wait}
            name: d, dependencies: [e], task: {taskRef: wait}
            name: e, dependencies: [d], task: {taskRef: wait}",
        &[
            "AP204 these steps wait for each other: `b` → `c` → `b`",
            "AP204 these steps wait for each other: `d` → `e` → `d`",
        ],
    ),
    (
        "steps that are not there, each reported",
        "a",
        "name: a, task: {taskRef: wait}\n name: b, dependencies: [aa, zz], task: {taskRef: wait}\n name: c, depends: bb && zz.Failed, task: {taskRef: wait}",
        &[
            "AP201 `dependencies` names a step `aa` that does not exist",
            "AP201 `dependencies` names a step `zz` that does not exist",
            "AP201 `depends` names a step `bb` that does not exist",
            "AP201 `depends` names a step `zz` that does not exist",
        ],
    ),
];

#[test]
fn steps_run_in_the_order_that_is_said() {
    let fault = |(name, entrypoint, steps, expected): &Case| {
        let found = outcome(Setup { entrypoint, steps, ..Setup::default() });
        let text = format!(
            "{name}:\n  expected {}\n  found    {}\n",
            expected.join("; "),
            found.join("; ")
        );
        (found != *expected).then_some(text)
    };
    let faults: Vec<String> = CASES.iter().filter_map(fault).collect();
    assert!(faults.is_empty(), "{}", faults.concat());
}
