//! Template bodies.

use super::Case;
use super::input::{self, BASE, run};

const STEPS: &str = "  steps:\n  - name: s\n    task: {taskRef: t}\n";

/// A Task `t` with this spec, run by a pipeline. Its first line is line 5 of `t.yaml`.
fn task(spec: &str) -> Case {
    run_by(STEPS, spec)
}

/// The same, in a Builder with these steps.
fn run_by(builder: &str, spec: &str) -> Case {
    let (run, task) = (run(builder), input::task(spec));
    Case::new(&[("base.yaml", BASE), ("run.yaml", &run), ("t.yaml", &task)])
}

#[test]
fn container_null() {
    assert_eq!(task("  template:\n    container:\n").codes(), ["AP403 t.yaml:6:5"]);
}

#[test]
fn image_null() {
    let null = "  template:\n    container:\n      image:\n      command: [x]\n";
    assert_eq!(task(null).codes(), ["AP406 t.yaml:7:7"]);
}

#[test]
fn image_empty() {
    let empty = "  template:\n    script:\n      image: ''\n      source: x\n";
    assert_eq!(task(empty).codes(), ["AP406 t.yaml:7:7"]);
}

#[test]
fn output_twice() {
    let twice = "  outputs: [{name: o, path: /o}]
  template:
    outputs: {parameters: [{name: o, valueFrom: {path: /x}}]}
    container: {image: 'a:1', command: [x]}
";
    assert_eq!(task(twice).codes(), ["AP311 t.yaml:7:35"]);
}

#[test]
fn inputs_null() {
    let null = "  params: [{name: p, default: d}]
  template:
    inputs:
    container: {image: 'a:1', command: [x], args: ['{{inputs.parameters.p}}']}
";
    let rendered = task(null).render();
    assert!(rendered.contains("    inputs:\n      parameters:\n      - name: p\n"), "{rendered}");
}

#[test]
fn outputs_null() {
    let null = "  outputs: [{name: o, path: /o}]
  template:
    outputs:
    container: {image: 'a:1', command: [x]}
";
    let rendered = task(null).render();
    assert!(rendered.contains("    outputs:\n      parameters:\n      - name: o\n"), "{rendered}");
}

#[test]
fn mounts_null() {
    let null = "  workspace: {mountPath: /w}
  template:
    container:
      image: a:1
      command: [x]
      volumeMounts:
";
    let rendered = task(null).render();
    assert_eq!(rendered.matches("volumeMounts").count(), 1, "{rendered}");
    assert!(rendered.contains("mountPath: /w"), "{rendered}");
}

#[test]
fn default_twice() {
    let twice = "  outputs: [{name: o, valueFrom: {jsonPath: '{.x}', default: a}, default: b}]
  template:
    resource: {action: get, manifest: 'a: b'}
";
    assert_eq!(task(twice).codes(), ["AP109 t.yaml:5:75"]);
}

#[test]
fn input_artifact() {
    let artifact = "  template:
    inputs: {artifacts: [{name: a, path: /a}]}
    container: {image: 'a:1', command: [x]}
";
    assert_eq!(task(artifact).codes(), ["AP316 run.yaml:6:11"]);
}

#[test]
fn template_name() {
    let name = "  templates:\n  - name: a_b\n    suspend: {}\n";
    assert_eq!(task(name).codes(), ["AP310 t.yaml:6:11"]);
}

#[test]
fn argument_name() {
    let inline = STEPS.replace(
        "{taskRef: t}",
        "{template: {suspend: {}}, arguments: {params: [{name: a.b, value: x}]}}",
    );
    let case = Case::new(&[("base.yaml", BASE), ("run.yaml", &run(&inline))]);
    assert_eq!(case.codes(), ["AP310 run.yaml:7:65"]);
}

#[test]
fn multi_template_required_param() {
    let templates = "  params: [{name: toolchain}]
  templates:
  - name: main
    dag:
      tasks:
      - {name: lint, template: lint}
      - {name: unit, template: lint}
  - name: lint
    container: {image: '{{inputs.parameters.toolchain}}', command: [go, vet]}
";
    let case = task(templates);
    assert_eq!(case.codes(), ["AP303 t.yaml:10:16", "AP303 t.yaml:11:16"]);
    let first = &case.findings()[0];
    assert!(first.contains("the param `toolchain` on to template `lint`"), "{first}");
}

