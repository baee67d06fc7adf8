//! Templates that stand together and call each other by name: those of a Task, or of a workflow.
//!
//! Argo checks none of the arguments that nothing takes (argo-workflows issue #1574), and no
//! recursion.

use super::graph;
use super::names;
use crate::argo::uses::Uses;
use crate::body::{Body, Call, Item, text};
use crate::diagnostics::{Sink, nearest};
use crate::model::Text;
use crate::rules::{
    ap201_undefined_reference, ap204_cycle, ap301_unknown_argument, ap303_missing_argument,
};
use crate::source::Span;

/// A template among others.
#[derive(Clone, Debug)]
pub(crate) struct Sibling<'b, 'n> {
    /// What others call it; none for the one template of a Task, which has no name of its own.
    pub name: Option<&'b Text>,
    pub body: &'b Body<'n>,
    /// The params of its Task that it uses: inputs, beside those that it declares itself.
    pub params: Vec<&'b Text>,
}

/// Checks the names of templates and the calls among them; `owner` is what they stand in: "Task
/// `x`".
pub(crate) fn check(owner: &str, siblings: &[Sibling], sink: &mut Sink) {
    let names = siblings.iter().filter_map(|sibling| sibling.name);
    names::unique(names, "template", sink);
    for sibling in siblings {
        for call in calls(sibling) {
            let Some(called) = call.template.as_ref().filter(|name| !name.contains("{{")) else {
                continue;
            };
            match find(siblings, called) {
                Some(at) => arguments(call, &siblings[at], called, sink),
                None => undefined(owner, called, siblings, sink),
            }
        }
    }
    recursion(siblings, sink);
}

/// The calls of a template, those in its inline templates included.
fn calls<'b, 'n>(sibling: &Sibling<'b, 'n>) -> impl Iterator<Item = &'b Call<'n>> {
    sibling.body.with_inlines().into_iter().flat_map(|body| &body.calls)
}

fn find(siblings: &[Sibling], name: &str) -> Option<usize> {
    siblings.iter().position(|sibling| sibling.name.is_some_and(|own| own.value == name))
}

fn undefined(owner: &str, called: &Text, siblings: &[Sibling], sink: &mut Sink) {
    let names: Vec<&str> =
        siblings.iter().filter_map(|sibling| Some(&*sibling.name?.value)).collect();
    sink.report(ap201_undefined_reference::template_of(called.span, owner, called, &names));
}

/// What a call gives against what the template takes.
fn arguments(call: &Call, callee: &Sibling, name: &str, sink: &mut Sink) {
    let whose = format!("template `{name}`");
    let own = &callee.body.inputs;
    let takes: Vec<&Text> = named(&own.parameters).chain(callee.params.iter().copied()).collect();
    let given: Vec<&Text> = named(&call.arguments.parameters).collect();
    let unknown = |given: &&&Text| !is_among(given, &takes) && !uses(callee.body, given);
    let unknown: Vec<&Text> = given.iter().filter(unknown).copied().collect();
    let known: Vec<&str> = takes.iter().map(|name| &*name.value).collect();
    for name in &unknown {
        sink.report(ap301_unknown_argument::finding(name.span, name, &whose, &known));
    }
    // An argument that is misspelt is one mistake.
    let is_open = |param: &Text| {
        let is_meant = |name: &&Text| nearest(name, [param.as_str()]).is_some();
        !is_among(param, &given) && !unknown.iter().any(is_meant)
    };
    let (at, what) = (call.at, call.what());
    for input in own.parameters.iter().filter(|input| input.is_required()) {
        if let Some(param) = input.name.as_ref().filter(|param| is_open(param)) {
            missing(at, &what, name, "param", param, sink);
        }
    }
    for param in callee.params.iter().filter(|param| is_open(param)) {
        sink.report(ap303_missing_argument::not_passed_on(at, &what, name, param, param.span));
    }
    artifacts(call, callee.body, name, sink);
}

fn artifacts(call: &Call, callee: &Body, name: &str, sink: &mut Sink) {
    let takes: Vec<&Text> = named(&callee.inputs.artifacts).collect();
    let given: Vec<&Text> = named(&call.arguments.artifacts).collect();
    let known: Vec<&str> = takes.iter().map(|name| &*name.value).collect();
    let unknown: Vec<&Text> =
        given.iter().filter(|given| !is_among(given, &takes)).copied().collect();
    for artifact in &unknown {
        let whose = format!("template `{name}`");
        sink.report(ap301_unknown_argument::artifact(artifact.span, artifact, &whose, &known));
    }
    for input in callee.inputs.artifacts.iter().filter(|input| input.is_required_artifact()) {
        let Some(artifact) = &input.name else { continue };
        let is_meant = |name: &&Text| nearest(name, [artifact.as_str()]).is_some();
        if !is_among(artifact, &given) && !unknown.iter().any(is_meant) {
            missing(call.at, &call.what(), name, "artifact", artifact, sink);
        }
    }
}

fn missing(at: Span, call: &str, template: &str, what: &str, name: &Text, sink: &mut Sink) {
    sink.report(ap303_missing_argument::in_call(at, call, template, what, name, name.span));
}

fn named<'b>(items: &'b [Item]) -> impl Iterator<Item = &'b Text> {
    items.iter().filter_map(|item| item.name.as_ref())
}

fn is_among(name: &Text, names: &[&Text]) -> bool {
    names.iter().any(|other| other.value == name.value)
}

/// Whether a body uses a param that it does not declare: AP307 reports the use.
fn uses(body: &Body, param: &Text) -> bool {
    let is_in = |uses: Uses| uses.inputs.iter().any(|used| *used.name == *param.value);
    body.sites.iter().any(|site| is_in(Uses::of(&site.text)))
}

/// Templates that call each other whatever happens.
fn recursion(siblings: &[Sibling], sink: &mut Sink) {
    let always = |sibling: &Sibling| -> Vec<(usize, Span)> {
        let called = calls(sibling).filter(|call| is_certain(call)).filter_map(|call| {
            let name = call.template.as_ref()?;
            Some((find(siblings, name)?, name.span))
        });
        called.collect()
    };
    let calls: Vec<Vec<(usize, Span)>> = siblings.iter().map(always).collect();
    let edges: Vec<Vec<usize>> =
        calls.iter().map(|calls| calls.iter().map(|(to, _)| *to).collect()).collect();
    for cycle in graph::cycles(&edges) {
        let place = |(turn, at): (usize, &usize)| {
            let next = cycle[(turn + 1) % cycle.len()];
            let call = calls[*at].iter().find(|(to, _)| *to == next);
            let name = siblings[*at].name.map_or("", |name| &name.value);
            call.map(|(_, span)| (name, *span))
        };
        let around: Vec<(&str, Span)> = cycle.iter().enumerate().filter_map(place).collect();
        sink.report(ap204_cycle::recursion(&around));
    }
}

/// Whether a call is made whenever its template runs through. One that asks for a result, or whose
/// items are not known here, need not be.
fn is_certain(call: &Call) -> bool {
    let says = |field: &str| text(call.node, field).is_some_and(|text| !text.is_empty());
    let asks = text(call.node, "depends").is_some_and(|text| text.contains(['.', '!']));
    call.is_own()
        && !says("when")
        && !says("withParam")
        && !asks
        && crate::body::value(call.node, "withSequence").is_none()
}
