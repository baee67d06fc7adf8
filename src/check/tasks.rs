//! Tasks: their templates against what Argo accepts, their params against what the templates use.

use std::collections::BTreeSet;

use super::argo_fields::{ArgoFields, first_line};
use crate::body::Body;
use crate::body::rules::{self, Context, Inputs, Sibling};
use crate::diagnostics::Sink;
use crate::model::kinds::common::Param;
use crate::model::kinds::task::{Output, Task};
use crate::model::{Definition, Model, Node, Text};
use crate::resolve::{
    PackTemplate, Program, check_parameter_name, check_params, check_unique, each_used_param,
    emitted_name,
};
use crate::rules::{
    ap109_one_of_fields, ap306_unused_param, ap307_undeclared_param, ap406_argo_missing_field,
};
use crate::source::Span;

pub fn check(model: &Model, program: &Program, sink: &mut Sink) {
    for definition in &model.definitions {
        if let Definition::Task(task) = definition {
            check_task(task, program, sink);
        }
    }
}

fn check_task(task: &Task, program: &Program, sink: &mut Sink) {
    emitted_name(&task.metadata.name, "a Task", sink);
    check_params("param", &task.spec.params, sink);
    check_outputs(&task.spec.outputs, sink);
    check_bodies(task, sink);
    if task.spec.external.as_ref().is_some_and(|external| external.value) {
        return;
    }
    let bodies = bodies(task);
    for (template, body) in &bodies {
        check_task_body(task, template, body, program, sink);
    }
    if task.spec.template.is_none() || task.spec.templates.is_empty() {
        check_siblings(task, &bodies, sink);
    }
    if !bodies.is_empty() {
        check_uses(task, &bodies, sink);
    }
}

/// The templates of a Task that have a body, with what is in it.
fn bodies(task: &Task) -> Vec<(PackTemplate<'_>, Body<'_>)> {
    let all = PackTemplate::all(task).into_iter();
    all.filter_map(|one| Some((one, Body::of(one.body?, task.metadata.name.span)))).collect()
}

/// One template of a Task: by itself, and together with what the Task declares.
fn check_task_body(
    task: &Task,
    template: &PackTemplate,
    body: &Body,
    program: &Program,
    sink: &mut Sink,
) {
    ArgoFields { version: program.version(), sink }.check(body.node, "Template", body.holder);
    let is_first = PackTemplate::of(task, None).is_some_and(|first| is_same(&first, template));
    // Outputs beside several templates are reported as that.
    let declared = if task.spec.templates.len() > 1 { &[] } else { &task.spec.outputs[..] };
    let outputs: Vec<&Text> = declared.iter().map(|output| &output.name).collect();
    let params: Vec<&Text> = task.spec.params.iter().map(|param| &param.name).collect();
    let context = Context {
        outputs: &outputs,
        inputs: if is_first { Inputs::Declared } else { Inputs::Own },
        params: if is_first { &[] } else { &params },
        workspace: task.spec.workspace.as_ref().map(|mount| -> &Text { &mount.mount_path }),
        ..Context::default()
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

fn is_same(a: &PackTemplate, b: &PackTemplate) -> bool {
    a.body.map(|body| body.span) == b.body.map(|body| body.span)
}

/// Templates of a Task have names of their own, and run only each other.
fn check_siblings(task: &Task, bodies: &[(PackTemplate, Body)], sink: &mut Sink) {
    let has_names = !task.spec.templates.is_empty();
    let siblings: Vec<Sibling> = bodies
        .iter()
        .map(|(template, body)| Sibling {
            name: body.name.as_ref().filter(|_| has_names),
            body,
            params: template.params().into_iter().map(|param| &param.name).collect(),
        })
        .collect();
    rules::check_siblings(&format!("Task `{}`", &*task.metadata.name), &siblings, sink);
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
fn check_bodies(task: &Task, sink: &mut Sink) {
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
        if template.node.get("name").is_none() {
            sink.report(ap406_argo_missing_field::template_name(first_line(&template.node)));
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

/// The template of a step: what Argo accepts, and what a body must be by itself.
pub fn check_body(node: &Node, holder: Span, fields: &mut ArgoFields) {
    fields.check(node, "Template", holder);
    let context = Context { inputs: Inputs::Declared, ..Context::default() };
    rules::check(&Body::of(node, holder), context, fields.sink);
}

/// The input parameters that a body declares itself, those of its inline templates included.
fn own_inputs<'b>(body: &'b Body) -> BTreeSet<&'b str> {
    let bodies = body.with_inlines().into_iter();
    let inputs = bodies.flat_map(|body| &body.inputs.parameters);
    inputs.filter_map(|input| Some(&*input.name.as_ref()?.value)).collect()
}

/// Declared and used must agree both ways.
fn check_uses(task: &Task, bodies: &[(PackTemplate, Body)], sink: &mut Sink) {
    let declared: Vec<&str> = task.spec.params.iter().map(|param| &*param.name.value).collect();
    let mut uses: Vec<(String, Span)> = Vec::new();
    for (_, body) in bodies {
        let own = own_inputs(body);
        each_used_param(body.node, &mut |name, span| {
            if declared.contains(&name) || !own.contains(name) {
                uses.push((name.to_owned(), span));
            }
        });
    }
    // What a person answers at a suspended run comes in as an input and goes out as an output of one name.
    let supplied = task.spec.outputs.iter().filter(|output| {
        output.value_from.as_ref().is_some_and(|from| from.node.get("supplied").is_some())
    });
    uses.extend(
        supplied
            .filter(|output| declared.contains(&&*output.name.value))
            .map(|output| (output.name.to_string(), output.name.span)),
    );
    let undeclared: BTreeSet<&str> = uses
        .iter()
        .map(|(name, _)| name.as_str())
        .filter(|name| !declared.contains(name))
        .collect();
    let unused: Vec<&Param> = task
        .spec
        .params
        .iter()
        .filter(|param| uses.iter().all(|(name, _)| *name != *param.name.value))
        .collect();
    // A name misspelt in one of the two places is one mistake: told where it is declared.
    let pairs: Vec<(&str, &Param)> = unused
        .iter()
        .filter_map(|param| {
            Some((crate::diagnostics::nearest(&param.name, undeclared.iter().copied())?, *param))
        })
        .collect();
    for param in &unused {
        sink.report(ap306_unused_param::finding(
            param.name.span,
            &param.name,
            &undeclared.iter().copied().collect::<Vec<_>>(),
        ));
    }
    for name in undeclared.iter().filter(|name| pairs.iter().all(|(guess, _)| guess != *name)) {
        if let Some((_, span)) = uses.iter().find(|(used, _)| used == name) {
            sink.report(ap307_undeclared_param::finding(*span, name, &declared));
        }
    }
}
