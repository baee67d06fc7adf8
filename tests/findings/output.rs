//! What is rendered: parameters that runs declare, labels, order.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use serde_yaml::Value;

use super::Case;
use super::input::{BASE, beside_base, definition, documents, run, task, webhook};

/// The documents that a text of manifests has.
fn objects(manifests: &str) -> Vec<Value> {
    let documents = manifests.split("\n---\n").filter(|text| !text.trim().is_empty());
    documents.map(|text| serde_yaml::from_str(text).unwrap()).collect()
}

fn name(object: &Value) -> &str {
    object["metadata"]["name"].as_str().unwrap()
}

/// The parameters that a run of a `WorkflowTemplate` has.
fn declared(template: &Value) -> BTreeSet<String> {
    let parameters = template["spec"]["arguments"]["parameters"].as_sequence();
    let name = |parameter: &Value| parameter["name"].as_str().unwrap().to_owned();
    parameters.into_iter().flatten().map(name).collect()
}

/// The parameters of the run that an object names, in tags and in expressions.
fn used(object: &Value) -> BTreeSet<String> {
    let text = serde_yaml::to_string(object).unwrap();
    let is_name = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_');
    let names = text.split("workflow.parameters").skip(1).map(|rest| {
        let rest = rest.trim_start_matches(['.', '[', '"', '\'', '\\']);
        rest[..rest.find(|c| !is_name(c)).unwrap_or(rest.len())].to_owned()
    });
    names.filter(|name| !name.is_empty() && name != "json").collect()
}

/// The templates of the cluster that an object calls.
fn called(object: &Value) -> Vec<String> {
    let text = serde_yaml::to_string(object).unwrap();
    let names = text.split("templateRef:\n").skip(1);
    let name = |rest: &str| rest.trim_start().strip_prefix("name: ").map(str::to_owned);
    names.filter_map(|rest| name(rest.lines().next()?)).collect()
}

/// Asserts that whatever runs because of each `WorkflowTemplate` names declared parameters only.
fn assert_declared(manifests: &str, whose: &str) {
    let objects = objects(manifests);
    let of_kind =
        |kind: &'static str| objects.iter().filter(move |it| it["kind"].as_str() == Some(kind));
    for template in of_kind("WorkflowTemplate").filter(|it| it["spec"].get("entrypoint").is_some())
    {
        let mut names = used(template);
        for called in called(template) {
            let is_it = |object: &&Value| name(object) == called;
            let callees = of_kind("ClusterWorkflowTemplate").chain(of_kind("WorkflowTemplate"));
            names.extend(callees.filter(is_it).flat_map(used));
        }
        let declared = declared(template);
        let missing: Vec<&String> = names.difference(&declared).collect();
        assert!(missing.is_empty(), "{whose}, {}: {missing:?}", name(template));
    }
}

/// The names of the parameters that runs of the pipeline have.
fn parameters_of(case: &Case) -> Vec<String> {
    let manifests = case.render();
    assert_declared(&manifests, "the case");
    let objects = objects(&manifests);
    let template = objects.iter().find(|it| it["kind"] == "WorkflowTemplate" && name(it) == "p");
    declared(template.unwrap()).into_iter().collect()
}

#[test]
fn every_parameter_in_the_output_is_declared() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut count = 0;
    for parent in ["examples", "tests/data/ok"] {
        for entry in fs::read_dir(root.join(parent)).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                let render = |compiled: argopacks::Compiled| {
                    compiled.manifests(argopacks::emit::Format::Yaml).unwrap()
                };
                let manifests = argopacks::compile(std::slice::from_ref(&path), render);
                assert_declared(&manifests, &path.display().to_string());
                count += 1;
            }
        }
    }
    assert!(count > 5, "only {count} directories");
}

const BODY: &str = "{container: {image: 'a:1', command: [echo], args: ['TEXT']}}";

#[test]
fn code_a_a_retry_names_a_parameter() {
    let builder = "  params: [{name: retries, default: '3'}]
  steps:
  - name: one
    task: {template: {suspend: {}}}
    retry: {limit: '{{workflow.parameters.retries}}'}
";
    assert_eq!(parameters_of(&beside_base(&run(builder))), ["retries"]);
}

#[test]
fn code_b_a_sibling_template_names_a_parameter() {
    let spec = "  templates:
  - name: main
    dag: {tasks: [{name: a, template: worker}]}
  - name: worker
    container: {image: 'a:1', command: [x], args: ['{{workflow.parameters.image-tag}} {{workflow.parameters.q}}']}
";
    let builder =
        "  params: [{name: q, default: red}]\n  steps: [{name: one, task: {taskRef: t}}]\n";
    let text = documents(&[&task(spec), &run(builder)]);
    assert_eq!(parameters_of(&beside_base(&text)), ["image-tag", "q"]);
}

#[test]
fn code_r_defaults_of_params_and_outputs_name_parameters() {
    let spec = "  params: [{name: a, default: '{{workflow.parameters.image-tag}}'}]
  outputs: [{name: o, valueFrom: {path: /x, default: '{{workflow.parameters.branch}}'}}]
  template: {container: {image: 'a:1', command: [x], args: ['{{inputs.parameters.a}}']}}
";
    let text = documents(&[&task(spec), &run("{steps: [{name: one, task: {taskRef: t}}]}")]);
    assert_eq!(parameters_of(&beside_base(&text)), ["branch", "image-tag"]);
}

