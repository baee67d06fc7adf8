//! What a project's namespace needs: the Namespace, service accounts with the least rights, the event bus, limits of concurrency.

use std::collections::{BTreeMap, BTreeSet};

use super::metadata::{Labels, frame, labels};
use super::{Object, ObjectKind, Origin};
use crate::resolve::{Program, ProjectPlan, concurrency};
use crate::tree::{Map, Node};

/// A right.
#[derive(Debug)]
pub struct Rule {
    resources: &'static [&'static str],
    verbs: &'static [&'static str],
}

/// What the executor of a run needs (Argo Workflows, docs/workflow-rbac.md).
const RUNNER: &[Rule] =
    &[Rule { resources: &["workflowtaskresults"], verbs: &["create", "patch"] }];
/// What a sensor needs that creates Workflows (Argo Events, docs/service-accounts.md, least).
const SENSOR: &[Rule] = &[Rule { resources: &["workflows"], verbs: &["create"] }];

/// What the agent needs that runs http and plugin templates, under the account of the runs (Argo Workflows, docs/http-template.md).
const AGENT: &[Rule] = &[
    Rule { resources: &["workflowtasksets"], verbs: &["list", "watch"] },
    Rule { resources: &["workflowtasksets/status"], verbs: &["patch"] },
];

/// The `ConfigMap` that Argo reads the limits of semaphores from.
pub const SEMAPHORES: &str = "argopacks-concurrency";

/// The projects of one namespace.
#[derive(Default)]
struct Tenants<'p> {
    namespace: &'p str,
    projects: Vec<usize>,
    /// Those of them that have webhooks.
    listening: BTreeSet<usize>,
    /// Those of them whose runs call others over http, or plugins.
    calling: BTreeSet<usize>,
    /// The limits of pipelines that let more than one run go on, by key.
    limits: BTreeMap<String, i64>,
}

pub fn objects(program: &Program) -> Vec<Object> {
    let mut tenants: BTreeMap<&str, Tenants> = BTreeMap::new();
    for (at, project) in program.projects.iter().enumerate() {
        let tenant = tenants.entry(&project.namespace).or_default();
        tenant.namespace = &project.namespace;
        tenant.projects.push(at);
    }
    let namespace = |project: usize| program.projects[project].namespace.as_str();
    for webhook in &program.webhooks {
        tenants.entry(namespace(webhook.project)).or_default().listening.insert(webhook.project);
    }
    let tasks = program.webhooks.iter().filter_map(|webhook| webhook.task.as_ref());
    for run in program
        .pipelines
        .iter()
        .map(|plan| &plan.run)
        .chain(tasks)
        .filter(|run| run.builder.needs_agent)
    {
        tenants.entry(namespace(run.project)).or_default().calling.insert(run.project);
    }
    for plan in &program.pipelines {
        if let Some(limit) = concurrency(program, plan).filter(|concurrency| concurrency.limit > 1)
        {
            tenants
                .entry(namespace(plan.run.project))
                .or_default()
                .limits
                .insert(limit.key, limit.limit);
        }
    }
    tenants.into_values().flat_map(|tenants| tenants.objects(program)).collect()
}

