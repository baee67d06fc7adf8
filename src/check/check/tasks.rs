//! Tasks: their templates against what Argo accepts, their params against what the templates use.

use std::collections::BTreeSet;

use super::argo_fields::{ArgoFields, first_line};
use crate::diagnostics::Sink;
use crate::model::kinds::common::Param;
use crate::model::kinds::task::{Output, Task};
use crate::model::{Definition, Model, Node, Text};
use crate::resolve::{
    PackTemplate, Program, TEMPLATE_TYPES, check_parameter_name, check_params, check_unique,
    each_used_param, emitted_name,
};
use crate::rules::{
    ap109_one_of_fields, ap201_undefined_reference, ap306_unused_param, ap307_undeclared_param,
    ap403_template_type, ap406_argo_missing_field,
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
    if let Some(body) = task.spec.template.as_ref() {
        for output in &task.spec.outputs {
            match (&output.path, &output.value_from) {
                (None, Some(from)) => check_output_source(
                    &body.node,
                    &output.name,
                    &from.node,
                    output.name.span,
                    sink,
                ),
                (Some(_), None) => check_path_output(&body.node, output, sink),
                _ => {}
            }
        }
    }
    let mut fields = ArgoFields { version: program.version(), sink };
    for template in PackTemplate::all(task) {
        if let Some(body) = template.body {
            check_body(body, task.metadata.name.span, &mut fields);
        }
    }
    if PackTemplate::all(task).iter().any(|template| template.body.is_some()) {
        check_uses(task, sink);
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
    check_template_names(task, sink);
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

/// Templates of a Task have names of their own, and run only each other.
fn check_template_names(task: &Task, sink: &mut Sink) {
    let text = |node: &Node| node.get("name").and_then(Text::of);
    let own: Vec<Text> =
        task.spec.templates.iter().filter_map(|template| text(&template.node)).collect();
    check_unique("template", &own.iter().collect::<Vec<_>>(), sink);
    let names: Vec<&str> = own.iter().map(|name| &*name.value).collect();
    for body in PackTemplate::all(task).iter().filter_map(|template| template.body) {
        let tasks =
            body.get("dag").and_then(|dag| dag.get("tasks")).into_iter().flat_map(Node::items);
        let steps = body.get("steps").into_iter().flat_map(Node::items).flat_map(Node::items);
        for called in
            tasks.chain(steps).filter_map(|step| step.get("template")).filter_map(Text::of)
        {
            if !called.contains("{{") && !names.contains(&&*called.value) {
                sink.report(ap201_undefined_reference::template(
                    called.span,
                    &task.metadata.name,
                    &called,
                    &names,
                ));
            }
        }
    }
}

/// A template body: what Argo accepts, of one type.
pub fn check_body(body: &Node, holder: Span, fields: &mut ArgoFields) {
    if let Some(parameters) = body.get("inputs").and_then(|inputs| inputs.entry("parameters")) {
        let help = "take them out: a Task declares them as `spec.params`, a step's own template has what it uses and the step's arguments give it";
        fields.sink.report(ap109_one_of_fields::contradiction(
            parameters.key.span,
            "params of a template are made from the declaration of the Task",
            help,
        ));
    }
    check_body_outputs(body, fields.sink);
    let before = fields.sink.errors();
    fields.check(body, "Template", holder);
    let mut types =
        body.entries().iter().filter(|entry| TEMPLATE_TYPES.contains(&&*entry.key.text));
    match (types.next(), types.next()) {
        (Some(first), Some(second)) => {
            fields.sink.report(ap403_template_type::many(
                second.key.span,
                &second.key.text,
                &first.key.text,
                first.key.span,
            ));
        }
        (None, _) if fields.sink.errors() == before => {
            fields.sink.report(ap403_template_type::none(holder, TEMPLATE_TYPES));
        }
        _ => {}
    }
}

/// Where the outputs of a type of template can come from (Argo Workflows, workflow/validate, `validateOutputParameter`).
const OUTPUT_SOURCES: &[(&[&str], &[&str])] = &[
    (&["container", "script", "containerSet"], &["path"]),
    (&["resource"], &["jsonPath", "jqFilter"]),
    (&["dag", "steps"], &["parameter", "expression"]),
];

/// Tells an output whose `valueFrom` has nothing that its template's type can give.
fn check_output_source(body: &Node, name: &str, from: &Node, span: Span, sink: &mut Sink) {
    let kind = |kinds: &'static [&'static str]| {
        kinds.iter().copied().find(|kind| body.get(kind).is_some())
    };
    let of_body = OUTPUT_SOURCES.iter().find_map(|(kinds, sources)| Some((kind(kinds)?, *sources)));
    if let Some((kind, sources)) = of_body
        && sources.iter().all(|source| from.get(source).is_none())
    {
        sink.report(ap406_argo_missing_field::output(span, name, kind, sources));
    }
}

/// `path` is short for a `valueFrom` with a path.
fn check_path_output(body: &Node, output: &Output, sink: &mut Sink) {
    let has_files =
        ["container", "script", "containerSet"].iter().any(|kind| body.get(kind).is_some());
    if let (Some(path), false) = (&output.path, has_files) {
        let nothing = Node::text("", path.span);
        check_output_source(body, &output.name, &nothing, path.span, sink);
    }
}

/// The outputs that a template body has by itself.
fn check_body_outputs(body: &Node, sink: &mut Sink) {
    let outputs = body.get("outputs").and_then(|outputs| outputs.get("parameters"));
    for output in outputs.into_iter().flat_map(Node::items) {
        if let (Some(name), Some(from)) =
            (output.get("name").and_then(Text::of), output.entry("valueFrom"))
        {
            check_output_source(body, &name, &from.value, from.key.span, sink);
        }
    }
}

/// Declared and used must agree both ways.
fn check_uses(task: &Task, sink: &mut Sink) {
    let declared: Vec<&str> = task.spec.params.iter().map(|param| &*param.name.value).collect();
    let mut uses: Vec<(String, Span)> = Vec::new();
    for body in PackTemplate::all(task).iter().filter_map(|template| template.body) {
        each_used_param(body, &mut |name, span| uses.push((name.to_owned(), span)));
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
