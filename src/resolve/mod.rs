//! Definitions to a program: every name found, every param of every step wired to where its value comes from.

mod build;
mod build_names;
pub mod code;
mod depends;
mod event_task;
mod index;
mod mentions;
mod order;
mod pack;
mod params;
mod pipeline;
mod plan;
mod project;
mod settings;
mod standard;
mod steps;
mod webhook;
mod wiring;

pub use build::{BuildPlan, check_param, check_tag};
pub use build_names::{emitted_name, text_of_tag};
pub use index::{Named, in_order};
pub use mentions::step_texts;
pub use pack::{PackTemplate, TEMPLATE_TYPES, each_used_param, used_params};
pub use pipeline::{PipelinePlan, RunPlan};
pub use plan::{BuilderPlan, Call, PlannedParam, PlannedStep, arguments};
pub use project::ProjectPlan;
pub use settings::{Limit, Settings, concurrency};
pub use standard::{is_standard, origin};
pub use steps::{check_parameter_name, check_params, check_unique};
pub use webhook::{EventValue, WebhookPlan};
pub use wiring::{BuildParam, TagPart, Wire};

use std::collections::HashMap;
use std::sync::Arc;

use rayon::prelude::*;

use crate::argo::facts::Version;
use crate::diagnostics::Sink;
use crate::expression;
use crate::model::kinds::builder::Builder;
use crate::model::kinds::config::Config;
use crate::model::kinds::registry::Registry;
use crate::model::kinds::repository_account::RepositoryAccount;
use crate::model::kinds::task::Task;
use crate::model::{Definition, Model};
use crate::packs::Library;
use crate::rules::ap701_own_pack;
use crate::source::{FileId, SourceMap, Span};
use index::Index;
use plan::{BuilderHandle, Context};

/// Everything that a run is about, resolved.
#[derive(Debug)]
pub struct Program<'m> {
    pub config: Option<&'m Config>,
    pub projects: Vec<ProjectPlan<'m>>,
    pub registries: Vec<&'m Registry>,
    pub accounts: Vec<&'m RepositoryAccount>,
    /// The Tasks of the directory, and the bundled ones that something uses.
    pub tasks: Vec<&'m Task>,
    pub builders: Vec<Arc<BuilderPlan<'m>>>,
    pub pipelines: Vec<PipelinePlan<'m>>,
    pub webhooks: Vec<WebhookPlan<'m>>,
    pub builds: Vec<BuildPlan<'m>>,
    /// The last of the files that were given; those of bundled packs come behind it.
    pub last_file: FileId,
}

impl Program<'_> {
    /// The version of Argo Workflows that the output is for.
    pub fn version(&self) -> Version {
        let argo = self.config.and_then(|config| config.spec.argo.as_ref());
        argo.and_then(|argo| argo.workflows.as_ref())
            .map_or(Version::new(4, 0), |version| version.value)
    }

    /// The place of the project of a name; none if there is none.
    pub fn project_named(&self, name: &str) -> Option<usize> {
        project::position(&self.projects, name)
    }

    /// The project of a run.
    pub fn project_of(&self, run: &RunPlan) -> &ProjectPlan<'_> {
        &self.projects[run.project]
    }
}

