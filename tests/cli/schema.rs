use std::fs;
use std::path::Path;

use serde_json::Value;

use super::run::Directory;

fn schema(args: &[&str]) -> Value {
    let ended = Directory::with(&[]).run(&[&["schema"], args].concat());
    assert_eq!((ended.status, ended.stderr.as_str()), (0, ""));
    ended.json()
}

/// What a value does that the schema does not allow, as far as argopacks' own schemas go.
fn faults(value: &Value, schema: &Value, path: &str) -> Vec<String> {
    if let Some(any) = schema.get("anyOf").and_then(Value::as_array) {
        let all: Vec<Vec<String>> = any.iter().map(|one| faults(value, one, path)).collect();
        return if all.iter().any(Vec::is_empty) { Vec::new() } else { all.concat() };
    }
    let mut found = Vec::new();
    if schema.get("const").is_some_and(|wanted| wanted != value)
        || schema.get("enum").is_some_and(|words| !words.as_array().unwrap().contains(value))
    {
        found.push(format!("{path} is {value}"));
    }
    // The one pattern is that of an expression.
    if schema.get("pattern").is_some()
        && !value.as_str().is_some_and(|text| text.starts_with("<{") && text.ends_with("}>"))
    {
        found.push(format!("{path} is no expression"));
    }
    if schema.get("type").is_some_and(|wanted| !is_of_type(value, wanted)) {
        found.push(format!("{path} is not {}", schema["type"]));
    }
    for (at, item) in value.as_array().into_iter().flatten().enumerate() {
        found.extend(faults(
            item,
            schema.get("items").unwrap_or(&Value::Null),
            &format!("{path}[{at}]"),
        ));
    }
    found.extend(faults_of_fields(value, schema, path));
    found
}

fn faults_of_fields(value: &Value, schema: &Value, path: &str) -> Vec<String> {
    let Some(map) = value.as_object() else { return Vec::new() };
    let required = schema
        .get("required")
        .and_then(Value::as_array)
        .into_iter()
        .flatten()
        .filter_map(Value::as_str);
    let mut found: Vec<String> = required
        .filter(|key| !map.contains_key(*key))
        .map(|key| format!("{path} lacks {key}"))
        .collect();
    for (key, value) in map {
        let rest = schema.get("additionalProperties");
        let field = schema.get("properties").and_then(|properties| properties.get(key)).or(rest);
        match field {
            Some(Value::Bool(false)) => found.push(format!("{path} has {key}")),
            Some(field) => found.extend(faults(value, field, &format!("{path}.{key}"))),
            None => {}
        }
    }
    found
}

fn is_of_type(value: &Value, wanted: &Value) -> bool {
    let is = |name: &str| match name {
        "object" => value.is_object(),
        "array" => value.is_array(),
        "string" => value.is_string(),
        "boolean" => value.is_boolean(),
        "null" => value.is_null(),
        "integer" => value.is_i64(),
        "number" => value.is_number(),
        _ => false,
    };
    wanted.as_str().map_or_else(
        || wanted.as_array().unwrap().iter().any(|name| is(name.as_str().unwrap())),
        is,
    )
}

/// Every document of the examples, the bundled packs, and Schedules.
fn definitions() -> Vec<Value> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let directories = ["examples/goapp", "examples/own-tasks", "packs", "tests/data/ok/schedule"]
        .map(|directory| root.join(directory));
    let files = directories
        .iter()
        .flat_map(|directory| fs::read_dir(directory).unwrap())
        .map(|entry| entry.unwrap().path());
    let texts = files
        .filter(|file| file.extension().is_some_and(|extension| extension == "yaml"))
        .map(|file| fs::read_to_string(file).unwrap());
    let documents: Vec<String> = texts
        .flat_map(|text| text.split("\n---\n").map(str::to_owned).collect::<Vec<_>>())
        .collect();
    documents.iter().map(|document| serde_yaml::from_str(document).unwrap()).collect()
}

#[test]
fn every_definition_of_the_examples_is_right_by_its_schema() {
    for definition in definitions() {
        let kind = definition["kind"].as_str().unwrap();
        assert_eq!(faults(&definition, &schema(&[kind]), kind), Vec::<String>::new());
    }
}

/// Every field of a schema, by its path; those of records in lists and maps as well.
fn each_field(schema: &Value, path: &str, visit: &mut impl FnMut(&str, &Value)) {
    for (key, field) in schema.get("properties").and_then(Value::as_object).into_iter().flatten() {
        let path = format!("{path}.{key}");
        visit(&path, field);
        each_field(field, &path, visit);
    }
    for inner in ["items", "additionalProperties"].into_iter().filter_map(|key| schema.get(key)) {
        visit(&format!("{path}.*"), inner);
        each_field(inner, &format!("{path}.*"), visit);
    }
    for one in schema.get("anyOf").and_then(Value::as_array).into_iter().flatten() {
        each_field(one, path, visit);
    }
}

#[test]
fn every_field_may_be_an_expression_but_those_of_config() {
    let expression = Value::from("<{ values.x }>");
    for kind in [
        "Project",
        "Registry",
        "RepositoryAccount",
        "Task",
        "Builder",
        "Pipeline",
        "Build",
        "Webhook",
    ] {
        each_field(&schema(&[kind]), kind, &mut |path, field| {
            let is_fixed = field.get("const").is_some() || field == false;
            assert!(is_fixed || faults(&expression, field, path).is_empty(), "{path}: {field}");
        });
    }
    let config = schema(&["Config"]);
    let argo = &config["properties"]["spec"]["properties"]["argo"];
    assert!(!faults(&expression, argo, "").is_empty(), "{argo}");
}

#[test]
fn what_is_wrong_is_wrong_by_the_schema() {
    let mut project = serde_json::json!({ "apiVersion": "packs.argoproj.io/v1beta1", "kind": "Project", "metadata": { "name": "shop" } });
    assert!(faults(&project, &schema(&["Project"]), "").is_empty());
    project["spec"] = serde_json::json!({ "rbac": "none", "defaults": { "onExit": [] }, "namespac": "argo", "events": { "port": true } });
    project["metadata"] = serde_json::json!({});
    let found = faults(&project, &schema(&["Project"]), "");
    for fault in [
        ".metadata lacks name",
        ".spec has namespac",
        ".spec.rbac is \"none\"",
        ".spec.defaults has onExit",
        ".spec.events.port is not \"integer\"",
    ] {
        assert!(found.iter().any(|found| found == fault), "{fault}: {found:?}");
    }
}

#[test]
fn without_a_kind_it_is_that_of_any_definition() {
    let all = schema(&[]);
    assert_eq!(all["$schema"], "https://json-schema.org/draft/2020-12/schema");
    let kinds: Vec<&Value> = all["oneOf"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| &one["properties"]["kind"]["const"])
        .collect();
    assert_eq!(
        kinds,
        [
            "Config",
            "Project",
            "Registry",
            "RepositoryAccount",
            "Task",
            "Builder",
            "Pipeline",
            "Build",
            "Webhook",
            "Schedule"
        ]
    );
}

#[test]
fn a_kind_that_is_not_there_is_wrong_usage() {
    let ended = Directory::with(&[]).run(&["schema", "Pipline"]);
    ended.is(2, "", "error: there is no kind `Pipline`; did you mean `Pipeline`?\n");
}
