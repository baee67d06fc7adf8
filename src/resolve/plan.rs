//! What a Builder comes to, whatever pipeline uses it: the order of its steps, the Task of each, and where each param can come from.

use std::collections::BTreeSet;
use std::ops::Deref;

use super::index::Index;
use super::order::Order;
use super::pack::{PackTemplate, body_outputs, used_params};
use super::standard;
use super::steps::{check_names, check_step, check_unique};
use super::wiring::check_value;
use crate::diagnostics::Sink;
use crate::model::kinds::builder::{Builder, Step, TaskRef};
use crate::model::kinds::common::{Argument, Param};
use crate::model::kinds::task::Task;
use crate::model::{Kind, Node, Text};
use crate::packs::Library;
use crate::rules::{ap109_one_of_fields, ap201_undefined_reference, ap301_unknown_argument};
use crate::source::{SourceMap, Span};
use crate::tree::Str;

/// What names are looked up in.
#[derive(Clone, Copy, Debug)]
pub struct Context<'m, 'i> {
    pub index: &'i Index<'m>,
    pub library: &'m Library,
    pub sources: &'m SourceMap,
}

/// A Builder as it was written, or read anew with the values of one pipeline.
#[derive(Debug)]
pub enum BuilderHandle<'m> {
    Shared(&'m Builder),
    Own(Box<Builder>),
}

impl Deref for BuilderHandle<'_> {
    type Target = Builder;
    fn deref(&self) -> &Builder {
        match self {
            Self::Shared(builder) => builder,
            Self::Own(builder) => builder,
        }
    }
}

/// A Builder, planned.
#[derive(Debug)]
pub struct BuilderPlan<'m> {
    pub builder: BuilderHandle<'m>,
    /// In the order in which they are listed.
    pub steps: Vec<PlannedStep<'m>>,
    /// A mistake in the Builder was told: what depends on it is silent.
    pub is_broken: bool,
    /// Parameters of the run that the texts of steps and templates name.
    pub mentions: Vec<Mention>,
    /// A step runs in Argo's agent: an http or plugin template.
    pub needs_agent: bool,
}

/// A parameter of the run that a text names, `{{workflow.parameters.NAME}}`.
#[derive(Debug)]
pub struct Mention {
    pub name: String,
    pub span: Span,
}

/// A step, planned. The step itself is the Builder's at the same place.
#[derive(Debug)]
pub struct PlannedStep<'m> {
    pub call: Call<'m>,
    /// Argo's `depends`; none for a step that starts at once.
    pub depends: Option<String>,
    pub params: Vec<PlannedParam<'m>>,
    pub outputs: Vec<(String, Span)>,
    /// Steps that always succeeded before this one, with how far back they are, nearest first.
    pub certain: Vec<(usize, usize)>,
    /// Every step that it waits for, directly or not.
    pub after: Vec<usize>,
}

/// What a step runs.
#[derive(Clone, Copy, Debug)]
pub enum Call<'m> {
    Pack(PackTemplate<'m>),
    /// The step's own template.
    Inline,
    /// A Task that is not known; the mistake was told.
    Unknown,
}

/// A param of a step's Task.
#[derive(Debug)]
pub struct PlannedParam<'m> {
    pub name: Str,
    /// As the Task declares it; none in a template of the step's own.
    pub declared: Option<&'m Param>,
    /// The step's own argument, by its place among them.
    pub argument: Option<usize>,
    pub upstream: Upstream,
}

/// The output that a param can come from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Upstream {
    None,
    Step(usize),
    /// Two steps equally near.
    Either(usize, usize),
    /// A step before it runs a Task that is not known, so it cannot be told.
    Unknown,
}

impl PlannedStep<'_> {
    pub fn param(&self, name: &str) -> Option<&PlannedParam<'_>> {
        self.params.iter().find(|param| &*param.name == name)
    }
}

impl<'m> BuilderPlan<'m> {
    /// The step of the Builder at a place.
    pub fn step(&self, at: usize) -> &Step {
        &self.builder.spec.steps.0[at]
    }

    /// A step's own argument for a param.
    pub fn argument(&self, at: usize, argument: usize) -> &Argument {
        &arguments(self.step(at))[argument]
    }

    /// Whether every step's Task is known.
    pub fn is_whole(&self) -> bool {
        !self.is_broken && self.steps.iter().all(|step| !matches!(step.call, Call::Unknown))
    }

