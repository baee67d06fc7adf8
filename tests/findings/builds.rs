//! Builds, those of definitions and those of the command line.

use super::Case;
use super::input::{beside_base, definition, documents, run};

const WAITS: &str = "{steps: [{name: s, task: {template: {suspend: {}}}}]}";

/// A pipeline `p` with builds, whose metadata begin on line 18, 22 and so on.
fn builds(names: &str, metadata: &[&str]) -> Case {
    let named = format!("metadata: {{name: b, buildNameTpl: '{names}'}}");
    let run = run(WAITS).replace("metadata: {name: b}", &named);
    let build =
        |rest: &&str| definition("Build", &format!("{{pipeline: p, project: shop{rest}}}"), "{}");
    let builds: Vec<String> = metadata.iter().map(build).collect();
    let texts: Vec<&str> = std::iter::once(&run).chain(&builds).map(String::as_str).collect();
    beside_base(&documents(&texts))
}

const NAMES: &str = "%pipeline%-%timestamp%";

#[test]
fn code_i_names_of_builds() {
    let metadata = [", name: '___'", ", name: same", ", name: Same", ", name: same"];
    let codes = builds(NAMES, &metadata).codes();
    assert_eq!(codes, ["AP310 a.yaml:18:46", "AP203 a.yaml:28:46", "AP203 a.yaml:33:46"]);
}

#[test]
fn build_name_empty() {
    assert_eq!(builds(NAMES, &[", name: '---'"]).codes(), ["AP310 a.yaml:18:46"]);
}

#[test]
fn build_commit() {
    let case = builds("b-%code-short-commit%", &[""]);
    assert_eq!(case.codes(), ["AP309 a.yaml:18:22"]);
}

#[test]
fn validate_misses_build_name() {
    let case = builds("%pipeline%-%code-commit%", &[""]);
    let (status, out, _) = case.run(&["validate", "."]);
    assert!(
        status == 1 && out.contains("error[AP309]: `%code-commit%` is not known here"),
        "{out}"
    );
    let (status, _, err) = case.run(&["render", "--builds", "."]);
    assert!(status == 1 && err.contains("error[AP309]"), "{err}");
}

/// How `argopacks build p` ends, and what it complains of.
fn build(arguments: &[&str]) -> (i32, String) {
    let params = "{params: [{name: q, default: x}], steps: [{name: s, task: {template: {container: \
                  {image: 'a:1', command: [x], args: ['{{workflow.parameters.q}}']}}}}]}";
    let case = beside_base(&run(params));
    let (status, _, err) = case.run(&[&["build", "p", "."], arguments].concat());
    (status, err)
}

#[test]
fn build_of_a_revision_that_is_none() {
    for revision in ["", "a b", "x..y", "a.lock", "{{workflow.name}}"] {
        let (status, err) = build(&["--revision", revision]);
        assert!(status == 2 && err.contains("a name that git allows"), "{revision}: {err}");
    }
    assert_eq!(build(&["--revision=-x"]).0, 2);
    assert_eq!(build(&["--revision", "feature/x"]), (0, String::new()));
}

#[test]
fn build_with_a_param_twice() {
    let (status, err) = build(&["-p", "q=1", "-p", "q=2"]);
    assert_eq!((status, &*err), (2, "error: the param `q` is given twice\n"));
}

/// What is wrong stands on the command line, and nothing of the definitions is underlined.
#[test]
fn build_with_a_wrong_param() {
    let (status, err) = build(&["-p", "r=1"]);
    assert!(status == 1 && err.starts_with("error[AP302]: nothing in pipeline `p` uses"), "{err}");
    assert!(err.contains("help: it has `q`") && !err.contains("a.yaml"), "{err}");
}

#[test]
fn build_at_a_time_that_is_none() {
    let case = beside_base(&run(WAITS));
    let mut command = assert_cmd::Command::cargo_bin("argopacks").unwrap();
    let command = command.current_dir(case.path()).env("SOURCE_DATE_EPOCH", "abc");
    let output = command.args(["build", "p"]).output().unwrap();
    let err = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(2), "{err}");
    assert!(err.starts_with("error: SOURCE_DATE_EPOCH is `abc`"), "{err}");
}

#[test]
fn pinned_param_dropped() {
    let steps = |more: &str| {
        let step = "{name: s, task: {template: {container: {image: 'a:1', command: [x], args: \
                    ['{{inputs.parameters.form}}']}}, arguments: {params: [{name: form, value: debug}]}}}";
        let run = run(&format!("{{steps: [{step}]}}"));
        beside_base(&run.replace("builder: {name: b}", &format!("builder: {{name: b{more}}}")))
    };
    let case = steps(", params: {form: production}");
    assert_eq!(case.codes(), ["AP302 a.yaml:13:31"]);
    assert!(case.findings()[0].contains("step `s` gives `form` a value of its own"));
    let (status, _, err) = steps("").run(&["build", "p", ".", "-p", "form=production"]);
    assert!(status == 1 && err.contains("error[AP302]: nothing in pipeline `p` uses"), "{err}");
}
