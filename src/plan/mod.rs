//! What will run: every step with where each of its inputs comes from, every run with its
//! parameters, every event with what it starts.
//!
//! A plan is complete in itself: what comes after it looks nothing up in the definitions by name,
//! and asks no definition for what the plan already knows.

mod build;
mod build_names;
mod called_task;
pub(crate) mod code;
mod cycles;
pub(crate) mod dag;
mod event_task;
mod expand;
mod given;
mod graph;
mod listening;
mod order;
mod pipeline;
mod project;
mod run;
mod run_params;
mod schedule;
pub(crate) mod secrets;
mod settings;
mod standard;
mod steps;
mod tag;
mod task;
mod trigger;
mod values;
mod wiring;

#[cfg(test)]
mod tests;

pub(crate) use build::{Build, revision_label};
pub(crate) use build_names::emitted_name;
pub(crate) use expand::Expansions;
pub(crate) use given::Given;
pub(crate) use graph::{BuilderGraph, Graph};
pub(crate) use project::Project;
pub(crate) use run::{Caller, Pipeline, Run, RunParam, Subject};
pub(crate) use schedule::Schedule;
pub(crate) use settings::{Limit, Settings};
pub(crate) use standard::{STANDARD, is_free_text};
pub use standard::{is_standard, origin};
pub(crate) use steps::{check_parameter_name, check_params, check_unique};
pub(crate) use task::{Task, Template};
pub(crate) use trigger::{Start, Trigger};
pub(crate) use values::check_value;

use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

use rayon::prelude::*;

use crate::argo::facts::Version;
use crate::diagnostics::Sink;
use crate::id::{Id, Table};
use crate::model::kinds::builder::Builder;
use crate::model::kinds::config::Config;
use crate::model::kinds::pipeline as definition;
use crate::model::{Definition, Model};
use crate::resolve::{Index, TaskTarget};
use graph::Callees;
use task::{Tasks, called_name};

/// Everything that is to run, and what it needs.
#[derive(Debug)]
pub(crate) struct Plan<'m> {
    pub config: Option<&'m Config>,
    pub projects: Table<Project<'m>>,
    pub tasks: Table<Task<'m>>,
    /// The steps of every Builder: of those with expressions, once for every pipeline.
    pub builders: Vec<Arc<BuilderGraph<'m>>>,
    /// Those of pipelines first.
    pub runs: Table<Run<'m>>,
    pub triggers: Table<Trigger<'m>>,
    pub schedules: Vec<Schedule<'m>>,
    pub builds: Vec<Build<'m>>,
}

impl<'m> Plan<'m> {
    /// Plans everything; reports every mistake once, and none that only follows from another.
    pub(crate) fn new(
        model: &'m Model,
        index: &Index<'m>,
        expansions: &'m Expansions<'m>,
        sink: &mut Sink,
    ) -> Self {
        let projects: Table<Project> =
            index.projects.iter().map(|(_, project)| Project::of(project, sink)).collect();
        index.registries.iter().for_each(|(_, registry)| code::check_registry(registry, sink));
        index.accounts.iter().for_each(|(_, account)| code::check_account(account, sink));
        let tasks = tasks(model, index, &projects);
        let callees = Callees { index, tasks: &tasks };
        let graphs = graphs(model, callees, sink);
        let planner =
            pipeline::Planner { callees, projects: &projects, expansions, graphs: &graphs };
        let (pipelines, expanded) = planner.pipelines(sink);
        let mut runs = Table::default();
        let mut by_pipeline = HashMap::with_capacity(pipelines.len());
        for (id, run) in pipelines {
            by_pipeline.insert(id, runs.push(run));
        }
        let triggers = triggers(callees, &projects, &mut runs, &by_pipeline, sink);
        let schedules = schedules(callees, &projects, &mut runs, &by_pipeline, sink);
        let builds = builds(model, index, &by_pipeline, sink);
        let mut builders: Vec<_> = graphs.into_iter().collect();
        builders.sort_by_key(|(id, _)| *id);
        let builders = builders.into_iter().map(|(_, graph)| graph).chain(expanded).collect();
        let config = model.config.as_ref();
        let tasks = tasks.table;
        let plan = Self { config, projects, tasks, builders, runs, triggers, schedules, builds };
        plan.builds.iter().for_each(|build| build.check(&plan, sink));
        plan
    }

    /// The version of Argo Workflows that the output is for.
    pub(crate) fn version(&self) -> Version {
        let argo = self.config.and_then(|config| config.spec.argo.as_ref());
        let version = argo.and_then(|argo| argo.workflows.as_ref());
        version.map_or(Version::new(4, 0), |version| version.value)
    }

    /// The project of a name; none if there is none.
    pub(crate) fn project_named(&self, name: &str) -> Option<Id<Project<'m>>> {
        project_named(&self.projects, name)
    }

    /// The runs of pipelines, with what they are of.
    pub(crate) fn pipelines(&self) -> impl Iterator<Item = (Id<Run<'m>>, &Run<'m>, &Pipeline<'m>)> {
        self.runs.iter().filter_map(|(id, run)| Some((id, run, run.pipeline()?)))
    }

    /// The Tasks that are emitted: those of the directory, and the bundled ones that are called.
    pub(crate) fn emitted_tasks(&self) -> impl Iterator<Item = &Task<'m>> {
        let of_builders = self.builders.iter().flat_map(|it| it.graph.callees());
        let of_runs = self.runs.values().flat_map(|run| run.dag.callees());
        let called: BTreeSet<Id<Task>> =
            of_builders.chain(of_runs).map(|callee| callee.task).collect();
        let is_emitted = move |id: Id<Task>, task: &Task| {
            let is_own = matches!(task.target, TaskTarget::Defined(_));
            !task.is_external && (is_own || called.contains(&id))
        };
        self.tasks.iter().filter(move |(id, task)| is_emitted(*id, task)).map(|(_, task)| task)
    }
}

