//! The evaluator against a reference, and cases for the conformance program.

use std::path::Path;

use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::{TestRng, TestRunner};
use serde_json::{Value, json};

use super::evaluate::evaluate;
use super::*;
use crate::emit::Format;
use crate::model::Text;
use crate::model::kinds::webhook::EventKind;
use crate::names::{Template, Variable};
use crate::providers;
use crate::source::Span;
use crate::tree::Node;

const TIME: i64 = 1_589_825_389;

fn push() -> Values<'static> {
    let event = providers::find("github").unwrap().event(EventKind::Push).unwrap();
    Values { event, kind: EventKind::Push }
}

fn pushed(branch: &str) -> Value {
    json!({"body": {"ref": format!("refs/heads/{branch}"), "after": "da1560886d4f094c3e6c9ef40349f7d38b5d27d7"}})
}

fn template(text: &str) -> Template {
    Template::parse(text).unwrap()
}

#[test]
fn code_e_one_tag_whenever_it_is_made() {
    let tag = template("%code-branch%");
    let of_event = |branch: &str| evaluate(&push().tag(&tag), &pushed(branch), TIME);
    for branch in ["фича", &"a".repeat(70), "Feature/X_1", "master", "İK"] {
        assert_eq!(of_event(branch), Variable::CodeBranch.slug_in_tag().of(branch));
    }
}

#[test]
fn names_of_one_second_differ() {
    let names = template("checkout-service-frontend-%code-revision%-%timestamp%");
    let name = |branch: &str| evaluate(&push().run_name(&names), &pushed(branch), TIME);
    let react = name("dependabot/npm_and_yarn/react-18.2.0");
    assert_ne!(react, name("dependabot/npm_and_yarn/redux-4.1.0"));
    assert!(react.len() <= 63, "{react}");
    assert_eq!(name("main"), "checkout-service-frontend-main-1589825389");
}

#[test]
fn events_braces_literals_are_no_templates() {
    let expr = EventExpr::Concat(vec![
        EventExpr::Literal("by {{workflow.name}} {".into()),
        push().label("branch").unwrap(),
    ]);
    let printed = parameters(&expr, Span::GENERATED, &Text::generated("hook"), "x")[0]
        .get("src")
        .unwrap()
        .clone();
    let text = printed.get("dataTemplate").unwrap().as_text().unwrap().to_string();
    assert!(
        text.starts_with(r#"by {{ "{{" }}workflow.name}} {{ "{" }}{{ regexReplaceAll"#),
        "{text}"
    );
    assert_eq!(evaluate(&expr, &pushed("main"), TIME), "by {{workflow.name}} {main");
}

#[test]
fn text_of_a_payload_is_harmless() {
    let evaluate = |text: &str| {
        evaluate(&Values::at("body.message"), &json!({"body": {"message": text}}), TIME)
    };
    assert_eq!(evaluate("{{workflow.uid}} {"), "{ { workflow.uid}} { ");
    assert_eq!(evaluate("a\u{0}b\u{1b}[31m\u{85}\tc\r\nd"), "a?b?[31m?\tc\r\nd");
}

#[test]
fn what_is_no_text_comes_as_json() {
    let payload =
        json!({"body": {"no": false, "zero": 0, "id": 1_296_269, "null": null, "list": []}});
    let at = |path: &str| evaluate(&Values::at(path), &payload, TIME);
    assert_eq!(at("body.no"), "false");
    assert_eq!(at("body.zero"), "0");
    assert_eq!(at("body.id"), "1296269");
    assert_eq!(at("body.list"), "[]");
    assert_eq!((at("body.null"), at("body.missing"), at("body.null.x")), Default::default());
}

/// A payload with text, with other things, and with holes.
fn payload() -> impl Strategy<Value = Value> {
    let text = prop_oneof![
        "[a-zA-Z0-9/_.{}-]{0,70}",
        any::<String>(),
        Just("<no value>".to_owned()),
        Just("refs/heads/{{x}}".to_owned()),
    ];
    let leaf = prop_oneof![
        4 => text.prop_map(Value::from),
        1 => any::<f64>().prop_map(Value::from),
        1 => any::<i32>().prop_map(Value::from),
        1 => any::<bool>().prop_map(Value::from),
        1 => Just(Value::Null),
    ];
    let key = prop::sample::select(vec!["a", "b-c", "d", "0"]).prop_map(str::to_owned);
    let tree = leaf.prop_recursive(3, 24, 4, move |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..3).prop_map(Value::from),
            prop::collection::btree_map(key.clone(), inner, 0..4)
                .prop_map(|map| Value::Object(map.into_iter().collect())),
        ]
    });
    let text = prop_oneof!["[a-zA-Z0-9/_.{}-]{0,70}", any::<String>(), "refs/heads/[a-z-]{1,60}"];
    let often = prop_oneof![3 => text.prop_map(Value::from), 1 => tree.clone()];
    (often, prop::collection::btree_map("d|b-c", tree, 0..3)).prop_map(|(a, mut body)| {
        body.insert("a".to_owned(), a);
        json!({"body": Value::Object(body.into_iter().collect())})
    })
}

