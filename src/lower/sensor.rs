//! Sensors: one per project, a dependency and its triggers per webhook.

use std::collections::{BTreeMap, BTreeSet};

use super::event_source::event_name;
use super::event_text::{own, standard};
use super::metadata::{Labels, MANAGED_BY, PROJECT, REVISION, WEBHOOK, frame, labels};
use super::{EventSources, Object, ObjectKind, Origin, runs_of};
use crate::diagnostics::Sink;
use crate::events::{Values, parameters};
use crate::model::kinds::webhook::EventKind;
use crate::names::MAX_LABEL;
use crate::names::shard::{MAX_OBJECT_BYTES, part_name, split};
use crate::providers::{self, Event};
use crate::resolve::{Program, RunPlan, WebhookPlan, code};
use crate::rules::ap504_object_size;
use crate::source::Span;
use crate::tree::{Map, Node};

/// The place of a label in a resource, as Argo Events addresses it.
const REVISION_LABEL: &str = r"metadata.labels.packs\.argoproj\.io/revision";

/// Every Sensor of a program.
pub fn objects(program: &Program, sources: &EventSources, sink: &mut Sink) -> Vec<Object> {
    let mut by_project: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for (at, webhook) in program.webhooks.iter().enumerate() {
        by_project.entry(webhook.project).or_default().push(at);
    }
    by_project
        .into_iter()
        .flat_map(|(project, webhooks)| of_project(program, project, &webhooks, sources, sink))
        .collect()
}

fn of_project(
    program: &Program,
    project: usize,
    webhooks: &[usize],
    sources: &EventSources,
    sink: &mut Sink,
) -> Vec<Object> {
    let empty = object(program, project, 0, Vec::new());
    let frame = manifest(&empty, program, project, &[], sources).json_len() + 20;
    let sizes: Vec<usize> = webhooks.iter().map(|at| webhook_size(program, *at, sources)).collect();
    for (at, size) in
        webhooks.iter().zip(&sizes).filter(|(_, size)| **size + frame >= MAX_OBJECT_BYTES)
    {
        let span = program.webhooks[*at].webhook.metadata.name.span;
        sink.report(ap504_object_size::finding(
            span,
            &format!("Sensor `{}`", empty.name),
            size + frame,
            MAX_OBJECT_BYTES,
        ));
    }
    let keys = webhooks.iter().map(|at| program.webhooks[*at].emitted.as_str());
    let items: Vec<(&str, usize)> = keys.zip(sizes).collect();
    let placed = split(&items, frame, MAX_OBJECT_BYTES);
    let mut parts: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for (webhook, part) in webhooks.iter().zip(placed) {
        parts.entry(part).or_default().push(*webhook);
    }
    parts.into_iter().map(|(part, webhooks)| object(program, project, part, webhooks)).collect()
}

fn webhook_size(program: &Program, at: usize, sources: &EventSources) -> usize {
    let triggers: Vec<Map> = triggers(program, at);
    let list = vec![Node::from(dependency(program, at, sources)), triggers.into()];
    Node::from(list).json_len()
}

fn object(program: &Program, project: usize, part: usize, webhooks: Vec<usize>) -> Object {
    let plan = &program.projects[project];
    let others = program.projects.iter().filter(|other| other.namespace == plan.namespace);
    let taken: BTreeSet<String> = others.map(|other| other.emitted.clone()).collect();
    Object {
        kind: ObjectKind::Sensor,
        namespace: Some(plan.namespace.clone()),
        name: part_name(&plan.emitted, part, MAX_LABEL, &taken),
        span: plan.project.metadata.name.span,
        project: Some(project),
        source: Origin::Sensor { project, webhooks },
    }
}

pub fn manifest(
    object: &Object,
    program: &Program,
    project: usize,
    webhooks: &[usize],
    sources: &EventSources,
) -> Node {
    let plan = &program.projects[project];
    let mut spec = Map::new();
    if plan.bus_name() != "default" {
        spec.put("eventBusName", plan.bus_name().to_owned());
    }
    spec.put("template", Map::new().with("serviceAccountName", plan.sensor().to_owned()));
    spec.put(
        "dependencies",
        webhooks.iter().map(|at| dependency(program, *at, sources)).collect::<Vec<_>>(),
    );
    spec.put("triggers", webhooks.iter().flat_map(|at| triggers(program, *at)).collect::<Vec<_>>());
    frame(object, labels(object, program), Labels::default()).with("spec", spec).into()
}

fn event_of(webhook: &WebhookPlan) -> Option<Event<'static>> {
    code::provider(webhook.account)
        .and_then(|provider| providers::find(provider.word()))
        .and_then(|provider| provider.event(EventKind::Push))
}

