//! What a Builder comes to, whatever pipeline uses it: what each step calls, what it takes, and the
//! order.

use std::collections::{BTreeSet, HashSet};
use std::sync::Arc;

use super::dag::{Call, Callee, Control, Output, Port, Repeat, Step, StepId, Steps};
use super::order::order;
use super::standard;
use super::steps::{check_builder_names, check_parameter_name, check_step, check_unique};
use super::task::{Task, Tasks, body_outputs};
use super::values::check_value;
use crate::argo::uses::Uses;
use crate::body::Body;
use crate::diagnostics::Sink;
use crate::model::kinds::builder::{Builder, Step as StepDefinition, TaskRef};
use crate::model::kinds::common::{Argument, Param};
use crate::model::{Decode, Text};
use crate::resolve::Index;
use crate::rules::{ap109_one_of_fields, ap201_undefined_reference, ap301_unknown_argument};
use crate::source::Span;
use crate::tree::Str;

/// Steps in order that are not wired yet.
#[derive(Debug)]
pub(crate) struct Graph<'m> {
    pub steps: Steps<'m, Port<'m>>,
    /// What waits for what is known; none of it where the steps go in a circle, say.
    pub is_ordered: bool,
    /// A mistake in it was reported: what depends on it is silent.
    pub is_broken: bool,
    /// What its texts and the bodies that it calls use of what others declare.
    pub(crate) uses: Uses,
    /// Names that some step has an output of.
    output_names: HashSet<Str>,
}

/// The steps of a Builder.
#[derive(Debug)]
pub(crate) struct BuilderGraph<'m> {
    pub builder: &'m Builder,
    pub graph: Graph<'m>,
    /// It is of one pipeline, whose values its expressions have.
    pub is_of_one_pipeline: bool,
}

/// What steps are planned with.
#[derive(Clone, Copy)]
pub(super) struct Callees<'m, 'i> {
    pub index: &'i Index<'m>,
    pub tasks: &'i Tasks<'m>,
}

impl<'m> BuilderGraph<'m> {
    /// Plans a Builder, seen from the project that it belongs to; reports every mistake in it.
    pub(super) fn new(
        builder: &'m Builder,
        is_of_one_pipeline: bool,
        callees: Callees<'m, '_>,
        sink: &mut Sink,
    ) -> Self {
        let before = sink.errors();
        check_builder_names(builder, sink);
        let definitions = &builder.spec.steps.0;
        let project = builder.metadata.project.as_ref().map(|project| &*project.value);
        let mut steps: Steps<Port> =
            definitions.iter().map(|step| callees.step(step, project, sink)).collect();
        let waits = order(builder, sink);
        let has_order = waits.is_some();
        let ids: Vec<StepId> = steps.ids().collect();
        for (id, wait) in ids.into_iter().zip(waits.unwrap_or_default()) {
            steps[id].wait = wait;
        }
        let mut graph = Graph::new(steps, callees.tasks);
        graph.is_ordered = has_order;
        graph.is_broken = sink.errors() > before || !Decode::is_whole(builder);
        Self { builder, graph, is_of_one_pipeline }
    }

    /// Names that a Pipeline can set: the Builder's params, and those of its Tasks that neither a
    /// build parameter nor the step's own argument gives.
    pub(crate) fn settable(&self) -> BTreeSet<&str> {
        self.open_names().filter(|name| !standard::is_standard(name)).collect()
    }

    /// Whether a Pipeline can set what has a name.
    pub(crate) fn is_settable(&self, name: &str) -> bool {
        !standard::is_standard(name) && self.open_names().any(|open| open == name)
    }

    fn open_names(&self) -> impl Iterator<Item = &str> {
        let own = self.builder.spec.params.iter().map(|param| &*param.name.value);
        let open = self.graph.steps.values().flat_map(|step| {
            let keys = step.item_keys();
            step.inputs.iter().filter(move |port| {
                port.argument.is_none() && keys.iter().all(|key| *key.text != **port.name)
            })
        });
        own.chain(open.map(|port| &**port.name))
    }