/// Resolves every definition; tells every mistake, none of them twice, and none that only follows from another.
pub fn resolve<'m>(
    model: &'m Model,
    library: &'m Library,
    sources: &'m SourceMap,
    sink: &mut Sink,
) -> Program<'m> {
    let index = Index::new(model, sink);
    let context = Context { index: &index, library, sources };
    let projects = project::projects(&index, sink);
    index.registries.all.iter().for_each(|registry| code::check_registry(registry, sink));
    index.accounts.all.iter().for_each(|account| code::check_account(account, sink));
    check_own_packs(&index, library, sink);
    let builders = builders(context, &model.builder_sources, sink);
    let resolver = pipeline::Resolver {
        context,
        projects: &projects,
        plans: &builders,
        builder_sources: &model.builder_sources,
        values: values(model),
    };
    let pipelines =
        in_parallel(&index.pipelines.all, sink, |pipeline, sink| resolver.pipeline(pipeline, sink));
    // What is left out silently is so only where a mistake was told, or a definition that may explain it could not be read.
    let is_excused = |sink: &Sink| sink.has_errors() || !model.broken.is_empty();
    debug_assert!(
        is_excused(sink) || pipelines.len() == index.pipelines.all.len(),
        "a pipeline was dropped in silence"
    );
    let by_name: HashMap<Span, usize> = pipelines
        .iter()
        .enumerate()
        .map(|(at, plan)| (plan.pipeline.metadata.name.span, at))
        .collect();
    let resolver = webhook::Resolver {
        context,
        projects: &projects,
        pipelines: &pipelines,
        by_name: &by_name,
    };
    let webhooks =
        in_parallel(&index.webhooks.all, sink, |webhook, sink| resolver.webhook(webhook, sink));
    debug_assert!(
        is_excused(sink) || webhooks.len() == index.webhooks.all.len(),
        "a webhook was dropped in silence"
    );
    let builds = builds(model, &index, &pipelines, &by_name, sink);
    let tasks = tasks_in_use(&index, &builders, &pipelines, &webhooks);
    let (registries, accounts) = (index.registries.all, index.accounts.all);
    Program {
        config: model.config.as_ref(),
        projects,
        registries,
        accounts,
        tasks,
        builders,
        pipelines,
        webhooks,
        builds,
        last_file: library.last_own_file(),
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

/// The `values` of Config for expressions; an empty map where there are none.
fn values(model: &Model) -> minijinja::Value {
    let values = model.config.as_ref().and_then(|config| config.spec.values.as_ref());
    values.map_or_else(
        || minijinja::Value::from_pairs::<_, &str, minijinja::Value>([]),
        expression::value_of,
    )
}

fn builds<'m>(
    model: &'m Model,
    index: &Index<'m>,
    pipelines: &[PipelinePlan<'m>],
    by_name: &HashMap<Span, usize>,
    sink: &mut Sink,
) -> Vec<BuildPlan<'m>> {
    let builds = model.definitions.iter().filter_map(|definition| match definition {
        Definition::Build(build) => build::build(build, index, pipelines, by_name, sink),
        _ => None,
    });
    builds.collect()
}

/// Plans every Builder. Those with expressions are planned for each pipeline; here only what holds whatever their values is told.
fn builders<'m>(
    context: Context<'m, '_>,
    sources: &HashMap<Span, crate::model::BuilderSource>,
    sink: &mut Sink,
) -> Vec<Arc<BuilderPlan<'m>>> {
    let plan = |builder: &&'m Builder| {
        let mut found = Sink::default();
        let plan = BuilderPlan::new(BuilderHandle::Shared(builder), context, &mut found);
        if !sources.contains_key(&builder.metadata.name.span) {
            sink.absorb(found);
        }
        Arc::new(plan)
    };
    context.index.builders.all.iter().map(plan).collect()
}

fn check_own_packs(index: &Index, library: &Library, sink: &mut Sink) {
    for task in &index.tasks.all {
        let name = &task.metadata.name;
        if library.names().any(|bundled| *bundled == *name.value) {
            sink.report(ap701_own_pack::finding(name.span, name));
        }
    }
}

/// The Tasks of the directory by name, then the bundled ones that steps or webhooks call.
fn tasks_in_use<'m>(
    index: &Index<'m>,
    builders: &[Arc<BuilderPlan<'m>>],
    pipelines: &[PipelinePlan<'m>],
    webhooks: &[WebhookPlan<'m>],
) -> Vec<&'m Task> {
    let mut tasks = index.tasks.all.clone();
    let of_pipelines = pipelines.iter().map(|plan| &plan.run.builder);
    let of_webhooks =
        webhooks.iter().filter_map(|webhook| webhook.task.as_ref()).map(|run| &run.builder);
    let mut last: Option<&Arc<BuilderPlan>> = None;
    for plan in builders.iter().chain(of_pipelines).chain(of_webhooks) {
        if last.replace(plan).is_some_and(|last| Arc::ptr_eq(last, plan)) {
            continue;
        }
        for step in &plan.steps {
            if let Call::Pack(template) = step.call
                && !tasks.iter().any(|task| std::ptr::eq(*task, template.task))
            {
                tasks.push(template.task);
            }
        }
    }
    tasks.sort_by(|a, b| a.metadata.name.value.cmp(&b.metadata.name.value));
    tasks
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{self, Broken};
    use crate::source::SourceFile;

    #[test]
    fn what_an_unread_file_may_define_is_no_mistake() {
        let mut sources = SourceMap::default();
        let files = [
            include_str!("../../examples/goapp/project.yaml"),
            include_str!("../../examples/goapp/pipeline.yaml"),
        ]
        .map(|text| sources.add(SourceFile::new("a.yaml", text)));
        let library = Library::new(&mut sources);
        let mut sink = Sink::default();
        let documents = crate::yaml::parse_all(&files, &sources).into_iter().flatten().collect();
        let mut model = model::read(documents, &sources, &mut sink);
        model.broken.push(Broken::anything());
        let program = resolve(&model, &library, &sources, &mut sink);
        assert!(program.pipelines.is_empty() && !sink.has_errors());
    }
}
