//! Rules that no page can show: what breaks them is too large for one, or is no text.

use std::fmt::Write;

use super::validate;

/// A Project with something in its annotations.
fn project(annotations: &str) -> String {
    format!(
        "\
apiVersion: packs.argoproj.io/v1beta1
kind: Project
metadata:
  name: shop
  annotations:
    acme.example/owner: shop
    acme.example/list: {annotations}
"
    )
}

#[track_caller]
fn assert_gives(definitions: &[u8], code: &str, message: &str) {
    let verdict = validate(definitions);
    assert_eq!(verdict.codes, [code], "{}", verdict.findings);
    assert!(verdict.findings.contains(message), "{}", verdict.findings);
    assert!(!verdict.is_clean);
}

#[test]
fn ap007_nesting_has_an_end() {
    let nested = project(&format!("{}{}", "[".repeat(200), "]".repeat(200)));
    assert_gives(nested.as_bytes(), "AP007", "nested more than 100 deep");
}

#[test]
fn ap007_aliases_have_an_end() {
    let mut lists = String::from(
        "apiVersion: packs.argoproj.io/v1beta1\nkind: Project\nmetadata:\n  name: shop\nspec:\n  l0: &l0 [x]\n",
    );
    for at in 1..10 {
        let aliases = vec![format!("*l{}", at - 1); 10].join(", ");
        writeln!(lists, "  l{at}: &l{at} [{aliases}]").unwrap();
    }
    assert_gives(lists.as_bytes(), "AP007", "aliases repeat more than 100000 values");
}

#[test]
fn ap007_files_have_an_end() {
    let mut large = project("list").into_bytes();
    large.resize(128 * 1024 * 1024 + 1, b'#');
    assert_gives(&large, "AP007", "the file is larger than 128 MiB");
}

#[test]
fn ap007_lists_and_maps_have_an_end() {
    let list = vec!["x"; 1001].join(", ");
    let task = format!(
        "apiVersion: packs.argoproj.io/v1beta1\nkind: Task\nmetadata: {{name: t}}\nspec:\n  \
         template: {{container: {{image: 'a:1', command: [{list}]}}}}\n"
    );
    assert_gives(task.as_bytes(), "AP007", "this list has 1001 entries: 1000 is the most");
}

#[test]
fn ap007_a_builder_is_not_read_anew_for_thousands_of_pipelines() {
    let step = |at| format!("  - {{name: s{at}, task: {{taskRef: '<{{ values.t }}>'}}}}\n");
    let steps: String = (0..100).map(step).collect();
    let mut text = project("list") + &PLATFORM.replace("STEPS", &steps);
    for at in 0..3000 {
        write!(
            text,
            "---\napiVersion: packs.argoproj.io/v1beta1\nkind: Pipeline\n\
             metadata: {{name: p{at}, project: shop}}\nspec: {{repository: harbor, image: i, tag: t, \
             builder: {{name: b}}, code: {{git: {{repoAccount: acme, repo: a/b, revision: main}}}}}}\n"
        )
        .unwrap();
    }
    assert_gives(text.as_bytes(), "AP007", "64 KiB is the most beside 3000 pipelines");
}

const PLATFORM: &str = "\
---
apiVersion: packs.argoproj.io/v1beta1
kind: Config
metadata: {name: c}
spec: {values: {t: CheckoutDef}}
---
apiVersion: packs.argoproj.io/v1beta1
kind: Registry
metadata: {name: harbor}
spec: {url: harbor.acme.example}
---
apiVersion: packs.argoproj.io/v1beta1
kind: RepositoryAccount
metadata: {name: acme}
spec: {url: github.com}
---
apiVersion: packs.argoproj.io/v1beta1
kind: Builder
metadata: {name: b}
spec:
  steps:
STEPS";

#[test]
fn ap007_leaves_large_and_deep_manifests_alone() {
    let labels: String = (0..998).fold(String::from("\n"), |mut all, at| {
        writeln!(all, "    acme.example/label-{at}: 'yes'").unwrap();
        all
    });
    let verdict = validate(project(&format!("'yes'{labels}")).as_bytes());
    assert!(verdict.is_clean, "{}", verdict.findings);
}

#[test]
fn ap008_names_the_first_byte_that_is_no_text() {
    let mut latin1 = project("caf").into_bytes();
    latin1.pop();
    latin1.push(0xe9);
    assert_gives(&latin1, "AP008", "byte 0xe9 belongs to no character");
}

#[test]
fn ap008_is_all_that_is_said_of_utf16() {
    let utf16: Vec<u8> = [0xff, 0xfe]
        .into_iter()
        .chain(project("list").bytes().flat_map(|byte| [byte, 0]))
        .collect();
    assert_gives(&utf16, "AP008", "byte 0xff belongs to no character");
}

#[test]
fn ap504_sensors_fit_into_an_environment_variable() {
    assert_gives(webhook_on_branches(900).as_bytes(), "AP504", "90000 is the limit");
    let verdict = validate(webhook_on_branches(60).as_bytes());
    assert!(verdict.is_clean, "{}", verdict.findings);
}

/// A webhook that fires on that many branches.
fn webhook_on_branches(count: usize) -> String {
    let branches: Vec<String> =
        (0..count).map(|at| format!("release/{}-{at}", "long-".repeat(20))).collect();
    format!(
        "\
apiVersion: packs.argoproj.io/v1beta1
kind: Project
metadata:
  name: shop
---
apiVersion: packs.argoproj.io/v1beta1
kind: RepositoryAccount
metadata:
  name: acme
spec:
  url: github.com
  webhook:
    secretFrom:
      name: acme-webhook
---
apiVersion: packs.argoproj.io/v1beta1
kind: Webhook
metadata:
  name: tell-slack
  project: shop
spec:
  repo:
    url: github.com/acme/cart
  branches: [{}]
  event:
    task:
      taskRef: slack-message
",
        branches.join(", ")
    )
}
