//! What each page says is so: its bad example breaks its rule and no other, is answered as the page
//! shows, and its good example breaks none. `UPDATE_EXPECT=1` puts what is answered onto the pages.

use argopacks::diagnostics::Rule;
use argopacks::rules::RULES;

use super::page::Page;
use super::{files_in, validate};

/// Rules that no page can show; `limits` breaks each of them.
const NOT_SHOWN: &[&str] = &["AP007", "AP008", "AP504"];

/// Rules that no stage reports yet: the plan stage is to.
const NOT_REPORTED: &[&str] = &[];

#[test]
fn every_rule_has_a_page_and_every_page_a_rule() {
    let pages: Vec<String> = RULES.iter().map(|rule| format!("{}.md", rule.code)).collect();
    assert_eq!(files_in("docs/rules"), pages);
}

#[test]
fn pages_have_one_form() {
    for rule in RULES {
        let page = Page::of(rule.code);
        assert_eq!(page.title(), format!("# {}: {}", rule.code, rule.name));
        assert_eq!(page.sections(), ["Bad", "Good"], "{}", rule.code);
        assert_eq!(
            page.not_shown().is_some(),
            NOT_SHOWN.contains(&rule.code),
            "{}: shown, or said why not",
            rule.code
        );
    }
}

#[test]
fn bad_examples_break_their_rule_only() {
    let faults: Vec<String> = shown().filter_map(fault_of_bad).collect();
    assert!(faults.is_empty(), "{}", faults.join("\n\n"));
}

#[test]
fn good_examples_break_no_rule() {
    for rule in shown() {
        let page = Page::of(rule.code);
        let good =
            page.block("Good", "yaml").unwrap_or_else(|| panic!("{}: no good example", rule.code));
        let verdict = validate(good.as_bytes());
        assert!(
            verdict.is_clean && verdict.findings.is_empty(),
            "{}:\n{}",
            rule.code,
            verdict.findings
        );
    }
}

/// The rules whose pages have examples.
fn shown() -> impl Iterator<Item = &'static Rule> {
    let is_shown =
        |rule: &&Rule| !NOT_SHOWN.contains(&rule.code) && !NOT_REPORTED.contains(&rule.code);
    RULES.iter().copied().filter(is_shown)
}

/// What is wrong with a rule's bad example, if anything is.
fn fault_of_bad(rule: &Rule) -> Option<String> {
    let page = Page::of(rule.code);
    let bad = page.block("Bad", "yaml").unwrap_or_else(|| panic!("{}: no bad example", rule.code));
    let verdict = validate(bad.as_bytes());
    if verdict.codes != [rule.code] {
        return Some(format!(
            "{}: the bad example gives {:?}\n{}",
            rule.code, verdict.codes, verdict.findings
        ));
    }
    if std::env::var_os("UPDATE_EXPECT").is_some() {
        page.show(&verdict.findings);
        return None;
    }
    let expected = page.block("Bad", "text").unwrap_or_default().trim_end();
    (expected != verdict.findings)
        .then(|| format!("{}: the page shows another answer than\n{}", rule.code, verdict.findings))
}
