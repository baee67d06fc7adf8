//! A fix makes nothing worse: with it there are fewer findings, and none that was not there before.

use argopacks::diagnostics::{Diagnostic, Fix};

use super::{Files, Mistake, Page, base, directory, example, passed_on, written};

/// What is found in some files, and the fixes that come with it, each with the name of its file.
fn found(files: &Files) -> (Vec<String>, Vec<(String, Fix)>) {
    let directory = written(files);
    argopacks::compile(&[directory.path().into()], |compiled| {
        let said = |it: &Diagnostic| format!("{} {}", it.rule.code, it.message);
        let file = |fix: &Fix| {
            let path = &compiled.sources.file(fix.span.file).path;
            path.rsplit('/').next().unwrap().to_owned()
        };
        let fixes = compiled.findings.iter().filter_map(|it| it.fix.clone());
        let fixes = fixes.map(|fix| (file(&fix), fix)).collect();
        (compiled.findings.iter().map(said).collect(), fixes)
    })
}

/// What is worse with one of the fixes than without.
pub(crate) fn worse(files: &Files) -> Vec<String> {
    let (before, fixes) = found(files);
    let worse = fixes.into_iter().filter_map(|(file, fix)| {
        let mut mended = files.clone();
        mended.get_mut(&file)?.replace_range(fix.span.range(), &fix.replacement);
        let (after, _) = found(&mended);
        let is_better =
            after.len() < before.len() && after.iter().all(|finding| before.contains(finding));
        (!is_better).then(|| format!("`{}` in {file}: {before:#?}, {after:#?}", fix.replacement))
    });
    worse.collect()
}

/// Two mistakes in one value: no webhook can have that name in quotes either.
const TWICE_WRONG: &str = "name that is a number";

/// Asserts that no mistake of the pages has a fix that makes it worse.
fn check(pages: &[Page], base: impl Fn(&Mistake) -> Files) {
    let mut all = Vec::new();
    let mistakes = pages.iter().flat_map(|page| &page.mistakes);
    for mistake in mistakes.filter(|mistake| mistake.name != TWICE_WRONG) {
        let mut files = base(mistake);
        mistake.make(&mut files);
        all.extend(worse(&files).into_iter().map(|it| format!("{}: {it}\n", mistake.name)));
    }
    assert!(all.is_empty(), "{}:\n{}", all.len(), all.concat());
}

#[test]
fn fixes_make_nothing_worse() {
    let names =
        ["references", "required", "keys", "values", "wiring", "names", "bodies", "schedules"];
    let pages = names.map(|name| Page::read(directory().join(format!("{name}.md"))));
    check(&pages, example);
}

#[test]
fn fixes_in_what_is_passed_on_make_nothing_worse() {
    check(&passed_on(), |_| base());
}
