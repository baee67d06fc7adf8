//! What runs: the steps, the parameters, the names of its runs, and what it is given.

use std::sync::Arc;

use super::dag::Dag;
use super::project::Project;
use super::settings::Settings;
use super::tag::Tag;
use crate::id::Id;
use crate::model::Text;
use crate::model::kinds::builder::Builder;
use crate::model::kinds::pipeline as definition;
use crate::model::kinds::registry::Registry;
use crate::model::kinds::repository_account::RepositoryAccount;
use crate::model::kinds::webhook::Webhook;
use crate::names::Template;
use crate::source::Span;
use crate::tree::Str;

/// What becomes a `WorkflowTemplate`.
#[derive(Debug)]
pub(crate) struct Run<'m> {
    pub subject: Subject<'m>,
    pub project: Id<Project<'m>>,
    /// The name of the `WorkflowTemplate`.
    pub name: Text,
    /// The parameters that something in it uses, in the order in which they are emitted.
    pub params: Vec<RunParam>,
    pub dag: Arc<Dag<'m>>,
    /// How its runs are named; only what a run or an event knows is left as variables.
    pub names: Template,
    pub settings: Settings<'m>,
}

/// What a run is of.
#[derive(Debug)]
pub(crate) enum Subject<'m> {
    Pipeline(Pipeline<'m>),
    /// A Task that the events of a webhook run.
    EventTask(&'m Webhook),
}

/// A Pipeline and all that it refers to.
#[derive(Debug)]
pub(crate) struct Pipeline<'m> {
    pub definition: &'m definition::Pipeline,
    pub builder: &'m Builder,
    pub account: &'m RepositoryAccount,
    pub registry: &'m Registry,
    pub tag: Tag,
}

/// A parameter of a run, its value where nothing else is said, and where that comes from.
#[derive(Clone, Debug)]
pub(crate) struct RunParam {
    pub name: Text,
    pub value: Str,
    pub span: Span,
}

impl<'m> Run<'m> {
    pub(crate) fn param(&self, name: &str) -> Option<&RunParam> {
        self.params.iter().find(|param| *param.name == name)
    }

    /// The pipeline, if it is of one.
    pub(crate) fn pipeline(&self) -> Option<&Pipeline<'m>> {
        match &self.subject {
            Subject::Pipeline(pipeline) => Some(pipeline),
            Subject::EventTask(_) => None,
        }
    }

    /// The name of the definition that it comes from.
    pub(crate) fn definition_name(&self) -> &'m Text {
        match &self.subject {
            Subject::Pipeline(pipeline) => &pipeline.definition.metadata.name,
            Subject::EventTask(webhook) => &webhook.metadata.name,
        }
    }
}
