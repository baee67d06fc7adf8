//! What a run is given by its pipeline, its Builder and its project: the nearest of them that says something wins.

use super::{PipelinePlan, Program, RunPlan};
use crate::model::forms::Duration;
use crate::model::kinds::common::{Defaults, Retention, Workspace};
use crate::model::kinds::pipeline::PipelineSpec;
use crate::source::Span;

/// What a run is given, from the nearest of pipeline, Builder and project that says it.
#[derive(Debug)]
pub struct Settings<'p> {
    pub pipeline: Option<&'p PipelineSpec>,
    defaults: Vec<&'p Defaults>,
    builder_workspace: Option<&'p Workspace>,
}

impl<'p> Settings<'p> {
    pub fn of(program: &'p Program, run: &'p RunPlan, pipeline: Option<&'p PipelinePlan>) -> Self {
        let builder = &run.builder.builder;
        let project =
            program.project_of(run).project.spec.as_ref().and_then(|spec| spec.defaults.as_ref());
        Self {
            pipeline: pipeline.map(|plan| &plan.pipeline.spec),
            defaults: builder.spec.defaults.as_ref().into_iter().chain(project).collect(),
            builder_workspace: builder.spec.workspace.as_ref(),
        }
    }

    /// The first of the defaults that says something.
    pub fn default<T>(&self, get: impl Fn(&'p Defaults) -> Option<T>) -> Option<T> {
        self.defaults.iter().find_map(|defaults| get(defaults))
    }

    pub fn timeout(&self) -> Option<&'p Duration> {
        self.pipeline
            .and_then(|spec| spec.timeout.as_ref())
            .or_else(|| self.default(|defaults| defaults.timeout.as_ref()))
    }

    pub fn retention<T>(&self, get: impl Fn(&'p Retention) -> Option<T>) -> Option<T> {
        let own = self.pipeline.and_then(|spec| spec.retention.as_ref()).and_then(&get);
        own.or_else(|| self.default(|defaults| defaults.retention.as_ref().and_then(&get)))
    }

    pub fn workspace(&self) -> Option<&'p Workspace> {
        self.builder_workspace.or_else(|| self.default(|defaults| defaults.workspace.as_ref()))
    }
}

/// How many runs of a pipeline may go on at once.
#[derive(Debug)]
pub struct Limit {
    pub key: String,
    pub limit: i64,
    /// Where the limit is written.
    pub span: Span,
}

pub fn concurrency(program: &Program, plan: &PipelinePlan) -> Option<Limit> {
    let settings = Settings::of(program, &plan.run, Some(plan));
    let own = plan.pipeline.spec.concurrency.as_ref();
    let concurrency = own.or_else(|| settings.default(|defaults| defaults.concurrency.as_ref()))?;
    let key =
        concurrency.key.as_ref().map_or_else(|| plan.run.emitted.clone(), |key| key.to_string());
    Some(Limit { key, limit: concurrency.limit.value, span: concurrency.limit.span })
}
