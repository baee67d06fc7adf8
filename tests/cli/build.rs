use super::fixtures::{BUILD_OF_GOAPP, MISSPELT, MISSPELT_IN_FULL};
use super::run::{Directory, Ended};

const TIME: [&str; 2] = ["--timestamp", "1589828589"];

fn build(example: &str, args: &[&str]) -> Ended {
    Directory::example(example).run(&[&["build"], args, &TIME].concat())
}

#[test]
fn by_name_or_by_project_and_name() {
    build("goapp", &["goapp-latest"]).is(0, BUILD_OF_GOAPP, "");
    build("goapp", &["my-awesome-project/goapp-latest"]).is(0, BUILD_OF_GOAPP, "");
}

#[test]
fn what_is_asked_for_becomes_arguments() {
    let ended = build(
        "goapp",
        &[
            "goapp-latest",
            "--revision",
            "feature/Login",
            "--tag",
            "v1",
            "-p",
            "Dockerfile=docker/go",
        ],
    );
    let expected = BUILD_OF_GOAPP
        .replace("goapp-master", "goapp-feature-login-8c5be")
        .replace("revision: master", "revision: feature-login")
        + "  arguments:
    parameters:
    - name: revision
      value: feature/Login
    - name: branch
      value: feature/Login
    - name: image-tag
      value: v1
    - name: Dockerfile
      value: docker/go
";
    ended.is(0, &expected, "");
}

#[test]
fn the_time_is_that_of_the_environment_unless_it_is_given() {
    let goapp = Directory::example("goapp");
    let ended =
        Ended::of(goapp.command(&["build", "goapp-latest"]).env("SOURCE_DATE_EPOCH", "1589828589"));
    ended.is(0, BUILD_OF_GOAPP, "");
    let ended = Ended::of(
        goapp.command(&["build", "goapp-latest", "--timestamp", "5"]).env("SOURCE_DATE_EPOCH", "7"),
    );
    ended.is(0, &BUILD_OF_GOAPP.replace("1589828589", "5"), "");
}

#[test]
fn without_a_time_it_is_now() {
    let now = |ended: Ended| -> u64 {
        let name = ended
            .stdout
            .lines()
            .find_map(|line| line.strip_prefix("  name: goapp-master-"))
            .unwrap();
        name.parse().unwrap()
    };
    assert!(now(Directory::example("goapp").run(&["build", "goapp-latest"])) > 1_589_828_589);
}

#[test]
fn json_is_the_one_workflow() {
    let workflow = build("goapp", &["goapp-latest", "-o", "json"]).json();
    let yaml: serde_json::Value = serde_yaml::from_str(BUILD_OF_GOAPP).unwrap();
    assert_eq!(workflow, yaml);
}

#[test]
fn a_pipeline_that_is_not_there_is_wrong_usage() {
    build("goapp", &["goapp-lates"]).is(
        2,
        "",
        "error: there is no pipeline `goapp-lates`; did you mean `goapp-latest`?\n",
    );
    build("own-tasks", &["checkout"]).is(
        2,
        "",
        "error: there is no pipeline `checkout`; there are `cart` and `search`\n",
    );
}

#[test]
fn a_name_that_several_projects_have_is_wrong_usage() {
    let second = MISSPELT
        .replace("habor", "harbor")
        .replace("  name: shop\n", "  name: mall\n")
        .replace("project: shop", "project: mall");
    let second = second
        .split("---\n")
        .filter(|document| document.contains("mall"))
        .collect::<Vec<_>>()
        .join("---\n");
    let directory = Directory::with(&[
        ("shop.yaml", &MISSPELT.replace("habor", "harbor")),
        ("mall.yaml", &second),
    ]);
    let ended = directory.run(&["build", "cart"]);
    ended.is(
        2,
        "",
        "error: several projects have a pipeline `cart`; name one of mall/cart, shop/cart\n",
    );
    assert_eq!(directory.run(&["build", "mall/cart"]).status, 0);
}

#[test]
fn values_are_checked() {
    let ended = build("goapp", &["goapp-latest", "-p", "repo=elsewhere", "-p", "colour=red"]);
    assert_eq!((ended.status, ended.stdout.as_str()), (1, ""));
    assert!(ended.stderr.contains("error[AP302]: `repo` is a build parameter"), "{}", ended.stderr);
    assert!(
        ended
            .stderr
            .contains("error[AP302]: nothing in pipeline `goapp-latest` uses a parameter `colour`"),
        "{}",
        ended.stderr
    );
    let ended = build("own-tasks", &["search", "-p", "colour=pink", "--tag", "v1"]);
    assert!(ended.stderr.contains("error[AP305]: `colour` cannot be `pink`"), "{}", ended.stderr);
    assert!(
        ended.stderr.contains("error[AP109]: the tag of pipeline `search` is made in the run"),
        "{}",
        ended.stderr
    );
    assert!(ended.stderr.ends_with("\n2 errors\n"), "{}", ended.stderr);
}

#[test]
fn a_param_without_value_is_wrong_usage() {
    let ended = build("goapp", &["goapp-latest", "-p", "Dockerfile"]);
    assert_eq!((ended.status, ended.stdout.as_str()), (2, ""));
    assert!(ended.stderr.contains("a param is given as NAME=VALUE"), "{}", ended.stderr);
}

#[test]
fn nothing_is_built_while_there_is_an_error() {
    let ended = Directory::with(&[("shop.yaml", MISSPELT)]).run(&["build", "cart"]);
    ended.is(1, "", &format!("{MISSPELT_IN_FULL}\n1 error\n"));
}
