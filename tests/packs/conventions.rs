//! What every bundled pack keeps to, read from its text.

use super::harness::{Pack, list, text};
use serde_json::Value;
use std::collections::BTreeSet;
use std::process::Command;

#[track_caller]
fn each(check: impl Fn(&Pack)) {
    let packs = Pack::all();
    assert_eq!(packs.len(), 5);
    packs.iter().for_each(check);
}

/// Everything between `{{` and `}}`.
fn expressions(value: &Value) -> BTreeSet<String> {
    let text = value.to_string();
    let found = text.split("{{").skip(1).map(|rest| rest.split("}}").next().unwrap());
    found.map(|expression| expression.trim().to_owned()).collect()
}

fn scripts(pack: &Pack) -> Vec<String> {
    let container = pack.container();
    list(&container["command"]).iter().chain(list(&container["args"])).map(text).collect()
}

#[test]
fn the_file_is_called_as_the_object_will_be() {
    each(|pack| {
        let name = text(&pack.document["metadata"]["name"]);
        let mut kebab = String::new();
        for letter in name.chars() {
            if letter.is_uppercase() && !kebab.is_empty() {
                kebab.push('-');
            }
            kebab.push(letter.to_ascii_lowercase());
        }
        assert_eq!(pack.file, kebab);
        assert_eq!(pack.document["kind"], "Task");
        assert_eq!(pack.document["apiVersion"], "packs.argoproj.io/v1beta1");
    });
}

#[test]
fn what_is_declared_is_used_and_what_is_used_is_declared() {
    each(|pack| {
        let declared: BTreeSet<_> = pack
            .params()
            .iter()
            .map(|param| format!("inputs.parameters.{}", text(&param["name"])))
            .collect();
        let mut used = expressions(pack.template());
        used.remove("workflow.name");
        used.remove("workflow.status");
        assert_eq!(declared, used, "{}", pack.file);
    });
}

#[test]
fn params_and_outputs_are_described_and_defaults_are_possible() {
    each(|pack| {
        assert!(pack.spec()["description"].is_string(), "{}", pack.file);
        for item in pack.params().iter().chain(pack.outputs()) {
            assert!(item["description"].is_string(), "{}: {item}", pack.file);
        }
        for param in pack.params() {
            let choices = list(&param["enum"]);
            let default = &param["default"];
            assert!(choices.is_empty() || choices.contains(default), "{}: {param}", pack.file);
        }
    });
}

#[test]
fn nothing_is_substituted_into_programs() {
    each(|pack| {
        for script in scripts(pack) {
            assert!(!script.contains("{{"), "{}: {script}", pack.file);
        }
    });
}

#[test]
fn kubernetes_finds_nothing_to_expand_in_programs() {
    each(|pack| {
        for script in scripts(pack) {
            assert!(!script.contains("$$"), "{}", pack.file);
            for variable in pack.env() {
                let reference = format!("$({})", text(&variable["name"]));
                assert!(!script.contains(&reference), "{}: {reference}", pack.file);
            }
        }
    });
}

#[test]
fn secrets_are_declared_after_what_users_may_set() {
    each(|pack| {
        let secret = pack.env().iter().position(|variable| variable["value"].is_null());
        let last = pack.env().len() - 1;
        assert!(secret.is_none_or(|position| position == last), "{}", pack.file);
    });
}

#[test]
fn images_are_pinned() {
    each(|pack| {
        let mut image = text(&pack.container()["image"]);
        if let Some(rest) = image.strip_prefix("{{inputs.parameters.") {
            image.clone_from(&pack.defaults()[rest.trim_end_matches("}}")]);
        }
        let (_, tag) = image.rsplit_once(':').unwrap();
        assert!(tag != "latest" && tag.contains('.'), "{}: {image}", pack.file);
    });
}

#[test]
fn volumes_that_are_mounted_exist_and_secrets_may_be_missing() {
    each(|pack| {
        let volumes = list(&pack.template()["volumes"]);
        for mount in list(&pack.container()["volumeMounts"]) {
            let declared = volumes.iter().any(|volume| volume["name"] == mount["name"]);
            assert!(declared, "{}: {mount}", pack.file);
        }
        for volume in volumes.iter().filter(|volume| volume["secret"].is_object()) {
            assert_eq!(volume["secret"]["optional"], true, "{}", pack.file);
        }
    });
}

#[test]
fn outputs_are_written_where_they_are_read() {
    each(|pack| {
        let script = scripts(pack).pop().unwrap();
        for output in pack.outputs() {
            let name = text(&output["name"]);
            assert_eq!(output["path"], format!("/tmp/outputs/{name}"), "{}", pack.file);
            assert!(script.contains(&format!("\nput {name} ")), "{}: {name}", pack.file);
        }
    });
}

#[test]
fn scripts_are_shell() {
    each(|pack| {
        assert_eq!(list(&pack.container()["command"]), ["sh", "-eu", "-c"], "{}", pack.file);
        let script = scripts(pack).pop().unwrap();
        let output = Command::new("sh").args(["-n", "-c", &script]).output().unwrap();
        assert!(output.status.success(), "{}: {output:?}", pack.file);
    });
}
