//! What is read, and where it stands: files, documents, scalars.

use super::{BASE, Case};

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
