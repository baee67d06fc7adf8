//! Names, branches, events: slugs, globs, what a Sensor evaluates, how repositories are named, how
//! large objects are split.

use super::Case;
use super::input::{BASE, run};

/// A Builder whose one step takes the tag and a param; `NAMES` is how its builds are named.
const BUILDER: &str = "  params: [{name: q, default: x}]
  steps:
  - name: s
    task:
      template: {container: {image: 'a:1', command: [x], args: ['{{inputs.parameters.image-tag}}', '{{inputs.parameters.q}}']}}
      arguments: {params: [{name: q, value: '{{workflow.parameters.q}}'}]}
";

fn pipeline() -> String {
    run(BUILDER)
        .replace("{name: b}\nspec", "{name: b, buildNameTpl: 'NAMES'}\nspec")
        .replace("tag: latest", "tag: 'TAG'")
        .replace("revision: main", "revision: 'REVISION'")
}

/// A pipeline, with some words replaced, and webhooks behind it.
fn case(words: &[(&str, &str)], webhooks: &str) -> Case {
    let defaults = [
        ("NAMES", "%pipeline%-%code-revision%-%timestamp%"),
        ("TAG", "latest"),
        ("REVISION", "main"),
    ];
    let pipeline = words
        .iter()
        .chain(&defaults)
        .fold(pipeline(), |text, (word, value)| text.replace(word, value));
    Case::new(&[("base.yaml", BASE), ("pipeline.yaml", &pipeline), ("hooks.yaml", webhooks)])
}

fn webhook(name: &str, branches: &str, params: &str) -> String {
    format!(
        "\
---
apiVersion: packs.argoproj.io/v1beta1
kind: Webhook
metadata: {{name: {name}, project: shop}}
spec:
  repo: {{url: github.com/acme/shop}}
  branches: {branches}
  event: {{pipeline: {{name: p}}, params: {{{params}}}}}
"
    )
}

const NONE: Vec<String> = Vec::new();

#[test]
fn code_e_a_static_tag_is_that_of_an_event() {
    let out = case(&[("TAG", "%code-branch%"), ("REVISION", "фича")], &webhook("h", "[фича]", ""));
    let out = out.render();
    assert!(out.contains("value: x-5dfee"), "{out}");
    assert!(out.contains("sha1sum $t | trunc 5"), "{out}");
}

#[test]
fn tag_empty_is_never() {
    let out = case(&[("TAG", "%code-branch%"), ("REVISION", "日本")], "").render();
    assert!(out.contains("name: image-tag\n      value: x-"), "{out}");
}

#[test]
fn tag_too_long() {
    let case = case(&[("TAG", "%code-branch%-%code-revision%-x")], "");
    assert_eq!(case.codes(), ["AP312 pipeline.yaml:18:8"]);
}

#[test]
fn code_c_events_braces_events_injection() {
    for tag in ["{{workflow.name}}", "{{ .Input.body.head_commit.message }}", "{{ env \"HOME\" }}"]
    {
        let hook = webhook("h", "[main]", &format!("q: 'on %code-branch% {tag}'"));
        let codes = case(&[], &hook).codes();
        assert_eq!(codes.len(), 1, "{codes:?}");
        assert!(codes[0].ends_with("hooks.yaml:8:62"), "{codes:?}");
    }
}

#[test]
fn code_f_github_has_owner_and_name() {
    let hook = webhook("h", "[main]", "").replace("acme/shop", "x/acme/shop");
    assert_eq!(case(&[], &hook).codes(), ["AP108 hooks.yaml:6:15"]);
}

#[test]
fn code_f_account_prefix_parts_are_compared_whole() {
    let account = "\
---
apiVersion: packs.argoproj.io/v1beta1
kind: RepositoryAccount
metadata: {name: own, project: shop}
spec: {url: 'https://git.acme.example/scm', provider: github, credentials: {secretFrom: {name: c}}}
";
    let hook = |path: &str| {
        let task = "event: {task: {taskRef: slack-message}}";
        let hook =
            webhook("h", "[main]", "").replace("event: {pipeline: {name: p}, params: {}}", task);
        hook.replace("github.com/acme/shop", &format!("git.acme.example/{path}")) + account
    };
    assert_eq!(case(&[], &hook("scm/owner/name")).codes(), NONE);
    assert_eq!(case(&[], &hook("scmx/owner/name")).codes(), ["AP201 hooks.yaml:6:15"]);
}

