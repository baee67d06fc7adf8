//! Container sets: the order of their containers, and the one that files are for.

use super::Context;
use super::graph::{self, Waiting};
use crate::body::{Body, Container, Item, Role, TemplateKind, value};
use crate::diagnostics::Sink;
use crate::model::Text;
use crate::rules::{ap201_undefined_reference, ap406_argo_missing_field};
use crate::source::Span;

pub(crate) fn check(body: &Body, context: Context, sink: &mut Sink) {
    let Some((TemplateKind::ContainerSet, key, node)) = body.typed() else { return };
    let containers: Vec<&Container> =
        body.containers.iter().filter(|container| container.role == Role::Set).collect();
    if containers.is_empty() {
        // The table of field facts reports a missing list.
        if value(node, "containers").is_some_and(|list| list.items().is_empty()) {
            let what = "a container set";
            sink.report(ap406_argo_missing_field::no_items(key.span, what, "container"));
        }
        return;
    }
    check_order(&containers, sink);
    let outputs = body.outputs.parameters.iter().chain(&body.outputs.artifacts);
    let files = body.inputs.artifacts.iter().chain(outputs).map(Item::at);
    let reason = context.outputs.iter().map(|output| output.span).chain(files).next();
    let at = node.entry("containers").map_or(key.span, |list| list.key.span);
    check_main(&containers, at, reason, sink);
}

fn check_order(containers: &[&Container], sink: &mut Sink) {
    let items: Vec<(&Container, &Text)> =
        containers.iter().filter_map(|one| Some((*one, one.name.as_ref()?))).collect();
    let names: Vec<&str> = items.iter().map(|(_, name)| &*name.value).collect();
    let mut waiting = Waiting::of(&names);
    for (at, (container, _)) in items.iter().enumerate() {
        for dependency in graph::dependencies(container.node, sink) {
            if !waiting.add(at, &dependency) {
                let (span, field) = (dependency.span, "dependencies");
                sink.report(ap201_undefined_reference::within(
                    span,
                    field,
                    "container",
                    &dependency,
                    &names,
                ));
            }
        }
    }
    let places: Vec<_> = items.iter().map(|(_, name)| (&*name.value, name.span)).collect();
    graph::report_cycles(&waiting, "container", &places, sink);
}

/// Files are taken from and put into `main` (workflow/validate, `validateLeaf`).
fn check_main(containers: &[&Container], at: Span, reason: Option<Span>, sink: &mut Sink) {
    let is_main = |one: &&Container| one.name.as_ref().is_some_and(|name| name.value == "main");
    if let (Some(reason), false) = (reason, containers.iter().any(is_main)) {
        sink.report(ap406_argo_missing_field::main_container(at, reason));
    }
}
