//! Names in the lists of a body: each is there once. Their forms are in the table of field facts.

use std::collections::HashMap;

use super::Context;
use crate::body::{Body, CallPlace, Item, Role};
use crate::diagnostics::Sink;
use crate::model::Text;
use crate::rules::ap311_duplicate_name;

pub(crate) fn check(body: &Body, context: Context, sink: &mut Sink) {
    let params = context.params.iter().copied().chain(named(&body.inputs.parameters));
    unique(params, "param", sink);
    unique(named(&body.inputs.artifacts), "artifact", sink);
    let outputs = context.outputs.iter().copied().chain(named(&body.outputs.parameters));
    unique(outputs, "output", sink);
    unique(named(&body.outputs.artifacts), "artifact", sink);
    unique(named(&body.volumes), "volume", sink);
    for call in &body.calls {
        unique(named(&call.arguments.parameters), "argument", sink);
        unique(named(&call.arguments.artifacts), "artifact", sink);
    }
    calls(body, sink);
    containers(body, sink);
}

/// Steps have names of their own over all groups (workflow/validate, `validateSteps`).
fn calls(body: &Body, sink: &mut Sink) {
    let of = |is_meant: fn(CallPlace) -> bool| {
        let calls = body.calls.iter().filter(move |call| is_meant(call.place));
        calls.filter_map(|call| call.name.as_ref())
    };
    unique(of(|place| place == CallPlace::Task), "task", sink);
    unique(of(|place| matches!(place, CallPlace::Step { .. })), "step", sink);
}

fn containers(body: &Body, sink: &mut Sink) {
    // Argo names the one of `container` and `script` itself.
    let others =
        body.containers.iter().filter(|one| !matches!(one.role, Role::Main | Role::Script));
    unique(others.filter_map(|one| one.name.as_ref()), "container", sink);
    for container in &body.containers {
        unique(named(&container.env), "environment variable", sink);
        unique(named(&container.ports), "port", sink);
    }
}

fn named<'b>(items: &'b [Item]) -> impl Iterator<Item = &'b Text> {
    items.iter().filter_map(|item| item.name.as_ref())
}

/// Reports names that are there twice; `what` is what has them.
pub(crate) fn unique<'t>(names: impl Iterator<Item = &'t Text>, what: &str, sink: &mut Sink) {
    let mut seen: HashMap<&str, &Text> = HashMap::new();
    for name in names.filter(|name| !name.is_empty()) {
        match seen.get(&*name.value) {
            Some(first) => {
                sink.report(ap311_duplicate_name::finding(name.span, what, name, first.span));
            }
            None => {
                seen.insert(&name.value, name);
            }
        }
    }
}
