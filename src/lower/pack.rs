//! Tasks: a `ClusterWorkflowTemplate` if global, a `WorkflowTemplate` if they belong to a project.

use super::metadata::{Labels, TASK, frame, labels};
use super::{Object, ObjectKind, Origin, body};
use crate::body::Body;
use crate::model::Text;
use crate::model::kinds::common::Param;
use crate::model::kinds::config::Config;
use crate::model::kinds::task::Output;
use crate::plan::{Plan, Task, Template};
use crate::tree::{Map, Node};

/// What Argo's own user interface shows of a template.
const DESCRIPTION: &str = "workflows.argoproj.io/description";
const VERSION: &str = "packs.argoproj.io/version";

/// The object of a Task.
pub(crate) fn object<'p, 'm>(plan: &Plan<'m>, task: &'p Task<'m>) -> Object<'p, 'm> {
    let project = task.project;
    Object {
        kind: match project {
            Some(_) => ObjectKind::WorkflowTemplate,
            None => ObjectKind::ClusterWorkflowTemplate,
        },
        namespace: project.map(|project| plan.projects[project].namespace.clone()),
        name: task.name.clone(),
        span: task.name.span,
        project,
        origin: Origin::Task(task),
    }
}

pub(crate) fn manifest(object: &Object, plan: &Plan, task: &Task) -> Node {
    let (metadata, spec) = (&task.definition.metadata, &task.definition.spec);
    let add = |annotations: Labels, key: &'static str, text: Option<&Text>| match text {
        Some(text) => annotations.with(key, text),
        None => annotations,
    };
    let annotations = add(Labels::default(), DESCRIPTION, spec.description.as_ref());
    let annotations = add(annotations, VERSION, spec.version.as_ref()).and(&metadata.annotations);
    let labels = labels(object, plan).with(TASK, &object.name).and(&metadata.labels);
    let templates = task
        .templates
        .values()
        .filter_map(|it| Some(template(task, it, it.name.clone(), it.body.as_ref()?, plan.config)));
    let templates: Vec<Map> = templates.collect();
    let spec = Map::new().with("templates", templates);
    frame(object, labels, annotations).with("spec", spec).into()
}

/// One template of a Task, under a name.
pub(crate) fn template(
    task: &Task,
    template: &Template,
    name: Text,
    body: &Body,
    config: Option<&Config>,
) -> Map {
    let spec = &task.definition.spec;
    let parameters: Vec<Map> = template.params.iter().map(|param| input(param)).collect();
    let outputs: Vec<Map> = spec.outputs.iter().map(output).collect();
    let mut map = Map::new().with("name", name);
    put_parameters(&mut map, "inputs", parameters, body.node);
    put_parameters(&mut map, "outputs", outputs, body.node);
    map.0.extend(body::entries(body.node, spec.workspace.as_ref(), config).0);
    map
}

/// Puts inputs or outputs, together with what the body has of them.
pub(crate) fn put_parameters(
    map: &mut Map,
    key: &'static str,
    mut parameters: Vec<Map>,
    body: &Node,
) {
    let mut own = body.get(key).map_or_else(Map::new, |own| own.without_nulls().into_map());
    if let Some(more) = own.take("parameters") {
        parameters.extend(more.items().iter().cloned().map(Node::into_map));
    }
    let mut all = Map::new();
    if !parameters.is_empty() {
        all.put("parameters", parameters);
    }
    all.0.extend(own.0);
    if !all.is_empty() {
        map.put(key, all);
    }
}

fn input(param: &Param) -> Map {
    let allowed: Vec<Node> = param.allowed.iter().map(|allowed| Node::from(&allowed.0)).collect();
    Map::new()
        .with("name", &param.name)
        .with_some("description", param.description.as_ref())
        .with_some("value", param.default.as_ref().map(|default| &default.0))
        .with_some("enum", (!allowed.is_empty()).then_some(allowed))
}

fn output(output: &Output) -> Map {
    let mut from = match (&output.path, &output.value_from) {
        (Some(path), _) => Map::new().with("path", path),
        (None, Some(own)) => own.node.without_nulls().into_map(),
        (None, None) => Map::new(),
    };
    if let Some(default) = &output.default {
        from.set("default", &default.0);
    }
    Map::new()
        .with("name", &output.name)
        .with_some("description", output.description.as_ref())
        .with("valueFrom", from)
}
