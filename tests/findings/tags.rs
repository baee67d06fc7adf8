//! Tags, conditions and what they use: `../shared/findings`, by the names of the cases.

use super::Case;
use super::input::{self, BASE, run};

/// A pipeline of a Builder `b` with steps, each a line of YAML; `task` is another definition.
fn builder(params: &str, steps: &[&str], task: &str) -> String {
    let steps = steps.join("\n  - ");
    run(&format!("  params: {params}\n  steps:\n  - {steps}\n")) + task
}

/// A Task `t` with a spec, as another document.
fn task(spec: &str) -> String {
    format!("---\n{}", input::task(spec))
}

fn found(text: &str) -> Vec<String> {
    Case::new(&[("base.yaml", BASE), ("b.yaml", text)]).codes()
}

/// A finding where a part of the text stands first.
fn at(text: &str, code: &str, part: &str) -> String {
    let start = text.find(part).unwrap();
    let line = text[..start].matches('\n').count() + 1;
    let column = text[..start].chars().rev().take_while(|c| *c != '\n').count() + 1;
    format!("{code} b.yaml:{line}:{column}")
}

#[track_caller]
fn finds(text: &str, expected: &[(&str, &str)]) {
    let places: Vec<String> = expected.iter().map(|(code, part)| at(text, code, part)).collect();
    assert_eq!(found(text), places, "{text}");
}

const CHECKOUT: &str = "{name: checkout, task: {taskRef: CheckoutDef}}";

/// A step whose template prints a text.
fn says(name: &str, text: &str) -> String {
    format!(
        "{{name: {name}, task: {{template: {{container: {{image: 'a:1', command: [echo], args: ['{text}']}}}}}}}}"
    )
}

/// A step that hands an argument to a template that prints it.
fn gives(name: &str, rest: &str, value: &str) -> String {
    format!(
        "{{name: {name}, {rest}task: {{template: {{container: {{image: 'a:1', command: [echo], args: \
         ['{{{{inputs.parameters.q}}}}']}}}}, arguments: {{params: [{{name: q, value: '{value}'}}]}}}}}}"
    )
}

#[test]
fn inline_template_tasks_output() {
    let step = says("x", "{{tasks.checkout.outputs.parameters.commit}}");
    let text = builder("[]", &[CHECKOUT, &step], "");
    finds(&text, &[("AP407", "tasks.checkout")]);
}

#[test]
fn code_q() {
    let names = "{{tasks.checkout.outputs.parameters.commit}} {{item}} {{inputs.artifacts.x.path}}";
    let text = builder("[]", &[CHECKOUT, &says("x", names)], "");
    finds(
        &text,
        &[("AP407", "tasks.checkout"), ("AP407", "item}}"), ("AP307", "inputs.artifacts")],
    );
}

#[test]
fn steps_tag_in_dag() {
    let step = gives("x", "", "{{steps.checkout.outputs.parameters.commit}}");
    finds(&builder("[]", &[CHECKOUT, &step], ""), &[("AP407", "steps.checkout")]);
}

#[test]
fn dag_output_short() {
    let step = gives("x", "", "{{tasks.checkout.outputs.commit}}");
    finds(&builder("[]", &[CHECKOUT, &step], ""), &[("AP407", "tasks.checkout")]);
}

#[test]
fn wrong_tag_script() {
    let source = "{script: {image: 'a:1', command: [sh], source: 'echo {{inputs.params.l}} {{inputs.parameters.l}}'}}";
    let text = task(&format!("{{params: [{{name: l}}], template: {source}}}"));
    finds(&text, &[("AP407", "inputs.params.l")]);
}

#[test]
fn tasks_output_in_task() {
    let text = task(
        "{template: {script: {image: 'a:1', command: [sh], source: 'echo {{tasks.x.outputs.parameters.c}}'}}}",
    );
    finds(&text, &[("AP407", "tasks.x")]);
}

#[test]
fn workflow_labels() {
    let text = task(
        "{template: {container: {image: 'a:1', command: [x], args: ['{{workflow.labels.team}}', \
         '{{workflow.failures}}', '{{tasks.x.outputs.result}}']}}}",
    );
    finds(
        &text,
        &[("AP407", "workflow.labels"), ("AP407", "workflow.failures"), ("AP407", "tasks.x")],
    );
}

#[test]
fn percent_in_arg() {
    let text = builder("[]", &[CHECKOUT, &gives("x", "", "COMMIT=%code-commit%")], "");
    finds(&text, &[("AP309", "%code-commit%")]);
    let found = Case::new(&[("base.yaml", BASE), ("b.yaml", &text)]).findings();
    assert!(found[0].contains("warning[AP309]"), "{found:#?}");
    finds(&builder("[]", &[CHECKOUT, &gives("x", "", "100% of %COMMIT%")], ""), &[]);
    let text = builder(
        "[{name: q, default: '%date%'}]",
        &[&gives("x", "", "{{workflow.parameters.q}}")],
        "",
    );
    finds(&text, &[("AP309", "%date%")]);
}

