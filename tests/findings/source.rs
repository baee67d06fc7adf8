//! What is read, and where it stands: files, documents, scalars.

use super::Case;
use super::input::{BASE, definition, task};

const TASK: &str = "\
apiVersion: packs.argoproj.io/v1beta1
kind: Task
metadata: {name: t}
spec:
";

/// The findings of a Task with a script whose text is written like this.
fn script(source: &str) -> Vec<String> {
    let text = format!(
        "{TASK}  template:\n    script:\n      image: alpine:3.22\n      command: [sh]\n      source: {source}\n"
    );
    Case::new(&[("base.yaml", BASE), ("task.yaml", &text)]).codes()
}

#[test]
fn script_wrong_line() {
    let block = "|\n        # {{workflow.name}}\n        echo é {{workflow.nmae}}\n";
    assert_eq!(script(block), ["AP407 task.yaml:11:18"]);
    let folded = ">-\n        first\n        line\n\n          echo {{workflow.nmae}}\n";
    assert_eq!(script(folded), ["AP407 task.yaml:13:18"]);
    assert_eq!(script(r#""\techo \"{{workflow.nmae}}\"""#), ["AP407 task.yaml:9:27"]);
    assert_eq!(script("'it''s\n        {{workflow.nmae}}'"), ["AP407 task.yaml:10:11"]);
    assert_eq!(script("echo\n        {{workflow.nmae}} x"), ["AP407 task.yaml:10:11"]);
}

#[test]
fn script_wrong_line_in_an_alias_is_that_of_the_anchor() {
    let text = format!(
        "{TASK}  description: &d 'see {{{{workflow.nmae}}}}'\n  template:\n    script:\n      image: alpine:3.22\n      command: [sh]\n      source: *d\n"
    );
    let case = Case::new(&[("base.yaml", BASE), ("task.yaml", &text)]);
    assert_eq!(case.codes(), ["AP407 task.yaml:5:26"]);
}

/// A Registry with a mistake in line 4, column 8.
const MISTAKEN: &str = "\
apiVersion: packs.argoproj.io/v1beta1
kind: Registry
metadata: {name: other}
spec: {nope: 1, url: other.acme.example}
";

#[test]
fn unrelated_files() {
    let case = Case::new(&[
        ("base.yaml", BASE),
        (
            "chart/templates/deployment.yaml",
            "{{- if .Values.enabled }}\napiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: {{ include \"x.name\" . }}\n{{- end }}\n",
        ),
        ("ci/duplicates.yaml", "env: prod\nenv: dev\n"),
        ("ci/tags.yml", "Properties: !Ref Name\nlist: !reference [a, b]\n"),
        ("ci/cookiecutter.yml", "a: {{ b }}\n"),
        ("tsconfig.json", "{\n  // comment\n  \"compilerOptions\": {\"a\": 1,},\n}\n"),
        ("tekton.yaml", "apiVersion: tekton.dev/v1\nkind: Pipeline\nmetadata: {name: x}\n"),
        ("argocd.yaml", "apiVersion: argoproj.io/v1beta1\nkind: ArgoCD\nmetadata: {name: x}\n"),
        ("kubeconfig.yaml", "apiVersion: v1\nkind: Config\nclusters: []\n"),
        ("drone.yml", "kind: pipeline\ntype: docker\n"),
    ]);
    assert_eq!(case.findings(), Vec::<String>::new());
    let (status, out, err) = case.run(&["validate", "--strict", "."]);
    assert_eq!((status, &*out, &*err), (0, "", "3 definitions, no mistakes\n"));
}

#[test]
fn unrelated_files_that_say_that_they_are_ours() {
    let codes = |text: &str| Case::new(&[("base.yaml", BASE), ("b.yaml", text)]).codes();
    assert_eq!(
        codes(&format!("{{{{- if .x }}}}\n{MISTAKEN}{{{{- end }}}}\n")),
        ["AP001 b.yaml:1:3"]
    );
    assert_eq!(codes(&format!("{MISTAKEN}x: 'a\n")), ["AP001 b.yaml:5:4"]);
    // Beside a definition, a broken document is one as well.
    assert_eq!(codes(&format!("{MISTAKEN}---\na: [\n")), ["AP103 b.yaml:4:8", "AP001 b.yaml:6:4"]);
}

#[test]
fn k8s_list_ignored() {
    let item = MISTAKEN.replace('\n', "\n  ");
    let list = format!("apiVersion: v1\nkind: List\nitems:\n- {}\n", item.trim_end());
    assert_eq!(Case::new(&[("l.yaml", &list)]).codes(), ["AP103 l.yaml:7:10"]);
    let json = r#"{"kind": "List", "apiVersion": "v1", "items": [{"apiVersion": "packs.argoproj.io/v1beta1",
        "kind": "Registry", "metadata": {"name": "x"}, "spec": {"nope": 1, "url": "h"}}]}"#;
    assert_eq!(Case::new(&[("l.json", json)]).codes(), ["AP103 l.json:2:65"]);
    // An item that breaks off does not hide what is wrong with those before it.
    let broken = format!("{list}- apiVersion: packs.argoproj.io/v1beta1\n  kind: 'Task\n");
    assert_eq!(
        Case::new(&[("l.yaml", &broken)]).codes(),
        ["AP103 l.yaml:7:10", "AP001 l.yaml:9:9"]
    );
}

