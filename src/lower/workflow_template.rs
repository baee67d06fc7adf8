//! Runs to `WorkflowTemplate`s: the Builder's steps as a DAG of references to packs, the parameters with their values, and what a
//! run is given by its pipeline, its Builder and its project.

use super::metadata::{BUILDER, Labels, PIPELINE, PROJECT, WEBHOOK, frame, labels};
use super::namespace::SEMAPHORES;
use super::{Object, ObjectKind, Origin, body, pack};
use crate::argo::facts::Version;
use crate::model::forms::Duration;
use crate::model::kinds::builder::TaskRef;
use crate::model::kinds::common::{AccessMode, PodGc, Workspace};
use crate::names::dns_name;
use crate::resolve::{
    BuilderPlan, Call, Limit, PackTemplate, PipelinePlan, Program, RunPlan, Settings, TagPart,
    WebhookPlan, Wire, concurrency,
};
use crate::source::Span;
use crate::tree::{Map, Node, Str};

/// The template that the steps are in.
const MAIN: &str = "main";
/// Seconds in a day: how long runs that succeeded are kept where nothing says otherwise.
const DAY: i64 = 86_400;

pub fn object(program: &Program, run: &RunPlan, span: Span, source: Origin) -> Object {
    let namespace = Some(program.project_of(run).namespace.clone());
    Object {
        kind: ObjectKind::WorkflowTemplate,
        namespace,
        name: run.emitted.clone(),
        span,
        project: Some(run.project),
        source,
    }
}

pub fn of_pipeline(object: &Object, program: &Program, plan: &PipelinePlan) -> Node {
    let (pipeline, builder) = (&plan.pipeline.metadata, &plan.run.builder.builder.metadata);
    let builder_name = dns_name(&builder.name);
    let of_run = |labels: Labels| {
        labels.with(PIPELINE, plan.run.emitted.clone()).with(BUILDER, builder_name.clone())
    };
    let labels = of_run(labels(object, program)).and(&builder.labels).and(&pipeline.labels);
    let annotations = Labels::default().and(&builder.annotations).and(&pipeline.annotations);
    let on_runs =
        of_run(Labels::ours().with(PROJECT, program.project_of(&plan.run).emitted.clone()));
    let spec = spec(program, &plan.run, Some(plan), on_runs);
    frame(object, labels, annotations).with("spec", spec).into()
}

pub fn of_event_task(object: &Object, program: &Program, webhook: &WebhookPlan) -> Node {
    let Some(run) = &webhook.task else { return Map::new().into() };
    let metadata = &webhook.webhook.metadata;
    let labels =
        labels(object, program).with(WEBHOOK, webhook.emitted.clone()).and(&metadata.labels);
    let on_runs = Labels::ours()
        .with(PROJECT, program.project_of(run).emitted.clone())
        .with(WEBHOOK, webhook.emitted.clone());
    let spec = spec(program, run, None, on_runs);
    frame(object, labels, Labels::default().and(&metadata.annotations)).with("spec", spec).into()
}

fn spec(program: &Program, run: &RunPlan, pipeline: Option<&PipelinePlan>, on_runs: Labels) -> Map {
    let settings = Settings::of(program, run, pipeline);
    let mut spec = Map::new()
        .with("entrypoint", MAIN)
        .with("serviceAccountName", program.project_of(run).runner().to_owned());
    if !run.params.is_empty() {
        let param = |param: &crate::resolve::BuildParam| {
            Map::new().with("name", param.name.clone()).with("value", param.value.clone())
        };
        spec.put(
            "arguments",
            Map::new().with("parameters", run.params.iter().map(param).collect::<Vec<_>>()),
        );
    }
    spec.put("workflowMetadata", Map::new().with_some("labels", on_runs.value()));
    put_scheduling(&mut spec, &settings);
    if uses_workspace(&run.builder) {
        put_workspace(&mut spec, settings.workspace());
    }
    put_lifetime(&mut spec, &settings);
    if let Some(limit) = pipeline.and_then(|plan| concurrency(program, plan)) {
        spec.put("synchronization", synchronization(&limit));
    }
    put_resources(&mut spec, &settings, program.version());
    spec.put("templates", templates(program, run));
    spec
}

/// Where pods run and as whom.
fn put_scheduling(spec: &mut Map, settings: &Settings) {
    if let Some(selector) = settings.default(|defaults| {
        (!defaults.node_selector.0.0.is_empty()).then_some(&defaults.node_selector)
    }) {
        spec.put(
            "nodeSelector",
            selector.0.0.iter().map(|(key, value)| (&key.value, value)).collect::<Map>(),
        );
    }
    if let Some(tolerations) = settings
        .default(|defaults| (!defaults.tolerations.is_empty()).then_some(&defaults.tolerations))
    {
        spec.put(
            "tolerations",
            tolerations.iter().map(|item| item.node.clone()).collect::<Vec<_>>(),
        );
    }
    if let Some(secrets) = settings.default(|defaults| {
        (!defaults.image_pull_secrets.is_empty()).then_some(&defaults.image_pull_secrets)
    }) {
        spec.put(
            "imagePullSecrets",
            secrets.iter().map(|item| item.node.clone()).collect::<Vec<_>>(),
        );
    }
    if let Some(context) = settings.default(|defaults| defaults.security_context.as_ref()) {
        spec.put("securityContext", context.node.clone());
    }
}

