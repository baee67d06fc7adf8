//! What a project's namespace needs: the Namespace, service accounts with the least rights, the
//! event bus, limits of concurrency.

use std::collections::{BTreeMap, BTreeSet};

use super::metadata::{Labels, frame, labels};
use super::{Object, ObjectKind, Origin};
use crate::id::Id;
use crate::model::Text;
use crate::plan::dag::{Call, Dag};
use crate::plan::{Limit, Plan, Project};
use crate::source::Span;
use crate::tree::{Map, Node, Str};

/// A right.
#[derive(Debug)]
pub(crate) struct Rule {
    resources: &'static [&'static str],
    verbs: &'static [&'static str],
}

/// What the executor of a run needs (Argo Workflows, docs/workflow-rbac.md).
const RUNNER: &[Rule] =
    &[Rule { resources: &["workflowtaskresults"], verbs: &["create", "patch"] }];
/// What a sensor needs that creates Workflows (Argo Events, docs/service-accounts.md, least).
const SENSOR: &[Rule] = &[Rule { resources: &["workflows"], verbs: &["create"] }];

/// What the agent needs that runs http and plugin templates, under the account of the runs (Argo
/// Workflows, docs/http-template.md).
const AGENT: &[Rule] = &[
    Rule { resources: &["workflowtasksets"], verbs: &["list", "watch"] },
    Rule { resources: &["workflowtasksets/status"], verbs: &["patch"] },
];

/// The `ConfigMap` that Argo reads the limits of semaphores from.
pub(crate) const SEMAPHORES: &str = "argopacks-concurrency";

/// The projects of one namespace.
#[derive(Default)]
struct Tenants<'p, 'm> {
    projects: Vec<(Id<Project<'m>>, &'p Project<'m>)>,
    /// Those of them that have webhooks.
    listening: BTreeSet<Id<Project<'m>>>,
    /// Those of them whose runs call others over http, or plugins.
    calling: BTreeSet<Id<Project<'m>>>,
    /// The limits of pipelines that let more than one run go on, by key.
    limits: BTreeMap<Str, Limit>,
}

pub(crate) fn objects<'p, 'm>(plan: &'p Plan<'m>) -> Vec<Object<'p, 'm>> {
    let mut tenants: BTreeMap<&str, Tenants> = BTreeMap::new();
    let namespace = |project: Id<Project<'m>>| plan.projects[project].namespace.as_str();
    for (id, project) in plan.projects.iter() {
        tenants.entry(namespace(id)).or_default().projects.push((id, project));
    }
    for trigger in plan.triggers.values() {
        tenants.entry(namespace(trigger.project)).or_default().listening.insert(trigger.project);
    }
    for run in plan.runs.values() {
        let tenant = tenants.entry(namespace(run.project)).or_default();
        if needs_agent(plan, &run.dag) {
            tenant.calling.insert(run.project);
        }
        if let Some(limit) = run.settings.limit.as_ref().filter(|limit| limit.limit > 1) {
            tenant.limits.insert(limit.key.value.clone(), limit.clone());
        }
    }
    tenants.into_values().flat_map(Tenants::objects).collect()
}

/// Whether something in a run runs in Argo's agent.
fn needs_agent(plan: &Plan, dag: &Dag) -> bool {
    dag.steps.values().any(|step| match &step.call {
        Call::Task(callee) => plan.tasks[callee.task].needs_agent(),
        Call::Inline(body) => body.needs_agent(),
        Call::Unknown => false,
    })
}

impl<'p, 'm> Tenants<'p, 'm> {
    fn objects(self) -> Vec<Object<'p, 'm>> {
        let mut objects = Vec::new();
        let creates = self.projects.iter().find(|(_, project)| project.creates_namespace);
        if let Some((_, project)) = creates {
            let origin = Origin::Namespace(project);
            let name = project.namespace.clone();
            let object = self.object(ObjectKind::Namespace, name, origin);
            objects.push(Object { namespace: None, ..object });
        }
        for (id, project) in self.projects.iter().filter(|(_, project)| project.creates_rbac()) {
            self.account(&project.runner(), RUNNER, &mut objects);
            if self.calling.contains(id) {
                self.account(&project.runner(), AGENT, &mut objects);
            }
            if self.listening.contains(id) {
                self.account(&project.sensor(), SENSOR, &mut objects);
            }
        }
        if !self.limits.is_empty() {
            let origin = Origin::Semaphores(self.limits.values().cloned().collect());
            let name = Text::generated(SEMAPHORES);
            objects.push(self.object(ObjectKind::ConfigMap, name, origin));
        }
        let buses: BTreeMap<Str, (Text, &Project)> = self
            .projects
            .iter()
            .filter(|(id, project)| project.creates_bus(self.listening.contains(id)))
            .map(|(_, project)| (project.bus_name().value, (project.bus_name(), *project)))
            .collect();
        for (name, project) in buses.into_values() {
            let origin = Origin::EventBus(project);
            objects.push(self.object(ObjectKind::EventBus, name, origin));
        }
        objects
    }