/// What takes all parameters of the run at once is given all that the pipeline has.
#[test]
fn parameters_none() {
    let step = "{name: s, withParam: '{{workflow.parameters}}', task: {template: {suspend: {}}}}";
    let text = builder("[]", &[step], "");
    finds(&text, &[]);
    let out = Case::new(&[("base.yaml", BASE), ("b.yaml", &text)]).render();
    assert!(out.contains("    - name: pipeline\n      value: p\n"), "{out}");
}

#[test]
fn refused_uses_all() {
    for name in ["{{inputs.parameters}}", "{{=toJson(inputs.parameters)}}"] {
        let container = format!("{{container: {{image: 'a:1', command: [x], args: ['{name}']}}}}");
        finds(&task(&format!("{{params: [{{name: p, default: d}}], template: {container}}}")), &[]);
    }
}

#[test]
fn output_path_tag() {
    let text = task(
        "{outputs: [{name: o, path: '/tmp/{{inputs.parameters.nope}}', default: '{{workflow.nope}}'}], \
         template: {container: {image: 'a:1', command: [x]}}}",
    );
    finds(&text, &[("AP307", "inputs.parameters.nope"), ("AP407", "workflow.nope")]);
}

#[test]
fn refused_output_path() {
    let text = task(
        "{params: [{name: p, default: d}], outputs: [{name: o, path: '/tmp/{{inputs.parameters.p}}'}], \
         template: {container: {image: 'a:1', command: [x]}}}",
    );
    finds(&text, &[]);
}

#[test]
fn control_sign() {
    let step = gives("s", "", "VALUE").replace("'VALUE'", r#""\x7f""#);
    let text = builder("[]", &[&step], "");
    assert_eq!(found(&text).len(), 1, "{:?}", found(&text));
}

#[test]
fn step_words() {
    let steps = [
        "{name: not, task: {template: {suspend: {}}}}",
        "{name: next, task: {template: {suspend: {}}}}",
    ];
    finds(&builder("[]", &steps, ""), &[("AP206", "not, task")]);
    finds(&builder("[]", &steps[..1], ""), &[]);
}

#[test]
fn when_single_eq() {
    let step = gives("x", "when: '{{workflow.parameters.language}} = go', ", "v");
    let text = builder("[{name: language, enum: [go, rust], default: go}]", &[CHECKOUT, &step], "");
    finds(&text, &[("AP414", "= go")]);
}

#[test]
fn when_constant() {
    let step = gives("x", r#"when: "branch == 'main' && event == 'push'", "#, "v");
    let text = builder("[]", &[CHECKOUT, &step], "");
    finds(&text, &[("AP414", "branch =="), ("AP414", "event ==")]);
}

#[test]
fn when_branch_unquoted() {
    let step = gives("x", "when: '{{workflow.parameters.branch}} == main', ", "v");
    finds(&builder("[]", &[CHECKOUT, &step], ""), &[("AP414", "{{workflow.parameters.branch")]);
    let step = gives("x", r#"when: '{{=workflow.parameters.branch == "main"}}', "#, "v");
    finds(&builder("[]", &[CHECKOUT, &step], ""), &[]);
}

/// A step `s` of Task `t`, which has an output `o`, and a step that reads it.
fn reads_output(first: &str, then: &str) -> String {
    let first = format!("{{name: s, {first}task: {{taskRef: t}}}}");
    let second = gives("x", then, "{{tasks.s.outputs.parameters.o}}");
    let task = task(
        "{outputs: [{name: o, path: /tmp/o}], template: {container: {image: 'a:1', command: [x]}}}",
    );
    builder("[]", &[CHECKOUT, &first, &second], &task)
}

#[test]
fn output_of_skipped() {
    let when = "when: '{{=workflow.parameters.branch == \"main\"}}', ";
    finds(&reads_output(when, ""), &[("AP314", "tasks.s.outputs")]);
    finds(&reads_output(when, "depends: s.Succeeded, "), &[]);
}

#[test]
fn output_of_loop() {
    let text = reads_output("withItems: [a, b], ", "depends: s.Succeeded, ");
    finds(&text, &[("AP315", "tasks.s.outputs")]);
}

/// `tasks.a-b` is `tasks.a` minus `b`, and nothing of Argo's looks at expressions.
#[test]
fn expression_with_a_hyphen() {
    let step = gives("x", "", "{{=tasks.check-out.outputs.parameters.commit}}");
    let checkout = "{name: check-out, task: {taskRef: CheckoutDef}}";
    finds(&builder("[]", &[checkout, &step], ""), &[("AP407", "tasks.check-out")]);
}