/// The claim of a run. A claim that one node can mount keeps the run's pods on one node.
fn put_workspace(spec: &mut Map, workspace: Option<&Workspace>) {
    let modes = workspace.map_or(&[][..], |workspace| &workspace.access_modes);
    let modes = if modes.is_empty() { &[AccessMode::ReadWriteOnce] } else { modes };
    if !modes.contains(&AccessMode::ReadWriteMany) {
        spec.put("affinity", same_node());
    }
    let storage = workspace
        .and_then(|workspace| workspace.storage.as_ref())
        .map_or(Str::from("2Gi"), |storage| (&storage.0.value).into());
    let class = workspace
        .and_then(|workspace| workspace.storage_class_name.as_ref())
        .map(|class| &class.value);
    let claim = Map::new()
        .with("accessModes", modes.iter().map(|mode| mode.word()).collect::<Vec<_>>())
        .with_some("storageClassName", class)
        .with("resources", Map::new().with("requests", Map::new().with("storage", storage)));
    let template =
        Map::new().with("metadata", Map::new().with("name", body::WORKSPACE)).with("spec", claim);
    spec.put("volumeClaimTemplates", vec![template]);
    spec.put("volumeClaimGC", Map::new().with("strategy", "OnWorkflowCompletion"));
}

fn same_node() -> Map {
    let labels = Map::new().with("workflows.argoproj.io/workflow", "{{workflow.name}}");
    let term = Map::new()
        .with("labelSelector", Map::new().with("matchLabels", labels))
        .with("topologyKey", "kubernetes.io/hostname");
    Map::new().with(
        "podAffinity",
        Map::new().with("requiredDuringSchedulingIgnoredDuringExecution", vec![term]),
    )
}

/// How long a run may take, and how long it is kept.
fn put_lifetime(spec: &mut Map, settings: &Settings) {
    if let Some(timeout) = settings.timeout() {
        spec.put("activeDeadlineSeconds", timeout.value.0);
    }
    let ttl = |kept: Option<&Duration>, default: i64| kept.map_or(default, |kept| kept.value.0);
    let succeeded =
        ttl(settings.retention(|retention| retention.ttl_after_succeeded.as_ref()), DAY);
    let failed = ttl(settings.retention(|retention| retention.ttl_after_failed.as_ref()), 7 * DAY);
    spec.put(
        "ttlStrategy",
        Map::new().with("secondsAfterSuccess", succeeded).with("secondsAfterFailure", failed),
    );
    let pod_gc = settings.retention(|retention| retention.pod_gc).unwrap_or(PodGc::OnPodSuccess);
    spec.put("podGC", Map::new().with("strategy", pod_gc.word()));
}

fn synchronization(limit: &Limit) -> Map {
    if limit.limit == 1 {
        return Map::new().with("mutexes", vec![Map::new().with("name", limit.key.clone())]);
    }
    let reference = Map::new().with("name", SEMAPHORES).with("key", limit.key.clone());
    Map::new().with("semaphores", vec![Map::new().with("configMapKeyRef", reference)])
}

/// Requests and limits for containers that have none: Argo merges `templateDefaults` under every template of the run.
fn put_resources(spec: &mut Map, settings: &Settings, version: Version) {
    let own = settings.pipeline.and_then(|spec| spec.resources.as_ref());
    if let Some(resources) =
        own.or_else(|| settings.default(|defaults| defaults.resources.as_ref()))
    {
        // The full CRD of 3.6 requires a name here (v3.6.10, manifests/base/crds/full); later ones do not.
        let name = (version <= Version::new(3, 6)).then_some("");
        let container =
            Map::new().with_some("name", name).with("resources", resources.node.clone());
        spec.put("templateDefaults", Map::new().with("container", container));
    }
}

fn uses_workspace(plan: &BuilderPlan) -> bool {
    plan.steps.iter().enumerate().any(|(at, step)| match step.call {
        Call::Pack(template) => {
            template.task.spec.workspace.is_some()
                || template.body.is_some_and(body::mounts_workspace)
        }
        _ => plan
            .step(at)
            .task
            .template
            .as_ref()
            .is_some_and(|template| body::mounts_workspace(&template.node)),
    })
}

/// The DAG, and a template of its own for every step that a reference cannot express.
fn templates(program: &Program, run: &RunPlan) -> Vec<Map> {
    let plan = &run.builder;
    let tasks: Vec<Map> = (0..plan.steps.len()).map(|at| task(program, run, at)).collect();
    let mut templates =
        vec![Map::new().with("name", MAIN).with("dag", Map::new().with("tasks", tasks))];
    templates.extend(
        (0..plan.steps.len())
            .filter(|at| has_own_template(plan, *at))
            .filter_map(|at| own_template(program, plan, at)),
    );
    templates
}

