//! What the tasks of a DAG wait for.

use super::Context;
use super::graph::{self, Waiting};
use crate::argo::depends::{Depends, RESULTS};
use crate::body::{Body, Call, value};
use crate::diagnostics::Sink;
use crate::model::Text;
use crate::rules::{ap201_undefined_reference, ap206_depends};

pub(crate) fn check(body: &Body, _: Context, sink: &mut Sink) {
    let tasks: Vec<(&Call, &Text)> = super::dag::tasks(body)
        .into_iter()
        .filter_map(|task| Some((task, task.name.as_ref()?)))
        .collect();
    let names: Vec<&str> = tasks.iter().map(|(_, name)| &*name.value).collect();
    let mut order = Order { tasks: &tasks, names: &names, waiting: Waiting::of(&names), sink };
    for at in 0..tasks.len() {
        order.task(at);
    }
    let items: Vec<_> = tasks.iter().map(|(_, name)| (&*name.value, name.span)).collect();
    let Order { waiting, sink, .. } = order;
    graph::report_cycles(&waiting, "task", &items, sink);
}

struct Order<'o, 'n> {
    tasks: &'o [(&'o Call<'n>, &'o Text)],
    names: &'o [&'o str],
    waiting: Waiting<'o>,
    sink: &'o mut Sink,
}

impl Order<'_, '_> {
    fn task(&mut self, at: usize) {
        let node = self.tasks[at].0.node;
        for name in graph::dependencies(node, self.sink) {
            if !self.waiting.add(at, &name) {
                self.undefined("dependencies", &name, name.span);
            }
        }
        let depends = value(node, "depends").and_then(Text::of);
        if let Some(depends) = depends.filter(|text| !text.is_empty() && !text.contains("{{")) {
            self.expression(at, &depends);
        }
    }

    fn undefined(&mut self, field: &str, name: &str, span: crate::source::Span) {
        let names = self.names;
        self.sink.report(ap201_undefined_reference::within(span, field, "task", name, names));
    }

    fn expression(&mut self, at: usize, text: &Text) {
        let depends = match Depends::parse(text) {
            Ok(depends) => depends,
            Err(flaw) => {
                let span = text.part(flaw.at, flaw.at + 1);
                return self.sink.report(ap206_depends::syntax(span, flaw.reason));
            }
        };
        depends.each_task(&mut |name, result, start| {
            let end = start + name.len();
            if !self.waiting.add(at, name) {
                return self.undefined("depends", name, text.part(start, end));
            }
            if let Some(result) = result {
                self.result(name, result, text.part(start, end + 1 + result.len()));
            }
        });
    }

    fn result(&mut self, name: &str, result: &str, span: crate::source::Span) {
        let is_loop = self.tasks.iter().any(|(task, own)| own.value == name && task.is_loop());
        if !RESULTS.contains(&result) {
            self.sink.report(ap206_depends::result(span, name, result, RESULTS));
        } else if matches!(result, "AnySucceeded" | "AllFailed") && !is_loop {
            self.sink.report(ap206_depends::not_a_loop(span, name, result));
        }
    }
}