/// The events of a webhook: anchored, escaped, of one repository, and never the deletion of a branch.
fn dependency(program: &Program, at: usize, sources: &EventSources) -> Map {
    let webhook = &program.webhooks[at];
    let skip_ci = webhook.webhook.spec.skip_ci.as_ref().is_none_or(|skip| **skip);
    let filters = event_of(webhook).map_or_else(Vec::new, |event| {
        event.filters(&webhook.repository, &webhook.branches, skip_ci)
    });
    Map::new()
        .with("name", webhook.emitted.clone())
        .with("eventSourceName", sources.name(at).to_owned())
        .with("eventName", event_name(webhook.account))
        .with("filters", Map::new().with("data", filters.clone()))
}

fn triggers(program: &Program, at: usize) -> Vec<Map> {
    let webhook = &program.webhooks[at];
    let Some(event) = event_of(webhook) else { return Vec::new() };
    let event = Values { event, kind: EventKind::Push };
    let pipeline = webhook.pipeline.map(|at| &program.pipelines[at]);
    let trigger = |(run, name): (&RunPlan, String)| {
        let is_pipeline = pipeline.is_some_and(|plan| std::ptr::eq(&raw const plan.run, run));
        let values: Vec<_> = run
            .params
            .iter()
            .filter_map(|param| {
                let own = webhook
                    .params
                    .iter()
                    .find(|(name, _)| **name == *param.name)
                    .map(|(_, value)| self::own(event, value));
                let joined =
                    own.or_else(|| standard(event, &param.name, pipeline.filter(|_| is_pipeline)))?;
                Some((param.name.clone(), joined))
            })
            .collect();
        let resource = resource(program, run, webhook, values.iter().map(|(name, _)| name.clone()));
        let mut parameters =
            parameters(&event.run_name(&run.names), &webhook.emitted, "metadata.name");
        let label = event.label("revision");
        parameters.extend(
            label
                .iter()
                .flat_map(|label| self::parameters(label, &webhook.emitted, REVISION_LABEL)),
        );
        for (at, (_, joined)) in values.iter().enumerate() {
            parameters.extend(self::parameters(
                joined,
                &webhook.emitted,
                &format!("spec.arguments.parameters.{at}.value"),
            ));
        }
        finish(name, &webhook.emitted, resource, parameters)
    };
    let names = runs_of(program, at).map(|run| (run, trigger_name(webhook, run)));
    names.map(trigger).collect()
}

/// The webhook's name for its pipeline; for its Task, that of the Task's run, which begins with it.
fn trigger_name(webhook: &WebhookPlan, run: &RunPlan) -> String {
    match &webhook.task {
        Some(task) if std::ptr::eq(task, run) => run.emitted.clone(),
        _ => webhook.emitted.clone(),
    }
}

/// The Workflow that is created; what the event gives is written over its empty places.
fn resource(
    program: &Program,
    run: &RunPlan,
    webhook: &WebhookPlan,
    names: impl Iterator<Item = crate::tree::Str>,
) -> Map {
    let project = program.project_of(run);
    let labels = Map::new()
        .with(MANAGED_BY.0, MANAGED_BY.1)
        .with(PROJECT, project.emitted.clone())
        .with(WEBHOOK, webhook.emitted.clone())
        .with(REVISION, "");
    let metadata = Map::new()
        .with("name", "")
        .with("namespace", project.namespace.clone())
        .with("labels", labels);
    let mut spec =
        Map::new().with("workflowTemplateRef", Map::new().with("name", run.emitted.clone()));
    let parameters: Vec<Map> =
        names.map(|name| Map::new().with("name", name).with("value", "")).collect();
    if !parameters.is_empty() {
        spec.put("arguments", Map::new().with("parameters", parameters));
    }
    Map::new()
        .with("apiVersion", "argoproj.io/v1alpha1")
        .with("kind", "Workflow")
        .with("metadata", metadata)
        .with("spec", spec)
}

/// Retries need `atLeastOnce`; that one event makes one build is seen to by the build's name.
fn finish(name: String, dependency: &str, resource: Map, parameters: Vec<Map>) -> Map {
    let source = Map::new().with("resource", resource);
    let k8s = Map::new()
        .with("operation", "create")
        .with("source", source)
        .with("parameters", parameters);
    let template =
        Map::new().with("name", name).with("conditions", dependency.to_owned()).with("k8s", k8s);
    let retry = Map::new()
        .with("steps", 5_i64)
        .with("duration", "2s")
        .with("factor", 2_i64)
        .with("jitter", Node::plain("0.1", Span::GENERATED));
    Map::new().with("template", template).with("atLeastOnce", true).with("retryStrategy", retry)
}
