//! What the pages list is what the code has, and the files that they name exist.

use std::collections::BTreeSet;
use std::fs;

use argopacks::internals::ObjectKind;
use argopacks::internals::Variable;
use argopacks::internals::{Kind, Record};
use argopacks::internals::{is_standard, origin};

use super::markdown::Page;
use super::{none, page, pages, root};

#[test]
fn links_lead_somewhere() {
    let broken = |page: &Page| {
        let folder = page.path.parent().unwrap().to_owned();
        let (links, name) = (page.links().into_iter(), page.name());
        let local = links.filter(|link| !link.contains("://") && !link.starts_with('#'));
        let dead = local.filter(move |link| !folder.join(link.split('#').next().unwrap()).exists());
        dead.map(|link| format!("{name}: nothing is at {link}")).collect::<Vec<_>>()
    };
    none(&pages().iter().flat_map(broken).collect::<Vec<_>>());
}

/// Paths in backticks, unless part of them stands for something.
#[test]
fn files_that_are_named_exist() {
    let tops = [
        "src/",
        "docs/",
        "tests/",
        "packs/",
        "templates/",
        "examples/",
        "benches/",
        "fuzz/",
        "scripts/",
    ];
    let is_path = |code: &String| {
        tops.iter().any(|top| code.starts_with(top))
            && !code.contains(['*', '<', ' ', '…'])
            && !["NNN", "NAME", "KIND"].iter().any(|word| code.contains(word))
    };
    let missing = |page: &Page| {
        let name = page.name();
        let codes =
            page.code().into_iter().filter(is_path).filter(|code| !root().join(code).exists());
        codes.map(|code| format!("{name}: there is no {code}")).collect::<Vec<_>>()
    };
    none(&pages().iter().flat_map(missing).collect::<Vec<_>>());
}

/// In the order in which they are emitted, each with where it comes from.
#[test]
fn every_build_parameter_is_in_the_table() {
    let listed = page("docs/wiring.md").column("## The build parameters");
    let source = fs::read_to_string(root().join("src/plan/standard.rs")).unwrap();
    let rows =
        source.lines().filter_map(|line| line.trim().strip_prefix('"')?.split_once("\" = \""));
    let names: Vec<&str> = rows.map(|(name, _)| name).collect();
    assert!(names.iter().all(|name| is_standard(name) && origin(name).is_some()));
    assert_eq!(listed, names);
}

#[test]
fn every_variable_is_in_the_table() {
    let listed = page("docs/names-and-expressions.md").column("## `%variables%`");
    let names: Vec<String> = Variable::names().map(|name| format!("%{name}%")).collect();
    assert_eq!(listed, names);
}

#[test]
fn objects_are_listed_in_their_order() {
    let listed = page("docs/output.md").column("## What is printed");
    let names: Vec<&str> = ObjectKind::ALL.iter().map(|kind| kind.name()).collect();
    assert_eq!(listed, names);
}

#[test]
fn every_kind_has_a_section() {
    let text = page("docs/definitions.md").text;
    let missing = Kind::ALL
        .iter()
        .map(|kind| kind.name())
        .filter(|name| !text.contains(&format!("\n## {name}\n")));
    none(
        &missing
            .map(|name| format!("docs/definitions.md has no section {name}"))
            .collect::<Vec<_>>(),
    );
}

/// Fields that are known and not compiled, by the path where they are first met.
fn later_fields(path: &str, record: &Record, found: &mut BTreeSet<String>) {
    for field in record.fields {
        if field.later {
            found.insert(field.key.to_owned());
        } else if let Some(inner) = field.shape.record() {
            later_fields(&format!("{path}.{}", field.key), inner, found);
        }
    }
}

#[test]
fn what_is_not_compiled_is_listed() {
    let mut fields = BTreeSet::new();
    Kind::ALL
        .iter()
        .filter_map(|kind| Some((kind.name(), kind.record()?)))
        .for_each(|(name, record)| later_fields(name, record, &mut fields));
    let kinds =
        Kind::ALL.iter().filter(|kind| kind.record().is_none()).map(|kind| kind.name().to_owned());
    let listed: BTreeSet<String> =
        page("docs/definitions.md").column("## Known and not compiled yet").into_iter().collect();
    assert_eq!(listed, fields.into_iter().chain(kinds).collect());
}

/// Every row of the tables of decisions has its three parts.
#[test]
fn decisions_have_context_choice_and_reason() {
    let text = page("docs/decisions.md").text;
    let entries = text.split("\n## ").skip(1);
    let lacks = |entry: &&str| {
        !["Context: ", "Choice: ", "Why: "].iter().all(|part| entry.contains(&format!("\n{part}")))
    };
    none(
        &entries
            .filter(lacks)
            .map(|entry| entry.lines().next().unwrap_or_default().to_owned())
            .collect::<Vec<_>>(),
    );
}

/// The hooks that README.md names are those that pre-commit is offered; none is given single files,
/// since references cross them.
#[test]
fn hooks_are_those_that_the_readme_names() {
    let text = fs::read_to_string(root().join(".pre-commit-hooks.yaml")).unwrap();
    let hooks: Vec<serde_json::Value> = serde_yaml::from_str(&text).unwrap();
    let readme = page("README.md").text;
    for hook in &hooks {
        assert!(readme.contains(hook["id"].as_str().unwrap()), "{hook}");
        assert_eq!(hook["pass_filenames"], false, "{hook}");
        assert_eq!(hook["entry"], "argopacks validate", "{hook}");
    }
    assert_eq!(hooks.len(), 2);
}
