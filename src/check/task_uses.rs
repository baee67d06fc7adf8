//! The params of a Task against what its templates use: declared and used must agree both ways.

use std::collections::BTreeSet;

use super::Context;
use crate::body::Body;
use crate::diagnostics::{Sink, nearest};
use crate::model::Text;
use crate::model::kinds::common::Param;
use crate::plan::Task;
use crate::rules::{ap306_unused_param, ap307_undeclared_param};
use crate::source::Span;

/// A param that a template uses, and where.
type Use = (String, Span);

pub(super) fn check(_: &Context, task: &Task, sink: &mut Sink) {
    if !task.is_whole || task.is_bundled() || task.is_external || task.bodies().next().is_none() {
        return;
    }
    let params = &task.definition.spec.params;
    let declared: Vec<&str> = params.iter().map(|param| &*param.name.value).collect();
    let uses = uses(task, &declared);
    let is_used = |name: &str| task.uses.input(name) || uses.iter().any(|(used, _)| used == name);
    let undeclared: BTreeSet<&str> = uses.iter().map(|(name, _)| name.as_str()).collect();
    let undeclared: Vec<&str> =
        undeclared.into_iter().filter(|name| !declared.contains(name)).collect();
    let unused: Vec<&Param> = params.iter().filter(|param| !is_used(&param.name)).collect();
    // A name misspelt in one of the two places is one mistake. It is reported where it is used:
    // others may know the param by the name that is declared.
    let meant = |name: &&str| unused.iter().find(|param| nearest(&param.name, [*name]).is_some());
    let misspelt: Vec<&Text> = undeclared.iter().filter_map(meant).map(|it| &it.name).collect();
    for name in unused.iter().map(|param| &param.name) {
        if misspelt.iter().all(|meant| meant.span != name.span) {
            sink.report(ap306_unused_param::finding(name.span, name));
        }
    }
    for name in undeclared {
        if let Some((_, span)) = uses.iter().find(|(used, _)| used == name) {
            let finding = ap307_undeclared_param::finding(*span, name, &declared);
            sink.report(match meant(&name) {
                Some(param) => finding.related(param.name.span, "declared here"),
                None => finding,
            });
        }
    }
}

/// What the templates of a Task use, in their order.
fn uses(task: &Task, declared: &[&str]) -> Vec<Use> {
    let mut uses: Vec<Use> = task.bodies().flat_map(|body| uses_of_body(body, declared)).collect();
    // What a person answers at a suspended run comes in as an input and goes out as an output of
    // one name.
    for output in &task.definition.spec.outputs {
        let from = output.value_from.as_ref();
        let is_supplied = from.is_some_and(|from| from.node.get("supplied").is_some());
        if is_supplied && declared.contains(&&*output.name.value) {
            uses.push((output.name.to_string(), output.name.span));
        }
    }
    uses
}

/// The params that a body uses, but for those that it declares itself.
fn uses_of_body(body: &Body, declared: &[&str]) -> Vec<Use> {
    let own = own_inputs(body);
    let used = body.uses.inputs.iter();
    let of_task = used.filter(|used| declared.contains(&&*used.name) || !own.contains(&*used.name));
    of_task.map(|used| (used.name.clone(), used.span)).collect()
}

/// The input parameters that a body declares itself, those of its inline templates included.
fn own_inputs<'b>(body: &'b Body) -> BTreeSet<&'b str> {
    let bodies = body.with_inlines().into_iter();
    let inputs = bodies.flat_map(|body| &body.inputs.parameters);
    inputs.filter_map(|input| Some(&*input.name.as_ref()?.value)).collect()
}