impl Tenants<'_> {
    fn objects(self, program: &Program) -> Vec<Object> {
        let mut objects = Vec::new();
        let plans = || self.projects.iter().map(|at| (*at, &program.projects[*at]));
        if let Some((at, _)) = plans().find(|(_, plan)| plan.creates_namespace) {
            objects.push(Object {
                namespace: None,
                ..self.object(ObjectKind::Namespace, self.namespace, Origin::Namespace(at), program)
            });
        }
        for (at, plan) in plans().filter(|(_, plan)| plan.creates_rbac()) {
            self.account(plan.runner(), RUNNER, program, &mut objects);
            if self.calling.contains(&at) {
                self.account(plan.runner(), AGENT, program, &mut objects);
            }
            if self.listening.contains(&at) {
                self.account(plan.sensor(), SENSOR, program, &mut objects);
            }
        }
        if !self.limits.is_empty() {
            objects.push(self.object(
                ObjectKind::ConfigMap,
                SEMAPHORES,
                Origin::Semaphores(self.limits.clone()),
                program,
            ));
        }
        let buses = plans().filter(|(at, plan)| plan.creates_bus(self.listening.contains(at)));
        let buses: BTreeMap<&str, usize> = buses.map(|(at, plan)| (plan.bus_name(), at)).collect();
        objects.extend(buses.into_iter().map(|(name, at)| {
            self.object(ObjectKind::EventBus, name, Origin::EventBus(at), program)
        }));
        objects
    }

    /// A service account with its rights, once for all projects of the namespace that name it.
    fn account(
        &self,
        name: &str,
        rules: &'static [Rule],
        program: &Program,
        objects: &mut Vec<Object>,
    ) {
        if let Some(role) =
            objects.iter_mut().find(|object| object.kind == ObjectKind::Role && object.name == name)
        {
            if let Origin::Role(known) = &mut role.source {
                let new = rules
                    .iter()
                    .filter(|rule| known.iter().all(|known| !std::ptr::eq(*known, *rule)));
                let new: Vec<&'static Rule> = new.collect();
                known.extend(new);
            }
            return;
        }
        objects.push(self.object(
            ObjectKind::ServiceAccount,
            name,
            Origin::ServiceAccount,
            program,
        ));
        objects.push(self.object(
            ObjectKind::Role,
            name,
            Origin::Role(rules.iter().collect()),
            program,
        ));
        objects.push(self.object(ObjectKind::RoleBinding, name, Origin::RoleBinding, program));
    }

    fn object(&self, kind: ObjectKind, name: &str, source: Origin, program: &Program) -> Object {
        let project = if let [only] = self.projects[..] { Some(only) } else { None };
        let span = program.projects[self.projects[0]].project.metadata.name.span;
        Object {
            kind,
            namespace: Some(self.namespace.to_owned()),
            name: name.to_owned(),
            span,
            project,
            source,
        }
    }
}

pub fn namespace(object: &Object, project: &ProjectPlan) -> Node {
    let metadata = &project.project.metadata;
    let labels = Labels::ours()
        .with(super::metadata::PROJECT, project.emitted.clone())
        .and(&metadata.labels);
    // To delete a namespace deletes all that is in it: not for a sync to decide.
    let annotations = Labels::default()
        .with("argocd.argoproj.io/sync-options", "Prune=false")
        .and(&metadata.annotations);
    frame(object, labels, annotations).into()
}

pub fn service_account(object: &Object, program: &Program) -> Node {
    frame(object, labels(object, program), Labels::default()).into()
}

pub fn role(object: &Object, program: &Program, rules: &[&Rule]) -> Node {
    let rule = |rule: &&Rule| {
        Map::new()
            .with("apiGroups", vec!["argoproj.io"])
            .with("resources", rule.resources.to_vec())
            .with("verbs", rule.verbs.to_vec())
    };
    frame(object, labels(object, program), Labels::default())
        .with("rules", rules.iter().map(rule).collect::<Vec<_>>())
        .into()
}

pub fn role_binding(object: &Object, program: &Program) -> Node {
    let role = Map::new()
        .with("apiGroup", "rbac.authorization.k8s.io")
        .with("kind", "Role")
        .with("name", object.name.clone());
    let subject = Map::new()
        .with("kind", "ServiceAccount")
        .with("name", object.name.clone())
        .with_some("namespace", object.namespace.clone());
    frame(object, labels(object, program), Labels::default())
        .with("roleRef", role)
        .with("subjects", vec![subject])
        .into()
}

pub fn semaphores(object: &Object, program: &Program, limits: &BTreeMap<String, i64>) -> Node {
    let data: Map = limits.iter().map(|(key, limit)| (key.clone(), limit.to_string())).collect();
    frame(object, labels(object, program), Labels::default()).with("data", data).into()
}

pub fn event_bus(object: &Object, project: &ProjectPlan, program: &Program) -> Node {
    let jetstream = Map::new().with("version", project.bus_version().to_owned());
    frame(object, labels(object, program), Labels::default())
        .with("spec", Map::new().with("jetstream", jetstream))
        .into()
}
