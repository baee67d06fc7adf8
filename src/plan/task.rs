//! Tasks as steps call them: their templates, what each takes and what it gives.

use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

use super::dag::Output;
use super::project::Project;
use crate::argo::uses::Uses;
use crate::body::Body;
use crate::id::{Id, Table};
use crate::model::kinds::builder::Step as StepDefinition;
use crate::model::kinds::common::Param;
use crate::model::kinds::task as definition;
use crate::model::{Decode, Text};
use crate::names::dns_name;
use crate::resolve::{Index, TaskTarget};
use crate::tree::Node;

/// A Task.
#[derive(Debug)]
pub(crate) struct Task<'m> {
    pub definition: &'m definition::Task,
    pub target: TaskTarget<'m>,
    /// The emitted name.
    pub name: Text,
    /// The project that it belongs to; none for a `ClusterWorkflowTemplate`.
    pub project: Option<Id<Project<'m>>>,
    /// The first is the one that a reference without `template` means.
    pub templates: Table<Template<'m>>,
    /// The template is in the cluster already: nothing is emitted.
    pub is_external: bool,
    /// All that its definition says could be read.
    pub is_whole: bool,
    /// What its bodies and defaults use of what others declare.
    pub(crate) uses: Uses,
}

/// A template of a Task.
#[derive(Debug)]
pub(crate) struct Template<'m> {
    /// The emitted name.
    pub name: Text,
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
        let written = &definition.metadata.name;
        let name = Text { value: dns_name(written).into(), span: written.span };
        let external = definition.spec.external.as_ref();
        let templates = templates(definition, &name);
        let uses = uses_of(definition, &templates);
        Self {
            definition,
            target,
            name,
            project,
            templates,
            is_external: external.is_some_and(|external| **external),
            is_whole: Decode::is_whole(definition),
            uses,
        }
    }

    /// The bodies of its templates.
    pub(crate) fn bodies(&self) -> impl Iterator<Item = &Body<'m>> {
        self.templates.values().filter_map(|template| template.body.as_ref())
    }

    /// Whether it came with argopacks, where tests hold it to the rules.
    pub(crate) fn is_bundled(&self) -> bool {
        matches!(self.target, TaskTarget::Bundled(_))
    }

    /// Whether its template is in the cluster, and it has none of its own.
    pub(crate) fn is_in_cluster_only(&self) -> bool {
        let spec = &self.definition.spec;
        self.is_external && spec.template.is_none() && spec.templates.is_empty()
    }

    /// Whether one of its templates runs in Argo's agent: http or plugin.
    pub(crate) fn needs_agent(&self) -> bool {
        self.bodies().any(Body::needs_agent)
    }

    /// Whether it uses the workspace of the run.
    pub(crate) fn uses_workspace(&self) -> bool {
        self.definition.spec.workspace.is_some()
            || self.bodies().any(|body| body.workspace_mounts().next().is_some())
    }
}

fn templates<'m>(task: &'m definition::Task, name: &Text) -> Table<Template<'m>> {
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
        Template {
            name: body.name.as_ref().unwrap_or(name).clone(),
            params: spec.params.iter().filter(|param| body.uses.input(&param.name)).collect(),
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

/// What a Task's bodies and defaults use of what others declare.
fn uses_of(task: &definition::Task, templates: &Table<Template>) -> Uses {
    let mut uses = Uses::default();
    for template in templates.values() {
        uses.absorb(template.body.as_ref().map_or_else(Uses::default, |body| body.uses.clone()));
    }
    let params = task.spec.params.iter().filter_map(|param| param.default.as_ref());
    let outputs = task.spec.outputs.iter();
    let texts = outputs.clone().filter_map(|output| output.path.as_ref());
    let defaults = params.chain(outputs.filter_map(|output| output.default.as_ref()));
    for text in defaults.map(|default| &default.0).chain(texts) {
        uses.absorb(Uses::of(text));
    }
    for from in task.spec.outputs.iter().filter_map(|output| output.value_from.as_ref()) {
        uses.absorb(Uses::in_node(&from.node));
    }
    uses
}

/// The Tasks of a plan, found by what references mean.
#[derive(Debug, Default)]
pub(super) struct Tasks<'m> {
    pub table: Table<Task<'m>>,
    by_target: HashMap<TaskTarget<'m>, Id<Task<'m>>>,
}

impl<'m> Tasks<'m> {
    /// Plans the Tasks of the directory and the bundled ones of some names.
    pub(crate) fn new(
        index: &Index<'m>,
        called: &BTreeSet<&str>,
        project: impl Fn(&definition::Task) -> Option<Id<Project<'m>>>,
    ) -> Self {
        let own = index.tasks.iter().map(|(id, _)| TaskTarget::Defined(id));
        let bundled: Vec<&str> =
            index.library().names().filter(|name| called.contains(*name)).collect();
        index.library().read(&bundled, index.sources());
        let mut tasks = Self::default();
        for target in own.chain(bundled.into_iter().map(TaskTarget::Bundled)) {
            if let Some(definition) = index.task_definition(target) {
                let task = Task::of(definition, target, project(definition));
                tasks.by_target.insert(target, tasks.table.push(task));
            }
        }
        tasks
    }

    pub(crate) fn get(&self, target: TaskTarget<'m>) -> Option<Id<Task<'m>>> {
        self.by_target.get(&target).copied()
    }
}

/// The name of the Task that a step calls, if it calls one.
pub(super) fn called_name(step: &StepDefinition) -> Option<&str> {
    step.task.task_ref.as_ref().map(|reference| &**reference.name)
}
