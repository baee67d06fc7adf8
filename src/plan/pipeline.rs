//! Pipelines: what each refers to, the parameters of its runs, and the wiring of its Builder.

use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

use super::build_names::{check_image, emitted_name, names_template};
use super::code::{check_repository, repository_form};
use super::dag::Dag;
use super::expand::Expansions;
use super::graph::{BuilderGraph, Callees};
use super::project::Project;
use super::run::{Pipeline, Run, RunParam, Subject};
use super::run_params::{Standard, own_params};
use super::settings::Settings;
use super::standard::STANDARD;
use super::tag::Tag;
use super::values::check_value;
use super::wiring::Wiring;
use super::{in_parallel, project_named};
use crate::argo::uses::Uses;
use crate::diagnostics::Sink;
use crate::id::{Id, Table};
use crate::model::Text;
use crate::model::kinds::builder::Builder;
use crate::model::kinds::pipeline as definition;
use crate::model::kinds::registry::Registry;
use crate::model::kinds::repository_account::RepositoryAccount;
use crate::names::Template;
use crate::resolve::Index;
use crate::tree::Str;

/// What a pipeline refers to, as far as it exists.
pub(super) struct References<'m> {
    pub registry: Option<&'m Registry>,
    pub account: Option<&'m RepositoryAccount>,
}

/// What pipelines are planned with.
pub(super) struct Planner<'m, 'i> {
    pub callees: Callees<'m, 'i>,
    pub projects: &'i Table<Project<'m>>,
    pub expansions: &'m Expansions<'m>,
    /// The graphs of Builders without expressions.
    pub graphs: &'i HashMap<Id<&'m Builder>, Arc<BuilderGraph<'m>>>,
}

/// A pipeline whose steps are not wired yet.
struct Draft<'m> {
    definition: &'m definition::Pipeline,
    project: Id<Project<'m>>,
    name: Str,
    references: References<'m>,
    tag: Option<Tag>,
    names: Option<Template>,
    graph: Arc<BuilderGraph<'m>>,
    /// The params of the Builder and of its Tasks that have values.
    own: Vec<(&'m Text, &'m Text)>,
    key: Key<'m>,
}

/// Runs, by the pipelines that they are of.
type PipelineRuns<'m> = Vec<(Id<&'m definition::Pipeline>, Run<'m>)>;

/// Pipelines of one key are wired alike.
#[derive(PartialEq, Eq, Hash)]
struct Key<'m> {
    builder: Id<&'m Builder>,
    /// Set if the Builder has the values of one pipeline.
    of: Option<Id<&'m definition::Pipeline>>,
    names: Vec<Str>,
    /// Where it is written, since mistakes in it are reported there.
    tag: Option<String>,
    is_partial: bool,
}

