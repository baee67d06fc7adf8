//! Conditions, and what is said of them. They were held against govaluate itself, with 60,000
//! random ones: it took none that is refused here but where `&&` and `||` keep it from a part,
//! where something stands behind a closing parenthesis, and where parentheses are as many as they
//! should be in the wrong order.

use proptest::prelude::*;

use super::{FlawKind, check, read};
use crate::argo::scope::{ANY_TEMPLATE, Names, Run, Scope, Site};
use crate::argo::tags::Name;
use crate::diagnostics::Sink;
use crate::model::Text;
use crate::source::{FileId, Span};
use crate::tree::Str;

fn kinds(text: &str) -> Vec<FlawKind> {
    read(text).flaws.into_iter().map(|flaw| flaw.kind).collect()
}

fn findings(value: &str) -> Vec<String> {
    let mut sink = Sink::default();
    let span = Span::new(FileId(0), 0, value.len());
    let text = Text { value: Str::Verbatim(value.into(), 0), span };
    let run = Run {
        params: Names::These(vec!["branch", "event"]),
        outputs: Names::Any,
        artifacts: Names::Any,
        labels: Names::Any,
        annotations: Names::Any,
        has_priority: false,
    };
    let scope = Scope::new(Site::Step, &run, &ANY_TEMPLATE);
    check(&text, &scope, &|name: &Name| name.part(2) == Some("branch"), &mut sink);
    let line = |finding: crate::diagnostics::Diagnostic| {
        let place = &value[finding.primary.span.range()];
        format!("`{place}`: {} [{}]", finding.message, finding.help.join("; "))
    };
    sink.finish().into_iter().map(line).collect()
}

#[test]
fn conditions_that_are_right() {
    for text in [
        "",
        "{{tasks.flip.outputs.result}} == heads",
        "{{inputs.parameters.n}} > 3 && {{inputs.parameters.n}} <= 10",
        "'{{workflow.parameters.a}}' != ''",
        "{{item}} in (a, b, 'c d')",
        "!({{x}} == a) || ({{y}} =~ '^v[0-9]+$')",
        "{{=workflow.parameters[\"branch\"] == \"main\"}}",
        "{{tasks.a.outputs.parameters.any}}",
        "!{{tasks.a.outputs.parameters.any}}",
        "{{a}} + 1 == 2",
        "{{a}} ? {{b}} : {{c}}",
        "{{status}} == Succeeded || {{status}} == \"Failed\"",
        "v{{major}}_{{minor}} == v1_2",
        "{{n}} == -1",
        "[a b] == {{x}}",
        "{{x}} == a\\-b",
    ] {
        assert_eq!(kinds(text), [], "{text}");
    }
}

#[test]
fn when_single_eq() {
    let found = findings("{{workflow.parameters.event}} = go");
    assert_eq!(found, ["`=`: `=` is no operator of a condition [write `==`]"]);
    assert_eq!(kinds("a === {{b}}"), [FlawKind::Operator { instead: Some("==") }]);
}

#[test]
fn when_constant() {
    assert_eq!(
        findings("branch == 'main' && event == 'push'"),
        [
            "`branch == 'main'`: `branch` is text in a condition, and no variable: this is always false \
             [write `{{=workflow.parameters[\"branch\"] == \"…\"}}`]",
            "`event == 'push'`: `event` is text in a condition, and no variable: this is always false \
             [write `{{=workflow.parameters[\"event\"] == \"…\"}}`]",
        ]
    );
    for (text, value) in [("true", true), ("1 == 2", false), ("'a' != b", true), ("!true", false)] {
        let [FlawKind::Constant { value: found, .. }] = &kinds(text)[..] else { panic!("{text}") };
        assert_eq!(*found, Some(value), "{text}");
    }
    assert!(findings("{{= 1 == 2}}")[0].contains("the same in every run"));
    assert_eq!(findings("{{=now().Hour() == 2}}"), Vec::<String>::new());
}

