//! How it looks.

use crate::emit::Format;
use crate::tree::{Map, Node};
use insta::assert_snapshot;

use super::{assert_reads_back, assert_yaml_reads_back, in_a_row, json_of, yaml_of};

fn list<const N: usize>(items: [Node; N]) -> Node {
    Node::from(Vec::from(items))
}

fn workflow() -> Node {
    let step = |name: &'static str| Map::new().with("name", name).with("template", "echo");
    let script = "set -eu\n\nif true; then\n\techo {{inputs.parameters.a}}\nfi\n";
    let container = Map::new()
        .with("image", "alpine:3.20")
        .with("args", list(["-c".into(), "--flag=a b".into(), "{{x}}".into(), "3.20".into()]))
        .with("env", Node::from(Vec::<Node>::new()))
        .with("resources", Map::new())
        .with("source", script);
    let templates = list([
        Map::new()
            .with("name", "main")
            .with(
                "steps",
                list([list([step("a").into(), step("b").into()]), list([step("c").into()])]),
            )
            .into(),
        Map::new().with("name", "echo").with("container", container).into(),
    ]);
    let spec = Map::new()
        .with("entrypoint", "main")
        .with("parallelism", 2)
        .with("suspend", false)
        .with("templates", templates);
    Map::new()
        .with("apiVersion", "argoproj.io/v1alpha1")
        .with("kind", "Workflow")
        .with("spec", spec)
        .into()
}

#[test]
fn a_workflow_looks_as_a_person_writes_it() {
    assert_snapshot!(yaml_of(&workflow()), @r#"
    apiVersion: argoproj.io/v1alpha1
    kind: Workflow
    spec:
      entrypoint: main
      parallelism: 2
      suspend: false
      templates:
      - name: main
        steps:
        - - name: a
            template: echo
          - name: b
            template: echo
        - - name: c
            template: echo
      - name: echo
        container:
          image: alpine:3.20
          args:
          - -c
          - --flag=a b
          - '{{x}}'
          - '3.20'
          env: []
          resources: {}
          source: |
            set -eu

            if true; then
            	echo {{inputs.parameters.a}}
            fi
    "#);
}

#[test]
fn json_is_indented_by_two() {
    let value = Map::new()
        .with("text", "a\"b\\c\n\u{7}\u{1f600}\u{feff}é")
        .with("list", list([1.into(), Node::null(), true.into(), list([]), Map::new().into()]));
    assert_snapshot!(json_of(&value.into()), @r#"
    {
      "text": "a\"b\\c\n\u0007😀\ufeffé",
      "list": [
        1,
        null,
        true,
        [],
        {}
      ]
    }
    "#);
}

#[test]
fn several_objects_are_a_json_list() {
    let objects = [Map::new().with("kind", "A").into(), Map::new().with("kind", "B").into()];
    assert_snapshot!(in_a_row(Format::Json, &objects), @r#"
    {
      "apiVersion": "v1",
      "kind": "List",
      "items": [
        {
          "kind": "A"
        },
        {
          "kind": "B"
        }
      ]
    }
    "#);
    assert_snapshot!(in_a_row(Format::Json, &[]), @r#"
    {
      "apiVersion": "v1",
      "kind": "List",
      "items": []
    }
    "#);
}

#[test]
fn texts_are_quoted_only_where_needed() {
    let texts = [
        "plain",
        "two words",
        "a,b",
        "a:b",
        "http://x/y?z=1#f",
        "-c",
        "./run.sh",
        "1h30m",
        "500m",
        "v1.2",
        "na",
        "a'b \"c\"",
        "",
        "y",
        "No",
        "1.25",
        "2024-01-01",
        "0x1F",
        "a: b",
        "a #b",
        "a:",
        " a",
        "a ",
        "{{a}}",
        "%d",
        "it's: x",
        "tab\there",
        "bell\u{7}",
        "nel\u{85}",
        "ls\u{2028}",
        "\u{feff}bom",
        "é 😀",
    ];
    assert_snapshot!(yaml_of(&texts.to_vec().into()), @r#"
    - plain
    - two words
    - a,b
    - a:b
    - http://x/y?z=1#f
    - -c
    - ./run.sh
    - 1h30m
    - 500m
    - v1.2
    - na
    - a'b "c"
    - ''
    - 'y'
    - 'No'
    - '1.25'
    - '2024-01-01'
    - '0x1F'
    - 'a: b'
    - 'a #b'
    - 'a:'
    - ' a'
    - 'a '
    - '{{a}}'
    - '%d'
    - 'it''s: x'
    - "tab\there"
    - "bell\x07"
    - "nel\x85"
    - "ls\u2028"
    - "\uFEFFbom"
    - é 😀
    "#);
}

#[test]
fn texts_of_several_lines_are_blocks() {
    let texts = [
        "a\nb",
        "a\nb\n",
        "a\nb\n\n",
        " a\nb",
        "\na\n",
        "a\n\n  b\n",
        "a \nb",
        "\ta\n",
        "a\r\nb",
        "\n",
        " \n ",
        "a\n\n",
    ];
    let map = texts.iter().fold(Map::new(), |map, text| map.with(format!("{text:?}"), *text));
    assert_snapshot!(yaml_of(&map.into()), @r#"
    '"a\nb"': |-
      a
      b
    '"a\nb\n"': |
      a
      b
    '"a\nb\n\n"': |+
      a
      b

    '" a\nb"': |2-
       a
      b
    '"\na\n"': |2

      a
    '"a\n\n  b\n"': |
      a

        b
    '"a \nb"': |-
      a 
      b
    '"\ta\n"': "\ta\n"
    '"a\r\nb"': "a\r\nb"
    '"\n"': "\n"
    '" \n "': " \n "
    '"a\n\n"': "a\n\n"
    "#);
}

#[test]
fn blocks_in_lists_are_indented_from_their_dash() {
    let value = Map::new().with(
        "a",
        list(["x\ny\n".into(), list([" x\ny".into()]), Map::new().with("k", "x\ny").into()]),
    );
    assert_snapshot!(yaml_of(&value.into()), @r#"
    a:
    - |
      x
      y
    - - |2-
         x
        y
    - k: |-
        x
        y
    "#);
}

#[test]
fn keys_are_quoted_like_texts_and_never_blocks() {
    let keys = ["plain", "on", "1", "a: b", "a\nb", "", "{{x}}", "<<", "-"];
    let map = keys.iter().fold(Map::new(), |map, key| map.with(*key, 1));
    assert_snapshot!(yaml_of(&map.into()), @r#"
    plain: 1
    'on': 1
    '1': 1
    'a: b': 1
    "a\nb": 1
    '': 1
    '{{x}}': 1
    '<<': 1
    '-': 1
    "#);
}

#[test]
fn long_keys_are_explicit() {
    let key = "k".repeat(2000);
    for value in [
        Node::from("a"),
        "a\nb".into(),
        list([1.into()]),
        Map::new().with("a", 1).into(),
        Node::from(Vec::<Node>::new()),
    ] {
        let map = Map::new().with("in", Map::new().with(key.clone(), value).with("b", 1));
        assert_yaml_reads_back(&map.into());
    }
}

#[test]
fn scalars_alone_are_documents() {
    for value in
        [Node::null(), true.into(), "a\nb\n".into(), "".into(), list([]), Map::new().into()]
    {
        assert_reads_back(&value);
    }
}
