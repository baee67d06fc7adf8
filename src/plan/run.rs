//! What runs: the steps, the parameters, the names of its runs, and what it is given.

use std::sync::Arc;

use super::dag::{Binding, Dag};
use super::project::Project;
use super::settings::Settings;
use super::standard::is_standard;
use super::tag::Tag;
use crate::id::Id;
use crate::model::kinds::builder::Builder;
use crate::model::kinds::common::OwnedMetadata;
use crate::model::kinds::pipeline as definition;
use crate::model::kinds::registry::Registry;
use crate::model::kinds::repository_account::RepositoryAccount;
use crate::model::kinds::schedule::Schedule;
use crate::model::kinds::webhook::{CalledTask, Webhook};
use crate::model::{Entries, Kind, Text};
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
    /// A Task that is run by itself.
    Task(Caller<'m>),
}

/// What has a Task run by itself.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Caller<'m> {
    /// On its events.
    Webhook(&'m Webhook),
    Schedule(&'m Schedule),
}

impl<'m> Caller<'m> {
    pub(crate) fn metadata(self) -> &'m OwnedMetadata {
        match self {
            Self::Webhook(webhook) => &webhook.metadata,
            Self::Schedule(schedule) => &schedule.metadata,
        }
    }

    /// The Task, which is there if a run of it is.
    fn task(self) -> Option<&'m CalledTask> {
        match self {
            Self::Webhook(webhook) => webhook.spec.event.task.as_deref(),
            Self::Schedule(schedule) => schedule.spec.task.as_deref(),
        }
    }

    /// The params that it gives values to by name.
    pub(crate) fn params(self) -> Vec<&'m Text> {
        match self {
            Self::Webhook(webhook) => names(&webhook.spec.event.params),
            Self::Schedule(schedule) => names(&schedule.spec.params),
        }
    }

    /// The kind and the name: "Webhook `on-push`".
    pub(crate) fn shown(self) -> String {
        let kind = match self {
            Self::Webhook(_) => "Webhook",
            Self::Schedule(_) => "Schedule",
        };
        format!("{kind} `{}`", &**self.metadata().name)
    }
}

fn names<T>(entries: &Entries<T>) -> Vec<&Text> {
    entries.0.iter().map(|(name, _)| name).collect()
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
            Subject::Task(_) => None,
        }
    }

    /// The kind of the definition that it comes from.
    pub(crate) fn kind(&self) -> Kind {
        match self.subject {
            Subject::Pipeline(_) => Kind::Pipeline,
            Subject::Task(Caller::Webhook(_)) => Kind::Webhook,
            Subject::Task(Caller::Schedule(_)) => Kind::Schedule,
        }
    }

    /// What it runs, in words: "pipeline `cart`", "Task `slack-message`".
    pub(crate) fn whose(&self) -> String {
        match &self.subject {
            Subject::Pipeline(_) => format!("pipeline `{}`", &**self.name),
            Subject::Task(caller) => {
                let task = caller.task().map_or("", |task| &*task.task_ref.name);
                format!("Task `{task}`")
            }
        }
    }

    /// The params that a value can be given to from outside.
    pub(crate) fn settable(&self) -> Vec<&str> {
        let own = self.params.iter().map(|param| &**param.name);
        let mut settable: Vec<&str> = own.filter(|name| !is_standard(name)).collect();
        if let Subject::Task(_) = self.subject {
            let inputs = self.dag.steps.values().flat_map(|step| &step.inputs);
            let free = inputs.filter(|input| !matches!(input.binding, Binding::Argument(_)));
            let names = free.map(|input| &**input.name).filter(|name| !is_standard(name));
            let new: Vec<&str> = names.filter(|name| !settable.contains(name)).collect();
            settable.extend(new);
        }
        settable
    }

    /// The name of the definition that it comes from.
    pub(crate) fn definition_name(&self) -> &'m Text {
        match &self.subject {
            Subject::Pipeline(pipeline) => &pipeline.definition.metadata.name,
            Subject::Task(caller) => &caller.metadata().name,
        }
    }
}