    /// The step that gives a param a value of its own, and where, if one does.
    pub(crate) fn pinned_by(&self, param: &str) -> Option<(&Text, Span)> {
        self.graph.steps.values().find_map(|step| {
            let port = step.inputs.iter().find(|port| *port.name == param)?;
            let of_item = || Some(step.item_key(param)?.span);
            Some((&step.name, port.argument.map(|argument| argument.span).or_else(of_item)?))
        })
    }
}

impl<'m> Graph<'m> {
    /// Steps whose order is known.
    pub(super) fn new(steps: Steps<'m, Port<'m>>, tasks: &Tasks<'m>) -> Self {
        let names = steps.values().flat_map(|step| step.outputs.iter());
        let output_names = names.map(|output| output.name.clone()).collect();
        let mut uses = Uses::default();
        steps.values().for_each(|step| gather_uses(step, tasks, &mut uses));
        Self { steps, is_ordered: true, is_broken: false, uses, output_names }
    }

    /// Whether the Task of every step is known.
    pub(crate) fn is_whole(&self) -> bool {
        !self.is_broken && self.steps.values().all(|step| !matches!(step.call, Call::Unknown))
    }

    /// The templates of Tasks that its steps call.
    pub(crate) fn callees(&self) -> impl Iterator<Item = Callee<'m>> {
        self.steps.values().filter_map(|step| match step.call {
            Call::Task(callee) => Some(callee),
            _ => None,
        })
    }

    /// The steps that always succeeded before a step, nearest first, with how far back they are.
    pub(crate) fn certain(&self, id: StepId) -> Reached {
        within_reach(id, self.steps.len(), |step| {
            self.steps[step].wait.as_ref().map_or(&[], |wait| &wait.succeeded)
        })
    }

    /// Whether a step waits for another, directly or not.
    pub(crate) fn is_after(&self, id: StepId, before: StepId) -> bool {
        let waits = |step: StepId| -> &[StepId] {
            self.steps[step].wait.as_ref().map_or(&[], |wait| &wait.on)
        };
        within_reach(id, self.steps.len(), waits).any(|(step, _)| step == before)
    }

    /// Whether a step has given its outputs whenever another that comes after it runs.
    pub(crate) fn is_sure_before(&self, before: StepId, id: StepId) -> bool {
        let step = &self.steps[before];
        let gates = |step: StepId| {
            self.steps[step].wait.as_ref().is_some_and(|wait| wait.gated.contains(&before))
        };
        let ran_after_it = || {
            let certain = self.certain(id).map(|(step, _)| step);
            certain.filter(|step| self.steps[*step].is_sure()).chain([id]).any(gates)
        };
        step.is_sure() || (step.is_sure_if_it_succeeded() && ran_after_it())
    }

    /// The nearest step that always ran before a step and has an output of a name.
    pub(crate) fn nearest_output(&self, name: &str, id: StepId) -> Upstream {
        if !self.output_names.contains(name) && self.is_whole() {
            return Upstream::None;
        }
        let mut found: Option<(StepId, usize)> = None;
        for (before, distance) in self.certain(id) {
            let step = &self.steps[before];
            let has_it = step.outputs.iter().any(|output| &*output.name == name)
                && self.is_sure_before(before, id);
            match found {
                Some((_, nearest)) if nearest < distance => break,
                Some((first, _)) if has_it => return Upstream::Either(first, before),
                None if matches!(step.call, Call::Unknown) => return Upstream::Unknown,
                None if has_it => found = Some((before, distance)),
                _ => {}
            }
        }
        found.map_or(Upstream::None, |(step, _)| Upstream::Step(step))
    }
}

/// The output that a param can come from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Upstream {
    None,
    Step(StepId),
    /// Two steps equally near.
    Either(StepId, StepId),
    /// A step before it calls a Task that does not exist, so nothing can be said.
    Unknown,
}

/// Steps that can be reached, nearest first.
type Reached = std::vec::IntoIter<(StepId, usize)>;

