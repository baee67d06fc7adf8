//! Fixes: what is offered must mend, and one cause has one finding (`ux`, number 6).

use super::Case;
use super::input::{BASE, definition, documents, run, task};
use crate::mistakes::worse;

/// The findings of a text beside the base; no fix of theirs may make it worse.
fn found(text: &str) -> Vec<String> {
    let files = [("base.yaml", BASE), ("a.yaml", text)];
    let worse = worse(&files.map(|(name, text)| (name.to_owned(), text.to_owned())).into());
    assert!(worse.is_empty(), "{worse:#?}");
    Case::new(&files).findings()
}

#[track_caller]
fn assert_one(text: &str, start: &str, words: &str) {
    let found = found(text);
    assert!(
        matches!(&found[..], [one] if one.starts_with(start) && one.contains(words)),
        "{found:#?}"
    );
}

/// The finding is at the use: others know the param by the name that is declared.
#[test]
fn param_typo_fix_inverted() {
    let spec = "  params: [{name: language, enum: [go, rust]}]
  template:
    container: {image: 'a:1', command: [echo], args: ['{{inputs.parameters.langauge}}']}
";
    let builder =
        "  params: [{name: language, default: go}]\n  steps: [{name: s, task: {taskRef: t}}]";
    let text = documents(&[&task(spec), &run(builder)]);
    assert_one(&text, "a.yaml:7:58: error[AP307]", "(write `{{inputs.parameters.language}}`)");
}

#[test]
fn fix_off_false() {
    let rules = |level: &str| format!("{{rules: {{AP601: off, AP702: {level}}}}}");
    let config = |level: &str| definition("Config", "{}", &rules(level));
    assert_one(&config("false"), "a.yaml:4:35: error[AP106]", "(write `off`)");
    assert_one(&config("5"), "a.yaml:4:35: error[AP106]", "cannot be `5`");
    assert_eq!(found(&config("off")), Vec::<String>::new());
}

/// `resource` is no list of limits.
#[test]
fn fix_resources() {
    let spec = "  template:
    resources: {limits: {cpu: 1}}
    container: {image: 'a:1', command: [x]}
";
    let found = found(&task(spec));
    assert!(matches!(&found[..], [one] if one.starts_with("a.yaml:6:5: error[AP401]")));
    assert!(found[0].ends_with("(put it under `container`, which has it)"), "{found:#?}");
}

#[test]
fn fix_tabs() {
    let steps = "  steps:
  - name: checkout
    task: {taskRef: CheckoutDef}
  - name: count
\ttask:
\t\ttaskRef: TestCodeDef
  - name: release
    task: {taskRef: ReleaseDef}
";
    assert_one(&run(steps), "a.yaml:9:1: error[AP002]", "on 2 lines");
    let labels = "apiVersion: packs.argoproj.io/v1beta1\nkind: Project\nmetadata:\n  name: other\n\tlabels:\n\t\ta: b\n";
    assert_one(labels, "a.yaml:5:1: error[AP002]", "on 2 lines");
}

#[test]
fn fix_templateref() {
    let steps =
        "  steps:\n  - name: s\n    task: {templateRef: {name: CountLines, template: main}}\n";
    let found = found(&run(steps));
    assert!(matches!(&found[..], [one] if one.starts_with("a.yaml:7:12: error[AP103]")));
    assert!(found[0].contains("its fields are `taskRef`"), "{found:#?}");
}
