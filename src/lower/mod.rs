//! A plan to the objects that make it real.
//!
//! What is to be emitted is listed first, in the order in which one `kubectl apply -f -` takes it;
//! each object is then built by itself, so that they can be built in parallel and dropped once
//! printed.

mod body;
mod build;
mod cron_workflow;
mod event_source;
mod metadata;
mod namespace;
mod pack;
mod sensor;
mod templates;
mod workflow_template;

#[cfg(test)]
mod tests;

pub(crate) use build::{BuiltWorkflow, workflow};

use std::collections::HashMap;

use crate::diagnostics::Sink;
use crate::id::Id;
use crate::model::{Kind, Text};
use crate::plan::{Limit, Plan, Project, Run, Schedule, Task, Trigger};
use crate::source::Span;
use crate::tree::Node;

/// Lists the kinds of objects, in the order in which they are emitted.
macro_rules! object_kinds {
    ($($kind:ident = $api_version:literal $(, $short:literal)*;)*) => {
        /// What an object is, in the order in which objects are emitted.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum ObjectKind { $($kind,)* }

        impl ObjectKind {
            pub const ALL: &'static [Self] = &[$(Self::$kind,)*];

            pub fn name(self) -> &'static str {
                match self { $(Self::$kind => stringify!($kind),)* }
            }

            fn api_version(self) -> &'static str {
                match self { $(Self::$kind => $api_version,)* }
            }

            /// The short names that the cluster has for it.
            fn short_names(self) -> &'static [&'static str] {
                match self { $(Self::$kind => &[$($short),*],)* }
            }
        }
    };
}

object_kinds! {
    Namespace = "v1", "ns";
    ServiceAccount = "v1", "sa";
    Role = "rbac.authorization.k8s.io/v1";
    RoleBinding = "rbac.authorization.k8s.io/v1";
    ConfigMap = "v1", "cm";
    EventBus = "argoproj.io/v1alpha1", "eb";
    ClusterWorkflowTemplate = "argoproj.io/v1alpha1", "clusterwftmpl", "cwft";
    WorkflowTemplate = "argoproj.io/v1alpha1", "wftmpl";
    CronWorkflow = "argoproj.io/v1alpha1", "cwf", "cronwf";
    EventSource = "argoproj.io/v1alpha1", "es";
    Sensor = "argoproj.io/v1alpha1", "sn";
    Workflow = "argoproj.io/v1alpha1", "wf";
}

impl ObjectKind {
    /// The kind of a word, as kubectl takes it: in any case, one or many, short, and with its
    /// group behind a dot.
    pub(crate) fn of(word: &str) -> Option<Self> {
        let (name, group) = word.split_once('.').unzip();
        let name = name.unwrap_or(word).to_ascii_lowercase();
        let is_of_group = |kind: &Self| group.is_none_or(|group| kind.group() == Some(group));
        let is_named = |kind: &Self| {
            let own = kind.name().to_ascii_lowercase();
            name == own || name == own + "s" || kind.short_names().contains(&&*name)
        };
        Self::ALL.iter().copied().find(|kind| is_named(kind) && is_of_group(kind))
    }

    /// The group of its API; none for those of Kubernetes itself.
    fn group(self) -> Option<&'static str> {
        self.api_version().split_once('/').map(|(group, _)| group)
    }
}

/// An object that is to be emitted.
#[derive(Clone, Debug)]
pub(crate) struct Object<'p, 'm> {
    pub kind: ObjectKind,
    /// None for what belongs to the cluster.
    pub namespace: Option<Text>,
    pub name: Text,
    /// The definition that it comes from.
    pub span: Span,
    /// The project that it belongs to; none for what projects share.
    pub project: Option<Id<Project<'m>>>,
    origin: Origin<'p, 'm>,
}

impl Object<'_, '_> {
    /// What only one object may have.
    pub(crate) fn key(&self) -> (ObjectKind, Option<&str>, &str) {
        (self.kind, self.namespace.as_ref().map(|namespace| &***namespace), &self.name)
    }

