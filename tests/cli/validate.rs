use serde_json::json;

use super::fixtures::{MISSPELT, MISSPELT_IN_FULL, OWN_PACK, config};
use super::run::Directory;

#[test]
fn no_mistakes() {
    Directory::example("goapp").run(&["validate"]).is(0, "", "7 definitions, no mistakes\n");
    let warning = "warning: there is no definition here: nothing with apiVersion packs.argoproj.io/v1beta1 and a kind of it\n";
    Directory::with(&[]).run(&["validate"]).is(0, "", warning);
    Directory::with(&[]).run(&["validate", "--strict"]).is(1, "", warning);
    Directory::example("goapp").run(&["validate", "project.yaml"]).is(
        0,
        "",
        "1 definition, no mistakes\n",
    );
}

#[test]
fn in_full_the_source_is_shown() {
    let ended = Directory::with(&[("shop.yaml", MISSPELT)]).run(&["validate"]);
    ended.is(1, &format!("{MISSPELT_IN_FULL}\n"), "5 definitions: 1 error\n");
}

#[test]
fn concise_is_a_line_a_finding() {
    let ended =
        Directory::with(&[("shop.yaml", MISSPELT)]).run(&["validate", "--format", "concise"]);
    ended.is(
        1,
        "shop.yaml:36:15: error[AP201] there is no Registry `habor` (write `harbor`)\n",
        "",
    );
    Directory::example("goapp").run(&["validate", "--format", "concise"]).is(0, "", "");
}

#[test]
fn json_has_a_version_and_every_place() {
    let ended = Directory::with(&[("shop.yaml", MISSPELT)]).run(&["validate", "--format", "json"]);
    let place = |line: u32, column: u32, end: u32| json!({ "path": "shop.yaml", "line": line, "column": column, "end_line": line, "end_column": end });
    let joined = |mut place: serde_json::Value, key: &str, text: &str| {
        place[key] = json!(text);
        place
    };
    let mut finding = place(36, 15, 20);
    finding["code"] = json!("AP201");
    finding["rule"] = json!("undefined-reference");
    finding["level"] = json!("error");
    finding["message"] = json!("there is no Registry `habor`");
    finding["label"] = json!("not defined");
    finding["related"] = json!([joined(place(9, 9, 15), "label", "`harbor` is defined here")]);
    finding["notes"] = json!([]);
    finding["help"] = json!(["write `harbor`"]);
    finding["fix"] = joined(place(36, 15, 20), "replacement", "harbor");
    assert_eq!(ended.json(), json!({ "version": 1, "findings": [finding], "unread": [] }));
    assert_eq!((ended.status, ended.stderr.as_str()), (1, ""));
}

#[test]
fn json_of_nothing_is_a_document_as_well() {
    let ended = Directory::example("goapp").run(&["validate", "--format", "json"]);
    assert_eq!(ended.json(), json!({ "version": 1, "findings": [], "unread": [] }));
    assert_eq!(ended.status, 0);
}

#[test]
fn strict_counts_warnings() {
    let warned = Directory::with(&[("tasks.yaml", OWN_PACK), ("config.yaml", &config("warning"))]);
    let line = "tasks.yaml:4:9: warning[AP701] this Task takes the place of the bundled `slack-message` (give it another name if that is not meant)\n";
    warned.run(&["validate", "--format", "concise"]).is(0, line, "");
    warned.run(&["validate", "--format", "concise", "--strict"]).is(1, line, "");
    let noted = Directory::with(&[("tasks.yaml", OWN_PACK)]);
    noted.run(&["validate", "--format", "concise", "--strict"]).is(
        0,
        &line.replace("warning", "note"),
        "",
    );
}

#[test]
fn config_changes_levels_and_comments_ignore() {
    let off = Directory::with(&[("tasks.yaml", OWN_PACK), ("config.yaml", &config("off"))]);
    off.run(&["validate", "--format", "concise"]).is(0, "", "");
    let error = Directory::with(&[("tasks.yaml", OWN_PACK), ("config.yaml", &config("error"))]);
    assert_eq!(error.run(&["validate"]).status, 1);
    let ignored = OWN_PACK
        .replace("  name: slack", "  # argopacks: ignore[AP701] ours is shorter\n  name: slack");
    Directory::with(&[("tasks.yaml", &ignored)])
        .run(&["validate", "--format", "concise"])
        .is(0, "", "");
}

#[test]
fn a_format_that_does_not_exist_is_wrong_usage() {
    let ended = Directory::example("goapp").run(&["validate", "--format", "xml"]);
    assert_eq!((ended.status, ended.stdout.as_str()), (2, ""));
    assert!(ended.stderr.contains("[possible values: full, concise, json]"), "{}", ended.stderr);
}