#[test]
fn yaml_list_ignored_root_list() {
    let list = format!("- {}\n", MISTAKEN.replace('\n', "\n  ").trim_end());
    let case = Case::new(&[("l.yaml", &list)]);
    assert_eq!(case.codes(), ["AP011 l.yaml:1:1", "AP103 l.yaml:4:10"]);
}

#[test]
fn uppercase_ext() {
    for name in ["a.YAML", "a.Yml", "a.JSON"] {
        assert_eq!(Case::new(&[(name, MISTAKEN)]).codes(), [format!("AP103 {name}:4:8")]);
    }
}

#[test]
fn alias_bombs() {
    let bomb = "\
a: &a [x,x,x,x,x,x,x,x,x,x]
b: &b [*a,*a,*a,*a,*a,*a,*a,*a,*a,*a]
c: &c [*b,*b,*b,*b,*b,*b,*b,*b,*b,*b]
d: &d [*c,*c,*c,*c,*c,*c,*c,*c,*c,*c]
e: [*d,*d,*d,*d,*d,*d]
";
    let head = "apiVersion: packs.argoproj.io/v1beta1\nkind: Project\nmetadata: {name: p}\n";
    let files = format!("---\n{head}{bomb}").repeat(200);
    let case = Case::new(&[("all.yaml", &files)]);
    let codes = case.codes();
    assert!(codes.iter().any(|code| code.starts_with("AP007")), "{codes:?}");
    assert_eq!(codes, case.codes());
}

#[test]
fn alias_to_itself() {
    let text = "apiVersion: packs.argoproj.io/v1beta1\nkind: Project\nmetadata: {name: shop, labels: &l {a: *l, b: c}}\n";
    assert_eq!(Case::new(&[("all.yaml", text)]).codes(), ["AP001 all.yaml:3:39"]);
}

#[test]
fn yaml_tags() {
    let annotated = |value: &str| {
        let head = "apiVersion: packs.argoproj.io/v1beta1\nkind: Project\n";
        let text = format!("{head}metadata: {{name: shop, annotations: {{a: {value}}}}}\n");
        Case::new(&[("all.yaml", &text)])
    };
    for (value, read) in [
        ("!!binary aGVsbG8=", "a: hello\n"),
        ("!!str 12", "a: '12'\n"),
        ("!!str", "a: ''\n"),
        ("!<tag:yaml.org,2002:str> yes", "a: 'yes'\n"),
    ] {
        let rendered = annotated(value).render();
        assert!(rendered.contains(read), "{value}: {rendered}");
    }
    assert_eq!(annotated("!!binary a").codes(), ["AP010 all.yaml:3:50"]);
    assert_eq!(annotated("!!int twelve").codes(), ["AP010 all.yaml:3:47"]);
    assert_eq!(annotated("!env HOME").codes(), ["AP010 all.yaml:3:41"]);
    assert_eq!(annotated("!!int '12'").codes(), ["AP105 all.yaml:3:47"]);
}

#[test]
fn json_del() {
    let text = "{\"apiVersion\":\"packs.argoproj.io/v1beta1\",\"kind\":\"Project\",\"metadata\":{\"name\":\"r\",\"annotations\":{\"a\":\"x\u{7f}\u{9f}\u{ffff}y\",\"b\":1}}}";
    assert_eq!(Case::new(&[("a.json", text)]).codes(), ["AP105 a.json:1:114"]);
    let yaml = "apiVersion: packs.argoproj.io/v1beta1\nkind: Project\nmetadata: {name: r, annotations: {a: x\u{7f}}}\n";
    let findings = Case::new(&[("a.yaml", yaml)]).findings();
    assert!(findings[0].starts_with("a.yaml:3:39: error[AP001]"), "{findings:?}");
    assert!(findings[0].contains("U+007F"), "{findings:?}");
}

