//! The list of rules: complete, in order, and named in one way.

use std::collections::BTreeSet;

use argopacks::rules::{RULES, rule_of};

use super::{directory, files_in};

#[test]
fn codes_are_in_order_and_each_comes_once() {
    let codes: Vec<&str> = RULES.iter().map(|rule| rule.code).collect();
    assert!(codes.windows(2).all(|pair| pair[0] < pair[1]), "{codes:?}");
    assert!(codes.iter().all(|code| is_code(code)), "{codes:?}");
}

#[test]
fn names_are_kebab_case_and_each_comes_once() {
    let names: BTreeSet<&str> = RULES.iter().map(|rule| rule.name).collect();
    assert_eq!(names.len(), RULES.len());
    for name in names {
        assert!(name.split('-').all(is_word), "{name}");
    }
}

#[test]
fn every_file_of_a_rule_is_in_the_list() {
    let files: Vec<String> =
        files_in("src/rules").into_iter().filter(|file| file != "mod.rs").collect();
    let codes: Vec<String> = files.iter().map(|file| file[..5].to_ascii_uppercase()).collect();
    let listed: Vec<&str> = RULES.iter().map(|rule| rule.code).collect();
    assert_eq!(codes, listed);
}

#[test]
fn a_file_has_the_rule_that_its_name_says() {
    for file in files_in("src/rules").iter().filter(|file| *file != "mod.rs") {
        let text = std::fs::read_to_string(directory("src/rules").join(file)).unwrap();
        let code = file[..5].to_ascii_uppercase();
        assert!(text.starts_with(&format!("//! {code}: ")), "{file}");
        let rule: String = text.split_whitespace().collect();
        assert!(rule.contains(&format!("rule!(\"{code}\",")), "{file}");
    }
}

#[test]
fn summaries_are_one_line_without_an_end() {
    for rule in RULES {
        assert!(
            !rule.summary.is_empty()
                && !rule.summary.contains('\n')
                && !rule.summary.ends_with('.'),
            "{}",
            rule.code
        );
    }
}

#[test]
fn rules_are_found_by_code_in_any_case() {
    assert_eq!(rule_of("ap201").unwrap().name, "undefined-reference");
    assert!(rule_of("AP999").is_none());
}

fn is_code(code: &str) -> bool {
    code.strip_prefix("AP")
        .is_some_and(|digits| digits.len() == 3 && digits.bytes().all(|byte| byte.is_ascii_digit()))
}

fn is_word(word: &str) -> bool {
    !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit())
}
