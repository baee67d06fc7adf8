//! Sensors: one per project, a dependency and its triggers per webhook.

use std::collections::{BTreeMap, BTreeSet};

use super::event_source::event_name;
use super::metadata::{Labels, PROJECT, REVISION, WEBHOOK, frame, labels};
use super::{EventSources, Object, ObjectKind, Origin};
use crate::diagnostics::Sink;
use crate::events::parameters;
use crate::id::Id;
use crate::model::Text;
use crate::names::MAX_LABEL;
use crate::names::shard::{MAX_OBJECT_BYTES, part_name, split};
use crate::plan::{Plan, Project, Start, Trigger};
use crate::rules::ap504_object_size;
use crate::source::Span;
use crate::tree::{Map, Node};

/// The place of a label in a resource, as Argo Events addresses it.
const REVISION_LABEL: &str = r"metadata.labels.packs\.argoproj\.io/revision";

type TriggerId<'m> = Id<Trigger<'m>>;

/// Every Sensor of a plan.
pub(super) fn objects<'p, 'm>(
    plan: &'p Plan<'m>,
    sources: &EventSources<'m>,
    sink: &mut Sink,
) -> Vec<Object<'p, 'm>> {
    let mut by_project: BTreeMap<Id<Project>, Vec<TriggerId>> = BTreeMap::new();
    for (id, trigger) in plan.triggers.iter() {
        by_project.entry(trigger.project).or_default().push(id);
    }
    let of_project = |(project, triggers): (Id<Project<'m>>, Vec<TriggerId<'m>>)| {
        of_project(plan, project, &triggers, sources, sink)
    };
    by_project.into_iter().flat_map(of_project).collect()
}

fn of_project<'p, 'm>(
    plan: &'p Plan<'m>,
    project: Id<Project<'m>>,
    triggers: &[TriggerId<'m>],
    sources: &EventSources<'m>,
    sink: &mut Sink,
) -> Vec<Object<'p, 'm>> {
    let empty = object(plan, project, 0, Vec::new());
    let frame = manifest(&empty, plan, &[], sources).json_len() + 20;
    let mut items: Vec<(&str, usize)> = Vec::with_capacity(triggers.len());
    for id in triggers {
        let (trigger, size) = (&plan.triggers[*id], size(plan, *id, sources));
        if size + frame >= MAX_OBJECT_BYTES {
            let span = trigger.webhook.metadata.name.span;
            let what = format!("Sensor `{}`", empty.name);
            let finding = ap504_object_size::finding(span, &what, size + frame, MAX_OBJECT_BYTES);
            sink.report(finding);
        }
        items.push((&trigger.name, size));
    }
    let mut parts: BTreeMap<usize, Vec<TriggerId>> = BTreeMap::new();
    for (id, part) in triggers.iter().zip(split(&items, frame, MAX_OBJECT_BYTES)) {
        parts.entry(part).or_default().push(*id);
    }
    parts.into_iter().map(|(part, triggers)| object(plan, project, part, triggers)).collect()
}

/// What a trigger adds to the JSON of its Sensor, in bytes.
fn size<'m>(plan: &Plan<'m>, id: TriggerId<'m>, sources: &EventSources<'m>) -> usize {
    let dependency = Node::from(dependency(plan, id, sources));
    Node::from(vec![dependency, triggers(plan, id).into()]).json_len()
}

fn object<'p, 'm>(
    plan: &Plan<'m>,
    project: Id<Project<'m>>,
    part: usize,
    triggers: Vec<TriggerId<'m>>,
) -> Object<'p, 'm> {
    let of = &plan.projects[project];
    let others = plan.projects.values().filter(|other| other.namespace.value == of.namespace.value);
    let taken: BTreeSet<String> = others.map(|other| other.name.to_string()).collect();
    let name = part_name(&of.name, part, MAX_LABEL, &taken);
    Object {
        kind: ObjectKind::Sensor,
        namespace: Some(of.namespace.clone()),
        name: Text { value: name.into(), span: of.name.span },
        span: of.name.span,
        project: Some(project),
        origin: Origin::Sensor(triggers),
    }
}

