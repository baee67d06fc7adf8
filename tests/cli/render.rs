use serde_json::json;

use super::fixtures::{BUILD_OF_GOAPP, MISSPELT, MISSPELT_IN_FULL, OWN_PACK, config};
use super::run::Directory;

const KINDS: &str = "`Namespace`, `ServiceAccount`, `Role`, `RoleBinding`, `ConfigMap`, `EventBus`, `ClusterWorkflowTemplate`, `WorkflowTemplate`, `CronWorkflow`, `EventSource`, `Sensor` and `Workflow`";

#[test]
fn prints_the_objects_in_the_order_of_applying_them() {
    let ended = Directory::example("goapp").run(&["render"]);
    let expected = [
        "Namespace",
        "ServiceAccount",
        "ServiceAccount",
        "Role",
        "Role",
        "RoleBinding",
        "RoleBinding",
        "EventBus",
        "ClusterWorkflowTemplate",
        "ClusterWorkflowTemplate",
        "ClusterWorkflowTemplate",
        "ClusterWorkflowTemplate",
        "ClusterWorkflowTemplate",
        "WorkflowTemplate",
        "WorkflowTemplate",
        "EventSource",
        "Sensor",
    ];
    assert_eq!(ended.kinds(), expected);
    assert_eq!((ended.status, ended.stderr.as_str()), (0, ""));
}

#[test]
fn prints_the_same_bytes_wherever_it_is_asked_from() {
    let goapp = Directory::example("goapp");
    let files = ["registry.yaml", "project.yaml", "pipeline.yaml", "builder.yaml", "account.yaml"];
    let backwards = goapp.run(&[&["render"], &files[..]].concat());
    assert_eq!(goapp.run(&["render"]).stdout, backwards.stdout);
    assert_eq!(goapp.run(&["render", ".", "./pipeline.yaml", "."]).stdout, backwards.stdout);
}

#[test]
fn prints_no_manifest_while_there_is_an_error() {
    let directory = Directory::with(&[("shop.yaml", MISSPELT)]);
    directory.run(&["render"]).is(1, "", &format!("{MISSPELT_IN_FULL}\n1 error\n"));
    directory.run(&["render", "-o", "json"]).is(1, "", &format!("{MISSPELT_IN_FULL}\n1 error\n"));
}

#[test]
fn an_empty_directory_has_no_manifests() {
    let empty = Directory::with(&[]);
    let warning = "warning: there is no definition here: nothing with apiVersion packs.argoproj.io/v1beta1 and a kind of it\n";
    empty.run(&["render"]).is(0, "", warning);
    assert_eq!(
        empty.run(&["render", "-o", "json"]).json(),
        json!({ "apiVersion": "v1", "kind": "List", "items": [] })
    );
}

#[test]
fn notes_are_not_told_and_warnings_are() {
    let noted = Directory::with(&[("tasks.yaml", OWN_PACK)]).run(&["render"]);
    assert_eq!(
        (noted.kinds(), noted.stderr.as_str(), noted.status),
        (vec!["ClusterWorkflowTemplate"], "", 0)
    );
    let warned = Directory::with(&[("tasks.yaml", OWN_PACK), ("config.yaml", &config("warning"))])
        .run(&["render"]);
    assert!(
        warned.stderr.starts_with(
            "warning[AP701]: this Task takes the place of the bundled `slack-message`\n"
        )
    );
    assert!(warned.stderr.ends_with("\n1 warning\n"));
    assert_eq!((warned.kinds(), warned.status), (vec!["ClusterWorkflowTemplate"], 0));
}

#[test]
fn only_some_kinds_in_any_case() {
    let ended = Directory::example("goapp").run(&["render", "--only", "sensor,EventBus"]);
    assert_eq!((ended.kinds(), ended.status), (vec!["EventBus", "Sensor"], 0));
    let ended = Directory::example("goapp").run(&["render", "--only", "ConfigMap"]);
    ended.is(0, "", "");
}

#[test]
fn a_kind_that_is_not_emitted_is_wrong_usage() {
    let goapp = Directory::example("goapp");
    goapp.run(&["render", "--only", "Sensr"]).is(
        2,
        "",
        "error: no object of kind `Sensr` is emitted; did you mean `Sensor`?\n",
    );
    let none_near = format!("error: no object of kind `Pod` is emitted; there are {KINDS}\n");
    goapp.run(&["render", "--only", "Pod"]).is(2, "", &none_near);
}

#[test]
fn only_one_project() {
    let goapp = Directory::example("goapp");
    let ended = goapp.run(&["render", "--project", "my-awesome-project"]);
    assert!(!ended.kinds().contains(&"ClusterWorkflowTemplate"));
    assert_eq!((ended.kinds().len(), ended.status), (12, 0));
    let guess = "error: there is no project `my-awesome`; there are `my-awesome-project`\n";
    goapp.run(&["render", "--project", "my-awesome"]).is(2, "", guess);
}

#[test]
fn builds_are_rendered_when_they_are_asked_for() {
    let goapp = Directory::example("goapp");
    goapp.run(&["render", "--only", "Workflow"]).is(0, "", "");
    goapp.run(&["render", "--only", "Workflow", "--builds", "--timestamp", "1589828589"]).is(
        0,
        BUILD_OF_GOAPP,
        "",
    );
}

#[test]
fn json_holds_what_the_yaml_holds() {
    let goapp = Directory::example("goapp");
    let list = goapp.run(&["render", "-o", "json"]).json();
    assert_eq!((&list["apiVersion"], &list["kind"]), (&json!("v1"), &json!("List")));
    let yaml = goapp.run(&["render"]).stdout;
    let documents: Vec<serde_json::Value> =
        yaml.split("\n---\n").map(|document| serde_yaml::from_str(document).unwrap()).collect();
    assert_eq!(list["items"], json!(documents));
}

#[test]
fn a_format_that_does_not_exist_is_wrong_usage() {
    let ended = Directory::example("goapp").run(&["render", "-o", "toml"]);
    assert_eq!((ended.status, ended.stdout.as_str()), (2, ""));
    assert!(ended.stderr.contains("[possible values: yaml, json]"), "{}", ended.stderr);
}