    /// A service account with its rights, once for all projects of the namespace that name it.
    fn account(&self, name: &Text, rules: &'static [Rule], objects: &mut Vec<Object<'p, 'm>>) {
        let is_role = |it: &&mut Object| it.kind == ObjectKind::Role && it.name.value == name.value;
        if let Some(role) = objects.iter_mut().find(is_role) {
            if let Origin::Role(known) = &mut role.origin {
                let is_new = |rule: &&Rule| known.iter().all(|known| !std::ptr::eq(*known, *rule));
                let new: Vec<&'static Rule> = rules.iter().filter(is_new).collect();
                known.extend(new);
            }
            return;
        }
        let origins = [
            (ObjectKind::ServiceAccount, Origin::ServiceAccount),
            (ObjectKind::Role, Origin::Role(rules.iter().collect())),
            (ObjectKind::RoleBinding, Origin::RoleBinding),
        ];
        for (kind, origin) in origins {
            objects.push(self.object(kind, name.clone(), origin));
        }
    }

    fn object(&self, kind: ObjectKind, name: Text, origin: Origin<'p, 'm>) -> Object<'p, 'm> {
        let project = if let [(only, _)] = self.projects[..] { Some(only) } else { None };
        let first = self.projects.first();
        let span = first.map_or(Span::GENERATED, |(_, it)| it.definition.metadata.name.span);
        let namespace = first.map(|(_, project)| project.namespace.clone());
        Object { kind, namespace, name, span, project, origin }
    }
}

pub(crate) fn namespace(object: &Object, project: &Project) -> Node {
    let metadata = &project.definition.metadata;
    let labels = Labels::ours().with(super::metadata::PROJECT, &project.name).and(&metadata.labels);
    // To delete a namespace deletes all that is in it: not for a sync to decide.
    let annotations = Labels::default()
        .with("argocd.argoproj.io/sync-options", "Prune=false")
        .and(&metadata.annotations);
    frame(object, labels, annotations).into()
}

pub(crate) fn service_account(object: &Object, plan: &Plan) -> Node {
    frame(object, labels(object, plan), Labels::default()).into()
}

pub(crate) fn role(object: &Object, plan: &Plan, rules: &[&Rule]) -> Node {
    let rule = |rule: &&Rule| {
        Map::new()
            .with("apiGroups", vec!["argoproj.io"])
            .with("resources", rule.resources.to_vec())
            .with("verbs", rule.verbs.to_vec())
    };
    let rules: Vec<Map> = rules.iter().map(rule).collect();
    frame(object, labels(object, plan), Labels::default()).with("rules", rules).into()
}

pub(crate) fn role_binding(object: &Object, plan: &Plan) -> Node {
    let role = Map::new()
        .with("apiGroup", "rbac.authorization.k8s.io")
        .with("kind", "Role")
        .with("name", &object.name);
    let subject = Map::new()
        .with("kind", "ServiceAccount")
        .with("name", &object.name)
        .with_some("namespace", object.namespace.as_ref());
    frame(object, labels(object, plan), Labels::default())
        .with("roleRef", role)
        .with("subjects", vec![subject])
        .into()
}

pub(crate) fn semaphores(object: &Object, plan: &Plan, limits: &[Limit]) -> Node {
    let most = |limit: &Limit| Node::text(limit.limit.to_string(), limit.span);
    let data: Map = limits.iter().map(|limit| (&limit.key, most(limit))).collect();
    frame(object, labels(object, plan), Labels::default()).with("data", data).into()
}

pub(crate) fn event_bus(object: &Object, project: &Project, plan: &Plan) -> Node {
    let jetstream = Map::new().with("version", project.bus_version());
    let spec = Map::new().with("jetstream", jetstream);
    frame(object, labels(object, plan), Labels::default()).with("spec", spec).into()
}
