//! Tasks as steps call them: their templates, what each takes and what it gives.

use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

use super::dag::Output;
use super::project::Project;
use super::uses::{Mention, run_params};
use crate::argo::references::{names_under, references};
use crate::body::Body;
use crate::id::{Id, Table};
use crate::model::kinds::builder::Step as StepDefinition;
use crate::model::kinds::common::Param;
use crate::model::kinds::task as definition;
use crate::names::dns_name;
use crate::resolve::{Index, TaskTarget};
use crate::tree::{Node, Str};

/// A Task.
#[derive(Debug)]
pub struct Task<'m> {
    pub definition: &'m definition::Task,
    pub target: TaskTarget<'m>,
    /// The emitted name.
    pub name: Str,
    /// The project that it belongs to; none for a `ClusterWorkflowTemplate`.
    pub project: Option<Id<Project<'m>>>,
    /// The first is the one that a reference without `template` means.
    pub templates: Table<Template<'m>>,
    /// The template is in the cluster already: nothing is emitted.
    pub is_external: bool,
    /// The parameters of the run that its bodies and defaults name.
    pub run_params: Vec<Mention>,
}

/// A template of a Task.
#[derive(Debug)]
pub struct Template<'m> {
    /// The emitted name.
    pub name: Str,
    /// None for a template that is in the cluster only.
    pub body: Option<Body<'m>>,
    /// All of the Task's, or those that the body uses where the Task has several templates.
    pub params: Vec<&'m Param>,
    pub outputs: Arc<[Output]>,
}

impl<'m> Task<'m> {
    pub(super) fn of(
        definition: &'m definition::Task,
        target: TaskTarget<'m>,
        project: Option<Id<Project<'m>>>,
    ) -> Self {
        let name: Str = dns_name(&definition.metadata.name).into();
        let external = definition.spec.external.as_ref();
        let templates = templates(definition, &name);
        let run_params = run_params_of(definition, &templates);
        Self {
            definition,
            target,
            name,
            project,
            templates,
            is_external: external.is_some_and(|external| **external),
            run_params,
        }
    }

    /// The bodies of its templates.
    pub fn bodies(&self) -> impl Iterator<Item = &Body<'m>> {
        self.templates.values().filter_map(|template| template.body.as_ref())
    }

    /// Whether it came with argopacks, where tests hold it to the rules.
    pub fn is_bundled(&self) -> bool {
        matches!(self.target, TaskTarget::Bundled(_))
    }

    /// Whether its template is in the cluster, and it has none of its own.
    pub fn is_in_cluster_only(&self) -> bool {
        let spec = &self.definition.spec;
        self.is_external && spec.template.is_none() && spec.templates.is_empty()
    }

    /// Whether one of its templates runs in Argo's agent: http or plugin.
    pub fn needs_agent(&self) -> bool {
        self.bodies().any(Body::needs_agent)
    }

    /// Whether it uses the workspace of the run.
    pub fn uses_workspace(&self) -> bool {
        self.definition.spec.workspace.is_some()
            || self.bodies().any(|body| body.workspace_mounts().next().is_some())
    }
}

fn templates<'m>(task: &'m definition::Task, name: &Str) -> Table<Template<'m>> {
    let spec = &task.spec;
    let holder = task.metadata.name.span;
    let one = |body: Option<&'m Node>| {
        let body = body.map(|node| Body::of(node, holder));
        let outputs = outputs(task, body.as_ref());
        Template { name: name.clone(), body, params: spec.params.iter().collect(), outputs }
    };
    if spec.external.as_ref().is_some_and(|external| external.value) {
        return Table::from_iter([one(None)]);
    }
    if spec.templates.is_empty() || spec.template.is_some() {
        return Table::from_iter([one(spec.template.as_ref().map(|body| &body.node))]);
    }
    let several = spec.templates.iter().map(|template| {
        let body = Body::of(&template.node, holder);
        let used = used_params(&body);
        let own = body.name.as_ref().map(|name| name.value.clone());
        Template {
            name: own.unwrap_or_else(|| name.clone()),
            params: spec.params.iter().filter(|it| used.contains(&*it.name.value)).collect(),
            outputs: outputs(task, Some(&body)),
            body: Some(body),
        }
    });
    several.collect()
}

fn outputs(task: &definition::Task, body: Option<&Body>) -> Arc<[Output]> {
    let declared = task.spec.outputs.iter();
    let declared =
        declared.map(|output| Output { name: output.name.value.clone(), span: output.name.span });
    declared.chain(body.into_iter().flat_map(body_outputs)).collect()
}

/// The outputs that a template body has by itself.
pub(super) fn body_outputs(body: &Body) -> impl Iterator<Item = Output> {
    let names = body.outputs.parameters.iter().filter_map(|output| output.name.as_ref());
    names.map(|name| Output { name: name.value.clone(), span: name.span })
}

/// The params that a template body uses.
pub(super) fn used_params(body: &Body) -> BTreeSet<String> {
    let bodies = body.with_inlines();
    let sites = bodies.iter().flat_map(|body| &body.sites);
    let names = sites.flat_map(|site| {
        let references = references(&site.text);
        let names = names_under(&references, "inputs.parameters.");
        names.map(|(name, _)| name.to_owned()).collect::<Vec<_>>()
    });
    names.collect()
}

/// The parameters of the run that a Task's bodies and defaults name.
fn run_params_of(task: &definition::Task, templates: &Table<Template>) -> Vec<Mention> {
    let bodies = templates.values().filter_map(|template| template.body.as_ref());
    let mut found: Vec<Mention> = bodies.flat_map(run_params).collect();
    let params = task.spec.params.iter().filter_map(|param| param.default.as_ref());
    let outputs = task.spec.outputs.iter().filter_map(|output| output.default.as_ref());
    for default in params.chain(outputs) {
        super::uses::run_params_of(&default.0, &mut found);
    }
    found
}

/// The Tasks of a plan, found by what references mean.
#[derive(Debug, Default)]
pub(super) struct Tasks<'m> {
    pub table: Table<Task<'m>>,
    by_target: HashMap<TaskTarget<'m>, Id<Task<'m>>>,
}

impl<'m> Tasks<'m> {
    /// Plans the Tasks of the directory and the bundled ones of some names.
    pub fn new(
        index: &Index<'m>,
        called: &BTreeSet<&str>,
        project: impl Fn(&definition::Task) -> Option<Id<Project<'m>>>,
    ) -> Self {
        let own = index.tasks.iter().map(|(id, _)| TaskTarget::Defined(id));
        let bundled = index.library().names().filter(|name| called.contains(*name));
        let mut tasks = Self::default();
        for target in own.chain(bundled.map(TaskTarget::Bundled)) {
            if let Some(definition) = index.task_definition(target) {
                let task = Task::of(definition, target, project(definition));
                tasks.by_target.insert(target, tasks.table.push(task));
            }
        }
        tasks
    }

    pub fn get(&self, target: TaskTarget<'m>) -> Option<Id<Task<'m>>> {
        self.by_target.get(&target).copied()
    }
}

/// The name of the Task that a step calls, if it calls one.
pub(super) fn called_name(step: &StepDefinition) -> Option<&str> {
    step.task.task_ref.as_ref().map(|reference| &**reference.name)
}
