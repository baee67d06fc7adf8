//! For every param the first of: argument; Builder param or build parameter; output of the nearest
//! step that always ran before; default.

use super::{Setup, outcome};

/// A case: its name, its setup, and where `colour` (or `branch`) of the last step comes from, or
/// the finding.
type Case = (&'static str, Setup, &'static str);

const NONE: Setup = Setup { entrypoint: "", builder_params: "", pipeline_params: "", steps: "" };
const DECLARED: &str = "[{name: colour, default: blue}]";

/// A step that gives, and one that takes after it with an argument of its own.
const WITH_ARGUMENT: &str = "
    name: near, task: {taskRef: give}
    name: other, task: {taskRef: like}
    name: last, task: {taskRef: take, arguments: {params: [{name: colour, value: green}]}}";
const GIVE_AND_TAKE: &str = "
    name: near, task: {taskRef: give}
    name: last, task: {taskRef: take}";
const GIVE_AND_LIKE: &str = "
    name: near, task: {taskRef: give}
    name: last, task: {taskRef: like}";

const CASES: &[Case] = &[
    (
        "an argument before all",
        Setup { builder_params: DECLARED, pipeline_params: "{colour: grey}", steps: WITH_ARGUMENT, ..NONE },
        "argument",
    ),
    ("an argument before an output", Setup { steps: WITH_ARGUMENT, ..NONE }, "argument"),
    ("a Builder param before an output", Setup { builder_params: DECLARED, steps: GIVE_AND_TAKE, ..NONE }, "build"),
    (
        "a Pipeline's value for a Task's param before an output",
        Setup { pipeline_params: "{colour: grey}", steps: GIVE_AND_TAKE, ..NONE },
        "build",
    ),
    (
        "a build parameter before an output",
        Setup { steps: "name: near, task: {taskRef: give-branch}\n name: last, task: {taskRef: take-branch}", ..NONE },
        "build",
    ),
    ("an output where nothing else is", Setup { steps: GIVE_AND_TAKE, ..NONE }, "output of near"),
    ("an output before a default", Setup { steps: GIVE_AND_LIKE, ..NONE }, "output of near"),
    ("a default where nothing else is", Setup { steps: "name: last, task: {taskRef: like}", ..NONE }, "default"),
    (
        "the nearest of two outputs",
        Setup { steps: "name: far, task: {taskRef: give}\n name: near, task: {taskRef: give}\n name: last, task: {taskRef: take}", ..NONE },
        "output of near",
    ),
    (
        "an output from far where no nearer one is",
        Setup {
            steps: "name: far, task: {taskRef: give}\n name: between, task: {taskRef: wait}\n name: last, task: {taskRef: take}",
            ..NONE
        },
        "output of far",
    ),
    (
        "the nearest by the order in which steps run, not by the list",
        Setup {
            steps: "name: start, task: {taskRef: wait}
                name: near, task: {taskRef: give}
                name: far, dependencies: [start], task: {taskRef: give}
                name: last, dependencies: [near], task: {taskRef: take}",
            ..NONE
        },
        "output of near",
    ),
    (
        "the shortest way where a step is reached over two",
        Setup {
            steps: "name: both, task: {taskRef: give}
                name: between, dependencies: [both], task: {taskRef: give}
                name: last, dependencies: [both], task: {taskRef: take}",
            ..NONE
        },
        "output of both",
    ),
    (
        "two at one distance",
        Setup {
            steps: "name: one, task: {taskRef: give}
                name: two, dependencies: [], task: {taskRef: give}
                name: last, dependencies: [one, two], task: {taskRef: take}",
            ..NONE
        },
        "AP304 `colour` could come from step `one` or from step `two`",
    ),
    (
        "two at one distance for a param with a default",
        Setup {
            steps: "name: one, task: {taskRef: give}
                name: two, dependencies: [], task: {taskRef: give}
                name: last, dependencies: [one, two], task: {taskRef: like}",
            ..NONE
        },
        "AP304 `colour` could come from step `one` or from step `two`",
    ),
    (
        "two at one distance and an argument",
        Setup {
            steps: "name: one, task: {taskRef: give}
                name: two, dependencies: [], task: {taskRef: give}
                name: last, dependencies: [one, two], task: {taskRef: take, arguments: {params: [{name: colour, value: green}]}}",
            ..NONE
        },
        "argument",
    ),
    (
        "two at one distance and a Builder param",
        Setup {
            builder_params: DECLARED,
            steps: "name: one, task: {taskRef: give}
                name: two, dependencies: [], task: {taskRef: give}
                name: last, dependencies: [one, two], task: {taskRef: take}",
            ..NONE
        },
        "build",
    ),
    (
        "a nearer one beside two at one distance",
        Setup {
            steps: "name: one, task: {taskRef: give}
                name: two, dependencies: [], task: {taskRef: give}
                name: near, dependencies: [one, two], task: {taskRef: give}
                name: last, task: {taskRef: take}",
            ..NONE
        },
        "output of near",
    ),
];

