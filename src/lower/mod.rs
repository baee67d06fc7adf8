//! A program to the objects that make it real. What is to be emitted is listed first, in the order in which one
//! `kubectl apply -f -` takes it; each object is then built by itself, so that they can be built in parallel and dropped once printed.

mod body;
mod build;
mod event_source;
mod event_text;
mod metadata;
mod namespace;
mod pack;
mod sensor;
mod workflow_template;

pub use crate::names::shard::MAX_OBJECT_BYTES;
pub use build::{BuildName, BuildRequest, Overrides};

use std::collections::BTreeMap;

use crate::diagnostics::Sink;
use crate::resolve::{Program, RunPlan};
use crate::source::Span;
use crate::tree::Node;

/// What an object is, in the order in which objects are emitted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum ObjectKind {
    Namespace,
    ServiceAccount,
    Role,
    RoleBinding,
    ConfigMap,
    EventBus,
    ClusterWorkflowTemplate,
    WorkflowTemplate,
    EventSource,
    Sensor,
    Workflow,
}

impl ObjectKind {
    pub const ALL: &'static [Self] = &[
        Self::Namespace,
        Self::ServiceAccount,
        Self::Role,
        Self::RoleBinding,
        Self::ConfigMap,
        Self::EventBus,
        Self::ClusterWorkflowTemplate,
        Self::WorkflowTemplate,
        Self::EventSource,
        Self::Sensor,
        Self::Workflow,
    ];

    pub fn name(self) -> &'static str {
        match self {
            Self::Namespace => "Namespace",
            Self::ServiceAccount => "ServiceAccount",
            Self::Role => "Role",
            Self::RoleBinding => "RoleBinding",
            Self::ConfigMap => "ConfigMap",
            Self::EventBus => "EventBus",
            Self::ClusterWorkflowTemplate => "ClusterWorkflowTemplate",
            Self::WorkflowTemplate => "WorkflowTemplate",
            Self::EventSource => "EventSource",
            Self::Sensor => "Sensor",
            Self::Workflow => "Workflow",
        }
    }

    fn api_version(self) -> &'static str {
        match self {
            Self::Namespace | Self::ServiceAccount | Self::ConfigMap => "v1",
            Self::Role | Self::RoleBinding => "rbac.authorization.k8s.io/v1",
            _ => "argoproj.io/v1alpha1",
        }
    }
}

/// An object that is to be emitted.
#[derive(Clone, Debug)]
pub struct Object {
    pub kind: ObjectKind,
    /// None for what belongs to the cluster.
    pub namespace: Option<String>,
    pub name: String,
    /// The definition that it comes from.
    pub span: Span,
    /// The project that it belongs to, by its place in the program; none for what projects share.
    pub project: Option<usize>,
    source: Origin,
}

/// What an object is built from, by places in the program.
#[derive(Clone, Debug)]
enum Origin {
    Namespace(usize),
    ServiceAccount,
    Role(Vec<&'static namespace::Rule>),
    RoleBinding,
    Semaphores(BTreeMap<String, i64>),
    EventBus(usize),
    Task(usize),
    Pipeline(usize),
    EventTask(usize),
    EventSource(event_source::Shard),
    Sensor { project: usize, webhooks: Vec<usize> },
}

/// Every object of a program but its builds, in the order in which they are emitted. Tells an object that is too large whatever
/// is done about it.
pub fn objects(program: &Program, sink: &mut Sink) -> Vec<Object> {
    let mut objects = namespace::objects(program);
    objects.extend(
        program.tasks.iter().enumerate().filter_map(|(at, task)| pack::object(program, at, task)),
    );
    objects.extend(program.pipelines.iter().enumerate().map(|(at, plan)| {
        workflow_template::object(program, &plan.run, plan.name().span, Origin::Pipeline(at))
    }));
    for (at, webhook) in program.webhooks.iter().enumerate() {
        let task = webhook.task.as_ref();
        objects.extend(task.map(|run| {
            workflow_template::object(
                program,
                run,
                webhook.webhook.metadata.name.span,
                Origin::EventTask(at),
            )
        }));
    }
    let sources = event_source::objects(program, sink);
    objects.extend(sensor::objects(program, &EventSources::of(program, &sources), sink));
    objects.extend(sources);
    objects.sort_by(|a, b| (a.kind, &a.namespace, &a.name).cmp(&(b.kind, &b.namespace, &b.name)));
    objects
}

impl Object {
    /// Builds the object.
    pub fn build(&self, program: &Program, sources: &EventSources) -> Node {
        match &self.source {
            Origin::Namespace(project) => namespace::namespace(self, &program.projects[*project]),
            Origin::ServiceAccount => namespace::service_account(self, program),
            Origin::Role(rules) => namespace::role(self, program, rules),
            Origin::RoleBinding => namespace::role_binding(self, program),
            Origin::Semaphores(limits) => namespace::semaphores(self, program, limits),
            Origin::EventBus(project) => {
                namespace::event_bus(self, &program.projects[*project], program)
            }
            Origin::Task(at) => pack::manifest(self, program, program.tasks[*at]),
            Origin::Pipeline(at) => {
                workflow_template::of_pipeline(self, program, &program.pipelines[*at])
            }
            Origin::EventTask(at) => {
                workflow_template::of_event_task(self, program, &program.webhooks[*at])
            }
            Origin::EventSource(shard) => event_source::manifest(self, program, shard),
            Origin::Sensor { project, webhooks } => {
                sensor::manifest(self, program, *project, webhooks, sources)
            }
        }
    }
}

/// In which `EventSource` the events of each webhook arrive.
#[derive(Debug, Default)]
pub struct EventSources {
    by_webhook: Vec<String>,
}

impl EventSources {
    /// Reads it off the objects.
    pub fn of(program: &Program, objects: &[Object]) -> Self {
        let mut by_webhook = vec![String::new(); program.webhooks.len()];
        for object in objects {
            if let Origin::EventSource(shard) = &object.source {
                for webhook in &shard.webhooks {
                    by_webhook[*webhook].clone_from(&object.name);
                }
            }
        }
        Self { by_webhook }
    }

    fn name(&self, webhook: usize) -> &str {
        &self.by_webhook[webhook]
    }
}

/// The runs of an event of a webhook: its pipeline's, its Task's.
fn runs_of<'p, 'm>(
    program: &'p Program<'m>,
    webhook: usize,
) -> impl Iterator<Item = &'p RunPlan<'m>> {
    let plan = &program.webhooks[webhook];
    plan.pipeline.map(|at| &program.pipelines[at].run).into_iter().chain(&plan.task)
}
