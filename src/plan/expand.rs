//! Builders with expressions: read anew for every pipeline that uses one, with its values.

use std::collections::HashMap;

use minijinja::Value;

use super::code::{clone_url, registry_host};
use super::in_parallel;
use super::tag::Tag;
use crate::diagnostics::Sink;
use crate::expression::{self, Scope};
use crate::id::Id;
use crate::model::kinds::builder::Builder;
use crate::model::kinds::pipeline::Pipeline;
use crate::model::kinds::project::Project;
use crate::model::kinds::registry::Registry;
use crate::model::kinds::repository_account::RepositoryAccount;
use crate::model::{BuilderSource, Definition, Kind, Model, value_of_project};
use crate::resolve::Index;
use crate::rules::ap007_limit;
use crate::source::Span;

/// Bytes that the Builders of all pipelines together may take in memory.
const MAX_IN_RUN: usize = 128 * 1024 * 1024;
/// Bytes that the Builder of one pipeline may take, however many there are.
const MIN_FOR_ONE: usize = 64 * 1024;
/// Bytes that a node takes, with what is planned of it.
const NODE: usize = 256;

/// The Builders of pipelines whose Builder has expressions.
#[derive(Debug, Default)]
pub(crate) struct Expansions<'m> {
    builders: HashMap<Id<&'m Pipeline>, Builder>,
}

impl<'m> Expansions<'m> {
    /// Expands every Builder that has expressions, for every pipeline that uses it; reports
    /// expressions without a value and what they come to and cannot be.
    pub(crate) fn new(model: &'m Model, index: &Index<'m>, sink: &mut Sink) -> Self {
        if model.builder_sources.is_empty() {
            return Self::default();
        }
        let all: Vec<(Id<&'m Pipeline>, &Pipeline)> = index.pipelines.iter().collect();
        let share = (MAX_IN_RUN / all.len().max(1)).max(MIN_FOR_ONE);
        let mut sources = HashMap::with_capacity(model.builder_sources.len());
        for (span, source) in &model.builder_sources {
            let size = source.node.count() * NODE;
            if size <= share {
                sources.insert(*span, source);
            } else {
                sink.report(ap007_limit::builder(*span, size, share, all.len()));
            }
        }
        let expander = Expander { sources, index, values: values(model), share };
        let expanded = in_parallel(&all, sink, |(id, pipeline), sink| {
            Some((*id, expander.builder(pipeline, sink)?))
        });
        Self { builders: expanded.into_iter().collect() }
    }

    /// The Builder of a pipeline, with its values; none if it could not be read.
    pub(crate) fn get(&self, pipeline: Id<&'m Pipeline>) -> Option<&Builder> {
        self.builders.get(&pipeline)
    }
}

/// The `values` of Config for expressions; an empty map if there are none.
fn values(model: &Model) -> Value {
    let values = model.config.as_ref().and_then(|config| config.spec.values.as_ref());
    let none = || Value::from_pairs::<_, &str, Value>([]);
    values.map_or_else(none, expression::value_of)
}

struct Expander<'m, 'i> {
    /// The documents of Builders, by the spans of their names.
    sources: HashMap<Span, &'m BuilderSource>,
    index: &'i Index<'m>,
    values: Value,
    /// Bytes that the Builder of each pipeline may take.
    share: usize,
}

/// What the expressions of a pipeline's Builder can refer to, as far as it exists.
struct Subject<'a> {
    pipeline: &'a Pipeline,
    builder: &'a Builder,
    project: &'a Project,
    registry: Option<&'a Registry>,
    account: Option<&'a RepositoryAccount>,
    tag: Option<Tag>,
}

