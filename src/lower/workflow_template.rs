//! Runs to `WorkflowTemplate`s: a DAG of references to packs, the parameters with their values, and
//! what a run is given.

use super::metadata::{BUILDER, Labels, PIPELINE, PROJECT, SCHEDULE, WEBHOOK, frame, labels};
use super::namespace::SEMAPHORES;
use super::{Object, ObjectKind, Origin, templates};
use crate::argo::facts::Version;
use crate::body::WORKSPACE;
use crate::model::Spanned;
use crate::model::forms::Duration;
use crate::model::kinds::common::{AccessMode, PodGc, Workspace};
use crate::names::dns_name;
use crate::plan::{Caller, Limit, Plan, Run, RunParam, Settings, Subject};
use crate::tree::{Map, Node, Str};

/// Seconds in a day: how long runs that succeeded are kept where nothing says otherwise.
const DAY: i64 = 86_400;

pub(crate) fn object<'p, 'm>(plan: &Plan<'m>, run: &'p Run<'m>) -> Object<'p, 'm> {
    Object {
        kind: ObjectKind::WorkflowTemplate,
        namespace: Some(plan.projects[run.project].namespace.clone()),
        name: run.name.clone(),
        span: run.definition_name().span,
        project: Some(run.project),
        origin: Origin::Run(run),
    }
}

pub(crate) fn manifest(object: &Object, plan: &Plan, run: &Run) -> Node {
    let project = &plan.projects[run.project].name;
    let on_runs = Labels::ours().with(PROJECT, project);
    let labels = labels(object, plan);
    let (labels, annotations, on_runs) = match &run.subject {
        Subject::Pipeline(pipeline) => {
            let (builder, pipeline) = (&pipeline.builder.metadata, &pipeline.definition.metadata);
            let of_run = |labels: Labels| {
                let of_builder = Node::text(dns_name(&builder.name), builder.name.span);
                labels.with(PIPELINE, &run.name).with(BUILDER, of_builder)
            };
            let labels = of_run(labels).and(&builder.labels).and(&pipeline.labels);
            let annotations = Labels::default().and(&builder.annotations);
            (labels, annotations.and(&pipeline.annotations), of_run(on_runs))
        }
        Subject::Task(caller) => {
            let metadata = caller.metadata();
            let key = match caller {
                Caller::Webhook(_) => WEBHOOK,
                Caller::Schedule(_) => SCHEDULE,
            };
            let name = Node::text(dns_name(&metadata.name), metadata.name.span);
            let labels = labels.with(key, name.clone()).and(&metadata.labels);
            let annotations = Labels::default().and(&metadata.annotations);
            (labels, annotations, on_runs.with(key, name))
        }
    };
    frame(object, labels, annotations).with("spec", spec(plan, run, on_runs)).into()
}

fn spec(plan: &Plan, run: &Run, on_runs: Labels) -> Map {
    let settings = &run.settings;
    let runner = plan.projects[run.project].runner();
    let mut spec =
        Map::new().with("entrypoint", templates::MAIN).with("serviceAccountName", runner);
    if !run.params.is_empty() {
        let param = |param: &RunParam| {
            let value = Node::text(param.value.clone(), param.span);
            Map::new().with("name", &param.name).with("value", value)
        };
        let params: Vec<Map> = run.params.iter().map(param).collect();
        spec.put("arguments", Map::new().with("parameters", params));
    }
    spec.put("workflowMetadata", Map::new().with_some("labels", on_runs.map()));
    put_scheduling(&mut spec, settings);
    if templates::uses_workspace(plan, &run.dag) {
        put_workspace(&mut spec, settings.workspace);
    }
    put_lifetime(&mut spec, settings);
    if let Some(limit) = &settings.limit {
        spec.put("synchronization", synchronization(limit));
    }
    put_resources(&mut spec, settings, plan.version());
    spec.put("templates", templates::of(plan, run));
    spec
}