#[test]
fn validator_json_surrogate() {
    let text = r#"{"apiVersion":"packs.argoproj.io/v1beta1","kind":"Project","metadata":{"name":"r","annotations":{"a":"\ud83d\ude00","b":1}}}"#;
    assert_eq!(Case::new(&[("a.json", text)]).codes(), ["AP105 a.json:1:121"]);
}

#[test]
fn apiversion_slips() {
    let registry = |head: &str, name: &str| {
        format!("{head}\nmetadata: {{name: {name}}}\nspec: {{nope: 1, url: h}}\n")
    };
    let text = [
        registry("apiVersion: v1beta1\nkind: Registry", "a"),
        registry("apiVersion:\nkind: Registry", "b"),
        registry("apiversion: packs.argoproj.io/v1beta1\nKind: Registry", "c"),
        registry("apiVersion: pack.argoproj.io/v1beta1\nkind: Registry", "d"),
        registry("apiVersion: packs.argoproj.io/v1beta1\nkind: Registry", "e"),
    ]
    .join("---\n");
    assert_eq!(
        Case::new(&[("all.yaml", &text)]).codes(),
        [
            "AP102 all.yaml:1:13",
            "AP103 all.yaml:4:8",
            "AP104 all.yaml:7:7",
            "AP103 all.yaml:11:1",
            "AP103 all.yaml:12:1",
            "AP103 all.yaml:14:8",
            "AP102 all.yaml:16:13",
            "AP103 all.yaml:19:8",
            "AP103 all.yaml:24:8",
        ]
    );
}

#[test]
fn hundred_slips() {
    let head = "apiVersion: packs.argoproj.io/v1beta1\nkind: Config\nspec:\n  values:\n";
    let lines = |count: usize| "    - abcdefgh\n".repeat(count);
    let slips = ["    - {{x}} y\n", "   - abc\n", "    - @x\n"];
    let slips: String = slips.map(|slip| lines(700) + slip).concat();
    let text = format!("{head}{}", slips.repeat(33));
    let codes = Case::new(&[("all.yaml", &text)]).codes();
    assert_eq!(codes.len(), 99, "{codes:?}");
    for (at, code) in codes.iter().enumerate() {
        let (rule, column) = [("AP005", 7), ("AP004", 4), ("AP005", 7)][at % 3];
        assert_eq!(*code, format!("{rule} all.yaml:{}:{column}", 4 + 701 * (at + 1)));
    }
}

#[test]
fn v() {
    let text = format!(
        "{BASE}---\napiVersion: packs.argoproj.io/v1beta1\nkind: Webhook\nmetadata: {{name: w, project: shop}}\nspec:\n  repo:\n    url: github.com/acme/shop\n    revision: main\n      depth: 010\n  event:\n    task: {{taskRef: slack-message}}\n"
    );
    assert_eq!(Case::new(&[("all.yaml", &text)]).codes(), ["AP004 all.yaml:22:7"]);
}

#[test]
fn latin1_cascade() {
    let case = Case::new(&[]);
    case.write("base.yaml", BASE.as_bytes());
    case.write("other.yaml", &[b"# caf\xe9\n", MISTAKEN.as_bytes()].concat());
    case.write("theirs.yaml", b"name: caf\xe9\n");
    assert_eq!(case.codes(), ["AP008 other.yaml:1:6", "AP103 other.yaml:5:8"]);
}

#[test]
fn a_path_that_is_not_there_is_no_definition() {
    let (status, out, err) = Case::new(&[]).run(&["validate", "nosuch"]);
    assert_eq!((status, &*err), (3, "0 definitions; not everything could be read\n"), "{out}");
}

/// A comment that ignores nothing, since there is no such rule or none that can be ignored.
#[test]
fn unknown_codes_in_ignore_comments() {
    let codes = |codes: &str| {
        let text = format!("# argopacks: ignore[{codes}] reason\n{BASE}");
        Case::new(&[("a.yaml", &text)]).codes()
    };
    assert_eq!(codes("AP999"), ["AP106 a.yaml:1:21"]);
    assert_eq!(codes("AP601, nonsense"), ["AP106 a.yaml:1:28"]);
    assert_eq!(codes("AP201"), ["AP108 a.yaml:1:21"]);
    assert!(codes("AP601,ap702").is_empty());
}