pub(super) fn manifest<'m>(
    object: &Object<'_, 'm>,
    plan: &Plan<'m>,
    triggers: &[TriggerId<'m>],
    sources: &EventSources<'m>,
) -> Node {
    let mut spec = Map::new();
    if let Some(project) = object.project.map(|id| &plan.projects[id]) {
        if *project.bus_name().value != *"default" {
            spec.put("eventBusName", project.bus_name());
        }
        spec.put("template", Map::new().with("serviceAccountName", project.sensor()));
    }
    let dependencies = triggers.iter().map(|id| dependency(plan, *id, sources));
    spec.put("dependencies", dependencies.collect::<Vec<_>>());
    let triggers = triggers.iter().flat_map(|id| self::triggers(plan, *id));
    spec.put("triggers", triggers.collect::<Vec<_>>());
    frame(object, labels(object, plan), Labels::default()).with("spec", spec).into()
}

/// The events of a webhook: anchored, escaped, of one repository, and never the deletion of a
/// branch.
fn dependency<'m>(plan: &Plan<'m>, id: TriggerId<'m>, sources: &EventSources<'m>) -> Map {
    let trigger = &plan.triggers[id];
    let filters = trigger.provider_event().map_or_else(Vec::new, |event| {
        let globs = trigger.globs();
        event.filters(&trigger.repository, &trigger.branches, &globs, trigger.skip_ci)
    });
    Map::new()
        .with("name", &trigger.name)
        .with("eventSourceName", sources.name(id))
        .with("eventName", event_name(trigger.account))
        .with("filters", Map::new().with("data", filters))
}

fn triggers<'m>(plan: &Plan<'m>, id: TriggerId<'m>) -> Vec<Map> {
    let trigger = &plan.triggers[id];
    trigger.starts.iter().map(|start| self::start(plan, trigger, start)).collect()
}

/// The trigger of one run.
fn start(plan: &Plan, trigger: &Trigger, start: &Start) -> Map {
    let run = &plan.runs[start.run];
    let name_template =
        run.pipeline().and_then(|it| it.builder.metadata.build_name_template.as_ref());
    let span = name_template.map_or(Span::GENERATED, |template| template.span);
    let mut all = parameters(&start.run_name, span, &trigger.name, "metadata.name");
    let label = start.revision.iter();
    all.extend(
        label.flat_map(|label| parameters(label, Span::GENERATED, &trigger.name, REVISION_LABEL)),
    );
    for (at, (name, value)) in start.values.iter().enumerate() {
        let dest = format!("spec.arguments.parameters.{at}.value");
        let given = trigger.webhook.spec.event.params.get(name);
        let span = given.map_or(Span::GENERATED, |given| given.span);
        all.extend(parameters(value, span, &trigger.name, &dest));
    }
    finish(&start.name, &trigger.name, resource(plan, trigger, start), all)
}

/// The Workflow that is created; what the event gives is written over its empty places.
fn resource(plan: &Plan, trigger: &Trigger, start: &Start) -> Map {
    let run = &plan.runs[start.run];
    let project = &plan.projects[run.project];
    let of_webhook = &trigger.webhook.metadata;
    let labels = Labels::ours()
        .with(PROJECT, &project.name)
        .with(WEBHOOK, &trigger.name)
        .with(REVISION, "")
        .and(&of_webhook.labels);
    let annotations = Labels::default().and(&of_webhook.annotations);
    let metadata = Map::new()
        .with("name", "")
        .with("namespace", &project.namespace)
        .with_some("labels", labels.map())
        .with_some("annotations", annotations.map());
    let mut spec = Map::new().with("workflowTemplateRef", Map::new().with("name", &run.name));
    let names = start.values.iter().map(|(name, _)| name);
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
fn finish(name: &Text, dependency: &Text, resource: Map, parameters: Vec<Map>) -> Map {
    let source = Map::new().with("resource", resource);
    let k8s = Map::new()
        .with("operation", "create")
        .with("source", source)
        .with("parameters", parameters);
    let template = Map::new().with("name", name).with("conditions", dependency).with("k8s", k8s);
    let retry = Map::new()
        .with("steps", 5_i64)
        .with("duration", "2s")
        .with("factor", 2_i64)
        .with("jitter", Node::plain("0.1", Span::GENERATED));
    Map::new().with("template", template).with("atLeastOnce", true).with("retryStrategy", retry)
}
