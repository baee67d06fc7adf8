//! The fix that comes with a finding repairs it: a bad example with its fix applied breaks no rule
//! any more.

use std::path::Path;

use argopacks::diagnostics::Fix;
use argopacks::rules::RULES;

use super::page::Page;
use super::{FILE, validate};

#[test]
fn fixes_mend_what_they_come_with() {
    let mut count = 0;
    for rule in RULES {
        let page = Page::of(rule.code);
        let Some(bad) = page.block("Bad", "yaml") else { continue };
        let Some(fix) = fix_of(bad) else { continue };
        let repaired = format!(
            "{}{}{}",
            &bad[..fix.span.range().start],
            fix.replacement,
            &bad[fix.span.range().end..]
        );
        let verdict = validate(repaired.as_bytes());
        assert!(
            verdict.is_clean && verdict.findings.is_empty(),
            "{}:\n{repaired}\n{}",
            rule.code,
            verdict.findings
        );
        count += 1;
    }
    assert!(count >= 10, "only {count} examples have a fix");
}

/// The fix of the first finding in some definitions, if it has one.
fn fix_of(definitions: &str) -> Option<Fix> {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join(Path::new(FILE));
    std::fs::write(&path, definitions).unwrap();
    argopacks::compile(&[path], |compiled| {
        compiled.findings.first().and_then(|finding| finding.fix.clone())
    })
}
