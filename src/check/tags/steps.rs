//! The texts of steps: arguments, conditions, items, and the templates of their own.

use super::super::Context;
use super::body::{Around, check_body, template};
use super::calls::running;
use crate::argo::lookup;
use crate::argo::scope::{
    BUILDER, Declared, Item, Names, Ran, Root, Run as RunScope, Scope, Sibling, Siblings, Site,
    Steps, Takes,
};
use crate::argo::tags::Name;
use crate::argo::when;
use crate::body::Body;
use crate::diagnostics::Sink;
use crate::id::Id;
use crate::model::Text;
use crate::model::kinds::common::{Param, ParamType};
use crate::plan::dag::{Binding, Call, Port, Repeat, Step, StepId};
use crate::plan::{BuilderGraph, Graph, Run, Subject, is_free_text};

pub(in crate::check) fn check_builder(context: &Context, builder: &BuilderGraph, sink: &mut Sink) {
    let graph = &builder.graph;
    let tasks = &context.plan.tasks;
    let siblings = graph.steps.values().map(|step| sibling(step, step.call.body(tasks)));
    let siblings = Siblings::new(Root::Tasks, siblings.collect());
    let params = &builder.builder.spec.params;
    for (id, step) in graph.steps.iter() {
        let ran = |at: usize| ran(graph, id, Id::new(at));
        let steps = Steps { siblings: &siblings, own: Some(id.index()), ran: &ran };
        let mut scope = Scope::new(Site::Step, &context.every_run, &BUILDER);
        scope.steps = Some(steps);
        check_repeat(step, &scope, sink);
        scope.item = item(step);
        for port in &step.inputs {
            if let Some(text) = port.argument {
                scope.takes = takes(port);
                lookup::check(text, &scope, sink);
            }
        }
        scope.takes = Takes::One;
        check_when(step, params, &scope, sink);
        check_own(step, &context.every_run, sink);
        check_retry(step, &context.every_run, sink);
    }
}

/// The step of a Task that is run by itself, whose arguments are those of a Webhook or a Schedule.
pub(in crate::check) fn check_run(context: &Context, run: &Run, sink: &mut Sink) {
    let Subject::Task(_) = run.subject else { return };
    let params = run.params.iter().map(|param| &**param.name).collect();
    let known = RunScope { params: Names::These(params), ..context.every_run.clone() };
    let scope = Scope::new(Site::Step, &known, &BUILDER);
    for input in run.dag.steps.values().flat_map(|step| &step.inputs) {
        if let Binding::Argument(text) = input.binding {
            lookup::check(text, &scope, sink);
        }
    }
}

/// A step as the others see it; `body` is the template that it runs.
fn sibling<'s>(step: &'s Step<Port>, body: Option<&Body>) -> Sibling<'s> {
    let outputs = match step.call {
        Call::Unknown => Names::Any,
        _ => Names::These(step.outputs.iter().map(|output| &*output.name).collect()),
    };
    Sibling {
        is_loop: step.is_loop(),
        when: step.control.when.map(|when| when.span),
        ..running(body, Sibling::new(&step.name, outputs))
    }
}

/// How `before` stands to a step. Where it is not known what a loop's success was asked for, or
/// what the order is, it counts as over.
fn ran(graph: &Graph, id: StepId, before: StepId) -> Ran {
    if !graph.is_ordered {
        return Ran::Surely;
    }
    if !graph.is_after(id, before) {
        return Ran::NotBefore;
    }
    let is_sure = graph.is_sure_before(before, id) || graph.steps[before].is_loop();
    if is_sure { Ran::Surely } else { Ran::Before }
}

fn check_repeat(step: &Step<Port>, scope: &Scope, sink: &mut Sink) {
    match step.control.repeat {
        Some(Repeat::Param(text)) => {
            let scope = Scope { takes: Takes::List, ..scope.clone() };
            lookup::check(text, &scope, sink);
        }
        Some(Repeat::Items(node) | Repeat::Sequence(node)) => {
            Text::each_in(node, &mut |text| lookup::check(text, scope, sink));
        }
        Some(Repeat::Matrix(matrix)) => matrix.each_value(|text| lookup::check(text, scope, sink)),
        None => {}
    }
}

fn item<'m>(step: &Step<'m, Port<'m>>) -> Item<'m> {
    match step.control.repeat {
        None => Item::None,
        Some(Repeat::Sequence(_)) => Item::Plain,
        Some(Repeat::Param(_)) => Item::Any,
        Some(Repeat::Items(node)) => Item::of(node),
        Some(Repeat::Matrix(matrix)) => Item::of(&matrix.items),
    }
}

fn takes(port: &Port) -> Takes {
    let is_json = |param: &Param| param.kind == Some(ParamType::Json);
    if port.declared.is_some_and(is_json) { Takes::List } else { Takes::One }
}

fn check_when(step: &Step<Port>, params: &[Param], scope: &Scope, sink: &mut Sink) {
    if let Some(text) = step.control.when {
        lookup::check(text, scope, sink);
        when::check(text, scope, &|name| is_free(name, params), sink);
    }
}

/// Whether the value of a name is known to be any text.
fn is_free(name: &Name, params: &[Param]) -> bool {
    let (Some("parameters"), Some(param)) = (name.part(1), name.part(2)) else {
        return false;
    };
    let is_own = params.iter().any(|own| &*own.name.value == param);
    name.root() == "workflow" && !is_own && is_free_text(param)
}

/// The template of the step's own.
fn check_own(step: &Step<Port>, run: &RunScope, sink: &mut Sink) {
    if let Call::Inline(body) = &step.call {
        let inputs = step.inputs.iter().map(|port| &**port.name).collect();
        let declared = Declared::OwnTemplate(&step.name);
        let own = template(body, declared, Names::These(inputs), &[]);
        check_body(body, &own, Around { run, peers: &[] }, sink);
    }
}

/// `retry` of a step, which becomes a template's `retryStrategy`.
fn check_retry(step: &Step<Port>, run: &RunScope, sink: &mut Sink) {
    let Some(retry) = step.control.retry else { return };
    let scope = Scope::new(Site::Retry, run, &BUILDER);
    for entry in retry.entries() {
        if entry.key.text == *"expression" {
            let text = Text::of(&entry.value);
            text.iter().for_each(|text| lookup::check_expression(text, &scope, sink));
        } else {
            Text::each_in(&entry.value, &mut |text| lookup::check(text, &scope, sink));
        }
    }
}
