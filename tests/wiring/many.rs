//! Two thousand webhooks in one project: no Sensor and no `EventSource` grows over what a pod can
//! be started with, and each webhook stands in exactly one Sensor, its repository in exactly the
//! `EventSource` that the Sensor listens to.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::fs;

use serde_json::Value;

use super::argopacks;

const COUNT: usize = 2_000;
/// Bytes of JSON (docs/reference: a larger Sensor's pod cannot start).
const LIMIT: usize = 90_000;

const COMMON: &str = include_str!("many.yaml");

fn repository(at: usize) -> String {
    format!("platform-engineering-and-delivery/service-with-a-long-and-telling-name-number-{at:04}")
}

fn definitions() -> String {
    let mut text = COMMON.to_owned();
    for at in 0..COUNT {
        let repository = repository(at);
        let _ = write!(
            text,
            "---\napiVersion: packs.argoproj.io/v1beta1\nkind: Pipeline\nmetadata: {{name: service-{at:04}, project: shop}}\nspec:\n  repository: harbor\n  image: service-{at:04}\n  tag: latest\n  builder: {{name: checking}}\n  code: {{git: {{repoAccount: acme, repo: {repository}, revision: main}}}}\n\
             ---\napiVersion: packs.argoproj.io/v1beta1\nkind: Webhook\nmetadata: {{name: on-push-{at:04}, project: shop}}\nspec:\n  repo: {{url: github.com/{repository}, revision: main}}\n  event: {{pipeline: {{name: service-{at:04}}}}}\n"
        );
    }
    text
}

/// The objects of some kinds, with the bytes of each as JSON.
fn objects(text: &str) -> Vec<Value> {
    let directory = tempfile::tempdir().unwrap();
    fs::write(directory.path().join("all.yaml"), text).unwrap();
    let output = argopacks(
        directory.path(),
        &["render", ".", "--only", "Sensor,EventSource", "--output", "json"],
    );
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let documents = serde_json::Deserializer::from_slice(&output.stdout).into_iter::<Value>();
    documents.flat_map(|document| each(document.unwrap())).collect()
}

/// The items of a list, or the object itself.
fn each(mut document: Value) -> Vec<Value> {
    match document["items"].take() {
        Value::Array(items) => items,
        _ => vec![document],
    }
}

fn of_kind<'o>(objects: &'o [Value], kind: &str) -> Vec<&'o Value> {
    objects.iter().filter(|object| object["kind"] == kind).collect()
}

fn name(object: &Value) -> &str {
    object["metadata"]["name"].as_str().unwrap()
}

/// For every repository, the event sources (name and event) that have it.
fn sources(objects: &[Value]) -> BTreeMap<String, Vec<(String, String)>> {
    let mut sources: BTreeMap<String, Vec<(String, String)>> = BTreeMap::new();
    for object in of_kind(objects, "EventSource") {
        for (event, source) in object["spec"]["github"].as_object().unwrap() {
            for owner in source["repositories"].as_array().unwrap() {
                for repository in owner["names"].as_array().unwrap() {
                    let full = format!(
                        "{}/{}",
                        owner["owner"].as_str().unwrap(),
                        repository.as_str().unwrap()
                    );
                    sources.entry(full).or_default().push((name(object).to_owned(), event.clone()));
                }
            }
        }
    }
    sources
}

/// For every webhook, the dependencies of its name.
fn dependencies(objects: &[Value]) -> BTreeMap<String, Vec<&Value>> {
    let mut dependencies: BTreeMap<String, Vec<&Value>> = BTreeMap::new();
    for sensor in of_kind(objects, "Sensor") {
        for dependency in sensor["spec"]["dependencies"].as_array().unwrap() {
            dependencies
                .entry(dependency["name"].as_str().unwrap().to_owned())
                .or_default()
                .push(dependency);
        }
    }
    dependencies
}

#[test]
fn each_of_two_thousand_webhooks_has_its_place() {
    let objects = objects(&definitions());
    assert!(of_kind(&objects, "Sensor").len() > 1, "one Sensor for all");
    for object in &objects {
        let bytes = object.to_string().len();
        assert!(bytes < LIMIT, "{} {} has {bytes} bytes", object["kind"], name(object));
    }
    let (sources, dependencies) = (sources(&objects), dependencies(&objects));
    assert_eq!((sources.len(), dependencies.len()), (COUNT, COUNT));
    for at in 0..COUNT {
        let [dependency] = dependencies[&format!("on-push-{at:04}")][..] else {
            panic!("webhook {at} is not in one Sensor")
        };
        let listens_to = (
            dependency["eventSourceName"].as_str().unwrap().to_owned(),
            dependency["eventName"].as_str().unwrap().to_owned(),
        );
        assert_eq!(sources[&repository(at)], [listens_to], "webhook {at}");
    }
}

#[test]
fn names_of_parts_are_unique() {
    let objects = objects(&definitions());
    let mut names: Vec<(&Value, &str)> =
        objects.iter().map(|object| (&object["kind"], name(object))).collect();
    names.sort_by_key(|(kind, name)| (kind.to_string(), (*name).to_owned()));
    let count = names.len();
    names.dedup();
    assert_eq!(names.len(), count);
}
