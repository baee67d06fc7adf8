//! Runs, builds, params and what they need: `../shared/findings`, by the names of the cases.

use super::Case;
use super::input::{BASE, beside_base, run, task};

/// A pipeline `p` of a Builder `b` with steps, and whatever else.
fn case(builder: &str, more: &str) -> Case {
    Case::new(&[("base.yaml", BASE), ("b.yaml", &(run(builder) + more))])
}

const WAITS: &str = "{steps: [{name: s, task: {template: {suspend: {}}}}]}";

/// A Task `t` with a spec, and what it is rendered to.
fn rendered(spec: &str) -> String {
    beside_base(&task(spec)).render()
}

fn build(rest: &str) -> String {
    format!("---\napiVersion: packs.argoproj.io/v1beta1\nkind: Build\n{rest}\n")
}

#[test]
fn builds_one_name() {
    let builds = build("metadata: {pipeline: p, project: shop, name: Run}")
        + &build("metadata: {pipeline: p, project: shop, name: run}");
    assert_eq!(case(WAITS, &builds).codes(), ["AP203 b.yaml:22:46"]);
    let timed = build("metadata: {pipeline: p, project: shop}\nspec: {timestamp: 5}");
    assert_eq!(case(WAITS, &(timed.clone() + &timed)).codes(), ["AP203 b.yaml:23:22"]);
    let untimed = build("metadata: {pipeline: p, project: shop}");
    assert!(case(WAITS, &(untimed.clone() + &untimed)).codes().is_empty());
}

#[test]
fn build_time_negative() {
    let negative = build("metadata: {pipeline: p, project: shop}\nspec: {timestamp: -5}");
    assert_eq!(case(WAITS, &negative).codes(), ["AP108 b.yaml:19:19"]);
}

#[test]
fn long_step() {
    let named =
        |length: usize| WAITS.replace("name: s,", &format!("name: {},", "s".repeat(length)));
    assert_eq!(case(&named(124), "").codes(), ["AP310 b.yaml:4:23"]);
    assert!(case(&named(123), "").codes().is_empty());
}

#[test]
fn param_json() {
    let builder = WAITS.replace("{steps:", "{params: [{name: json, default: x}], steps:");
    assert!(case(&builder, "").codes().contains(&"AP311 b.yaml:4:24".to_owned()));
}

#[test]
fn builder_param_unused() {
    let with = |steps: &str| format!("{{params: [{{name: q, default: x}}], steps: [{steps}]}}");
    let waits = "{name: s, task: {template: {suspend: {}}}}";
    assert_eq!(case(&with(waits), "").codes(), ["AP306 b.yaml:4:24"]);
    let uses =
        "{name: s, when: '\"{{workflow.parameters.q}}\" == x', task: {template: {suspend: {}}}}";
    let uses = uses.replace("== x", "== \"x\"");
    assert!(case(&with(&uses), "").codes().is_empty());
}

#[test]
fn builder_3000_steps() {
    let steps: Vec<String> = (0..3000)
        .map(|at| format!("{{name: s{at}, task: {{template: {{suspend: {{}}}}}}}}"))
        .collect();
    let codes = case(&format!("{{steps: [{}]}}", steps.join(", ")), "").codes();
    assert_eq!(codes, ["AP007 b.yaml:4:46907"]);
}

/// Not in the findings: the default of a Builder's param names another parameter of the run.
#[test]
fn what_the_value_of_a_param_names_is_declared() {
    let builder = "{params: [{name: q, default: '{{workflow.parameters.revision}}'}], steps: \
                   [{name: s, task: {template: {container: {image: 'a:1', command: [echo], args: \
                   ['{{workflow.parameters.q}}']}}}}]}";
    let out = case(builder, "").render();
    assert!(out.contains("    - name: revision\n      value: main\n"), "{out}");
}

fn webhook(repo: &str) -> String {
    format!(
        "---\napiVersion: packs.argoproj.io/v1beta1\nkind: Webhook\nmetadata: {{name: h, project: shop}}\n\
         spec: {{repo: {repo}, branches: [main], event: {{pipeline: {{name: p}}}}}}\n"
    )
}

#[test]
fn url_and_name() {
    let hook = webhook("{url: github.com/acme/shop, name: other/repo}");
    assert_eq!(case(WAITS, &hook).codes(), ["AP109 b.yaml:19:48"]);
}