/// Every step that can be reached over some edges, by the length of the shortest way, then by
/// place.
fn within_reach<'e>(from: StepId, count: usize, edges: impl Fn(StepId) -> &'e [StepId]) -> Reached {
    let mut seen = vec![false; count];
    seen[from.index()] = true;
    let mut reached = Vec::new();
    let mut front: Vec<StepId> = edges(from).to_vec();
    let mut distance = 1;
    while !front.is_empty() {
        front.sort_unstable();
        front.retain(|step| !std::mem::replace(&mut seen[step.index()], true));
        reached.extend(front.iter().map(|step| (*step, distance)));
        front = front.iter().flat_map(|step| edges(*step).iter().copied()).collect();
        distance += 1;
    }
    reached.into_iter()
}

/// Gathers what a step's texts and the bodies that it calls use of what others declare.
fn gather_uses(step: &Step<Port>, tasks: &Tasks, uses: &mut Uses) {
    let control = &step.control;
    let texts = step.inputs.iter().filter_map(|port| port.argument).chain(control.when);
    texts.for_each(|text| uses.absorb(Uses::of(text)));
    match control.repeat {
        Some(Repeat::Param(text)) => uses.absorb(Uses::of(text)),
        Some(Repeat::Items(node) | Repeat::Sequence(node)) => uses.absorb(Uses::in_node(node)),
        Some(Repeat::Matrix(matrix)) => uses.absorb(Uses::in_node(&matrix.items)),
        None => {}
    }
    uses.absorb(control.retry.map_or_else(Uses::default, Uses::in_node));
    uses.absorb(match &step.call {
        Call::Inline(body) => body.uses.clone(),
        Call::Task(callee) => tasks.table[callee.task].uses.clone(),
        Call::Unknown => Uses::default(),
    });
}

impl<'m> Callees<'m, '_> {
    fn step(
        self,
        step: &'m StepDefinition,
        project: Option<&str>,
        sink: &mut Sink,
    ) -> Step<'m, Port<'m>> {
        let call = self.call(step, project, sink);
        check_step(step, &call, self.tasks, sink);
        let reference = step.task.task_ref.as_ref();
        let call_span = reference.map_or(step.name.span, |reference| reference.name.span);
        let arguments = arguments(step);
        let (inputs, outputs) = self.ports(&call, arguments, sink);
        let name = step.name.clone();
        let control = control(step);
        Step { name, call, call_span, wait: None, inputs, outputs, control }
    }

    fn call(self, step: &'m StepDefinition, project: Option<&str>, sink: &mut Sink) -> Call<'m> {
        let what = format!("step `{}`", &*step.name);
        match (&step.task.task_ref, &step.task.template) {
            (Some(reference), None) => {
                self.callee(reference, project, sink).map_or(Call::Unknown, Call::Task)
            }
            (None, Some(template)) => {
                Call::Inline(Arc::new(Body::of(&template.node, step.name.span)))
            }
            (Some(reference), Some(template)) => {
                let (second, first) = (template.node.span, reference.name.span);
                let finding =
                    ap109_one_of_fields::both(second, &what, "template", "taskRef", first);
                sink.report(finding);
                Call::Unknown
            }
            (None, None) if !step.task.whole => Call::Unknown,
            (None, None) => {
                let fields = ["task.taskRef", "task.template"];
                sink.report(ap109_one_of_fields::none(step.name.span, &what, &fields));
                Call::Unknown
            }
        }
    }

    /// The template that a taskRef means, seen from a project.
    pub(crate) fn callee(
        self,
        reference: &'m TaskRef,
        project: Option<&str>,
        sink: &mut Sink,
    ) -> Option<Callee<'m>> {
        let id = self.tasks.get(self.index.task(reference, project, sink)?)?;
        let task = &self.tasks.table[id];
        if !task.is_whole {
            return None;
        }
        let named = reference.template.as_ref();
        let template = match named {
            Some(wanted) if !task.is_external => {
                task.templates.position(|template| *template.name == *wanted.value)
            }
            _ => task.templates.ids().next(),
        };
        if let (None, Some(wanted)) = (template, named) {
            let names: Vec<&str> = task.templates.values().map(|it| &**it.name).collect();
            let name = &task.definition.metadata.name;
            let finding = ap201_undefined_reference::template(wanted.span, name, wanted, &names);
            sink.report(finding);
        }
        Some(Callee { task: id, template: template?, named })
    }

    /// What a call takes and gives; reports arguments that it does not take.
    pub(crate) fn ports(
        self,
        call: &Call<'m>,
        arguments: &'m [Argument],
        sink: &mut Sink,
    ) -> (Vec<Port<'m>>, Arc<[Output]>) {
        let names: Vec<&Text> = arguments.iter().map(|argument| &argument.name).collect();
        check_unique("argument", &names, sink);
        let argument =
            |name: &str| arguments.iter().find(|it| &*it.name.value == name).map(|it| &it.value.0);
        match call {
            Call::Task(callee) => {
                let task = &self.tasks.table[callee.task];
                let template = &task.templates[callee.template];
                let port = |declared: &'m Param| port_of(declared, arguments);
                let ports: Vec<Port> = template.params.iter().copied().map(port).collect();
                check_arguments(arguments, &ports, callee, task, sink);
                (ports, Arc::clone(&template.outputs))
            }
            Call::Inline(body) => {
                names.iter().for_each(|name| check_parameter_name("argument", name, sink));
                let values = arguments.iter().map(|argument| &argument.value.0);
                values.for_each(|value| check_value(value, None, sink));
                let used = body.uses.inputs.iter().map(|used| used.name.clone());
                let given = arguments.iter().map(|argument| argument.name.to_string());
                let used: BTreeSet<String> = used.chain(given).collect();
                let port = |name: String| {
                    let given = names.iter().find(|given| *given.value == *name);
                    let used = body.uses.inputs.iter().find(|used| used.name == name);
                    let span = given.map(|it| it.span).or(used.map(|it| it.span));
                    let (argument, span) = (argument(&name), span.unwrap_or(Span::GENERATED));
                    Port { name: Text { value: name.into(), span }, declared: None, argument }
                };
                (used.into_iter().map(port).collect(), body_outputs(body).collect())
            }
            Call::Unknown => (Vec::new(), Arc::default()),
        }
    }
}

