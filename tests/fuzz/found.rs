//! What the fuzz program has found once, made small.

use argopacks::Session;

use super::check;

/// Checks definitions; returns whether they are right.
fn is_right(definitions: &str) -> bool {
    let mut session = Session::open(&[]);
    session.overlay("definitions.yaml", definitions);
    check::check_closely(&session).unwrap().manifests.is_some()
}

#[test]
fn an_image_is_text_whatever_it_looks_like() {
    assert!(is_right(
        "\
apiVersion: packs.argoproj.io/v1beta1
kind: Config
spec:
  images: {alpine:3.22: '0'}
---
apiVersion: packs.argoproj.io/v1beta1
kind: Task
metadata: {name: Print}
spec:
  template:
    container: {image: alpine:3.22, command: [ls]}
",
    ));
}