    /// The kind of the definition that it comes from.
    pub(crate) fn definition_kind(&self) -> Kind {
        match &self.origin {
            Origin::Task(_) => Kind::Task,
            Origin::Run(run) => run.kind(),
            Origin::Schedule(_) => Kind::Schedule,
            Origin::EventSource(_) => Kind::RepositoryAccount,
            _ => Kind::Project,
        }
    }
}

/// What an object is built from.
#[derive(Clone, Debug)]
enum Origin<'p, 'm> {
    Namespace(&'p Project<'m>),
    ServiceAccount,
    Role(Vec<&'static namespace::Rule>),
    RoleBinding,
    Semaphores(Vec<Limit>),
    EventBus(&'p Project<'m>),
    Task(&'p Task<'m>),
    Run(&'p Run<'m>),
    Schedule(&'p Schedule<'m>),
    EventSource(Vec<Id<Trigger<'m>>>),
    Sensor(Vec<Id<Trigger<'m>>>),
}

/// Every object of a plan but its builds, and in which `EventSource` events arrive.
#[derive(Debug)]
pub(crate) struct Objects<'p, 'm> {
    /// In the order in which they are emitted.
    pub list: Vec<Object<'p, 'm>>,
    sources: EventSources<'m>,
}

/// In which `EventSource` the events of each trigger arrive.
#[derive(Debug, Default)]
struct EventSources<'m> {
    by_trigger: HashMap<Id<Trigger<'m>>, Text>,
}

impl<'p, 'm> Objects<'p, 'm> {
    /// Lists the objects of a plan. Reports one that is too large whatever is done about it.
    pub(crate) fn of(plan: &'p Plan<'m>, sink: &mut Sink) -> Self {
        let mut list = namespace::objects(plan);
        list.extend(plan.emitted_tasks().map(|task| pack::object(plan, task)));
        list.extend(plan.runs.values().map(|run| workflow_template::object(plan, run)));
        list.extend(plan.schedules.iter().map(|schedule| cron_workflow::object(plan, schedule)));
        let event_sources = event_source::objects(plan, sink);
        let sources = EventSources::of(&event_sources);
        list.extend(sensor::objects(plan, &sources, sink));
        list.extend(event_sources);
        list.sort_by(|a, b| a.key().cmp(&b.key()));
        Self { list, sources }
    }

    /// Builds an object of the list.
    pub(crate) fn build(&self, object: &Object<'_, 'm>, plan: &Plan<'m>) -> Node {
        match &object.origin {
            Origin::Namespace(project) => namespace::namespace(object, project),
            Origin::ServiceAccount => namespace::service_account(object, plan),
            Origin::Role(rules) => namespace::role(object, plan, rules),
            Origin::RoleBinding => namespace::role_binding(object, plan),
            Origin::Semaphores(limits) => namespace::semaphores(object, plan, limits),
            Origin::EventBus(project) => namespace::event_bus(object, project, plan),
            Origin::Task(task) => pack::manifest(object, plan, task),
            Origin::Run(run) => workflow_template::manifest(object, plan, run),
            Origin::Schedule(schedule) => cron_workflow::manifest(object, plan, schedule),
            Origin::EventSource(triggers) => event_source::manifest(object, plan, triggers),
            Origin::Sensor(triggers) => sensor::manifest(object, plan, triggers, &self.sources),
        }
    }
}

impl<'m> EventSources<'m> {
    fn of(objects: &[Object<'_, 'm>]) -> Self {
        let named = objects.iter().flat_map(|object| match &object.origin {
            Origin::EventSource(triggers) => {
                triggers.iter().map(|id| (*id, object.name.clone())).collect()
            }
            _ => Vec::new(),
        });
        Self { by_trigger: named.collect() }
    }

    /// The name of the `EventSource` in which the events of a trigger arrive.
    fn name(&self, trigger: Id<Trigger<'m>>) -> Text {
        self.by_trigger.get(&trigger).cloned().unwrap_or_else(|| Text::generated(""))
    }
}
