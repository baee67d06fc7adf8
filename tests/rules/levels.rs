//! Rules of security and practice can be turned off, each in the way that its page says; the others
//! cannot.

use argopacks::rules::RULES;

use super::page::Page;
use super::{FILE, validate};

/// Whether a rule is of a family that Config and comments can silence.
fn can_be_silenced(code: &str) -> bool {
    code.starts_with("AP6") || code.starts_with("AP7")
}

fn silenceable() -> impl Iterator<Item = &'static str> {
    RULES.iter().map(|rule| rule.code).filter(|code| can_be_silenced(code))
}

#[test]
fn pages_say_which_rules_can_be_silenced() {
    for rule in RULES {
        let says = Page::of(rule.code).text.contains(&comment(rule.code));
        assert_eq!(says, can_be_silenced(rule.code), "{}", rule.code);
    }
}

#[test]
fn config_turns_them_off() {
    for code in silenceable() {
        assert_silent(&with_config(&bad(code), code), code);
    }
}

#[test]
fn a_comment_turns_one_finding_off() {
    for code in silenceable() {
        assert_silent(&with_comment(&bad(code), code), code);
    }
}

#[test]
fn other_rules_stay_and_the_comment_is_an_error() {
    let verdict = validate(with_comment(&bad("AP201"), "AP201").as_bytes());
    assert_eq!(verdict.codes, ["AP108", "AP201"], "{}", verdict.findings);
}

#[track_caller]
fn assert_silent(definitions: &str, code: &str) {
    let verdict = validate(definitions.as_bytes());
    assert!(
        verdict.is_clean && verdict.findings.is_empty(),
        "{code}:\n{definitions}\n{}",
        verdict.findings
    );
}

fn bad(code: &str) -> String {
    Page::of(code).block("Bad", "yaml").unwrap().to_owned()
}

fn comment(code: &str) -> String {
    format!("# argopacks: ignore[{code}] reason")
}

/// The definitions with a rule turned off by Config, their own if they have one.
fn with_config(definitions: &str, code: &str) -> String {
    const CONFIG: &str = "kind: Config\nspec:\n";
    let config = format!("{CONFIG}  rules:\n    {code}: off\n");
    if definitions.contains(CONFIG) {
        return definitions.replacen(CONFIG, &config, 1);
    }
    format!("apiVersion: packs.argoproj.io/v1beta1\n{config}---\n{definitions}")
}

/// The definitions with a comment above the line that the finding is in.
fn with_comment(definitions: &str, code: &str) -> String {
    let verdict = validate(definitions.as_bytes());
    let (_, place) = verdict.findings.split_once(&format!("{FILE}:")).unwrap();
    let line: usize = place.split(':').next().unwrap().parse().unwrap();
    let mut lines: Vec<String> = definitions.lines().map(str::to_owned).collect();
    lines.insert(line - 1, comment(code));
    lines.join("\n")
}
