//! Tasks: names, params, outputs, and that they have the right bodies.

use super::Context;
use crate::body::Body;
use crate::body::rules::{self, Inputs, Sibling};
use crate::diagnostics::Sink;
use crate::model::Text;
use crate::model::kinds::task as definition;
use crate::model::kinds::task::Output;
use crate::plan::{
    Task, check_parameter_name, check_params, check_unique, check_value, emitted_name,
};
use crate::rules::{ap109_one_of_fields, ap406_argo_missing_field};

pub(super) fn check(_: &Context, task: &Task, sink: &mut Sink) {
    if task.is_bundled() {
        return;
    }
    let definition = task.definition;
    emitted_name(&definition.metadata.name, "a Task", sink);
    check_params("param", &definition.spec.params, sink);
    check_outputs(&definition.spec.outputs, sink);
    if task.is_whole {
        check_bodies(definition, sink);
    }
    if task.is_external {
        return;
    }
    for (at, template) in task.templates.values().enumerate() {
        if let Some(body) = &template.body {
            check_body(definition, body, at == 0, sink);
        }
    }
    if definition.spec.template.is_none() || definition.spec.templates.is_empty() {
        check_siblings(task, sink);
        check_values(task, sink);
    }
}

/// One template of a Task: by itself, and together with what the Task declares.
fn check_body(task: &definition::Task, body: &Body, is_first: bool, sink: &mut Sink) {
    // Outputs beside several templates are reported as that.
    let declared = if task.spec.templates.len() > 1 { &[] } else { &task.spec.outputs[..] };
    let outputs: Vec<&Text> = declared.iter().map(|output| &output.name).collect();
    let params: Vec<&Text> = task.spec.params.iter().map(|param| &param.name).collect();
    let context = rules::Context {
        outputs: &outputs,
        inputs: if is_first { Inputs::Declared } else { Inputs::Own },
        params: if is_first { &[] } else { &params },
        workspace: task.spec.workspace.as_ref().map(|mount| -> &Text { &mount.mount_path }),
        ..rules::Context::default()
    };
    rules::check(body, context, sink);
    let Some(kind) = body.kind() else { return };
    for output in declared {
        let (name, from) = (&output.name, &output.value_from);
        let span = output.path.as_ref().map_or(name.span, |path| path.span);
        if output.path.is_some() != from.is_some() {
            let from = from.as_ref().map(|from| &from.node);
            rules::check_source(kind, name, from, span, sink);
        }
    }
}

/// Templates of a Task have names of their own, and run only each other.
fn check_siblings(task: &Task, sink: &mut Sink) {
    let has_names = !task.definition.spec.templates.is_empty();
    let siblings: Vec<Sibling> = task
        .templates
        .values()
        .filter_map(|template| {
            let body = template.body.as_ref()?;
            let name = body.name.as_ref().filter(|_| has_names);
            let params = template.params.iter().map(|param| &param.name).collect();
            Some(Sibling { name, body, params })
        })
        .collect();
    let what = format!("Task `{}`", &*task.definition.metadata.name);
    rules::check_siblings(&what, &siblings, sink);
}

/// The values that the templates of a Task give each other, against the Task's params.
fn check_values(task: &Task, sink: &mut Sink) {
    let named = |name: &Text| {
        task.templates.values().find(|template| {
            let body = template.body.as_ref();
            body.and_then(|body| body.name.as_ref()).is_some_and(|own| own.value == name.value)
        })
    };
    let bodies = task.bodies().flat_map(Body::with_inlines);
    for call in bodies.flat_map(|body| &body.calls) {
        let Some(callee) = call.template.as_ref().and_then(named) else { continue };
        for argument in &call.arguments.parameters {
            let param = argument
                .name
                .as_ref()
                .and_then(|name| callee.params.iter().find(|param| param.name.value == name.value));
            let value = argument.node.get("value").and_then(Text::of);
            if let (Some(param), Some(value)) = (param, value) {
                check_value(&value, Some(param), sink);
            }
        }
    }
}

fn check_outputs(outputs: &[Output], sink: &mut Sink) {
    let names: Vec<&Text> = outputs.iter().map(|output| &output.name).collect();
    check_unique("output", &names, sink);
    for output in outputs {
        check_parameter_name("output", &output.name, sink);
        let what = format!("output `{}`", &*output.name);
        match (&output.path, &output.value_from) {
            (None, None) => sink.report(ap109_one_of_fields::none(
                output.name.span,
                &what,
                &["path", "valueFrom"],
            )),
            (Some(path), Some(from)) => sink.report(ap109_one_of_fields::both(
                from.node.span,
                &what,
                "valueFrom",
                "path",
                path.span,
            )),
            _ => {}
        }
        let inner = output.value_from.as_ref().and_then(|from| from.node.entry("default"));
        if let (Some(inner), Some(outer)) = (inner, &output.default) {
            sink.report(ap109_one_of_fields::both(
                outer.0.span,
                &what,
                "default",
                "valueFrom.default",
                inner.key.span,
            ));
        }
    }
}

/// One template, several, or a template of the cluster: one of the three.
fn check_bodies(task: &definition::Task, sink: &mut Sink) {
    let spec = &task.spec;
    let what = format!("Task `{}`", &*task.metadata.name);
    let external = spec.external.as_ref().filter(|external| external.value);
    let several = spec.templates.first().map(|first| first.node.span);
    let one = spec.template.as_ref().map(|template| template.node.span);
    match (one, several, external) {
        (None, None, None) => {
            sink.report(ap109_one_of_fields::none(
                task.metadata.name.span,
                &what,
                &["spec.template", "spec.templates", "spec.external"],
            ));
        }
        (Some(one), Some(several), _) => {
            sink.report(ap109_one_of_fields::both(several, &what, "templates", "template", one));
        }
        (Some(body), _, Some(external)) | (_, Some(body), Some(external)) => {
            sink.report(ap109_one_of_fields::both(
                body,
                &what,
                "template",
                "external",
                external.span,
            ));
        }
        _ => {}
    }
    if let (Some(output), true) = (spec.outputs.first(), spec.templates.len() > 1) {
        let message = format!(
            "{what} has several templates, so its outputs stand in each template's own `outputs`"
        );
        sink.report(ap109_one_of_fields::contradiction(
            output.name.span,
            &message,
            "move the output into the template that gives it",
        ));
    }
    for template in &spec.templates {
        let name = template.node.get("name").filter(|name| !name.is_null());
        if name.is_none_or(|name| name.as_str() == Some("")) {
            let at = name.map_or_else(|| template.node.first_key(), |name| name.span);
            sink.report(ap406_argo_missing_field::template_name(at));
        }
    }
    if let Some(name) = spec.template.as_ref().and_then(|template| template.node.entry("name")) {
        let help = "take the name out; `templates` is for several templates with names";
        sink.report(ap109_one_of_fields::contradiction(
            name.key.span,
            "the one template of a Task is named after the Task",
            help,
        ));
    }
}