#[test]
fn account_no_form() {
    let account = "---\napiVersion: packs.argoproj.io/v1beta1\nkind: RepositoryAccount\nmetadata: {name: 日本}\n\
                   spec: {url: git.acme.example, provider: github, credentials: {secretFrom: {name: c}}}\n";
    let hook = webhook("{url: git.acme.example/acme/shop}")
        .replace("event: {pipeline: {name: p}}", "event: {task: {taskRef: slack-message}}");
    assert_eq!(case(WAITS, &(account.to_owned() + &hook)).codes(), ["AP310 b.yaml:18:18"]);
}

#[test]
fn inputs_null_outputs_null() {
    let out = rendered(
        "{params: [{name: p, default: d}], outputs: [{name: o, path: /o}], template: {inputs: , outputs: , \
         container: {image: 'a:1', command: [x], args: ['{{inputs.parameters.p}}']}}}",
    );
    assert!(out.contains("    inputs:\n      parameters:\n      - name: p\n"), "{out}");
    assert!(out.contains("    outputs:\n      parameters:\n      - name: o\n"), "{out}");
}

#[test]
fn mounts_null() {
    let out = rendered(
        "{workspace: {mountPath: /w}, template: {container: {image: 'a:1', command: [x], volumeMounts: }}}",
    );
    assert_eq!(out.matches("volumeMounts:").count(), 1, "{out}");
    assert!(out.contains("mountPath: /w"), "{out}");
}

#[test]
fn secrets_not_listed() {
    let task = "\
---
apiVersion: packs.argoproj.io/v1beta1
kind: Task
metadata: {name: tracked}
spec:
  template:
    container:
      image: a:1
      command: [env]
      env: [{name: TOKEN, valueFrom: {secretKeyRef: {name: tracker, key: token, optional: true}}}]
      envFrom: [{secretRef: {name: everything}}]
";
    let steps = "{steps: [{name: s, task: {taskRef: tracked}}]}";
    let (_, out, _) = case(steps, task).run(&["explain", "project/shop", "."]);
    let listed = out.split_once("Secrets that must exist\n").unwrap().1;
    let expected = "  shop/everything  all keys  Task tracked\n  shop/tracker     token     Task tracked (optional)\n";
    assert_eq!(listed, expected);
}

/// Secrets of pulls and of bundled packs as well, and none that no step of the project uses.
#[test]
fn secrets_not_listed_of_pulls_and_packs() {
    let project = "spec: {defaults: {imagePullSecrets: [{name: pull-me}]}}\n---";
    let base = BASE.replacen("---", project, 1);
    let listed = |step: &str| {
        let text = run(&format!("{{steps: [{{name: s, task: {{{step}}}}}]}}"));
        let case = Case::new(&[("base.yaml", &base), ("b.yaml", &text)]);
        let (_, out, _) = case.run(&["explain", "project/shop", "."]);
        out.split_once("Secrets that must exist\n").unwrap().1.to_owned()
    };
    let pulls = "  shop/pull-me  .dockerconfigjson  images\n";
    assert_eq!(listed("template: {suspend: {}}"), pulls);
    let both = "  shop/pull-me        .dockerconfigjson  images\n  \
                shop/slack-webhook  url                Task slack-message (optional)\n";
    assert_eq!(listed("taskRef: slack-message"), both);
    let mounted = "template: {volumes: [{name: v, secret: {secretName: mounted}}], container: {image: 'a:1', \
                   command: [x], volumeMounts: [{name: v, mountPath: /v}]}}";
    assert!(listed(mounted).starts_with("  shop/mounted  all keys"), "{}", listed(mounted));
}

/// Item 7 of the rebuilding: what is incomplete is checked as far as it can be.
#[test]
fn an_incomplete_definition_is_checked_with_the_others() {
    let builder = "{stepz: 1, steps: [{name: s, task: {taskRef: nowhere}}]}";
    assert_eq!(case(builder, "").codes(), ["AP103 b.yaml:4:8", "AP201 b.yaml:4:52"]);
    let task = "---\napiVersion: packs.argoproj.io/v1beta1\nkind: Task\nmetadata: {name: t}\n\
                spec: {deprecate: x, template: {container: {image: 'a:1', command: [x], args: ['{{workflow.nope}}']}}}\n";
    assert_eq!(case(WAITS, task).codes(), ["AP103 b.yaml:19:8", "AP407 b.yaml:19:83"]);
}