/// Argo evaluates the expression of a hook with the parameters of the run; that of a retry with
/// `lastRetry` alone.
#[test]
fn code_a_expressions_without_tags() {
    let spec = |hook: &str| {
        format!(
            "  templates:
  - name: main
    dag:
      tasks:
      - name: a
        template: w
        hooks: {{running: {{template: w, expression: '{hook}'}}}}
  - name: w
    container: {{image: 'a:1', command: [x]}}
"
        )
    };
    let builder = "  params: [{name: q, default: x}]\n  steps: [{name: one, task: {taskRef: t}}]\n";
    let case = |hook: &str| beside_base(&documents(&[&task(&spec(hook)), &run(builder)]));
    assert_eq!(parameters_of(&case(r#"workflow.parameters.q == "x""#)), ["q"]);
    assert_eq!(parameters_of(&case(r#""{{workflow.parameters.q}}" == "x""#)), ["q"]);
    let codes = case(r#"workflow.parameters.nope == "{{workflow.parameters.q}}""#).codes();
    assert_eq!(codes, ["AP307 a.yaml:11:53"]);
    let steps = "{steps: [{name: s, task: {template: {suspend: {}}}, retry: {limit: 2, expression: EXPRESSION}}]}";
    let retry = |expression: &str| beside_base(&run(&steps.replace("EXPRESSION", expression)));
    let bare = retry("workflow.parameters.branch == \"main\"").codes();
    assert_eq!(bare, ["AP407 a.yaml:4:89"]);
    let tagged =
        retry("\"'{{workflow.parameters.branch}}' == 'main' && asInt(lastRetry.exitCode) > 1\"");
    assert_eq!(parameters_of(&tagged), ["branch"]);
}

#[test]
fn code_e2_a_long_branch_is_cut_alike_everywhere() {
    let long = "a".repeat(70);
    let steps = format!("{{steps: [{{name: s, task: {{template: {BODY}}}}}]}}");
    let run = run(&steps.replace("TEXT", "{{inputs.parameters.image-tag}}"))
        .replace("tag: latest", "tag: '%code-branch%'")
        .replace("revision: main", &format!("revision: {long}"));
    let hook = webhook(&format!(
        "{{repo: {{url: github.com/acme/shop}}, branches: [{long}], event: {{pipeline: {{name: p}}}}}}"
    ));
    let case = beside_base(&documents(&[&run, &hook]));
    let out = case.render();
    let tag = format!("{}-ed6c6", "a".repeat(57));
    assert!(out.contains(&format!("name: image-tag\n      value: {tag}\n")), "{out}");
    // The Sensor cuts to 63, and to 57 and the hash where something is lost; so does `build`.
    assert!(out.contains("trunc 63") && out.contains("trunc 57"), "{out}");
    let (_, built, _) = case.run(&["build", "p", "--revision", &"b".repeat(70)]);
    assert!(built.contains(&format!("value: {}-", "b".repeat(57))), "{built}");
}

#[test]
fn code_k_labels_are_on_what_is_made_or_an_error() {
    let metadata =
        "{name: h, project: shop, labels: {team: hooks}, annotations: {acme.example/a: b}}";
    let spec = "{repo: {url: github.com/acme/shop, revision: main}, event: {pipeline: {name: p}}}";
    let steps = run("{steps: [{name: s, task: {template: {suspend: {}}}}]}");
    let text = documents(&[&steps, &definition("Webhook", metadata, spec)]);
    let out = beside_base(&text).render();
    assert!(out.contains("team: hooks\n              annotations:\n"), "{out}");
    assert!(out.contains("acme.example/a: b\n"), "{out}");
    let project = |labels: &str, spec: &str| {
        let metadata = format!("{{name: other, {labels}}}");
        beside_base(&definition("Project", &metadata, spec)).codes()
    };
    let labels = "labels: {team: a}, annotations: {acme.example/a: b}";
    assert_eq!(project(labels, "{namespace: argo}"), ["AP109 a.yaml:3:34", "AP109 a.yaml:3:58"]);
    assert_eq!(project("labels: {team: a}", "{namespace: shop}"), ["AP109 a.yaml:3:34"]);
    assert!(project(labels, "{namespace: argo, createNamespace: true}").is_empty());
}

#[test]
fn code_m_an_image_behind_an_expression_is_in_use() {
    let config =
        "{values: {img: 'alpine:3'}, images: {'alpine:3': 'mirror.acme.example/alpine:3'}}";
    let body = "{template: {container: {image: '<{ values.img }>', command: [x]}}}";
    let case = Case::new(&[
        ("base.yaml", BASE),
        ("config.yaml", &definition("Config", "{}", config)),
        ("t.yaml", &task(body)),
    ]);
    assert!(case.render().contains("image: mirror.acme.example/alpine:3\n"));
}

#[test]
fn continue_on_leaf() {
    let steps = "  steps:
  - {name: checkout, task: {taskRef: CheckoutDef}}
  - {name: s, continueOn: {failed: true}, task: {template: {suspend: {}}}}
";
    let out = beside_base(&run(steps)).render();
    assert!(out.contains("continueOn:\n          failed: true\n"), "{out}");
    assert!(out.contains("dependencies:\n        - checkout\n"), "{out}");
}

#[test]
fn artifact_not_given() {
    let spec = "{template: {inputs: {artifacts: [{name: a, path: /a}]}, container: {image: 'a:1', command: [x]}}}";
    let text = documents(&[&task(spec), &run("{steps: [{name: s, task: {taskRef: t}}]}")]);
    assert_eq!(beside_base(&text).codes(), ["AP316 a.yaml:9:23"]);
}
