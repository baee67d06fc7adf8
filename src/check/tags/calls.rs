//! The tasks or steps of a template body, as their texts see each other.

use std::collections::BTreeSet;

use crate::argo::depends::Depends;
use crate::argo::scope::{Item, Names, Ran, Root, Sibling, Siblings};
use crate::body::{Body, Call, CallPlace, TemplateKind, text, value};
use crate::model::Text;
use crate::tree::Node;

/// A template that others of its Task call by name.
#[derive(Clone, Copy)]
pub(super) struct Peer<'b> {
    name: &'b str,
    body: &'b Body<'b>,
}

impl<'b> Peer<'b> {
    /// A template that has a name.
    pub(super) fn of(body: &'b Body) -> Option<Self> {
        Some(Self { name: &body.name.as_ref()?.value, body })
    }
}

/// What a body calls, in the order of its text.
pub(super) struct Calls<'b> {
    body: &'b Body<'b>,
    pub siblings: Siblings<'b>,
    /// The calls that siblings are, by the place of each in the body.
    places: Vec<usize>,
    order: Order,
}

/// Which siblings were over before another started.
enum Order {
    /// The group of each: groups run one after the other, those of a group at once.
    Groups(Vec<usize>),
    /// Those that each waits for, at any distance; none if that is not known.
    Upstream(Vec<Option<BTreeSet<usize>>>),
}

impl Order {
    fn is_before(&self, other: usize, own: usize) -> bool {
        match self {
            Self::Groups(groups) => groups[other] < groups[own],
            Self::Upstream(all) => all[own].as_ref().is_none_or(|before| before.contains(&other)),
        }
    }
}

impl<'b> Calls<'b> {
    pub(super) fn of(kind: TemplateKind, body: &'b Body<'b>, peers: &[Peer<'b>]) -> Self {
        let is_step = |call: &Call| {
            let has_place = matches!(call.place, CallPlace::Task | CallPlace::Step { .. });
            has_place && call.name.is_some()
        };
        let places: Vec<usize> =
            (0..body.calls.len()).filter(|at| is_step(&body.calls[*at])).collect();
        let calls: Vec<&Call> = places.iter().map(|at| &body.calls[*at]).collect();
        let all = calls.iter().filter_map(|call| sibling(call, peers)).collect();
        let root = if kind == TemplateKind::Steps { Root::Steps } else { Root::Tasks };
        let siblings = Siblings::new(root, all);
        let order = match kind {
            TemplateKind::Steps => Order::Groups(calls.iter().map(|call| group(call)).collect()),
            _ => Order::Upstream(upstream(&calls, &siblings)),
        };
        Self { body, siblings, places, order }
    }

    /// The sibling that a call is, or is a hook of.
    pub(super) fn own(&self, call: Option<usize>) -> Option<usize> {
        let call = call?;
        let step = match self.body.calls[call].place {
            CallPlace::Hook { of } | CallPlace::OnExit { of } => of,
            CallPlace::Task | CallPlace::Step { .. } => call,
        };
        self.places.binary_search(&step).ok()
    }

    /// How one sibling stands to another, or to the outputs of the template.
    pub(super) fn ran(&self, own: Option<usize>, other: usize) -> Ran {
        match own {
            Some(own) if !self.order.is_before(other, own) => Ran::NotBefore,
            _ => Ran::Surely,
        }
    }

    /// What the loop of a call gives it; a hook's is that of its step.
    pub(super) fn item(&self, call: Option<usize>) -> Item<'b> {
        let step = match self.own(call) {
            Some(own) => &self.body.calls[self.places[own]],
            None => return Item::Any,
        };
        if !step.is_loop() {
            Item::None
        } else if let Some(items) = value(step.node, "withItems") {
            Item::of(items)
        } else if value(step.node, "withSequence").is_some() {
            Item::Plain
        } else {
            Item::Any
        }
    }
}

/// A step with what the template that it runs says of it, where that is known.
pub(super) fn running<'s>(body: Option<&Body>, sibling: Sibling<'s>) -> Sibling<'s> {
    Sibling {
        has_result: body.and_then(Body::has_result),
        is_daemon: body.is_none_or(Body::is_daemon),
        ..sibling
    }
}

fn sibling<'b>(call: &'b Call, peers: &[Peer<'b>]) -> Option<Sibling<'b>> {
    let name = &call.name.as_ref()?.value;
    let peer = |called: &Text| peers.iter().find(|peer| *peer.name == *called.value);
    let called = call.template.as_ref().and_then(peer).map(|peer| peer.body);
    let callee = call.inline.as_deref().or(called);
    let outputs = callee.map_or(Names::Any, |body| Names::These(body.outputs.parameter_names()));
    Some(Sibling {
        artifacts: callee.map_or(Names::Any, |body| Names::These(body.outputs.artifact_names())),
        is_loop: call.is_loop(),
        when: value(call.node, "when").map(|when| when.span),
        ..running(callee, Sibling::new(name, outputs))
    })
}

/// The group that a step is in.
fn group(call: &Call) -> usize {
    match call.place {
        CallPlace::Step { group } => group,
        _ => 0,
    }
}

/// What each task waits for, at any distance.
fn upstream(calls: &[&Call], siblings: &Siblings) -> Vec<Option<BTreeSet<usize>>> {
    let direct: Vec<Option<Vec<usize>>> =
        calls.iter().map(|call| waits_for(call, siblings)).collect();
    (0..calls.len()).map(|at| reached(at, &direct)).collect()
}

/// The tasks that a task waits for by name; none if a tag or a mistake hides them.
fn waits_for(call: &Call, siblings: &Siblings) -> Option<Vec<usize>> {
    let list = value(call.node, "dependencies").map(Node::items).unwrap_or_default();
    let mut names: Vec<String> =
        list.iter().filter_map(Node::as_str).map(ToOwned::to_owned).collect();
    if let Some(depends) = text(call.node, "depends").filter(|text| !text.is_empty()) {
        let depends = Depends::parse(&depends).ok()?;
        depends.each_task(&mut |name, _, _| names.push(name.to_owned()));
    }
    names.iter().map(|name| siblings.find(name).map(|(at, _)| at)).collect()
}

fn reached(from: usize, direct: &[Option<Vec<usize>>]) -> Option<BTreeSet<usize>> {
    let mut reached = BTreeSet::new();
    let mut waiting = direct[from].clone()?;
    while let Some(at) = waiting.pop() {
        if reached.insert(at) {
            waiting.extend(direct[at].as_ref()?);
        }
    }
    Some(reached)
}