fn field() -> impl Strategy<Value = Field> {
    let others = prop::sample::select(vec![
        "body.b-c",
        "body.d",
        "body.d.a",
        "body.a.0",
        "body.d.b-c.a",
        "body.a.0.d",
        "body.b-c.d",
        "body.a.01",
        "body.d.1.b-c",
    ]);
    let path = prop_oneof![4 => Just("body.a"), 1 => others];
    (path, any::<bool>(), prop::sample::select(vec![None, Some("refs/heads/"), Some("a")]))
        .prop_map(
            |(path, is_any, prefix)| {
                if is_any { Field::any(path) } else { Field::text(path, prefix) }
            },
        )
}

fn expr() -> impl Strategy<Value = EventExpr> {
    let text = field().prop_filter("people's own are no slugs", |field| !field.is_any());
    let slug = prop_oneof![
        (7_usize..63).prop_map(Slug::plain),
        (8_usize..63, "[a-z]{0,3}").prop_map(|(limit, salt)| Slug::marked(limit, salt)),
    ];
    let one = prop_oneof![
        2 => "[a-z{} \"\\\\-]{0,8}".prop_map(EventExpr::Literal),
        3 => field().prop_map(EventExpr::Text),
        3 => (text, slug).prop_map(|(field, slug)| EventExpr::Slug(field, slug)),
        1 => Just(EventExpr::Time),
        1 => Just(EventExpr::Date),
    ];
    prop::collection::vec(one, 1..5).prop_map(EventExpr::Concat)
}

/// What an expression over one field of text comes to, written down once more in the plainest way.
fn reference(field: &str, slug: Option<&Slug>) -> String {
    let Some(slug) = slug else {
        let sign = |c: char| match c {
            '{' => "{ ".to_owned(),
            '\t' | '\n' | '\r' => c.to_string(),
            c if c < ' ' || ('\u{7f}'..='\u{9f}').contains(&c) => "?".to_owned(),
            c => c.to_string(),
        };
        return field.chars().map(sign).collect();
    };
    let words: Vec<String> = field
        .split(|c: char| !c.is_ascii_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_ascii_lowercase)
        .collect();
    // What stands before the first word counts for the limit.
    let lead = usize::from(!field.starts_with(|c: char| c.is_ascii_alphanumeric()));
    let own: String = words.join("-").chars().take(slug.limit - lead).collect();
    let own = own.trim_end_matches('-');
    let own = if own.is_empty() { "x" } else { own };
    if slug.mark.is_none() || own == field {
        return own.to_owned();
    }
    let start: String = own.chars().take(slug.limit - 6).collect();
    let hash = slug.of(field).rsplit('-').next().unwrap().to_owned();
    format!("{}-{hash}", start.trim_end_matches('-'))
}

proptest! {
    #[test]
    fn text_and_slugs_are_what_the_reference_says(
        text in prop_oneof!["[a-zA-Z0-9/_.{}-]{1,80}", any::<String>()],
        limit in 8_usize..64,
        salt in "[a-z]{0,3}",
    ) {
        prop_assume!(!text.is_empty() && text != "<no value>");
        let payload = json!({"body": {"a": text}});
        let field = || Field::text("body.a", None);
        for slug in [Slug::plain(limit), Slug::marked(limit, salt)] {
            let expected = reference(&text, Some(&slug));
            prop_assert_eq!(evaluate(&EventExpr::Slug(field(), slug), &payload, TIME), expected);
        }
        prop_assert_eq!(evaluate(&EventExpr::Text(field()), &payload, TIME), reference(&text, None));
    }

    #[test]
    fn no_text_of_a_payload_brings_a_tag_along(expr in expr(), payload in payload()) {
        let literal = |expr: &EventExpr| matches!(expr, EventExpr::Literal(_));
        let EventExpr::Concat(parts) = expr else { unreachable!() };
        let own = EventExpr::Concat(parts.into_iter().filter(|part| !literal(part)).collect());
        prop_assert!(!evaluate(&own, &payload, TIME).contains("{{"));
    }
}

/// Writes what Argo Events' own code is to agree with, for `tests/conformance/eventexpr_test.go`.
#[test]
#[ignore = "writes a file for tests/conformance"]
fn write_cases_for_conformance() {
    let rng = TestRng::deterministic_rng(prop::test_runner::RngAlgorithm::ChaCha);
    let mut runner = TestRunner::new_with_rng(ProptestConfig::default(), rng);
    let mut case = || {
        let (expr, payload) = (expr(), payload()).new_tree(&mut runner).unwrap().current();
        let printed = parameters(&expr, Span::GENERATED, &Text::generated("hook"), "value")
            .into_iter()
            .map(Node::from);
        let printed = Format::Json.write_one(&Node::from(printed.collect::<Vec<_>>()));
        let printed: Value = serde_json::from_str(&printed).unwrap();
        json!({
            "parameters": printed,
            "payload": payload,
            "time": TIME,
            "expected": evaluate(&expr, &payload, TIME),
        })
    };
    let cases: Vec<Value> = (0..5000).map(|_| case()).collect();
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("target/conformance/cases");
    std::fs::create_dir_all(&folder).unwrap();
    std::fs::write(folder.join("eventexpr.json"), Value::from(cases).to_string()).unwrap();
}
