//! DAGs: tasks, and the ways to say their order.

use super::Context;
use crate::body::{Body, Call, CallPlace, TemplateKind, present, value};
use crate::diagnostics::Sink;
use crate::model::Text;
use crate::rules::{ap109_one_of_fields, ap201_undefined_reference, ap206_depends, ap310_name};
use crate::tree::{Entry, Node};

pub(crate) fn check(body: &Body, _: Context, sink: &mut Sink) {
    let Some((TemplateKind::Dag, _, node)) = body.typed() else { return };
    let tasks = tasks(body);
    let depends = tasks.iter().find_map(|task| field(task, "depends"));
    let dependencies = tasks.iter().find_map(|task| field(task, "dependencies"));
    if let (Some(depends), Some(dependencies)) = (depends, dependencies) {
        sink.report(ap109_one_of_fields::both(
            dependencies.key.span,
            "this DAG",
            "dependencies",
            "depends",
            depends.key.span,
        ));
    }
    if let Some(depends) = depends {
        for task in &tasks {
            check_continue_on(task, depends, sink);
        }
    }
    if depends.or(dependencies).is_some() {
        tasks.iter().filter_map(|task| task.name.as_ref()).for_each(|name| check_digit(name, sink));
    }
    check_target(node, &tasks, sink);
}

/// The tasks of a DAG, without their hooks.
pub(crate) fn tasks<'b, 'n>(body: &'b Body<'n>) -> Vec<&'b Call<'n>> {
    body.calls.iter().filter(|call| call.place == CallPlace::Task).collect()
}

/// A field that says something: empty text and empty lists say nothing.
fn field<'n>(task: &Call<'n>, name: &str) -> Option<&'n Entry> {
    let says = |entry: &&Entry| match entry.value.as_str() {
        Some(text) => !text.is_empty(),
        None => !entry.value.items().is_empty(),
    };
    present(task.node).find(|entry| entry.key.text == name).filter(says)
}

fn check_continue_on(task: &Call, depends: &Entry, sink: &mut Sink) {
    let on = present(task.node).find(|entry| entry.key.text == "continueOn");
    if let (Some(on), Some(name)) = (on, &task.name) {
        sink.report(ap206_depends::continue_on_task(on.key.span, name, depends.key.span));
    }
}

fn check_digit(name: &Text, sink: &mut Sink) {
    if name.starts_with(|c: char| c.is_ascii_digit()) {
        sink.report(ap310_name::digit_first(name.span, name));
    }
}

/// `target` names tasks, with blanks between them (workflow/validate, `validateDAGTargets`).
fn check_target(node: &Node, tasks: &[&Call], sink: &mut Sink) {
    let Some(target) = value(node, "target").and_then(Text::of) else { return };
    if target.contains("{{") {
        return;
    }
    let names: Vec<&str> =
        tasks.iter().filter_map(|task| Some(&*task.name.as_ref()?.value)).collect();
    for name in target.split_whitespace().filter(|name| !names.contains(name)) {
        let start = name.as_ptr() as usize - target.as_ptr() as usize;
        let span = target.part(start, start + name.len());
        sink.report(ap201_undefined_reference::within(span, "target", "task", name, &names));
    }
}