/// Steps that need not have run, or may have failed, or have run many times: their outputs are not
/// taken.
const UNSURE: &[Case] = &[
    (
        "a step with a condition",
        Setup {
            steps: "name: far, task: {taskRef: give}\n name: near, when: '{{=workflow.parameters.project == `nowhere`}}', task: {taskRef: give}\n name: last, task: {taskRef: take}",
            ..NONE
        },
        "output of far",
    ),
    (
        "a step with items",
        Setup {
            steps: "name: far, task: {taskRef: give}\n name: near, withItems: [1, 2], task: {taskRef: give}\n name: last, task: {taskRef: take}",
            ..NONE
        },
        "output of far",
    ),
    (
        "a step with a sequence",
        Setup {
            steps: "name: far, task: {taskRef: give}\n name: near, withSequence: {count: '2'}, task: {taskRef: give}\n name: last, task: {taskRef: take}",
            ..NONE
        },
        "output of far",
    ),
    (
        "a step with a list param",
        Setup {
            steps: "name: far, task: {taskRef: give}\n name: near, withParam: '[1]', task: {taskRef: give}\n name: last, task: {taskRef: take}",
            ..NONE
        },
        "output of far",
    ),
    (
        "a step that may fail",
        Setup {
            steps: "name: far, task: {taskRef: give}\n name: near, continueOn: {failed: true}, task: {taskRef: give}\n name: last, task: {taskRef: take}",
            ..NONE
        },
        "output of far",
    ),
    (
        "only one with a condition, and a default",
        Setup {
            steps: "name: near, when: '{{=workflow.parameters.project == `nowhere`}}', task: {taskRef: give}\n name: last, task: {taskRef: like}",
            ..NONE
        },
        "default",
    ),
    (
        "only one with items, and a default",
        Setup {
            steps: "name: near, withItems: [1, 2], task: {taskRef: give}\n name: last, task: {taskRef: like}",
            ..NONE
        },
        "default",
    ),
    (
        "one of two that may have run",
        Setup {
            steps: "name: one, task: {taskRef: give}\n name: two, dependencies: [], task: {taskRef: wait}\n name: last, depends: one || two, task: {taskRef: like}",
            ..NONE
        },
        "default",
    ),
    (
        "one that failed",
        Setup {
            steps: "name: one, task: {taskRef: give}\n name: last, depends: one.Failed, task: {taskRef: like}",
            ..NONE
        },
        "default",
    ),
    (
        "one that did not run",
        Setup {
            steps: "name: one, task: {taskRef: give}\n name: last, depends: '!one', task: {taskRef: like}",
            ..NONE
        },
        "default",
    ),
    (
        "one that succeeded for sure",
        Setup {
            steps: "name: one, task: {taskRef: give}\n name: last, depends: one.Succeeded, task: {taskRef: like}",
            ..NONE
        },
        "output of one",
    ),
    (
        "one that succeeded on every way",
        Setup {
            steps: "name: one, task: {taskRef: give}
                name: two, dependencies: [one], task: {taskRef: wait}
                name: three, dependencies: [one], task: {taskRef: wait}
                name: last, depends: (one && two) || (three && one), task: {taskRef: like}",
            ..NONE
        },
        "output of one",
    ),
    (
        "one that does not run before",
        Setup {
            steps: "name: start, task: {taskRef: wait}\n name: aside, task: {taskRef: give}\n name: last, dependencies: [start], task: {taskRef: like}",
            ..NONE
        },
        "default",
    ),
];

/// Where the last step has its param from.
fn found(setup: Setup) -> String {
    let lines = outcome(setup);
    match lines.iter().rev().find_map(|line| {
        line.strip_prefix("last.colour ← ").or(line.strip_prefix("last.branch ← "))
    }) {
        Some(origin) => origin.to_owned(),
        None => lines.join("\n"),
    }
}

fn check(cases: &[Case]) {
    let wrong: Vec<String> = cases
        .iter()
        .map(|(name, setup, expected)| (name, found(*setup), expected))
        .filter(|(_, found, expected)| found != *expected)
        .map(|(name, found, expected)| format!("{name}: expected {expected}, found {found}\n"))
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.concat());
}

#[test]
fn the_first_of_argument_build_output_default() {
    check(CASES);
}

#[test]
fn only_outputs_that_are_sure_to_be_there() {
    check(UNSURE);
}

#[test]
fn what_was_in_scope_is_told_where_nothing_gives_a_value() {
    let found = found(Setup {
        steps: "name: near, when: '{{=workflow.parameters.project == `nowhere`}}', task: {taskRef: give}\n name: last, task: {taskRef: take}",
        ..NONE
    });
    assert_eq!(found, "AP303 step `last` gives no value to param `colour` of Task `take`");
}
