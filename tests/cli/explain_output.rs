//! `explain output`: lines of manifests, and where each comes from.

use super::fixtures::{MISSPELT, MISSPELT_IN_FULL};
use super::run::{Directory, Ended};

fn explain(object: &str) -> Ended {
    Directory::example("goapp").run(&["explain", "output", object])
}

const BUS: &str = "\
argopacks        | apiVersion: argoproj.io/v1alpha1
                 | kind: EventBus
                 | metadata:
                 |   name: default
project.yaml:4:9 |   namespace: my-awesome-project
argopacks        |   labels:
                 |     app.kubernetes.io/managed-by: argopacks
project.yaml:4:9 |     packs.argoproj.io/project: my-awesome-project
argopacks        | spec:
                 |   jetstream:
                 |     version: latest
";

#[test]
fn a_whole_object_by_every_name_of_its_kind() {
    for kind in ["EventBus", "eventbus", "eb", "eventbus.argoproj.io"] {
        explain(&format!("{kind}/default")).is(0, BUS, "");
    }
    for kind in ["sa", "serviceaccounts", "ServiceAccount"] {
        explain(&format!("{kind}/argopacks-runner.kind")).is(
            0,
            "argopacks | kind: ServiceAccount\n",
            "",
        );
    }
}

#[test]
fn a_part_of_an_object() {
    let expected = "\
argopacks          |         templateRef:
builder.yaml:21:17 |           name: test-code-def
                   |           template: test-code-def
argopacks          |           clusterScope: true
";
    for task in ["tasks[test]", "tasks[2]"] {
        let path = format!("wftmpl/goapp-latest.spec.templates[main].dag.{task}.templateRef");
        explain(&path).is(0, expected, "");
    }
}

#[test]
fn a_key_with_dots() {
    let expected = "project.yaml:4:9 |     packs.argoproj.io/project: my-awesome-project\n";
    let labels = "es/github.metadata.labels";
    explain(&format!("{labels}.packs.argoproj.io/project")).is(0, expected, "");
    explain(&format!("{labels}['packs.argoproj.io/project']")).is(0, expected, "");
}

#[test]
fn lines_of_a_bundled_pack() {
    let expected = "\
argopacks           |     inputs:
                    |       parameters:
pack TestCodeDef:11 |       - name: toolchain-image
";
    let ended = explain("cwft/test-code-def.spec.templates[0].inputs");
    assert_eq!((ended.status, &*ended.stderr), (0, ""));
    assert!(ended.stdout.starts_with(expected), "{}", ended.stdout);
}

/// A Task with a script of several lines, in a project whose service account has a dot in its name.
const SCRIPT: &str = "\
apiVersion: packs.argoproj.io/v1beta1
kind: Project
metadata: {name: shop}
spec: {serviceAccountName: ci.runner}
---
apiVersion: packs.argoproj.io/v1beta1
kind: Task
metadata: {name: Greet}
spec:
  template:
    script:
      image: alpine:3.22
      command: [sh]
      source: |
        echo one

        echo two
";

#[test]
fn each_line_of_a_script_has_its_own() {
    let expected = "\
shop.yaml:14:7 |       source: |
shop.yaml:15:9 |         echo one
shop.yaml:16:1 |
shop.yaml:17:9 |         echo two
";
    let directory = Directory::with(&[("shop.yaml", SCRIPT)]);
    let path = "cwft/greet.spec.templates[greet].script.source";
    directory.run(&["explain", "output", path]).is(0, expected, "");
}

#[test]
fn a_name_with_dots() {
    let directory = Directory::with(&[("shop.yaml", SCRIPT)]);
    let explain = |object: &str| directory.run(&["explain", "output", object]);
    let expected = "shop.yaml:4:28 |   name: ci.runner\n";
    explain("sa/ci.runner.metadata.name").is(0, expected, "");
    explain("sa/ci.runer.metadata.name").is(
        2,
        "",
        "error: there is no ServiceAccount `ci.runer`; did you mean `ci.runner`?\n",
    );
}

#[test]
fn a_name_in_two_namespaces() {
    let project = |name: &str| {
        format!(
            "apiVersion: packs.argoproj.io/v1beta1\nkind: Project\nmetadata: {{name: {name}}}\n"
        )
    };
    let files = [("a.yaml", &*project("a")), ("b.yaml", &*project("b"))];
    let directory = Directory::with(&files);
    let explain = |more: &[&str]| {
        directory.run(
            &[&["explain", "output", "role/argopacks-runner.metadata.namespace"], more].concat(),
        )
    };
    explain(&["-n", "b"]).is(0, "b.yaml:3:18 |   namespace: b\n", "");
    explain(&[]).is(
        2,
        "",
        "error: there is a Role `argopacks-runner` in `a` and `b`; choose a namespace with -n\n",
    );
    explain(&["--namespace", "c"]).is(
        2,
        "",
        "error: Role `argopacks-runner` is not in namespace `c`; it is in `a` and `b`\n",
    );
}

#[test]
fn a_build() {
    let expected = "build.yaml:4:13 |   name: goapp-master-1589828589\n";
    let object = "workflow/goapp-master-1589828589.metadata.name";
    let arguments = ["explain", "output", object, "--timestamp", "1589828589"];
    Directory::example("goapp").run(&arguments).is(0, expected, "");
}

#[test]
fn what_is_not_there_is_wrong_usage() {
    for (object, said) in [
        (
            "wftmpl/goapp-lates.spec",
            "there is no WorkflowTemplate `goapp-lates`; did you mean `goapp-latest`?",
        ),
        ("cronworkflow/a", "there is no CronWorkflow `a`"),
        ("workfow/a", "no object of kind `workfow` is emitted; did you mean `Workflow`?"),
        ("cm/a", "there is no ConfigMap `a`"),
        (
            "wftmpl/goapp-latest.spec.templats",
            "`.spec` has no `templats`; did you mean `templates`?",
        ),
        ("eb/default.specs", "EventBus `default` has no `specs`; did you mean `spec`?"),
        (
            "wftmpl/goapp-latest.spec.templates[man].dag",
            "`.spec.templates` has no item `man`; did you mean `main`?",
        ),
        (
            "wftmpl/goapp-latest.spec.templates[7]",
            "`.spec.templates` has no item `7`; there is [0]",
        ),
        (
            "cwft/test-code-def.spec.templates[0].container.command.x",
            "`.spec.templates[0].container.command` has no item `x`; there are [0] to [2]",
        ),
        (
            "wftmpl/goapp-latest.spec.entrypoint.x",
            "`.spec.entrypoint` has nothing below it: it is `main`",
        ),
        (
            "goapp-latest",
            "`goapp-latest` is not KIND/NAME[.path], \
             such as `workflowtemplate/shop.spec.templates[0]`",
        ),
    ] {
        explain(object).is(2, "", &format!("error: {said}\n"));
    }
}

#[test]
fn nothing_is_explained_while_there_are_mistakes() {
    let directory = Directory::with(&[("shop.yaml", MISSPELT)]);
    let ended = directory.run(&["explain", "output", "ns/shop"]);
    ended.is(1, "", &format!("{MISSPELT_IN_FULL}\n1 error\n"));
}