/// `retry` and `timeout` are fields of a template, not of a task in a DAG.
fn has_own_template(plan: &BuilderPlan, at: usize) -> bool {
    let step = plan.step(at);
    matches!(plan.steps[at].call, Call::Inline) || step.retry.is_some() || step.timeout.is_some()
}

fn own_template_name(plan: &BuilderPlan, at: usize) -> String {
    format!("step-{}", &*plan.step(at).name)
}

fn own_template(program: &Program, plan: &BuilderPlan, at: usize) -> Option<Map> {
    let (step, planned) = (plan.step(at), &plan.steps[at]);
    let name = own_template_name(plan, at);
    let mut map = match (planned.call, &step.task.template) {
        (Call::Pack(template), _) => {
            pack::template(&template, name, template.body?, program.config)
        }
        (_, Some(template)) => {
            let mut map = Map::new().with("name", name);
            let inputs =
                planned.params.iter().map(|param| Map::new().with("name", &param.name)).collect();
            pack::put_parameters(&mut map, "inputs", inputs, &template.node);
            pack::put_parameters(&mut map, "outputs", Vec::new(), &template.node);
            map.0.extend(body::entries(&template.node, None, program.config).0);
            map
        }
        _ => return None,
    };
    let added = [
        ("retryStrategy", step.retry.as_ref().map(|retry| retry.node.clone())),
        ("timeout", step.timeout.as_ref().map(|timeout| format!("{}s", timeout.value.0).into())),
    ];
    for (key, value) in added.into_iter().filter_map(|(key, value)| Some((key, value?))) {
        map.set(key, value);
    }
    Some(map)
}

fn task(program: &Program, run: &RunPlan, at: usize) -> Map {
    let plan = &run.builder;
    let (step, planned) = (plan.step(at), &plan.steps[at]);
    let mut task =
        Map::new().with("name", &step.name.value).with_some("depends", planned.depends.clone());
    match planned.call {
        Call::Pack(template) if !has_own_template(plan, at) => {
            task.put("templateRef", template_ref(program, &template, step.task.task_ref.as_ref()));
        }
        _ => task.put("template", own_template_name(plan, at)),
    }
    let parameters: Vec<Map> = planned
        .params
        .iter()
        .zip(&run.wires[at])
        .filter_map(|(param, wire)| {
            let value = value(plan, at, &param.name, wire)?;
            Some(Map::new().with("name", &param.name).with("value", value))
        })
        .collect();
    if !parameters.is_empty() {
        task.put("arguments", Map::new().with("parameters", parameters));
    }
    task = task.with_some("when", step.when.as_ref().map(|when| &when.value));
    task = task.with_some("withItems", step.with_items.clone());
    task = task.with_some("withParam", step.with_param.as_ref().map(|param| &param.value));
    task.with_some(
        "withSequence",
        step.with_sequence.as_ref().map(|sequence| sequence.node.clone()),
    )
}

fn template_ref(program: &Program, template: &PackTemplate, reference: Option<&TaskRef>) -> Map {
    let task = template.task;
    // What a template in the cluster is called is for the reference to say.
    let named = reference
        .and_then(|reference| reference.template.as_ref())
        .filter(|_| template.body.is_none());
    let name = named.map_or_else(|| template.name(), |name| name.to_string());
    let project = task.metadata.project.as_ref().filter(|name| {
        program.projects.iter().any(|plan| plan.project.metadata.name.value == name.value)
    });
    let reference = Map::new().with("name", dns_name(&task.metadata.name)).with("template", name);
    reference.with_some("clusterScope", project.is_none().then_some(true))
}

/// What a param gets; none where it keeps the Task's default.
fn value(plan: &BuilderPlan, at: usize, name: &Str, wire: &Wire) -> Option<Str> {
    let output = |step: usize, name: &str| {
        format!("{{{{tasks.{}.outputs.parameters.{name}}}}}", &*plan.step(step).name)
    };
    Some(match wire {
        Wire::Default => return None,
        Wire::Argument(argument) => (&plan.argument(at, *argument).value.0.value).into(),
        Wire::Build => format!("{{{{workflow.parameters.{name}}}}}").into(),
        Wire::Output(step) => output(*step, name).into(),
        Wire::Tag(parts) => {
            let part = |part: &TagPart| match part {
                TagPart::Text(text) => text.clone(),
                TagPart::Build(name) => format!("{{{{workflow.parameters.{name}}}}}"),
                TagPart::Output(step, name) => output(*step, name),
                TagPart::Created(form) => form
                    .chars()
                    .map(|c| format!("{{{{workflow.creationTimestamp.{c}}}}}"))
                    .collect::<Vec<_>>()
                    .concat(),
            };
            parts.iter().map(part).collect::<String>().into()
        }
    })
}
