//! Builds: the pipeline of each, and what differs from its own settings.

use std::collections::HashMap;

use super::build_names::is_tag;
use super::index::Index;
use super::pipeline::PipelinePlan;
use super::standard;
use super::wiring::check_value;
use crate::diagnostics::Sink;
use crate::model::kinds::build::Build;
use crate::model::kinds::common::Param;
use crate::model::{Scalar, Text};
use crate::rules::{ap109_one_of_fields, ap302_unknown_pipeline_param, ap312_image_tag};
use crate::source::Span;

/// A Build and its pipeline's place in the program.
#[derive(Debug)]
pub struct BuildPlan<'m> {
    pub build: &'m Build,
    pub pipeline: usize,
}

/// Resolves one Build; tells every mistake.
pub fn build<'m>(
    build: &'m Build,
    index: &Index<'m>,
    pipelines: &[PipelinePlan<'m>],
    by_name: &HashMap<Span, usize>,
    sink: &mut Sink,
) -> Option<BuildPlan<'m>> {
    let metadata = &build.metadata;
    index.project(&metadata.project, sink)?;
    let pipeline =
        index.find(&index.pipelines, &metadata.pipeline, Some(&metadata.project), &[], sink)?;
    let at = *by_name.get(&pipeline.metadata.name.span)?;
    let plan = &pipelines[at];
    if let Some(spec) = &build.spec {
        spec.params.0.iter().for_each(|(name, Scalar(value))| check_param(plan, name, value, sink));
        if let Some(tag) = &spec.tag {
            check_tag(plan, tag, sink);
        }
    }
    Some(BuildPlan { build, pipeline: at })
}

/// Tells a param that a run of the pipeline does not have, or a value that it does not take.
pub fn check_param(plan: &PipelinePlan, name: &Text, value: &Text, sink: &mut Sink) {
    if standard::is_standard(name) {
        return sink.report(ap302_unknown_pipeline_param::standard(name.span, name));
    }
    if plan.run.param(name).is_none() {
        let settable: Vec<&str> = plan
            .run
            .params
            .iter()
            .map(|param| &*param.name)
            .filter(|name| !standard::is_standard(name))
            .collect();
        return sink.report(ap302_unknown_pipeline_param::unused(
            name.span,
            name,
            &plan.run.emitted,
            &settable,
        ));
    }
    declarations(plan, name).for_each(|declared| check_value(value, Some(declared), sink));
}

/// Every declaration that takes a parameter of the run: the Builder's, and those of the Tasks that it reaches.
fn declarations<'p>(plan: &'p PipelinePlan, name: &'p str) -> impl Iterator<Item = &'p Param> {
    let builder = &plan.run.builder;
    let own = builder.builder.spec.params.iter().filter(move |param| &*param.name.value == name);
    let of_tasks = builder
        .steps
        .iter()
        .flat_map(|step| &step.params)
        .filter(move |param| &*param.name == name && param.argument.is_none());
    own.chain(of_tasks.filter_map(|param| param.declared))
}

/// Tells a tag that registries refuse, or that the pipeline's runs make themselves.
pub fn check_tag(plan: &PipelinePlan, tag: &Text, sink: &mut Sink) {
    if plan.tag_is_made_in_run() {
        let own = &plan.pipeline.spec.tag;
        let message = format!(
            "the tag of pipeline `{}` is made in the run, of `{}`",
            plan.run.emitted, &**own
        );
        sink.report(ap109_one_of_fields::contradiction(
            tag.span,
            &message,
            "take the tag out: it cannot be set from outside",
        ));
    } else if !is_tag(tag) {
        sink.report(ap312_image_tag::tag(tag.span, tag));
    }
}
