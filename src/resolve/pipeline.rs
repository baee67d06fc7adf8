//! Pipelines: what each refers to, the parameters of its runs, and the wiring of its Builder.

use std::sync::Arc;

use minijinja::Value;

use super::build_names::{check_image, emitted_name, is_made_in_run, names_template, tag_template};
use super::code::{self, clone_url, registry_host};
use super::params::{own_params, standard_params, used};
use super::plan::{BuilderHandle, BuilderPlan, Context};
use super::project::{self, ProjectPlan};
use super::wiring::{BuildParam, Wire, Wiring};
use crate::diagnostics::Sink;
use crate::expression::Scope;
use crate::model::kinds::builder::Builder;
use crate::model::kinds::pipeline::Pipeline;
use crate::model::kinds::registry::Registry;
use crate::model::kinds::repository_account::RepositoryAccount;
use crate::model::{BuilderSource, Decode, Definition, Kind, Text, value_of_project};
use crate::names::{Part, Template};

/// What becomes a `WorkflowTemplate`: steps with their params wired.
#[derive(Debug)]
pub struct RunPlan<'m> {
    /// Place in the program's projects.
    pub project: usize,
    pub builder: Arc<BuilderPlan<'m>>,
    /// The name of the `WorkflowTemplate`.
    pub emitted: String,
    /// The parameters of its runs that something uses, in the order in which they are emitted.
    pub params: Vec<BuildParam>,
    /// For every step, the wires of its params.
    pub wires: Vec<Vec<Wire>>,
    /// How its runs are named; only what a run or an event knows is left as variables.
    pub names: Template,
}

impl RunPlan<'_> {
    pub fn param(&self, name: &str) -> Option<&BuildParam> {
        super::wiring::build_param(&self.params, name)
    }
}

/// A Pipeline with all that it refers to.
#[derive(Debug)]
pub struct PipelinePlan<'m> {
    pub pipeline: &'m Pipeline,
    pub account: &'m RepositoryAccount,
    pub registry: &'m Registry,
    pub run: RunPlan<'m>,
    /// The tag; only what a run or an event knows is left as variables.
    pub tag: Template,
}

impl PipelinePlan<'_> {
    pub fn name(&self) -> &Text {
        &self.pipeline.metadata.name
    }

    /// Whether the tag is put together in the run, so that nothing outside can set it.
    pub fn tag_is_made_in_run(&self) -> bool {
        is_made_in_run(&self.tag)
    }
}

/// What pipelines are resolved with.
pub struct Resolver<'m, 'i> {
    pub context: Context<'m, 'i>,
    pub projects: &'i [ProjectPlan<'m>],
    /// The plans of Builders without expressions, in the order of the index.
    pub plans: &'i [Arc<BuilderPlan<'m>>],
    pub builder_sources: &'m std::collections::HashMap<crate::source::Span, BuilderSource>,
    pub values: Value,
}

impl<'m> Resolver<'m, '_> {
    /// Resolves one pipeline; tells every mistake. The plan is of no use for output if one was told.
    pub fn pipeline(&self, pipeline: &'m Pipeline, sink: &mut Sink) -> Option<PipelinePlan<'m>> {
        let index = self.context.index;
        let project_name = &pipeline.metadata.project;
        let project = project::position(self.projects, project_name)?;
        let (spec, seen_from) = (&pipeline.spec, Some(&*project_name.value));
        let registry = index.find(&index.registries, &spec.repository, seen_from, &[], sink);
        let account =
            index.find(&index.accounts, &spec.code.git.repo_account, seen_from, &[], sink);
        let builder = index.find(&index.builders, &spec.builder.name, seen_from, &[], sink);
        code::check_repository(&spec.code.git.repo, "Pipeline.spec.code.git.repo", sink);
        check_image(&spec.image, sink);
        let tag = tag_template(pipeline, sink);
        let emitted = emitted_name(&pipeline.metadata.name, "a WorkflowTemplate", sink);
        let known =
            Known { project: &self.projects[project], registry, account, emitted: &emitted };
        let plan = self.plan(builder?, pipeline, &known, tag.as_ref(), sink)?;
        let own = plan.builder.metadata.build_name_template.as_ref();
        let names = names_template(
            own,
            pipeline,
            &emitted,
            &self.projects[project].emitted,
            tag.as_ref(),
            sink,
        );
        let tag = tag?;
        let mut build = standard_params(pipeline, &known, &tag);
        build.extend(own_params(&plan, pipeline, sink));
        let made_in_run = is_made_in_run(&tag).then_some((&tag, &spec.tag));
        let is_partial = registry.is_none() || account.is_none();
        let wiring =
            Wiring { plan: &plan, build: &build, tag: made_in_run, is_partial, is_on_event: false };
        let wires = wiring.run(sink);
        let params = used(build, &plan, &wires, sink);
        let run = RunPlan { project, builder: plan, emitted, params, wires, names: names? };
        Some(PipelinePlan { pipeline, account: account?, registry: registry?, run, tag })
    }

    /// The plan of a Builder; one with expressions is read anew with the values of the pipeline.
    fn plan(
        &self,
        builder: &'m Builder,
        pipeline: &Pipeline,
        known: &Known,
        tag: Option<&Template>,
        sink: &mut Sink,
    ) -> Option<Arc<BuilderPlan<'m>>> {
        let Some(source) = self.builder_sources.get(&builder.metadata.name.span) else {
            let at = self
                .context
                .index
                .builders
                .all
                .iter()
                .position(|other| std::ptr::eq(*other, builder))?;
            return self.plans.get(at).cloned();
        };
        let scope = Scope::new(
            self.context.sources,
            "a Builder",
            known.roots(pipeline, builder, tag, self.values.clone()),
        );
        let scope = match tag.and_then(|tag| tag.variables().next()) {
            Some(variable) => scope.without(
                "image.tag",
                format!(
                    "the tag of Pipeline `{}` is made of `%{}%`",
                    &*pipeline.metadata.name,
                    variable.name()
                ),
            ),
            None => scope,
        };
        let expanded = scope.expand(source.node.clone(), sink);
        match expanded.decode(Kind::Builder, source.at, sink) {
            Some(Definition::Builder(own)) if own.is_whole() => {
                Some(Arc::new(BuilderPlan::new(BuilderHandle::Own(own), self.context, sink)))
            }
            _ => None,
        }
    }
}

