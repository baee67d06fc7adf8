//! Standard input, paths that cannot be read, readers that go away, colours.

use std::io::Read;
use std::process::Stdio;

use super::fixtures::MISSPELT;
use super::run::{Directory, Ended};

#[test]
fn definitions_from_standard_input() {
    let empty = Directory::with(&[]);
    let ended =
        Ended::of(empty.command(&["validate", "--format", "concise", "-"]).write_stdin(MISSPELT));
    ended.is(1, "<stdin>:36:15: error[AP201] there is no Registry `habor` (write `harbor`)\n", "");
    let ended = Ended::of(
        empty
            .command(&["render", "-", "--only", "WorkflowTemplate"])
            .write_stdin(MISSPELT.replace("habor", "harbor")),
    );
    assert_eq!((ended.kinds(), ended.status), (vec!["WorkflowTemplate"], 0));
}

#[test]
fn a_path_that_is_not_there_ends_in_3() {
    let empty = Directory::with(&[]);
    let reason = "No such file or directory (os error 2)";
    empty.run(&["render", "nowhere"]).is(
        3,
        "",
        &format!("error: could not read nowhere: {reason}\n"),
    );
    empty.run(&["validate", "nowhere", "--format", "concise"]).is(
        3,
        &format!("nowhere: could not be read: {reason}\n"),
        "",
    );
    let unread = &empty.run(&["validate", "nowhere", "--format", "json"]).json()["unread"];
    assert_eq!(*unread, serde_json::json!([{ "path": "nowhere", "reason": reason }]));
}

#[test]
fn a_reader_that_goes_away_is_no_error() {
    let goapp = Directory::example("goapp");
    let binary = assert_cmd::cargo::cargo_bin!("argopacks");
    let mut command = std::process::Command::new(binary);
    let mut child = command
        .args(["render", "."])
        .current_dir(goapp.path())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let mut stderr = String::new();
    child.stderr.take().unwrap().read_to_string(&mut stderr).unwrap();
    assert_eq!((child.wait().unwrap().code(), stderr.as_str()), (Some(0), ""));
}

#[test]
fn no_colour_where_there_is_no_terminal() {
    let directory = Directory::with(&[("shop.yaml", MISSPELT)]);
    for variable in [None, Some("1")] {
        let mut command = directory.command(&["validate"]);
        variable.map(|value| command.env("NO_COLOR", value));
        let ended = Ended::of(&mut command);
        assert!(!ended.stdout.contains('\u{1b}') && !ended.stderr.contains('\u{1b}'));
    }
}

#[test]
fn no_command_is_wrong_usage() {
    let ended = Directory::with(&[]).run(&[]);
    assert_eq!((ended.status, ended.stdout.as_str()), (2, ""));
    assert!(ended.stderr.contains("Usage: argopacks <COMMAND>"));
    assert_eq!(Directory::with(&[]).run(&["rendr"]).status, 2);
}

#[test]
fn the_version_is_that_of_the_package() {
    let ended = Directory::with(&[]).run(&["--version"]);
    ended.is(0, &format!("argopacks {}\n", env!("CARGO_PKG_VERSION")), "");
}