#[test]
fn multi_template_param_dropped() {
    let templates = "  params: [{name: toolchain, default: 'golang:1.25.5'}]
  templates:
  - name: main
    dag:
      tasks:
      - {name: lint, template: lint}
  - name: lint
    container: {image: '{{inputs.parameters.toolchain}}', command: [go, vet]}
";
    assert_eq!(task(templates).codes(), ["AP303 t.yaml:10:16"]);
}

/// What the Task declares and does not pass on is its mistake, and none of who gives it.
#[test]
fn multi_template_param_dropped_and_given() {
    let templates = "  params: [{name: toolchain, default: 'golang:1.25.5'}]
  templates:
  - name: main
    dag: {tasks: [{name: lint, template: lint}]}
  - name: lint
    container: {image: '{{inputs.parameters.toolchain}}', command: [go, vet]}
";
    let gives = STEPS.replace(
        "{taskRef: t}",
        "{taskRef: t, arguments: {params: [{name: toolchain, value: x}]}}",
    );
    assert_eq!(run_by(&gives, templates).codes(), ["AP303 t.yaml:8:26"]);
    let main = gives.replace("taskRef: t,", "taskRef: {name: t, template: main},");
    let findings = run_by(&main, templates).findings();
    assert!(findings[0].contains("template `main` of Task `t` has no param"), "{findings:#?}");
}

#[test]
fn multi_template_own_inputs() {
    let templates = "  params: [{name: toolchain}]
  templates:
  - name: main
    dag:
      tasks:
      - name: lint
        template: lint
        arguments:
          parameters:
          - {name: image, value: '{{inputs.parameters.toolchain}}'}
  - name: lint
    inputs: {parameters: [{name: image}, {name: mode, value: fast}]}
    container: {image: '{{inputs.parameters.image}}', args: ['{{inputs.parameters.mode}}']}
";
    let right = STEPS.replace(
        "{taskRef: t}",
        "{taskRef: t, arguments: {params: [{name: toolchain, value: x}]}}",
    );
    let files = |task: &str| run_by(&right, task);
    let rendered = files(templates).render();
    assert!(rendered.contains("      - name: mode\n        value: fast\n"), "{rendered}");
    let wrong = templates.replace("name: image, value", "name: imge, value");
    assert_eq!(files(&wrong).codes(), ["AP301 t.yaml:14:20"]);
    let both = templates.replace("{name: mode, ", "{name: toolchain, ").replace(".mode", ".image");
    assert_eq!(files(&both).codes(), ["AP311 t.yaml:16:49"]);
}

#[test]
fn volume_mount_no_volume() {
    let mount = "  template:
    script:
      image: alpine:3.22
      volumeMounts:
      - name: cache
        mountPath: /cache
      source: x
";
    assert_eq!(task(mount).codes(), ["AP201 t.yaml:9:15"]);
}

#[test]
fn image_with_host() {
    let image = "harbor.acme.example/shop/cart";
    let run = run(STEPS).replace("image: cart", &format!("image: {image}"));
    let task = input::task("{template: {suspend: {}}}");
    let case = Case::new(&[("base.yaml", BASE), ("run.yaml", &run), ("t.yaml", &task)]);
    assert_eq!(case.codes(), ["AP312 run.yaml:14:10"]);
}

#[test]
fn image_of_a_container() {
    for image in ["a..b", "A B", "team/App:1", "https://acme.example/app:1"] {
        let body = format!("  template:\n    container: {{image: '{image}', command: [x]}}\n");
        assert_eq!(task(&body).codes(), ["AP312 t.yaml:6:24"], "{image}");
    }
}

/// Not in the findings: the workspace and a volume of the template at one path.
#[test]
fn workspace_at_a_path_that_is_taken() {
    let body = "  workspace: {mountPath: /w}
  template:
    volumes: [{name: v, emptyDir: {}}]
    container: {image: 'a:1', command: [x], volumeMounts: [{name: v, mountPath: /w}]}
";
    assert_eq!(task(body).codes(), ["AP311 t.yaml:8:81"]);
}

/// Not in the findings: outputs of a Task come from the container `main`, too.
#[test]
fn outputs_of_a_container_set() {
    let body = "  outputs: [{name: o, path: /o}]
  template:
    containerSet: {containers: [{name: a, image: 'a:1'}]}
";
    assert_eq!(task(body).codes(), ["AP406 t.yaml:7:20"]);
}