/// What a pipeline refers to, as far as it is known.
pub struct Known<'a, 'm> {
    pub project: &'a ProjectPlan<'m>,
    pub registry: Option<&'m Registry>,
    pub account: Option<&'m RepositoryAccount>,
    pub emitted: &'a str,
}

impl Known<'_, '_> {
    pub fn image_url(&self, pipeline: &Pipeline) -> String {
        format!(
            "{}/{}",
            self.registry.map_or_else(String::new, registry_host),
            &*pipeline.spec.image
        )
    }

    pub fn clone_url(&self, pipeline: &Pipeline) -> String {
        self.account
            .map_or_else(String::new, |account| clone_url(account, &pipeline.spec.code.git.repo))
    }

    /// What the expressions of a Builder can refer to.
    fn roots(
        &self,
        pipeline: &Pipeline,
        builder: &Builder,
        tag: Option<&Template>,
        values: Value,
    ) -> Vec<(&'static str, Value)> {
        let spec = &pipeline.spec;
        let mut image = vec![("name", spec.image.to_string()), ("url", self.image_url(pipeline))];
        // A tag with a flaw, which was reported, stands as it was written.
        let tag = tag.map_or_else(|| Some(spec.tag.to_string()), fixed_text);
        image.extend(tag.map(|tag| ("tag", tag)));
        let defaults = builder
            .spec
            .params
            .iter()
            .filter_map(|param| Some((&param.name, &param.default.as_ref()?.0)));
        let given = spec.builder.params.0.iter().map(|(name, value)| (name, &value.0));
        let params = defaults
            .chain(given)
            .map(|(name, value)| (name.to_string(), Value::from(&*value.value)));
        vec![
            ("values", values),
            ("project", value_of_project(self.project.project)),
            ("pipeline", Value::from_pairs([("name", &*pipeline.metadata.name.value)])),
            ("params", Value::from_pairs(params)),
            (
                "registry",
                Value::from_pairs([
                    ("name", spec.repository.to_string()),
                    ("host", self.registry.map_or_else(String::new, registry_host)),
                ]),
            ),
            (
                "account",
                Value::from_pairs([
                    ("name", spec.code.git.repo_account.to_string()),
                    (
                        "host",
                        self.account
                            .map_or_else(String::new, |account| account.spec.url.host.to_string()),
                    ),
                ]),
            ),
            ("image", Value::from_pairs(image)),
            (
                "repo",
                Value::from_pairs([
                    ("name", spec.code.git.repo.to_string()),
                    ("url", self.clone_url(pipeline)),
                    ("revision", spec.code.git.revision.to_string()),
                ]),
            ),
        ]
    }
}

/// The text of a template in which no variable is left.
fn fixed_text(template: &Template) -> Option<String> {
    let text = |part: &Part| match part {
        Part::Text(text) => Some(text.clone()),
        Part::Variable(_) => None,
    };
    template.parts.iter().map(text).collect()
}
