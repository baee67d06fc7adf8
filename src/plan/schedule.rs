//! Schedules: pipelines and Tasks that the clock starts.

use std::collections::HashMap;

use super::build_names::emitted_name_within;
use super::called_task::CalledTaskRun;
use super::given::Given;
use super::graph::Callees;
use super::project::Project;
use super::run::{Caller, Run, RunParam};
use super::{project_named, standard};
use crate::diagnostics::Sink;
use crate::id::{Id, Table};
use crate::model::Text;
use crate::model::kinds::pipeline::Pipeline;
use crate::model::kinds::schedule as definition;
use crate::rules::ap109_one_of_fields;
use crate::source::Span;
use crate::tree::Str;

/// The longest name of a `CronWorkflow`: that of a run has `-` and ten digits more (Argo Workflows,
/// workflow/validate, `maxCharsInObjectName`).
const MAX_NAME: usize = 52;

/// A run that the clock starts.
#[derive(Debug)]
pub(crate) struct Schedule<'m> {
    pub definition: &'m definition::Schedule,
    /// The emitted name.
    pub name: Text,
    pub run: Id<Run<'m>>,
    pub given: Given,
}

/// A schedule whose run may have no id yet.
pub(super) struct Planned<'m> {
    definition: &'m definition::Schedule,
    name: Text,
    start: Start<'m>,
    given: Given,
}

/// What a schedule starts.
enum Start<'m> {
    Pipeline(Id<Run<'m>>),
    Task(Box<Run<'m>>),
}

/// What schedules are planned with.
pub(super) struct Planner<'m, 'i> {
    pub callees: Callees<'m, 'i>,
    pub projects: &'i Table<Project<'m>>,
    pub runs: &'i Table<Run<'m>>,
    /// The runs of pipelines.
    pub by_pipeline: &'i HashMap<Id<&'m Pipeline>, Id<Run<'m>>>,
}

impl<'m> Planner<'m, '_> {
    /// Plans one schedule; reports every mistake. None if it has nothing to start.
    pub(crate) fn schedule(
        &self,
        definition: &'m definition::Schedule,
        sink: &mut Sink,
    ) -> Option<Planned<'m>> {
        let project = project_named(self.projects, &definition.metadata.project)?;
        let name = emitted_name(definition, sink);
        let before = sink.errors();
        check_start(definition, sink);
        let given = given(&definition.spec);
        let start = match &definition.spec.task {
            Some(task) => {
                let run = self.task(definition, task, &name, project, sink);
                run.map(|run| Start::Task(Box::new(run)))
            }
            None => self.pipeline(definition, sink).map(Start::Pipeline),
        };
        let start = start?;
        let run = match &start {
            Start::Pipeline(id) => &self.runs[*id],
            Start::Task(run) => run,
        };
        // A param of a Task that has no value may be there under another name: one mistake.
        if sink.errors() == before {
            given.check(run, sink);
        }
        Some(Planned { definition, name, start, given })
    }

    fn pipeline(&self, definition: &definition::Schedule, sink: &mut Sink) -> Option<Id<Run<'m>>> {
        let name = &definition.spec.pipeline.as_ref()?.name;
        let project = Some(&*definition.metadata.project.value);
        let index = self.callees.index;
        let pipeline = index.find(&index.pipelines, name, project, sink)?;
        self.by_pipeline.get(&pipeline).copied()
    }

    fn task(
        &self,
        definition: &'m definition::Schedule,
        task: &'m definition::CalledTask,
        name: &Text,
        project: Id<Project<'m>>,
        sink: &mut Sink,
    ) -> Option<Run<'m>> {
        let (projects, caller) = (self.projects, Caller::Schedule(definition));
        let standard = standard_params(&definition.spec, &projects[project].name);
        let emitted = (name.as_str(), MAX_NAME);
        let (is_partial, callees) = (!definition.spec.whole, self.callees);
        CalledTaskRun { caller, task, projects, project, emitted, standard, is_partial }
            .plan(callees, sink)
    }
}

impl<'m> Planned<'m> {
    /// The schedule, with the run of its Task entered into the others.
    pub(crate) fn enter(self, runs: &mut Table<Run<'m>>) -> Schedule<'m> {
        let Self { definition, name, start, given } = self;
        let run = match start {
            Start::Pipeline(id) => id,
            Start::Task(run) => runs.push(*run),
        };
        Schedule { definition, name, run, given }
    }
}

/// What the runs of a schedule are given.
fn given(spec: &definition::ScheduleSpec) -> Given {
    Given {
        revision: spec.revision.as_deref().cloned(),
        tag: None,
        params: Given::params(&spec.params),
        event: Some("schedule"),
    }
}

/// The build parameters that the run of a Task can have: a Task has no code, so that there is a
/// revision only if the schedule names one.
fn standard_params(spec: &definition::ScheduleSpec, project: &Text) -> Vec<RunParam> {
    let param = |name: &'static str| {
        let (value, span) = match name {
            "project" => (project.value.clone(), project.span),
            "revision" | "branch" | "branch-slug" => (Str::default(), spec.revision.as_ref()?.span),
            "event" => (Str::default(), Span::GENERATED),
            _ => return None,
        };
        Some(RunParam { name: Text::generated(name), value, span })
    };
    standard::STANDARD.iter().filter_map(|standard| param(standard.name)).collect()
}

/// Reports a schedule that starts nothing, or two things.
fn check_start(definition: &definition::Schedule, sink: &mut Sink) {
    let spec = &definition.spec;
    match (&spec.pipeline, &spec.task) {
        (Some(pipeline), Some(task)) => {
            let (first, second) = (pipeline.held_at, task.held_at);
            let finding =
                ap109_one_of_fields::both(second, "a Schedule", "task", "pipeline", first);
            sink.report(finding);
        }
        (None, None) if spec.whole => {
            let fields = ["pipeline", "task"];
            sink.report(ap109_one_of_fields::none(spec.held_at, "a Schedule", &fields));
        }
        _ => {}
    }
}

/// The name of the `CronWorkflow`; reports one that it cannot have.
fn emitted_name(definition: &definition::Schedule, sink: &mut Sink) -> Text {
    let name = &definition.metadata.name;
    let emitted = emitted_name_within(MAX_NAME, name, "a CronWorkflow", sink);
    Text { value: emitted.into(), span: name.span }
}