/// The time is for the machine on which tests run beside others: it was 11 s, 8,000 times.
#[test]
fn slow_cases() {
    let start = std::time::Instant::now();
    let tasks =
        (0..2000).map(|at| task(&format!("{{description: d{at}, template: {{suspend: {{}}}}}}")));
    let tasks =
        tasks.enumerate().map(|(at, text)| text.replace("name: t", &format!("name: t{at}")));
    let step = |at: u32| format!("  - {{name: s{at}, task: {{taskRef: u{at}}}}}\n");
    let builder = |name: &str, from: u32| {
        let steps: String = (from..from + 1000).map(step).collect();
        definition("Builder", &format!("{{name: {name}}}"), &format!("  steps:\n{steps}"))
    };
    let builders = [builder("a", 0), builder("b", 1000)].join("---\n");
    let text = tasks.collect::<Vec<_>>().join("---\n") + "---\n" + &builders;
    let codes = Case::new(&[("a.yaml", &text)]).codes();
    assert_eq!(codes.len(), 2002, "every reference, and the number of steps");
    assert!(start.elapsed().as_secs() < 20, "{:?}", start.elapsed());
}

/// Not in the findings: issue 7.
#[test]
fn a_config_leaves_out_files_and_directories() {
    let config = |globs: &str| {
        format!(
            "apiVersion: packs.argoproj.io/v1beta1\nkind: Config\nspec: {{exclude: [{globs}]}}\n"
        )
    };
    let broken = "apiVersion: packs.argoproj.io/v1beta1\nkind: Project\nmetadata: {nam: x}\n";
    let case = |globs: &str| {
        Case::new(&[
            ("base.yaml", BASE),
            ("config.yaml", &config(globs)),
            ("charts/app/a.yaml", broken),
            ("charts/app/b.yaml", &format!("{{{{- if .Values.x }}}}\n{broken}{{{{- end }}}}\n")),
            ("more/old.yaml", broken),
        ])
    };
    assert_eq!(case("charts/, '**/old.yaml'").findings(), Vec::<String>::new());
    assert_eq!(case("charts, 'more/*'").findings(), Vec::<String>::new());
    let codes = case("'charts/**/app', '*.yaml', config.yaml").codes();
    assert_eq!(codes, ["AP103 more/old.yaml:3:12"]);
    let codes = case("charts, more, ../other, /etc, '!base.yaml', 'a***'").codes();
    let at = [32, 42, 48, 62].map(|column| format!("AP108 config.yaml:3:{column}"));
    assert_eq!(codes, at);
}

#[test]
fn nothing_to_validate_is_a_warning() {
    let case = Case::new(&[("theirs.yaml", "a: b\n")]);
    let (status, _, err) = case.run(&["validate", "--strict", "."]);
    assert!(status == 1 && err.starts_with("warning: there is no definition here"), "{err}");
    assert_eq!(case.run(&["validate", "."]).0, 0);
}

#[cfg(unix)]
#[test]
fn links_lead_to_each_file_once() {
    use std::os::unix::fs::symlink;
    let case = Case::new(&[("a/base.yaml", BASE)]);
    let root = case.path();
    symlink(root.join("a"), root.join("b")).unwrap();
    symlink(root.join("a/base.yaml"), root.join("c.yaml")).unwrap();
    symlink(root.join("nowhere"), root.join(".#lock.yaml")).unwrap();
    std::fs::hard_link(root.join("a/base.yaml"), root.join("a/copy.txt")).unwrap();
    assert_eq!(case.findings(), Vec::<String>::new());
    let (status, ..) = case.run(&["validate", "a", "./a", "b/base.yaml", "a/base.yaml"]);
    assert_eq!(status, 0);
    symlink(root, root.join("a/up")).unwrap();
    let (status, out, _) = case.run(&["validate", "."]);
    assert!(status == 3 && out.contains("leads back"), "{out}");
}

#[test]
fn tabs_on_lines_in_a_row_are_one_finding() {
    let text = "apiVersion: packs.argoproj.io/v1beta1\nkind: Project\nmetadata:\n\tname: shop\n\tlabels:\n\t\ta: b\nspec:\n\tcreateNamespace: true\n";
    let case = Case::new(&[("a.yaml", text)]);
    assert_eq!(case.codes(), ["AP002 a.yaml:4:1", "AP002 a.yaml:8:1"]);
    let (_, out, _) = case.run(&["validate", "."]);
    assert!(out.contains("\n6 ~     a: b\n"), "{out}");
}
