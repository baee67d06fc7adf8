//! What must be in the cluster besides what argopacks emits.

use std::collections::BTreeSet;

use serde::Serialize;

use super::layout::Entry;
use super::secrets::{self, Secret};
use crate::lower::{Object, ObjectKind};
use crate::plan::{Plan, Project};
use crate::tree::Node;

/// What must be there, each in the order of its names.
#[derive(Debug, Serialize)]
pub(super) struct Needs {
    namespaces: BTreeSet<String>,
    accounts: BTreeSet<Account>,
    buses: BTreeSet<Bus>,
    secrets: Vec<Secret>,
    storage: BTreeSet<StorageClass>,
    /// Those that events arrive at.
    pub(super) services: Vec<Service>,
}

/// A service account that is not emitted.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
struct Account {
    namespace: String,
    name: String,
    use_of: &'static str,
}

/// An `EventBus` that is not emitted.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
struct Bus {
    namespace: String,
    name: String,
}

/// The class of the volumes that runs claim; none is the cluster's default.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub(super) struct StorageClass {
    name: Option<String>,
}

/// The Service of an `EventSource`, which the git host must reach.
#[derive(Clone, Debug, Serialize)]
pub(super) struct Service {
    namespace: String,
    name: String,
    port: String,
    /// The paths that it answers at.
    paths: BTreeSet<String>,
}

impl Needs {
    /// What the objects of a plan need.
    pub(super) fn of(plan: &Plan, entries: &[Entry]) -> Self {
        let is_namespace = |entry: &&Entry| entry.object.kind == ObjectKind::Namespace;
        let emitted: BTreeSet<String> =
            entries.iter().filter(is_namespace).map(|it| it.object.name.to_string()).collect();
        let namespaces = entries.iter().filter_map(|it| it.object.key().1.map(str::to_owned));
        Self {
            namespaces: namespaces.filter(|name| !emitted.contains(name)).collect(),
            accounts: accounts(plan),
            buses: buses(plan, entries),
            secrets: secrets::of(plan),
            storage: entries.iter().flat_map(|it| it.storage.iter().cloned()).collect(),
            services: entries.iter().filter_map(|it| it.service.clone()).collect(),
        }
    }

    /// Whether nothing must be there.
    pub(super) fn is_empty(&self) -> bool {
        self.namespaces.is_empty()
            && self.accounts.is_empty()
            && self.buses.is_empty()
            && self.secrets.is_empty()
            && self.storage.is_empty()
            && self.services.is_empty()
    }
}

/// The projects that events start something in.
fn listening<'p, 'm>(plan: &'p Plan<'m>) -> impl Iterator<Item = &'p Project<'m>> {
    plan.triggers.values().map(|trigger| &plan.projects[trigger.project])
}

fn accounts(plan: &Plan) -> BTreeSet<Account> {
    let account = |project: &Project, name: String, use_of: &'static str| Account {
        namespace: project.namespace.to_string(),
        name,
        use_of,
    };
    let running = plan.runs.values().map(|run| &plan.projects[run.project]);
    let runners = running
        .filter(|project| !project.creates_rbac())
        .map(|project| account(project, project.runner().to_string(), "runs"));
    let sensors = listening(plan)
        .filter(|project| !project.creates_rbac())
        .map(|project| account(project, project.sensor().to_string(), "the Sensor"));
    runners.chain(sensors).collect()
}

fn buses(plan: &Plan, entries: &[Entry]) -> BTreeSet<Bus> {
    let is_emitted = |bus: &Bus| {
        let key = (ObjectKind::EventBus, Some(&*bus.namespace), &*bus.name);
        entries.iter().any(|entry| entry.object.key() == key)
    };
    let bus = |project: &Project| Bus {
        namespace: project.namespace.to_string(),
        name: project.bus_name().to_string(),
    };
    listening(plan)
        .map(bus)
        .collect::<BTreeSet<Bus>>()
        .into_iter()
        .filter(|it| !is_emitted(it))
        .collect()
}

impl StorageClass {
    /// The classes of the volumes that a `WorkflowTemplate` claims for each run.
    pub(super) fn of(manifest: &Node) -> Vec<Self> {
        let claims = manifest.find(&["spec", "volumeClaimTemplates"]).map_or(&[][..], Node::items);
        let name =
            |claim: &Node| claim.find(&["spec", "storageClassName"])?.as_str().map(str::to_owned);
        claims.iter().map(|claim| Self { name: name(claim) }).collect()
    }
}

impl Service {
    /// The Service that Argo Events makes of an `EventSource` (`controllers/eventsource/resource.go`).
    pub(super) fn of(object: &Object, manifest: &Node) -> Option<Self> {
        let (ObjectKind::EventSource, Some(namespace), name) = object.key() else { return None };
        let spec = manifest.get("spec")?;
        let port = spec.find(&["service", "ports"])?.items().first()?.get("port")?;
        let events = spec.entries().iter().flat_map(|provider| provider.value.entries());
        let path = |event: &Node| event.find(&["webhook", "endpoint"])?.as_str().map(str::to_owned);
        Some(Self {
            namespace: namespace.to_owned(),
            name: format!("{name}-eventsource-svc"),
            port: port.as_text()?.to_string(),
            paths: events.filter_map(|event| path(&event.value)).collect(),
        })
    }
}