#[test]
fn code_g_patterns_disjoint() {
    let hooks = webhook("a", "['release/*']", "") + &webhook("b", "['hotfix/*']", "");
    assert_eq!(case(&[], &hooks).codes(), NONE);
    let hooks = webhook("a", "['release/*']", "") + &webhook("b", "['**']", "");
    assert_eq!(case(&[], &hooks).codes(), ["AP501 hooks.yaml:12:18"]);
}

#[test]
fn code_h_globs_that_match_nothing() {
    let hook = webhook("h", "['release/[0-9]*', '!main', 'refs/heads/main', 'a b', 'x..y']", "");
    let places = ["23", "42", "62", "69"].map(|column| format!("AP108 hooks.yaml:7:{column}"));
    assert_eq!(case(&[], &hook).codes(), places);
}

#[test]
fn branch_ref_never_fires() {
    let (_, out, _) =
        case(&[], &webhook("h", "[refs/heads/main]", "")).run(&["validate", "--format", "json"]);
    assert!(
        out.contains(r#""replacement": "main""#) || out.contains(r#""replacement":"main""#),
        "{out}"
    );
}

#[test]
fn branch_negation_excludes() {
    let out = case(&[], &webhook("h", "['**', '!dependabot/**']", "")).render();
    assert!(
        out.contains("comparator: '!='\n        value:\n        - ^refs/heads/(?:dependabot/.*)$"),
        "{out}"
    );
    assert_eq!(case(&[], &webhook("h", "['!main']", "")).codes(), ["AP108 hooks.yaml:7:14"]);
}

#[test]
fn names_of_one_second_differ() {
    let names = ["feature/a_b", "feature-a-b", "Feature-a-b"].map(|branch| {
        let (_, out, _) =
            case(&[], "").run(&["build", "p", "--revision", branch, "--timestamp", "5"]);
        out.lines().find_map(|line| line.strip_prefix("  name: ")).unwrap().to_owned()
    });
    assert_eq!(names[1], "p-feature-a-b-5");
    assert!(names[0] != names[1] && names[0] != names[2] && names[1] != names[2], "{names:?}");
}

/// Two branches that begin alike are cut to names that differ.
#[test]
fn names_of_one_second_with_long_branches() {
    let names = ["react-18.2.0", "redux-4.1.0"].map(|package| {
        let branch = format!("dependabot/npm_and_yarn/frontend/packages/web/{package}");
        let (_, out, _) =
            case(&[], "").run(&["build", "p", "--revision", &branch, "--timestamp", "5"]);
        out.lines().find_map(|line| line.strip_prefix("  name: ")).unwrap().to_owned()
    });
    assert_ne!(names[0], names[1]);
    assert!(names.iter().all(|name| name.len() <= 63 && name.ends_with("-5")), "{names:?}");
}

const TASK: &str = "task: {taskRef: slack-message}";

#[test]
fn same_webhook_meets() {
    let hook = webhook("h", "[main]", "").replace("event: {", &format!("event: {{{TASK}, "));
    let names = "h-slack-message-%code-short-commit%-%timestamp%";
    assert_eq!(case(&[("NAMES", names)], &hook).codes(), ["AP501 hooks.yaml:4:18"]);
    assert_eq!(case(&[], &hook).codes(), NONE);
}

#[test]
fn trigger_names_meet() {
    let of_task = webhook("h", "[main]", "").replace("pipeline: {name: p}, params: {}", TASK);
    let other = webhook("h-slack-message", "[main]", "");
    assert_eq!(case(&[], &(of_task + &other)).codes(), ["AP203 hooks.yaml:12:18"]);
}

/// An account is split into parts; another account has the name that the second part would have.
#[test]
fn split_eventsource_meets() {
    let account = |name: &str| {
        format!(
            "---\napiVersion: packs.argoproj.io/v1beta1\nkind: RepositoryAccount\nmetadata: {{name: {name}}}\n\
             spec: {{url: {name}.example, provider: github, credentials: {{secretFrom: {{name: k}}}}}}\n"
        )
    };
    let hook = |at: usize, account: &str| {
        let repo = format!("{account}.example/organisation/a-repository-with-a-long-name-{at}");
        let hook = webhook(&format!("w{at}"), "[main]", "");
        hook.replace("github.com/acme/shop", &repo).replace("pipeline: {name: p}, params: {}", TASK)
    };
    let mut hooks: String = (1..1800).map(|at| hook(at, "acme")).collect();
    hooks += &(hook(0, "acme-1") + &account("acme") + &account("acme-1"));
    let (_, out, err) = case(&[], &hooks).run(&["render", ".", "--only", "EventSource"]);
    let names = out.split("kind: EventSource\nmetadata:\n  name: ").skip(1);
    let mut names: Vec<&str> = names.map(|text| text.lines().next().unwrap()).collect();
    let count = names.len();
    names.sort_unstable();
    names.dedup();
    assert!(count >= 3 && names.len() == count, "{count} {names:?} {err}");
}

#[test]
fn webhook_digit_webhook_word() {
    for name in ["2048-game", "in", "first"] {
        let codes = case(&[], &webhook(name, "[main]", "")).codes();
        assert_eq!(codes.len(), 1, "{name}: {codes:?}");
        assert!(codes[0].ends_with("hooks.yaml:4:18"), "{name}: {codes:?}");
    }
}

/// Webhooks of a project of their own, each as large as its branches.
fn large(names: &[&str], branches: usize) -> String {
    let list: Vec<String> =
        (0..branches).map(|at| format!("release/this-is-a-long-branch-name-{at:05}")).collect();
    names
        .iter()
        .map(|name| {
            webhook(name, &format!("[{}]", list.join(", ")), "")
                .replace("acme/shop", &format!("acme/{name}"))
                .replace("pipeline: {name: p}, params: {}", "task: {taskRef: slack-message}")
        })
        .collect()
}

/// The names of the Sensors that are rendered.
fn sensors(case: &Case) -> Vec<String> {
    let (_, out, err) = case.run(&["render", ".", "--only", "Sensor"]);
    assert_eq!(err, "");
    let names = out.split("kind: Sensor\nmetadata:\n  name: ").skip(1);
    names.map(|text| text.lines().next().unwrap().to_owned()).collect()
}

#[test]
fn oversize_sensor_two_large_webhooks_are_split() {
    assert_eq!(sensors(&case(&[], &large(&["a", "b7"], 900))).len(), 2);
}

#[test]
fn code_o_split_sensor_meets() {
    let other = "\
---
apiVersion: packs.argoproj.io/v1beta1
kind: Project
metadata: {name: shop-1}
spec: {namespace: shop}
";
    let own = "kind: Project\nmetadata: {name: shop}";
    let base = BASE.replace(own, &format!("{own}\nspec: {{namespace: shop}}"));
    let last = large(&["c"], 1).replace("project: shop", "project: shop-1");
    let hooks = large(&["a", "b7"], 900) + &last + other;
    let names = sensors(&Case::new(&[("base.yaml", &base), ("hooks.yaml", &hooks)]));
    assert_eq!(names.len(), 3, "{names:?}");
    assert_eq!(names.iter().filter(|name| *name == "shop-1").count(), 1, "{names:?}");
}

#[test]
fn split_sensor_long() {
    let long = "p".repeat(63);
    let base = BASE.replace("metadata: {name: shop}", &format!("metadata: {{name: {long}}}"));
    let hooks = large(&["a", "b7"], 900).replace("project: shop", &format!("project: {long}"));
    let names = sensors(&Case::new(&[("base.yaml", &base), ("hooks.yaml", &hooks)]));
    assert_eq!(names.len(), 2);
    assert!(names.iter().all(|name| name.len() <= 63), "{names:?}");
}

#[test]
fn truncated_meets_no_more() {
    let second = pipeline()
        .replace("name: b,", "name: c,")
        .replace("NAMES", "%code-branch%-%timestamp%")
        .replace("name: p,", "name: q,")
        .replace("{name: b}", "{name: c}")
        .replace("TAG", "latest")
        .replace("REVISION", "main");
    let hooks =
        webhook("a", "['**']", "") + &webhook("b", "['**']", "").replace("{name: p}", "{name: q}");
    let case = case(&[("NAMES", "x-%code-branch%-%timestamp%")], &(hooks + "---\n" + &second));
    assert_eq!(case.codes(), NONE);
}