impl<'m> Planner<'m, '_> {
    /// Plans every pipeline; reports every mistake. A pipeline with mistakes may be left out.
    pub(crate) fn pipelines(
        &self,
        sink: &mut Sink,
    ) -> (PipelineRuns<'m>, Vec<Arc<BuilderGraph<'m>>>) {
        let all: Vec<(Id<_>, &definition::Pipeline)> = self.index().pipelines.iter().collect();
        let drafts = in_parallel(&all, sink, |(id, pipeline), sink| {
            Some((*id, self.draft(*id, pipeline, sink)?))
        });
        let dags = self.dags(&drafts, sink);
        let own = drafts.iter().filter(|(_, draft)| draft.key.of.is_some());
        let own = own.map(|(_, draft)| Arc::clone(&draft.graph)).collect();
        let wired: Vec<_> = drafts.iter().zip(&dags).collect();
        let runs = in_parallel(&wired, sink, |((id, draft), dag), sink| {
            Some((*id, self.run(draft, dag, sink)?))
        });
        (runs, own)
    }

    fn index(&self) -> &Index<'m> {
        self.callees.index
    }

    fn draft(
        &self,
        id: Id<&'m definition::Pipeline>,
        definition: &'m definition::Pipeline,
        sink: &mut Sink,
    ) -> Option<Draft<'m>> {
        let index = self.index();
        let project_name = &definition.metadata.project;
        let project = project_named(self.projects, project_name)?;
        let (spec, seen_from) = (&definition.spec, Some(&*project_name.value));
        let registry = index.find(&index.registries, &spec.repository, seen_from, sink);
        let account = index.find(&index.accounts, &spec.code.git.repo_account, seen_from, sink);
        let builder = index.find(&index.builders, &spec.builder.name, seen_from, sink);
        let form = repository_form(account.map(|id| index.accounts[id]));
        check_repository(&spec.code.git.repo, &form, "Pipeline.spec.code.git.repo", sink);
        check_image(&spec.image, registry.map(|id| index.registries[id]), sink);
        let tag = Tag::of(definition, sink);
        let name = emitted_name(&definition.metadata.name, "a WorkflowTemplate", sink);
        let references = References {
            registry: registry.map(|id| index.registries[id]),
            account: account.map(|id| index.accounts[id]),
        };
        let (builder, graph) = (builder?, self.graph(id, builder?, sink)?);
        let template = graph.builder.metadata.build_name_template.as_ref();
        let of_project = &self.projects[project].name;
        let names = names_template(template, definition, &name, of_project, tag.as_ref(), sink);
        let own = own_params(&graph, definition, sink);
        let standard = self.standard(definition, &references, project, &name, tag.as_ref());
        let own_names = own.iter().map(|(name, _)| *name);
        // A param without a value is reported as that, and not where it is used.
        let of_builder = graph.builder.spec.params.iter().map(|param| &param.name);
        let own_names: BTreeSet<Str> =
            own_names.chain(of_builder).map(|name| name.value.clone()).collect();
        let key = Key {
            builder,
            of: graph.is_of_one_pipeline.then_some(id),
            names: standard.names().chain(own_names).collect(),
            tag: match &tag {
                Some(Tag::MadeInRun(_)) => Some(spec.tag.to_string()),
                _ => None,
            },
            is_partial: registry.is_none() || account.is_none() || tag.is_none(),
        };
        Some(Draft {
            definition,
            project,
            name: name.into(),
            references,
            tag,
            names,
            graph,
            own,
            key,
        })
    }

    fn standard<'a>(
        &'a self,
        pipeline: &'m definition::Pipeline,
        refers_to: &'a References<'m>,
        project: Id<Project<'m>>,
        name: &'a str,
        tag: Option<&'a Tag>,
    ) -> Standard<'a, 'm> {
        Standard { pipeline, refers_to, project: &self.projects[project].name, name, tag }
    }

    /// The steps of a Builder; with the values of the pipeline, if it has expressions.
    fn graph(
        &self,
        pipeline: Id<&'m definition::Pipeline>,
        builder: Id<&'m Builder>,
        sink: &mut Sink,
    ) -> Option<Arc<BuilderGraph<'m>>> {
        if let Some(graph) = self.graphs.get(&builder) {
            return Some(Arc::clone(graph));
        }
        let own = self.expansions.get(pipeline)?;
        Some(Arc::new(BuilderGraph::new(own, true, self.callees, sink)))
    }

    /// The wired steps of each draft, wired once for all pipelines that do it alike.
    fn dags(
        &self,
        drafts: &[(Id<&'m definition::Pipeline>, Draft<'m>)],
        sink: &mut Sink,
    ) -> Vec<Arc<Dag<'m>>> {
        let mut firsts: HashMap<&Key<'m>, usize> = HashMap::new();
        let mut order = Vec::new();
        let places = drafts.iter().map(|(_, draft)| {
            *firsts.entry(&draft.key).or_insert_with(|| {
                order.push(draft);
                order.len() - 1
            })
        });
        let places: Vec<usize> = places.collect();
        let wired = in_parallel(&order, sink, |draft, sink| {
            let made_in_run = match &draft.tag {
                Some(Tag::MadeInRun(template)) => Some((template, &draft.definition.spec.tag)),
                _ => None,
            };
            let wiring = Wiring {
                graph: &draft.graph.graph,
                tasks: self.callees.tasks,
                names: &draft.key.names,
                tag: made_in_run,
                is_partial: draft.key.is_partial,
                caller_of_task: None,
            };
            Some(Arc::new(wiring.dag(sink)))
        });
        places.into_iter().map(|at| Arc::clone(&wired[at])).collect()
    }

    fn run(&self, draft: &Draft<'m>, dag: &Arc<Dag<'m>>, sink: &mut Sink) -> Option<Run<'m>> {
        let Draft { definition, project, name, references, .. } = draft;
        let tag = draft.tag.as_ref();
        let standard = self.standard(definition, references, *project, name, tag);
        let in_values = used_by_values(&draft.own, dag);
        let is_used = |name: &str| dag.uses(name) || in_values.run_param(name);
        let used = STANDARD.iter().filter(|it| is_used(it.name));
        let mut params: Vec<RunParam> = used.filter_map(|it| standard.param(it.name)).collect();
        params.retain(|param| draft.key.names.contains(&param.name));
        for param in &params {
            if let Some(written) = standard.written(&param.name) {
                check_written(dag, &param.name, written, sink);
            }
        }
        for (name, value) in &draft.own {
            check_written(dag, name, value, sink);
            if is_used(name) {
                let (value, span) = (value.value.clone(), value.span);
                params.push(RunParam { name: (*name).clone(), value, span });
            }
        }
        let project = self.projects.get(*project)?;
        let builder = draft.graph.builder;
        let name = Text { value: name.clone(), span: definition.metadata.name.span };
        let settings =
            Settings::of(Some(&definition.spec), Some(builder), project.definition, &name);
        let subject = Subject::Pipeline(Pipeline {
            definition,
            builder,
            account: references.account?,
            registry: references.registry?,
            tag: draft.tag.clone()?,
        });
        let (names, dag) = (draft.names.clone()?, Arc::clone(dag));
        Some(Run { subject, project: draft.project, name, params, dag, names, settings })
    }
}

/// Holds a value that a person wrote against the declarations of the params that take it.
fn check_written(dag: &Dag, name: &str, written: &Text, sink: &mut Sink) {
    for declared in dag.run_params.get(name).into_iter().flatten() {
        check_value(written, Some(*declared), sink);
    }
}

/// What the values of a run's own parameters use of the run, of those that something in it uses.
fn used_by_values(own: &[(&Text, &Text)], dag: &Dag) -> Uses {
    let mut uses = Uses::default();
    let has_tags = |(_, value): &(&Text, &Text)| value.contains("{{");
    let mut waiting: Vec<(&Text, &Text)> = own.iter().copied().filter(has_tags).collect();
    loop {
        let is_used = |name: &str| dag.uses(name) || uses.run_param(name);
        let (used, rest): (Vec<_>, Vec<_>) =
            waiting.into_iter().partition(|(name, _)| is_used(name));
        if used.is_empty() {
            return uses;
        }
        used.into_iter().for_each(|(_, value)| uses.absorb(Uses::of(value)));
        waiting = rest;
    }
}