#[test]
fn when_branch_unquoted() {
    assert_eq!(
        findings("{{workflow.parameters.branch}} == main"),
        [
            "`{{workflow.parameters.branch}}`: the value of `workflow.parameters.branch` becomes part of the \
          condition [write an expression: `{{=workflow.parameters.branch == \"main\"}}`]"
        ]
    );
    assert_eq!(findings("{{workflow.parameters.event}} == push"), Vec::<String>::new());
    assert_eq!(findings("{{=workflow.parameters.branch == 'main'}}"), Vec::<String>::new());
    let quoted = read("'{{workflow.parameters.branch}}' == main");
    assert!(quoted.operands[0].is_quoted);
    assert_eq!(quoted.operands[0].compared, Some(("==", "main".to_owned())));
}

#[test]
fn what_govaluate_cannot_read() {
    for (text, kind) in [
        ("'a == {{b}}", FlawKind::OpenString),
        ("'it\"s' == {{b}}", FlawKind::MixedQuotes),
        ("[a == {{b}}", FlawKind::OpenBracket),
        ("({{a}} == b", FlawKind::Parenthesis('(')),
        ("{{a}} == b)", FlawKind::Parenthesis(')')),
        ("{{a}} == b and {{c}} == d", FlawKind::NoOperator { instead: Some("&&") }),
        ("{{a}} == b OR {{c}} == d", FlawKind::NoOperator { instead: Some("||") }),
        ("not {{a}}", FlawKind::NoOperator { instead: None }),
        ("{{a}} == two words", FlawKind::NoOperator { instead: None }),
        ("{{a}} ==", FlawKind::NoOperand),
        ("{{a}} && || b", FlawKind::NoOperand),
        ("== a", FlawKind::NoOperand),
        ("({{a}} == b) {{c}} == d", FlawKind::NoOperator { instead: None }),
        ("{{a}} &&!{{b}}", FlawKind::Joined),
        ("{{a}} <> b", FlawKind::Operator { instead: Some("!=") }),
        ("{{a}} == @b", FlawKind::Operator { instead: None }),
        ("{{a}} == 1.2.3", FlawKind::Number),
        ("{{a}} == 1a2b", FlawKind::Number),
        ("{{a}} == main.go", FlawKind::Point),
        ("{{a}} == pre-prod", FlawKind::Arithmetic),
        ("{{a}} == release/x/y", FlawKind::Arithmetic),
        ("'a'", FlawKind::NotBool),
        ("{{a}} == b && c", FlawKind::NotBool),
        ("!a", FlawKind::NotBool),
        ("'{{a}}' == true", FlawKind::NeverEqual { is_tag: false }),
        ("{{a}} == 'true'", FlawKind::NeverEqual { is_tag: true }),
        ("{{a}} == '3'", FlawKind::NeverEqual { is_tag: true }),
        ("'{{a}}' > 3", FlawKind::Size),
        ("{{a}} in (b)", FlawKind::List),
        ("{{a}} in b", FlawKind::List),
    ] {
        assert_eq!(kinds(text), [kind], "{text}");
    }
    assert!(findings("{{foo}} == bar")[0].contains("leaves the tag as it is"));
}

#[test]
fn a_word_with_a_hyphen_is_told_as_one() {
    let when = read("{{a}} == a-b-c");
    assert_eq!(when.flaws.len(), 1);
    assert_eq!(when.flaws[0].range, 9..14);
}

#[test]
fn depth_has_a_limit() {
    assert_eq!(kinds(&"(".repeat(100_000)), [FlawKind::TooDeep]);
    assert_eq!(
        kinds(&format!("{}true", "!".repeat(100_000))),
        [FlawKind::Operator { instead: None }]
    );
    assert_eq!(kinds(&format!("{}true", "! ".repeat(100_000))), [FlawKind::TooDeep]);
}

proptest! {
    #[test]
    fn ranges_are_on_characters(text in "([a-z1.=!&|()'\"\\[\\]\\\\ é-]|\\{\\{a\\}\\}|==|&&){0,30}") {
        for flaw in read(&text).flaws {
            prop_assert!(text.get(flaw.range.clone()).is_some(), "{:?}", flaw);
        }
    }
}
