//! What a project's namespace needs: the Namespace, service accounts with the least rights, the event bus, limits of concurrency.

use std::collections::BTreeMap;

use super::metadata::{Labels, frame, labels};
use super::{Object, ObjectKind, Origin};
use crate::argo::value::{Map, Value};
use crate::resolve::{Program, ProjectPlan, concurrency};

/// A right.
#[derive(Debug)]
pub struct Rule {
    resources: &'static [&'static str],
    verbs: &'static [&'static str],
}

/// What the executor of a run needs (Argo Workflows, docs/workflow-rbac.md).
const RUNNER: &[Rule] = &[Rule { resources: &["workflowtaskresults"], verbs: &["create", "patch"] }];
/// What a sensor needs that creates Workflows (Argo Events, docs/service-accounts.md, least).
const SENSOR: &[Rule] = &[Rule { resources: &["workflows"], verbs: &["create"] }];

/// What an account needs that is both.
const BOTH: &[Rule] =
    &[Rule { resources: &["workflows"], verbs: &["create"] }, Rule { resources: &["workflowtaskresults"], verbs: &["create", "patch"] }];

/// The `ConfigMap` that Argo reads the limits of semaphores from.
pub const SEMAPHORES: &str = "argopacks-concurrency";

/// The projects of one namespace.
struct Tenants<'p> {
    namespace: &'p str,
    projects: Vec<usize>,
}

pub fn objects(program: &Program) -> Vec<Object> {
    let mut by_namespace: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (at, project) in program.projects.iter().enumerate() {
        by_namespace.entry(&project.namespace).or_default().push(at);
    }
    let tenants = by_namespace.into_iter().map(|(namespace, projects)| Tenants { namespace, projects });
    tenants.flat_map(|tenants| tenants.objects(program)).collect()
}

impl Tenants<'_> {
    fn objects(&self, program: &Program) -> Vec<Object> {
        let mut objects = Vec::new();
        let plans = || self.projects.iter().map(|at| (*at, &program.projects[*at]));
        if let Some((at, _)) = plans().find(|(_, plan)| plan.creates_namespace) {
            objects.push(Object { namespace: None, ..self.object(ObjectKind::Namespace, self.namespace, Origin::Namespace(at), program) });
        }
        for (at, plan) in plans().filter(|(_, plan)| plan.creates_rbac()) {
            self.account(plan.runner(), RUNNER, program, &mut objects);
            if has_webhooks(program, at) {
                self.account(plan.sensor(), SENSOR, program, &mut objects);
            }
        }
        let limits = self.limits(program);
        if !limits.is_empty() {
            objects.push(self.object(ObjectKind::ConfigMap, SEMAPHORES, Origin::Semaphores(limits), program));
        }
        if let Some((at, plan)) = plans().find(|(at, plan)| plan.creates_bus(has_webhooks(program, *at))) {
            objects.push(self.object(ObjectKind::EventBus, plan.bus_name(), Origin::EventBus(at), program));
        }
        objects
    }

    /// A service account with its rights, once for all projects of the namespace that name it.
    fn account(&self, name: &str, rules: &'static [Rule], program: &Program, objects: &mut Vec<Object>) {
        if let Some(role) = objects.iter_mut().find(|object| object.kind == ObjectKind::Role && object.name == name) {
            if !matches!(role.source, Origin::Role(known) if std::ptr::eq(known, rules)) {
                role.source = Origin::Role(BOTH);
            }
            return;
        }
        objects.push(self.object(ObjectKind::ServiceAccount, name, Origin::ServiceAccount, program));
        objects.push(self.object(ObjectKind::Role, name, Origin::Role(rules), program));
        objects.push(self.object(ObjectKind::RoleBinding, name, Origin::RoleBinding, program));
    }

    fn object(&self, kind: ObjectKind, name: &str, source: Origin, program: &Program) -> Object {
        let project = if let [only] = self.projects[..] { Some(only) } else { None };
        let span = program.projects[self.projects[0]].project.metadata.name.span;
        Object { kind, namespace: Some(self.namespace.to_owned()), name: name.to_owned(), span, project, source }
    }

    /// The limits of the namespace's pipelines that let more than one run go on, by key.
    fn limits(&self, program: &Program) -> BTreeMap<String, i64> {
        let pipelines = program.pipelines.iter().filter(|plan| self.projects.contains(&plan.run.project));
        let limit = |plan| {
            concurrency(program, plan).filter(|concurrency| concurrency.limit > 1).map(|concurrency| (concurrency.key, concurrency.limit))
        };
        pipelines.filter_map(limit).collect()
    }
}

fn has_webhooks(program: &Program, project: usize) -> bool {
    program.webhooks.iter().any(|webhook| webhook.project == project)
}

pub fn namespace(object: &Object, project: &ProjectPlan) -> Value {
    let metadata = &project.project.metadata;
    let labels = Labels::ours().with(super::metadata::PROJECT, project.emitted.clone()).and(&metadata.labels);
    // To delete a namespace deletes all that is in it: not for a sync to decide.
    let annotations = Labels::default().with("argocd.argoproj.io/sync-options", "Prune=false").and(&metadata.annotations);
    frame(object, labels, annotations).into()
}

pub fn service_account(object: &Object, program: &Program) -> Value {
    frame(object, labels(object, program), Labels::default()).into()
}

pub fn role(object: &Object, program: &Program, rules: &[Rule]) -> Value {
    let rule = |rule: &Rule| {
        Map::new().with("apiGroups", vec!["argoproj.io"]).with("resources", rule.resources.to_vec()).with("verbs", rule.verbs.to_vec())
    };
    frame(object, labels(object, program), Labels::default()).with("rules", rules.iter().map(rule).collect::<Vec<_>>()).into()
}

pub fn role_binding(object: &Object, program: &Program) -> Value {
    let role = Map::new().with("apiGroup", "rbac.authorization.k8s.io").with("kind", "Role").with("name", object.name.clone());
    let subject =
        Map::new().with("kind", "ServiceAccount").with("name", object.name.clone()).with_some("namespace", object.namespace.clone());
    frame(object, labels(object, program), Labels::default()).with("roleRef", role).with("subjects", vec![subject]).into()
}

pub fn semaphores(object: &Object, program: &Program, limits: &BTreeMap<String, i64>) -> Value {
    let data = Map(limits.iter().map(|(key, limit)| (key.clone().into(), limit.to_string().into())).collect());
    frame(object, labels(object, program), Labels::default()).with("data", data).into()
}

pub fn event_bus(object: &Object, project: &ProjectPlan, program: &Program) -> Value {
    let jetstream = Map::new().with("version", project.bus_version().to_owned());
    frame(object, labels(object, program), Labels::default()).with("spec", Map::new().with("jetstream", jetstream)).into()
}