fn port_of<'m>(declared: &'m Param, arguments: &'m [Argument]) -> Port<'m> {
    let argument = arguments.iter().find(|it| it.name.value == declared.name.value);
    let name = argument.map_or(&declared.name, |argument| &argument.name).clone();
    Port { argument: argument.map(|it| &it.value.0), name, declared: Some(declared) }
}

fn control(step: &StepDefinition) -> Control<'_> {
    Control {
        when: step.when.as_ref(),
        repeat: Repeat::of(step),
        retry: step.retry.as_ref().map(|retry| &retry.node),
        timeout: step.timeout.as_ref(),
        continue_on: step.continue_on.as_ref(),
    }
}

/// The arguments of a step.
fn arguments(step: &StepDefinition) -> &[Argument] {
    step.task.arguments.as_ref().map_or(&[], |arguments| &arguments.params)
}

fn check_arguments(
    arguments: &[Argument],
    ports: &[Port],
    callee: &Callee,
    task: &Task,
    sink: &mut Sink,
) {
    let arguments = || arguments.iter().filter(|argument| argument.whole);
    for port in ports {
        if let Some(argument) = arguments().find(|it| it.name.value == port.name.value) {
            check_value(&argument.value.0, port.declared, sink);
        }
    }
    let names: Vec<&str> = ports.iter().map(|port| &**port.name).collect();
    let task_name = &*task.definition.metadata.name;
    let whose = match callee.named {
        Some(template) => format!("template `{}` of Task `{task_name}`", &**template),
        None => format!("Task `{task_name}`"),
    };
    // That a Task makes nothing of a param that it declares is its own mistake, told there.
    let is_declared = |name: &Text| {
        callee.named.is_none()
            && task.definition.spec.params.iter().any(|param| param.name.value == name.value)
    };
    for argument in arguments().filter(|it| !names.contains(&&*it.name.value)) {
        let name = &argument.name;
        if is_declared(name) {
            continue;
        }
        sink.report(ap301_unknown_argument::finding(name.span, name, &whose, &names));
    }
}