impl Expander<'_, '_> {
    fn builder(&self, pipeline: &Pipeline, sink: &mut Sink) -> Option<Builder> {
        let index = self.index;
        let project = &pipeline.metadata.project;
        // What does not exist is reported where pipelines are planned.
        let unheard = &mut Sink::default();
        let seen_from = Some(&*project.value);
        let builder =
            index.find(&index.builders, &pipeline.spec.builder.name, seen_from, unheard)?;
        let builder = index.builders[builder];
        let source = self.sources.get(&builder.metadata.name.span)?;
        let registry = index.find(&index.registries, &pipeline.spec.repository, seen_from, unheard);
        let account = &pipeline.spec.code.git.repo_account;
        let account = index.find(&index.accounts, account, seen_from, unheard);
        let subject = Subject {
            pipeline,
            builder,
            project: index.projects[index.project(project, unheard)?],
            registry: registry.map(|id| index.registries[id]),
            account: account.map(|id| index.accounts[id]),
            tag: Tag::of(pipeline, unheard),
        };
        let roots = subject.roots(self.values.clone());
        let scope = Scope::new(self.index.sources(), "a Builder", roots).within(self.share);
        let scope = match subject.why_no_tag() {
            Some(why) => scope.without("image.tag", why),
            None => scope,
        };
        Self::read(source, &scope, sink)
    }

    fn read(source: &BuilderSource, scope: &Scope, sink: &mut Sink) -> Option<Builder> {
        let expanded = scope.expand(source.node.clone(), sink);
        let definition = expanded.decode(Kind::Builder, source.at, sink)?;
        let is_whole = definition.is_whole();
        match definition {
            Definition::Builder(own) => is_whole.then_some(*own),
            _ => None,
        }
    }
}

impl Subject<'_> {
    fn roots(&self, values: Value) -> Vec<(&'static str, Value)> {
        let spec = &self.pipeline.spec;
        vec![
            ("values", values),
            ("project", value_of_project(self.project)),
            ("pipeline", Value::from_pairs([("name", &*self.pipeline.metadata.name.value)])),
            ("params", self.params()),
            ("registry", named(&spec.repository, self.registry.map(registry_host))),
            (
                "account",
                named(
                    &spec.code.git.repo_account,
                    self.account.map(|account| account.spec.url.host.to_string()),
                ),
            ),
            ("image", self.image()),
            ("repo", self.repo()),
        ]
    }

    fn params(&self) -> Value {
        let defaults = self.builder.spec.params.iter();
        let defaults = defaults.filter_map(|param| Some((&param.name, &param.default.as_ref()?.0)));
        let given = self.pipeline.spec.builder.params.0.iter();
        let given = given.map(|(name, value)| (name, &value.0));
        let all = defaults.chain(given);
        Value::from_pairs(all.map(|(name, value)| (name.to_string(), Value::from(&*value.value))))
    }

    fn image(&self) -> Value {
        let spec = &self.pipeline.spec;
        let host = self.registry.map_or_else(String::new, registry_host);
        let mut image =
            vec![("name", spec.image.to_string()), ("url", format!("{host}/{}", &*spec.image))];
        match &self.tag {
            Some(Tag::Fixed(tag)) => image.push(("tag", tag.clone())),
            Some(Tag::FromEvent(_) | Tag::MadeInRun(_)) => {}
            // A tag with a flaw, which is reported, stands as it was written.
            None => image.push(("tag", spec.tag.to_string())),
        }
        Value::from_pairs(image)
    }

    /// Why `image.tag` has no value, if it has none.
    fn why_no_tag(&self) -> Option<String> {
        let variable = self.tag.as_ref()?.template()?.variables().next()?.name();
        let name = &*self.pipeline.metadata.name;
        Some(format!("the tag of Pipeline `{name}` is made of `%{variable}%`"))
    }

    fn repo(&self) -> Value {
        let git = &self.pipeline.spec.code.git;
        let url = self.account.map_or_else(String::new, |account| clone_url(account, &git.repo));
        Value::from_pairs([
            ("name", git.repo.to_string()),
            ("url", url),
            ("revision", git.revision.to_string()),
        ])
    }
}

fn named(name: &str, host: Option<String>) -> Value {
    Value::from_pairs([("name", name.to_owned()), ("host", host.unwrap_or_default())])
}
