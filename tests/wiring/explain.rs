//! What `argopacks explain pipeline/NAME` prints of the examples: each parameter and each param of
//! each step, and where it is from. And what `explain output` prints: the lines of `render`.

use std::collections::BTreeSet;

use super::{argopacks, example};

const TOPICS: &[(&str, &[&str])] = &[
    ("goapp", &["pipeline/goapp-latest"]),
    ("goapp", &["project/my-awesome-project"]),
    ("goapp", &["output", "sensor/my-awesome-project"]),
    ("own-tasks", &["pipeline/cart"]),
    ("own-tasks", &["pipeline/search"]),
    ("own-tasks", &["project/shop"]),
    ("own-tasks", &["output", "workflowtemplate/cart"]),
];

#[test]
fn wiring_of_the_examples() {
    for (directory, topic) in TOPICS {
        let output = argopacks(&example(directory), &[&["explain"], *topic].concat());
        let topic = topic.join(" ");
        assert_eq!(
            (output.status.code(), output.stderr.as_slice()),
            (Some(0), [].as_slice()),
            "{topic}"
        );
        insta::with_settings!({ omit_expression => true, prepend_module_to_snapshot => false }, {
            insta::assert_snapshot!(format!("explain {directory} {}", topic.replace('/', " ")), String::from_utf8(output.stdout).unwrap());
        });
    }
}

#[test]
fn a_name_that_is_nearly_one() {
    let output = argopacks(&example("goapp"), &["explain", "pipeline/goapp-lates"]);
    assert_eq!(output.status.code(), Some(2));
    let text = String::from_utf8(output.stderr).unwrap();
    assert!(
        text.contains("there is no pipeline `goapp-lates`") && text.contains("goapp-latest"),
        "{text}"
    );
}

/// The text of every object is that of `render`, behind the column.
#[test]
fn lines_are_those_that_are_rendered() {
    for directory in ["goapp", "own-tasks"] {
        let run = |arguments: &[&str]| {
            let output = argopacks(&example(directory), arguments);
            assert_eq!(output.status.code(), Some(0), "{arguments:?}");
            String::from_utf8(output.stdout).unwrap()
        };
        let mut seen = BTreeSet::new();
        for manifest in run(&["render"]).split("---\n") {
            let value = |key: &str| {
                let mut lines = manifest.lines();
                lines.find_map(|line| line.strip_prefix(key)).unwrap_or_default()
            };
            let (object, namespace) =
                (format!("{}/{}", value("kind: "), value("  name: ")), value("  namespace: "));
            assert!(seen.insert((object.clone(), namespace.to_owned())), "{object} comes twice");
            let explained = run(&["explain", "output", &object, "-n", namespace]);
            let text = |line: &str| {
                let (_, text) = line.split_once(" |").unwrap();
                text.strip_prefix(' ').unwrap_or(text).to_owned() + "\n"
            };
            let lines: String = explained.lines().map(text).collect();
            assert_eq!(lines.trim_end(), manifest.trim_end());
        }
        assert!(seen.len() > 5);
    }
}