    /// Whether the Builder was read anew for one pipeline.
    pub fn is_of_one_pipeline(&self) -> bool {
        matches!(self.builder, BuilderHandle::Own(_))
    }

    /// Names that a Pipeline can set: the Builder's params and those of its Tasks that are no build parameters.
    pub fn settable(&self) -> BTreeSet<&str> {
        let own = self.builder.spec.params.iter().map(|param| &*param.name.value);
        let of_tasks =
            self.steps.iter().flat_map(|step| step.params.iter().map(|param| &*param.name));
        own.chain(of_tasks).filter(|name| !standard::is_standard(name)).collect()
    }

    /// Plans a Builder, seen from the project that it belongs to.
    pub fn new(builder: BuilderHandle<'m>, context: Context<'m, '_>, sink: &mut Sink) -> Self {
        let before = sink.errors();
        check_names(&builder, sink);
        let order = Order::of(&builder, sink);
        let project = builder.metadata.project.as_ref().map(|project| project.value.clone());
        let certain = order.as_ref().map(|order| order.certain(&builder.spec.steps.0));
        let after = order.as_ref().map(|order| order.after(&builder.spec.steps.0));
        let mut steps: Vec<PlannedStep> = Vec::new();
        for (at, step) in builder.spec.steps.0.iter().enumerate() {
            let call = call(step, project.as_deref(), context, sink);
            check_step(step, call, sink);
            let mut planned = planned(step, call, sink);
            planned.depends = order
                .as_ref()
                .and_then(|order| order.waits[at].as_ref())
                .map(|wait| wait.text.clone());
            planned.certain = certain.as_ref().map_or_else(Vec::new, |certain| certain[at].clone());
            planned.after = after.as_ref().map_or_else(Vec::new, |after| after[at].clone());
            steps.push(planned);
        }
        for at in 0..steps.len() {
            wire_upstream(at, &builder.spec.steps.0, &mut steps);
        }
        let mentions = super::mentions::check(&builder.spec.steps.0, &steps, order.is_some(), sink);
        let needs_agent = builder
            .spec
            .steps
            .0
            .iter()
            .zip(&steps)
            .any(|(step, planned)| needs_agent(step, planned.call));
        Self { mentions, is_broken: sink.errors() > before, needs_agent, builder, steps }
    }
}

fn needs_agent(step: &Step, call: Call) -> bool {
    let is_of_agent = |body: &Node| body.get("http").is_some() || body.get("plugin").is_some();
    match call {
        Call::Pack(template) => PackTemplate::all(template.task)
            .iter()
            .filter_map(|template| template.body)
            .any(is_of_agent),
        _ => step.task.template.as_ref().is_some_and(|template| is_of_agent(&template.node)),
    }
}

/// The arguments of a step.
pub fn arguments(step: &Step) -> &[Argument] {
    step.task.arguments.as_ref().map_or(&[], |arguments| &arguments.params)
}

fn call<'m>(
    step: &Step,
    project: Option<&str>,
    context: Context<'m, '_>,
    sink: &mut Sink,
) -> Call<'m> {
    let what = format!("step `{}`", &*step.name);
    match (&step.task.task_ref, &step.task.template) {
        (Some(reference), None) => {
            task_call(reference, project, context, sink).map_or(Call::Unknown, Call::Pack)
        }
        (None, Some(_)) => Call::Inline,
        (Some(reference), Some(template)) => {
            sink.report(ap109_one_of_fields::both(
                template.node.span,
                &what,
                "template",
                "taskRef",
                reference.name.span,
            ));
            Call::Unknown
        }
        (None, None) => {
            sink.report(ap109_one_of_fields::none(
                step.name.span,
                &what,
                &["task.taskRef", "task.template"],
            ));
            Call::Unknown
        }
    }
}

/// The template that a taskRef means, seen from a project: a definition of the directory, or a bundled pack.
pub fn task_call<'m>(
    reference: &TaskRef,
    project: Option<&str>,
    context: Context<'m, '_>,
    sink: &mut Sink,
) -> Option<PackTemplate<'m>> {
    let task = task(reference, project, context, sink)?;
    let found = PackTemplate::of(task, reference.template.as_ref());
    if let (None, Some(wanted)) = (&found, &reference.template) {
        let names: Vec<String> = PackTemplate::all(task).iter().map(PackTemplate::name).collect();
        let names: Vec<&str> = names.iter().map(String::as_str).collect();
        sink.report(ap201_undefined_reference::template(
            wanted.span,
            &task.metadata.name,
            wanted,
            &names,
        ));
    }
    found
}