/// Works on items in parallel and keeps their order; findings come together in a fixed order.
fn in_parallel<T: Sync, R: Send>(
    items: &[T],
    sink: &mut Sink,
    work: impl Fn(&T, &mut Sink) -> Option<R> + Sync,
) -> Vec<R> {
    let batch = |items: &[T]| {
        let mut found = Sink::default();
        let results: Vec<R> = items.iter().filter_map(|item| work(item, &mut found)).collect();
        (results, found)
    };
    let parts: Vec<(Vec<R>, Sink)> = items.par_chunks(64).map(batch).collect();
    let mut all = Vec::with_capacity(items.len());
    for (results, found) in parts {
        all.extend(results);
        sink.absorb(found);
    }
    all
}

/// The Tasks of the directory, and the bundled ones whose names something calls.
fn tasks<'m>(model: &'m Model, index: &Index<'m>, projects: &Table<Project<'m>>) -> Tasks<'m> {
    let mut called: BTreeSet<&str> = model.definitions.iter().flat_map(called_names).collect();
    // What expressions come to is not known here.
    if !model.builder_sources.is_empty() {
        for name in index.library().names() {
            called.insert(name);
        }
    }
    Tasks::new(index, &called, |task| project_named(projects, task.metadata.project.as_ref()?))
}

/// The names of Tasks that a definition calls.
fn called_names(definition: &Definition) -> Vec<&str> {
    match definition {
        Definition::Builder(builder) => {
            builder.spec.steps.0.iter().filter_map(called_name).collect()
        }
        Definition::Webhook(webhook) => {
            let task = webhook.spec.event.task.as_ref();
            task.map(|task| &*task.task_ref.name.value).into_iter().collect()
        }
        Definition::Schedule(schedule) => {
            let task = schedule.spec.task.as_ref();
            task.map(|task| &*task.task_ref.name.value).into_iter().collect()
        }
        _ => Vec::new(),
    }
}

/// The project of a name; none if there is none. Projects are in the order of their names.
fn project_named<'m>(projects: &Table<Project<'m>>, name: &str) -> Option<Id<Project<'m>>> {
    let key = |project: &Project| project.definition.metadata.name.value.clone();
    let found = projects.as_slice().binary_search_by(|project| (*key(project)).cmp(name));
    found.ok().map(Id::new)
}

/// The steps of every Builder without expressions. Of those with expressions only what holds
/// whatever their values is reported, when they are read.
fn graphs<'m>(
    model: &Model,
    callees: Callees<'m, '_>,
    sink: &mut Sink,
) -> HashMap<Id<&'m Builder>, Arc<BuilderGraph<'m>>> {
    let builders = callees.index.builders.iter();
    let is_fixed =
        |builder: &Builder| !model.builder_sources.contains_key(&builder.metadata.name.span);
    let fixed: Vec<(Id<&Builder>, &Builder)> =
        builders.filter(|(_, builder)| is_fixed(builder)).collect();
    let graphs = in_parallel(&fixed, sink, |(id, builder), sink| {
        Some((*id, Arc::new(BuilderGraph::new(builder, false, callees, sink))))
    });
    graphs.into_iter().collect()
}

fn triggers<'m>(
    callees: Callees<'m, '_>,
    projects: &Table<Project<'m>>,
    runs: &mut Table<Run<'m>>,
    by_pipeline: &HashMap<Id<&'m definition::Pipeline>, Id<Run<'m>>>,
    sink: &mut Sink,
) -> Table<Trigger<'m>> {
    let planner = trigger::Planner { callees, projects, runs, by_pipeline };
    let webhooks = callees.index.webhooks.as_slice();
    let planned = in_parallel(webhooks, sink, |webhook, sink| planner.webhook(webhook, sink));
    let mut triggers = Table::default();
    for planned in planned {
        triggers.push(planned.enter(runs));
    }
    triggers
}

fn schedules<'m>(
    callees: Callees<'m, '_>,
    projects: &Table<Project<'m>>,
    runs: &mut Table<Run<'m>>,
    by_pipeline: &HashMap<Id<&'m definition::Pipeline>, Id<Run<'m>>>,
    sink: &mut Sink,
) -> Vec<Schedule<'m>> {
    let planner = schedule::Planner { callees, projects, runs, by_pipeline };
    let schedules = callees.index.schedules.as_slice();
    let planned = in_parallel(schedules, sink, |schedule, sink| planner.schedule(schedule, sink));
    planned.into_iter().map(|planned| planned.enter(runs)).collect()
}

fn builds<'m>(
    model: &'m Model,
    index: &Index<'m>,
    by_pipeline: &HashMap<Id<&'m definition::Pipeline>, Id<Run<'m>>>,
    sink: &mut Sink,
) -> Vec<Build<'m>> {
    let mut builds = Vec::new();
    for definition in &model.definitions {
        let Definition::Build(build) = definition else { continue };
        let metadata = &build.metadata;
        if index.project(&metadata.project, sink).is_none() {
            continue;
        }
        let project = Some(&*metadata.project.value);
        let pipeline = index.find(&index.pipelines, &metadata.pipeline, project, sink);
        let run = pipeline.and_then(|id| by_pipeline.get(&id));
        builds.extend(run.map(|run| Build::of(build, *run)));
    }
    builds
}
