//! Values that Argo or Kubernetes refuses, in what is passed on to them.

use super::Case;
use super::input::{BASE, task};

/// A Task of this template body, which begins on line 6.
fn of(body: &str) -> Case {
    Case::new(&[("all.yaml", &task(&format!("  template:\n{body}")))])
}

/// The findings of a Task of this template body, as `CODE LINE:COLUMN`.
fn codes(body: &str) -> Vec<String> {
    let codes = of(body).codes();
    codes.into_iter().map(|code| code.replace("all.yaml:", "")).collect()
}

#[test]
fn int_32_bits() {
    let body =
        "    activeDeadlineSeconds: 3000000000\n    container: {image: 'a:1', command: [x]}\n";
    assert_eq!(codes(body), ["AP402 6:28"]);
}

#[test]
fn quantity_signs() {
    for quantity in ["--5Gi", "++1", "+-2Gi"] {
        let body = format!(
            "    container: {{image: 'a:1', command: [x], resources: {{limits: {{memory: '{quantity}'}}}}}}\n"
        );
        assert_eq!(codes(&body), ["AP402 6:74"], "{quantity}");
    }
}

#[test]
fn cpu_half() {
    let body = "    container: {image: 'a:1', command: [x], resources: {limits: {cpu: 0.5}}}\n";
    let case = of(body);
    let (_, out, err) = case.run(&["validate", "."]);
    let said = format!("{out}{err}");
    assert!(said.contains("error[AP402]: Argo's `cpu` is an integer or a string"), "{said}");
    assert!(said.contains("help: write \"0.5\""), "{said}");
}

#[test]
fn required_null() {
    let body = "    container:
      image: a:1
      command: [x]
      env:
      - name: X
        valueFrom: {secretKeyRef: {name: s, key: }}
";
    assert_eq!(codes(body), ["AP406 11:45"]);
}

#[test]
fn image_null() {
    for image in ["", "''", "~"] {
        let body = format!("    container:\n      image: {image}\n      command: [x]\n");
        assert_eq!(codes(&body), ["AP406 7:7"], "{image}");
    }
}

#[test]
fn template_name() {
    let case = Case::new(&[(
        "all.yaml",
        &task(
            "  templates:
  - name: a_b
    suspend: {}
",
        ),
    )]);
    assert_eq!(case.codes(), ["AP310 all.yaml:6:11"]);
}

#[test]
fn valuefrom_type() {
    assert_eq!(output("valueFrom: {path: 5}"), ["AP402 all.yaml:5:41"]);
}

#[test]
fn valuefrom_status_3() {
    assert_eq!(output("valueFrom: {path: /o, defualt: x}"), ["AP401 all.yaml:5:45"]);
}

/// The findings of a Task with one output, on line 5.
fn output(source: &str) -> Vec<String> {
    let text = format!(
        "  outputs: [{{name: o, {source}}}]
  template:
    container: {{image: 'a:1', command: [x]}}
"
    );
    Case::new(&[("all.yaml", &task(&text))]).codes()
}

#[test]
fn values_of_the_base_are_right() {
    let body = "    suspend: {duration: 5m}\n    nodeSelector: {a: b}\n";
    assert_eq!(codes(body), Vec::<String>::new());
    assert_eq!(Case::new(&[("base.yaml", BASE)]).codes(), Vec::<String>::new());
}
