//! A Builder's steps and params by themselves: names, loops, and what Argo cannot do with a
//! template.

use std::collections::HashMap;
use std::collections::hash_map::Entry;

use super::build_names::{emitted_name, parse_template};
use super::dag::Call;
use super::standard;
use super::task::Tasks;
use super::values::check_value;
use crate::body::{Body, TemplateKind};
use crate::diagnostics::{Sink, with_article};
use crate::model::Text;
use crate::model::kinds::builder::{Builder, Step};
use crate::model::kinds::common::Param;
use crate::rules::{ap105_wrong_type, ap109_one_of_fields, ap310_name, ap311_duplicate_name};
use crate::source::Span;
use crate::tree::Value;

/// `{{workflow.parameters.json}}` is all parameters of a run, as JSON (Argo Workflows,
/// docs/variables.md).
const ALL_AS_JSON: &str = "json";

/// Reports a step that repeats in two ways, or asks of a template what Argo cannot do with it.
pub(super) fn check_step(step: &Step, call: &Call, tasks: &Tasks, sink: &mut Sink) {
    let what = format!("step `{}`", &*step.name);
    check_loops(step, &what, sink);
    let body = call.body(&tasks.table);
    let is_external = match call {
        Call::Task(callee) => tasks.table[callee.task].is_in_cluster_only(),
        Call::Inline(_) => false,
        Call::Unknown => return,
    };
    if body.is_some_and(|body| body.kinds.len() > 1) {
        // A template of two types is reported as that.
        return;
    }
    if let (Call::Inline(_), Some(body)) = (call, body.filter(|body| runs_templates(body))) {
        let message = format!("the template of {what} runs other templates, which are not here");
        let help = "make a Task of it, with the templates that it runs as its `templates`";
        sink.report(ap109_one_of_fields::contradiction(body.node.span, &message, help));
    }
    check_retry_and_timeout(step, is_external, body, &what, sink);
}

fn check_loops(step: &Step, what: &str, sink: &mut Sink) {
    if let Some(items) =
        step.with_items.as_ref().filter(|items| !matches!(items.value, Value::List(_)))
    {
        sink.report(ap105_wrong_type::finding(items, "Builder.spec.steps[].withItems", "a list"));
    }
    let items = step.with_items.as_ref().map(|items| ("withItems", items.span));
    let matrix = step.matrix.as_ref().map(|matrix| ("matrix", matrix.items.span));
    let loops = matrix
        .into_iter()
        .chain(items)
        .chain(step.with_param.as_ref().map(|param| ("withParam", param.span)));
    let loops: Vec<(&str, Span)> = loops
        .chain(step.with_sequence.as_ref().map(|sequence| ("withSequence", sequence.node.span)))
        .collect();
    if let [(first, first_span), (second, span), ..] = loops[..] {
        sink.report(ap109_one_of_fields::both(span, what, second, first, first_span));
    }
}

/// Reports `retry` and `timeout` of a step whose template cannot have them. A Task without a body
/// has nothing to report, unless it is in the cluster only.
fn check_retry_and_timeout(
    step: &Step,
    is_external: bool,
    body: Option<&Body>,
    what: &str,
    sink: &mut Sink,
) {
    let retry = step.retry.as_ref().map(|retry| ("retry", retry.node.span));
    for (field, span) in
        retry.into_iter().chain(step.timeout.as_ref().map(|timeout| ("timeout", timeout.span)))
    {
        let (template, help) = match body {
            None if is_external => (
                "a template that is in the cluster only",
                "put it into the template in the cluster",
            ),
            Some(body) if runs_templates(body) => (
                "a template that runs other templates",
                "put it into the templates that it runs, or into steps of the Builder",
            ),
            Some(body) if field == "timeout" && body.kind() == Some(TemplateKind::Suspend) => {
                ("a suspend template", "give the template a `suspend.duration`")
            }
            _ => continue,
        };
        sink.report(ap109_one_of_fields::contradiction(
            span,
            &format!("`{field}` of {what} is asked of {template}"),
            help,
        ));
    }
}

/// Whether a template is made of other templates.
fn runs_templates(body: &Body) -> bool {
    body.kind().is_some_and(TemplateKind::calls_templates)
}

/// Reports names of a Builder, its steps and its params that nothing can have.
pub(super) fn check_builder_names(builder: &Builder, sink: &mut Sink) {
    let steps: Vec<&Text> = builder.spec.steps.0.iter().map(|step| &step.name).collect();
    check_unique("step", &steps, sink);
    for step in builder.spec.steps.0.iter().filter(|step| !step.name.is_hole()) {
        let name = &step.name;
        let has_own_template =
            step.task.template.is_some() || step.retry.is_some() || step.timeout.is_some();
        let longest = if has_own_template { 128 - "step-".len() } else { 128 };
        let starts_well = name.starts_with(|c: char| c.is_ascii_alphabetic());
        if !starts_well
            || name.len() > longest
            || !name.chars().all(|c| c.is_ascii_alphanumeric() || c == '-')
        {
            sink.report(ap310_name::not_argo(
                name.span,
                name,
                "a step",
                &format!("letters, digits and `-`, a letter first, at most {longest}"),
            ));
        }
    }
    emitted_name(&builder.metadata.name, "a Builder", sink);
    check_params("param", &builder.spec.params, sink);
    if let Some(template) = &builder.metadata.build_name_template {
        parse_template(template, sink);
    }
    for name in builder.spec.params.iter().map(|param| &param.name) {
        if standard::is_standard(name) {
            sink.report(ap311_duplicate_name::reserved(name.span, name));
        } else if &*name.value == ALL_AS_JSON {
            sink.report(ap311_duplicate_name::of_argo(name.span, name));
        }
    }
}

/// Reports params of one name, names that Argo refuses, and values that a param itself declares and
/// does not take.
pub(crate) fn check_params(what: &str, params: &[Param], sink: &mut Sink) {
    let names: Vec<&Text> = params.iter().map(|param| &param.name).collect();
    check_unique(what, &names, sink);
    for param in params {
        check_parameter_name(what, &param.name, sink);
        // An empty default says that there is no value.
        let default =
            param.default.as_ref().map(|default| &default.0).filter(|default| !default.is_empty());
        for value in default.into_iter().chain(param.allowed.iter().map(|allowed| &allowed.0)) {
            check_value(value, Some(param), sink);
        }
    }
}

/// Reports a name that Argo refuses for a parameter.
pub(crate) fn check_parameter_name(what: &str, name: &Text, sink: &mut Sink) {
    if !name.chars().all(|c| c.is_ascii_alphanumeric() || c == '-' || c == '_') {
        sink.report(ap310_name::not_argo(
            name.span,
            name,
            &with_article(what),
            "letters, digits, `_` and `-`",
        ));
    }
}

/// Reports names that come twice.
pub(crate) fn check_unique(what: &str, names: &[&Text], sink: &mut Sink) {
    let mut firsts: HashMap<&str, Span> = HashMap::with_capacity(names.len());
    for name in names {
        match firsts.entry(name) {
            Entry::Occupied(first) => {
                sink.report(ap311_duplicate_name::finding(name.span, what, name, *first.get()));
            }
            Entry::Vacant(first) => {
                first.insert(name.span);
            }
        }
    }
}
