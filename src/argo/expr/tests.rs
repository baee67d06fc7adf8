//! Names and flaws of expressions.

use super::*;

fn names_of(text: &str) -> Vec<String> {
    read(text, 0).names.iter().map(Name::text).collect()
}

fn flaw_of(text: &str) -> Option<FlawKind> {
    read(text, 0).flaw.map(|flaw| flaw.kind)
}

#[test]
fn names_have_every_form_of_a_field() {
    assert_eq!(
        names_of(r#"workflow.outputs?.parameters?.["x"] ?? tasks['a-b'].outputs.result"#),
        ["workflow.outputs.parameters.x", "tasks.a-b.outputs.result"]
    );
    assert_eq!(names_of(r#"inputs.parameters[`a`] + "b\"c.d" // e.f"#), ["inputs.parameters.a"]);
    assert_eq!(names_of(r#"inputs.parameters["a\u002db"]"#), ["inputs.parameters.a-b"]);
}

#[test]
fn an_index_that_is_computed_ends_the_name() {
    assert_eq!(
        names_of("inputs.parameters[workflow.name]"),
        ["inputs.parameters", "workflow.name"]
    );
    assert_eq!(names_of("item[0].x"), ["item"]);
}

#[test]
fn keys_fields_and_functions_are_no_variables() {
    assert_eq!(names_of("{item: 1, b: item}"), ["item"]);
    assert_eq!(names_of("filter(x, .item && #.item)"), ["filter", "x"]);
    let call = read("sprig.trim(item)", 0);
    assert!(call.names[0].is_call && !call.names[1].is_call);
}

#[test]
fn one_name_is_told_from_more() {
    assert!(read(" item ", 0).is_name);
    assert!(!read("item + 1", 0).is_name);
    assert!(!read("toJson(item)", 0).is_name);
}

#[test]
fn what_expr_cannot_read_is_a_flaw() {
    for (text, kind) in [
        (" ", FlawKind::Empty),
        ("a + 'b", FlawKind::OpenString),
        ("a /* b", FlawKind::OpenComment),
        (r"'a\q'", FlawKind::Escape),
        ("1a", FlawKind::Number),
        ("a @ b", FlawKind::Character('@')),
        ("f(a", FlawKind::Bracket('(')),
        ("f(a]", FlawKind::Bracket('(')),
        ("a)", FlawKind::Bracket(')')),
        ("a = b", FlawKind::SingleEquals),
        ("a b", FlawKind::NoOperator),
        ("a == ", FlawKind::NoOperand),
        ("a && || b", FlawKind::NoOperand),
        ("== b", FlawKind::NoOperand),
        ("(a && )", FlawKind::NoOperand),
    ] {
        assert_eq!(flaw_of(text), Some(kind), "{text}");
    }
}

#[test]
fn what_expr_reads_is_no_flaw() {
    for text in [
        "filter([1, 2], { # > 1})",
        "map([1, 2], { # * 2 })[1:]",
        "let x = 1; x + 1",
        "if a { b } else { c }",
        "a?.b ?? (c not in [d,])",
        "-1 + .5e3 - 0x1F",
        "1..3 | len()",
        "b'\\x00' == 'it\\'s'",
        "sprig.regexReplaceAll(\"[\\\\x00-\\\\x08]\", inputs.parameters.x, \"?\")",
        "{\"a\": 1, b: 2}",
        "reduce(1..9, #acc + #)",
        "not a.not",
        "a matches b.in",
    ] {
        assert_eq!(flaw_of(text), None, "{text}");
    }
}

#[test]
fn a_hyphen_in_a_name_is_told_with_what_to_write() {
    let instead = |text: &str| match flaw_of(text) {
        Some(FlawKind::Hyphen { instead }) => instead,
        other => panic!("{text}: {other:?}"),
    };
    assert_eq!(
        instead("tasks.a-b.outputs.parameters.x-y == 'z'"),
        r#"tasks["a-b"].outputs.parameters["x-y"]"#
    );
    assert_eq!(instead("inputs.parameters.git-secret"), r#"inputs.parameters["git-secret"]"#);
    assert_eq!(flaw_of("len(item)-1"), None);
    assert_eq!(flaw_of("lastRetry.duration - 1"), None);
}