/// Where pods run and as whom.
fn put_scheduling(spec: &mut Map, settings: &Settings) {
    if let Some(selector) = settings.node_selector {
        let labels = selector.0.0.iter().map(|(key, value)| (key, value));
        spec.put("nodeSelector", labels.collect::<Map>());
    }
    let lists = [
        ("tolerations", &settings.tolerations),
        ("imagePullSecrets", &settings.image_pull_secrets),
    ];
    for (key, nodes) in lists.into_iter().filter(|(_, nodes)| !nodes.is_empty()) {
        spec.put(key, nodes.iter().map(|node| (*node).clone()).collect::<Vec<Node>>());
    }
    if let Some(context) = settings.security_context {
        spec.put("securityContext", context.clone());
    }
}

/// The claim of a run. A claim that one node can mount keeps the run's pods on one node.
fn put_workspace(spec: &mut Map, workspace: Option<&Workspace>) {
    let modes = workspace.map_or(&[][..], |workspace| &workspace.access_modes);
    if !modes.iter().any(|mode| mode.value == AccessMode::ReadWriteMany) {
        spec.put("affinity", same_node());
    }
    let mode = |mode: &Spanned<AccessMode>| Node::text(mode.word(), mode.span);
    let modes: Vec<Node> = if modes.is_empty() {
        vec![AccessMode::ReadWriteOnce.word().into()]
    } else {
        modes.iter().map(mode).collect()
    };
    let storage = workspace.and_then(|workspace| workspace.storage.as_ref());
    let storage = storage.map_or(Node::from("2Gi"), |storage| Node::from(&storage.0));
    let class = workspace.and_then(|workspace| workspace.storage_class_name.as_deref());
    let requests = Map::new().with("requests", Map::new().with("storage", storage));
    let claim = Map::new()
        .with("accessModes", modes)
        .with_some("storageClassName", class)
        .with("resources", requests);
    let template =
        Map::new().with("metadata", Map::new().with("name", WORKSPACE)).with("spec", claim);
    spec.put("volumeClaimTemplates", vec![template]);
    spec.put("volumeClaimGC", Map::new().with("strategy", "OnWorkflowCompletion"));
}

fn same_node() -> Map {
    let labels = Map::new().with("workflows.argoproj.io/workflow", "{{workflow.name}}");
    let term = Map::new()
        .with("labelSelector", Map::new().with("matchLabels", labels))
        .with("topologyKey", "kubernetes.io/hostname");
    let terms = Map::new().with("requiredDuringSchedulingIgnoredDuringExecution", vec![term]);
    Map::new().with("podAffinity", terms)
}

/// How long a run may take, and how long it is kept.
fn put_lifetime(spec: &mut Map, settings: &Settings) {
    let seconds = |duration: &Duration| Node::from(duration.value.0).at(duration.span);
    if let Some(timeout) = settings.timeout {
        spec.put("activeDeadlineSeconds", seconds(timeout));
    }
    let ttl = |kept: Option<&Duration>, default: i64| kept.map_or(Node::from(default), seconds);
    let succeeded = ttl(settings.ttl_after_succeeded, DAY);
    let failed = ttl(settings.ttl_after_failed, 7 * DAY);
    let ttl = Map::new().with("secondsAfterSuccess", succeeded).with("secondsAfterFailure", failed);
    spec.put("ttlStrategy", ttl);
    let pod_gc = settings.pod_gc.map_or_else(
        || Node::from(PodGc::OnPodSuccess.word()),
        |pod_gc| Node::text(pod_gc.word(), pod_gc.span),
    );
    spec.put("podGC", Map::new().with("strategy", pod_gc));
}

fn synchronization(limit: &Limit) -> Map {
    let key = Node::from(&limit.key);
    if limit.limit == 1 {
        return Map::new().with("mutexes", vec![Map::new().with("name", key)]);
    }
    let reference = Map::new().with("name", SEMAPHORES).with("key", key);
    Map::new().with("semaphores", vec![Map::new().with("configMapKeyRef", reference)])
}

/// Requests and limits for containers that have none: Argo merges `templateDefaults` under every
/// template of the run.
fn put_resources(spec: &mut Map, settings: &Settings, version: Version) {
    if let Some(resources) = settings.resources {
        // The full CRD of 3.6 requires a name here (v3.6.10, manifests/base/crds/full).
        let name = (version <= Version::new(3, 6)).then_some(Str::default());
        let container = Map::new().with_some("name", name).with("resources", resources.clone());
        spec.put("templateDefaults", Map::new().with("container", container));
    }
}
