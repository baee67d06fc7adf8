//! Tasks: a `ClusterWorkflowTemplate` where it is global, a `WorkflowTemplate` where it belongs to a project.

use super::metadata::{Labels, TASK, frame, labels};
use super::{Object, ObjectKind, Origin, body};
use crate::model::Text;
use crate::model::kinds::common::Param;
use crate::model::kinds::config::Config;
use crate::model::kinds::task::{Output, Task};
use crate::names::dns_name;
use crate::resolve::{PackTemplate, Program};
use crate::tree::Str;
use crate::tree::{Map, Node};

/// What Argo's own user interface shows of a template.
const DESCRIPTION: &str = "workflows.argoproj.io/description";
const VERSION: &str = "packs.argoproj.io/version";

/// The object of a Task; none for one that is in the cluster already.
pub fn object(program: &Program, at: usize, task: &Task) -> Option<Object> {
    if task.spec.external.as_ref().is_some_and(|external| **external) {
        return None;
    }
    let project = task.metadata.project.as_ref().and_then(|name| program.project_named(name));
    Some(Object {
        kind: if project.is_some() {
            ObjectKind::WorkflowTemplate
        } else {
            ObjectKind::ClusterWorkflowTemplate
        },
        namespace: project.map(|project| program.projects[project].namespace.clone()),
        name: dns_name(&task.metadata.name),
        span: task.metadata.name.span,
        project,
        source: Origin::Task(at),
    })
}

pub fn manifest(object: &Object, program: &Program, task: &Task) -> Node {
    let metadata = &task.metadata;
    let text = |annotations: Labels, key: &'static str, text: Option<&Text>| match text {
        Some(text) => annotations.with(key, &text.value),
        None => annotations,
    };
    let annotations = text(Labels::default(), DESCRIPTION, task.spec.description.as_ref());
    let annotations =
        text(annotations, VERSION, task.spec.version.as_ref()).and(&metadata.annotations);
    let labels = labels(object, program).with(TASK, object.name.clone()).and(&metadata.labels);
    let templates = PackTemplate::all(task).into_iter().filter_map(|template| {
        Some(self::template(&template, template.name(), template.body?, program.config))
    });
    let spec = Map::new().with("templates", templates.collect::<Vec<Map>>());
    frame(object, labels, annotations).with("spec", spec).into()
}

/// One template of a Task, under a name.
pub fn template(
    template: &PackTemplate,
    name: String,
    body: &Node,
    config: Option<&Config>,
) -> Map {
    let parameters: Vec<Map> = template.params().into_iter().map(input).collect();
    let outputs: Vec<Map> = template.task.spec.outputs.iter().map(output).collect();
    let mut map = Map::new().with("name", name);
    put_parameters(&mut map, "inputs", parameters, body);
    put_parameters(&mut map, "outputs", outputs, body);
    map.0.extend(body::entries(body, template.task.spec.workspace.as_ref(), config).0);
    map
}

/// Puts inputs or outputs, together with what the body has of them.
pub fn put_parameters(map: &mut Map, key: &'static str, mut parameters: Vec<Map>, body: &Node) {
    let mut all = Map::new();
    let mut own = body.get(key).cloned().map_or_else(Map::new, Node::into_map);
    if let Some(more) = own.take("parameters") {
        parameters.extend(more.items().iter().cloned().map(Node::into_map));
    }
    if !parameters.is_empty() {
        all.put("parameters", parameters);
    }
    all.0.extend(own.0);
    if !all.is_empty() {
        map.put(key, all);
    }
}

fn input(param: &Param) -> Map {
    let allowed: Vec<&Str> = param.allowed.iter().map(|allowed| &allowed.0.value).collect();
    Map::new()
        .with("name", &param.name.value)
        .with_some("description", param.description.as_ref().map(|text| &text.value))
        .with_some("value", param.default.as_ref().map(|default| &default.0.value))
        .with_some("enum", (!allowed.is_empty()).then_some(allowed))
}

fn output(output: &Output) -> Map {
    let mut from = match (&output.path, &output.value_from) {
        (Some(path), _) => Map::new().with("path", &path.value),
        (None, Some(own)) => own.node.clone().into_map(),
        (None, None) => Map::new(),
    };
    if let Some(default) = &output.default {
        from.put("default", &default.0.value);
    }
    Map::new()
        .with("name", &output.name.value)
        .with_some("description", output.description.as_ref().map(|text| &text.value))
        .with("valueFrom", from)
}
