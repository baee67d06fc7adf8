//! Arguments of tasks, steps and hooks: each has a value, from where an argument can have one.

use super::{Context, has_slip};
use crate::body::{Body, Item, LOCATIONS, present, value};
use crate::diagnostics::Sink;
use crate::rules::{ap109_one_of_fields, ap406_argo_missing_field};

/// Where an argument can be from (workflow/validate, `validateArgumentsValues`).
const SOURCES: &[&str] = &["configMapKeyRef", "event", "supplied"];

pub(crate) fn check(body: &Body, _: Context, sink: &mut Sink) {
    for call in &body.calls {
        call.arguments.parameters.iter().for_each(|one| check_parameter(one, sink));
        call.arguments.artifacts.iter().for_each(|one| check_artifact(one, sink));
    }
}

fn check_parameter(argument: &Item, sink: &mut Sink) {
    let name = argument.name.as_ref().map_or("", |name| name);
    let from = present(argument.node).find(|entry| entry.key.text == "valueFrom");
    match (value(argument.node, "value"), from) {
        (None, None) if !has_slip(argument.node, &["value", "valueFrom"]) => {
            let what = format!("argument `{name}`");
            let fields = &["value", "valueFrom"];
            sink.report(ap109_one_of_fields::none(argument.at(), &what, fields));
        }
        (_, Some(from)) if SOURCES.iter().all(|key| value(&from.value, key).is_none()) => {
            sink.report(ap406_argo_missing_field::argument(from.key.span, name, SOURCES));
        }
        _ => {}
    }
}

fn check_artifact(argument: &Item, sink: &mut Sink) {
    let names: Vec<&str> = ["from"].iter().chain(LOCATIONS).copied().collect();
    let is_given = names.iter().any(|key| value(argument.node, key).is_some());
    if !is_given && !has_slip(argument.node, &names) {
        let name = argument.name.as_ref().map_or("", |name| name);
        let what = format!("artifact `{name}`");
        sink.report(ap109_one_of_fields::none(argument.at(), &what, &["from", "s3", "raw", "git"]));
    }
}
