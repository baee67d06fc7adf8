use super::fixtures::{MISSPELT, MISSPELT_IN_FULL};
use super::run::{Directory, Ended};

fn explain(topic: &str) -> Ended {
    Directory::example("goapp").run(&["explain", topic])
}

#[test]
fn a_kind() {
    let expected = "\
Project

A namespace's worth of pipelines: service accounts, rights, event bus.

Fields:
  apiVersion  string, required
                  `packs.argoproj.io/v1beta1`.
  kind        string, required
                  `Project`.
  metadata    map, required
                  Name and labels.
  spec        map
                  Where it lives and how its runs are set up.
";
    explain("Project").is(0, expected, "");
    explain("project").is(0, expected, "");
}

#[test]
fn a_field() {
    let expected = "\
Webhook.spec.event.pipeline  (map)

A Pipeline, run on the commit of the event.

Fields:
  name  string, required
            Name of the Pipeline.
";
    explain("Webhook.spec.event.pipeline").is(0, expected, "");
}

#[test]
fn a_field_that_may_be_a_list_and_one_of_whole_numbers() {
    let cron = explain("schedule.spec.cron").stdout;
    assert!(cron.starts_with("Schedule.spec.cron  (cron or list of cron, required)\n"), "{cron}");
    let expected = "\
Schedule.spec.history  (map)

How many runs that ended are kept, whatever the Pipeline's `retention` says.

Fields:
  succeeded  integer
                 Of those that succeeded; default 3.
  failed     integer
                 Of those that failed; default 3.
";
    explain("Schedule.spec.history").is(0, expected, "");
}

#[test]
fn a_field_in_a_list_and_one_of_argo() {
    let ended = explain("Builder.spec.steps[].retry");
    assert!(
        ended.stdout.starts_with("Builder.spec.steps.retry  (integer or Argo's RetryStrategy)\n"),
        "{}",
        ended.stdout
    );
}

#[test]
fn what_is_not_compiled_yet() {
    let ended = explain("Pipeline.spec");
    assert!(
        ended.stdout.contains("\n  onExit       known, not compiled yet\n"),
        "{}",
        ended.stdout
    );
    assert!(explain("Pipeline.spec.onExit").stdout.contains("not compiled yet"));
}

#[test]
fn a_rule_in_any_case() {
    let page = include_str!("../../docs/rules/AP201.md");
    explain("AP201").is(0, page, "");
    explain("ap201").is(0, page, "");
}

#[test]
fn what_is_not_there_is_wrong_usage() {
    explain("Pipline").is(2, "", "error: there is no kind `Pipline`; did you mean `Pipeline`?\n");
    explain("Pipeline.spec.cod").is(
        2,
        "",
        "error: there is no field of Pipeline.spec `cod`; did you mean `code`?\n",
    );
    explain("pipeline/goapp-lates").is(
        2,
        "",
        "error: there is no pipeline `goapp-lates`; did you mean `goapp-latest`?\n",
    );
    explain("project/shop").is(
        2,
        "",
        "error: there is no project `shop`; there are `my-awesome-project`\n",
    );
    assert_eq!(explain("AP999").status, 2);
}

#[test]
fn where_the_values_of_a_pipeline_come_from() {
    let ended = explain("pipeline/goapp-latest");
    assert!(
        ended.stdout.starts_with("Pipeline goapp-latest of project my-awesome-project: WorkflowTemplate my-awesome-project/goapp-latest\n")
    );
    for row in [
        "  Dockerfile       golang                            ← builder.params of the Pipeline\n",
        "  image-url        jcr-registry.toolbox.svc/mygoapp  ← Registry, image\n",
        "\nrelease-prod: ReleaseDef, after test\n",
        "  form                 ← argument of the step  production\n",
        "  Dockerfile           ← builder param\n",
        "  my-awesome-project/repo-creds  username, password  RepositoryAccount github\n",
    ] {
        assert!(ended.stdout.contains(row), "{row}{}", ended.stdout);
    }
    assert_eq!((ended.status, ended.stderr.as_str()), (0, ""));
}

#[test]
fn mistakes_are_told_with_it() {
    let ended = Directory::with(&[("shop.yaml", MISSPELT)]).run(&["explain", "project/shop"]);
    assert_eq!((ended.status, ended.stderr), (1, format!("{MISSPELT_IN_FULL}\n1 error\n")));
    assert!(ended.stdout.starts_with("Project shop: namespace shop\n"));
}