fn task<'m>(
    reference: &TaskRef,
    project: Option<&str>,
    context: Context<'m, '_>,
    sink: &mut Sink,
) -> Option<&'m Task> {
    let Context { index, library, sources } = context;
    let mut found = Sink::default();
    let bundled: Vec<&str> = library.names().collect();
    let own = index.find(&index.tasks, &reference.name, project, &bundled, &mut found);
    if own.is_some() {
        return own;
    }
    let pack = library
        .get(&reference.name, sources)
        .filter(|_| !index.is_broken_by_name(Kind::Task, &reference.name));
    match (&reference.cluster_scope, pack) {
        (_, Some(pack)) => return Some(pack),
        (Some(in_cluster), None) if **in_cluster && found.has_errors() => {
            sink.report(ap201_undefined_reference::external(reference.name.span, &reference.name));
        }
        _ => sink.absorb(found),
    }
    None
}

fn planned<'m>(step: &Step, call: Call<'m>, sink: &mut Sink) -> PlannedStep<'m> {
    let arguments = arguments(step);
    let names: Vec<&Text> = arguments.iter().map(|argument| &argument.name).collect();
    check_unique("argument", &names, sink);
    let argument = |name: &str| arguments.iter().position(|argument| &*argument.name.value == name);
    let param = |name: &Str, declared| PlannedParam {
        name: name.clone(),
        declared,
        argument: argument(name),
        upstream: Upstream::None,
    };
    let (params, outputs): (Vec<PlannedParam>, Vec<(String, Span)>) =
        match (call, &step.task.template) {
            (Call::Pack(template), _) => {
                let params: Vec<PlannedParam> = template
                    .params()
                    .iter()
                    .map(|declared| param(&declared.name.value, Some(*declared)))
                    .collect();
                check_arguments(arguments, &params, &template.task.metadata.name, sink);
                (
                    params,
                    template
                        .outputs()
                        .into_iter()
                        .map(|(name, span)| (name.to_owned(), span))
                        .collect(),
                )
            }
            (Call::Inline, Some(template)) => {
                let mut used = used_params(&template.node);
                used.extend(arguments.iter().map(|argument| argument.name.to_string()));
                let params = used.into_iter().map(|name| param(&Str::from(name), None)).collect();
                (
                    params,
                    body_outputs(&template.node)
                        .map(|(name, span)| (name.to_owned(), span))
                        .collect(),
                )
            }
            _ => (Vec::new(), Vec::new()),
        };
    PlannedStep { call, depends: None, params, outputs, certain: Vec::new(), after: Vec::new() }
}

fn check_arguments(arguments: &[Argument], params: &[PlannedParam], task: &str, sink: &mut Sink) {
    let names: Vec<&str> = params.iter().map(|param| &*param.name).collect();
    for param in params {
        let argument = param.argument.map(|at| &arguments[at].value.0);
        if let Some(value) = argument {
            check_value(value, param.declared, sink);
        }
    }
    for argument in arguments.iter().filter(|argument| !names.contains(&&*argument.name.value)) {
        sink.report(ap301_unknown_argument::finding(
            argument.name.span,
            &argument.name,
            &format!("Task `{task}`"),
            &names,
        ));
    }
}

/// Finds, for every param of a step, the nearest step before it that has an output of the name.
fn wire_upstream(at: usize, all: &[Step], steps: &mut [PlannedStep]) {
    let upstream: Vec<Upstream> =
        steps[at].params.iter().map(|param| nearest_output(&param.name, at, all, steps)).collect();
    for (param, upstream) in steps[at].params.iter_mut().zip(upstream) {
        param.upstream = upstream;
    }
}

/// The nearest step that always ran before a step and has an output of a name.
pub fn nearest_output(name: &str, at: usize, all: &[Step], steps: &[PlannedStep]) -> Upstream {
    let mut found: Option<(usize, usize)> = None;
    for (before, distance) in &steps[at].certain {
        let has_it = steps[*before].outputs.iter().any(|(output, _)| output == name);
        match found {
            Some((_, nearest)) if nearest < *distance => break,
            Some((first, _)) if has_it && all[*before].is_sure() => {
                return Upstream::Either(first, *before);
            }
            None if matches!(steps[*before].call, Call::Unknown) => return Upstream::Unknown,
            None if has_it && all[*before].is_sure() => found = Some((*before, *distance)),
            _ => {}
        }
    }
    found.map_or(Upstream::None, |(step, _)| Upstream::Step(step))
}
