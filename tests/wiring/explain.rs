//! What `argopacks explain pipeline/NAME` prints of the examples: each parameter and each param of
//! each step, and where it is from.

use super::{argopacks, example};

const TOPICS: &[(&str, &str)] = &[
    ("goapp", "pipeline/goapp-latest"),
    ("goapp", "project/my-awesome-project"),
    ("own-tasks", "pipeline/cart"),
    ("own-tasks", "pipeline/search"),
    ("own-tasks", "project/shop"),
];

#[test]
fn wiring_of_the_examples() {
    for (directory, topic) in TOPICS {
        let output = argopacks(&example(directory), &["explain", topic]);
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
