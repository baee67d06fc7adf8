//! The parameters that runs of a pipeline have: build parameters, params of the Builder, params that the Pipeline gives to Tasks.

use std::collections::BTreeSet;

use super::build_names::{is_made_in_run, text_of_tag};
use super::code::{git_secret, is_commit};
use super::pipeline::Known;
use super::plan::BuilderPlan;
use super::standard::{self, STANDARD};
use super::wiring::{BuildParam, TagPart, Wire, check_value};
use crate::diagnostics::Sink;
use crate::model::Text;
use crate::model::kinds::pipeline::Pipeline;
use crate::names::{Template, slug};
use crate::rules::{ap302_unknown_pipeline_param, ap303_missing_argument, ap307_undeclared_param};
use crate::tree::Str;

/// The build parameters that a pipeline has, whether or not something uses them.
pub fn standard_params(pipeline: &Pipeline, known: &Known, tag: &Template) -> Vec<BuildParam> {
    let git = &pipeline.spec.code.git;
    let value = |name: &str| -> Option<Str> {
        Some(match name {
            "project" => known.project.emitted.clone().into(),
            "pipeline" => known.emitted.to_owned().into(),
            "repo" => known.clone_url(pipeline).into(),
            "revision" => (&git.revision.value).into(),
            "branch" if !is_commit(&git.revision) => (&git.revision.value).into(),
            "branch-slug" => slug(&git.revision).trim_matches('-').to_owned().into(),
            "path" => (&git.path.as_ref()?.value).into(),
            "depth" => git.depth.as_ref()?.to_string().into(),
            "submodules" => git.submodules.as_ref()?.to_string().into(),
            "git-secret" => git_secret(known.account?)?.into(),
            "image" => (&pipeline.spec.image.value).into(),
            "image-url" => known.image_url(pipeline).into(),
            "image-tag" if is_made_in_run(tag) => return None,
            "image-tag" => text_of_tag(tag, &git.revision).into(),
            "registry-secret" => {
                (&known.registry?.spec.credentials.as_ref()?.secret_from.name.value).into()
            }
            "registry-secret-key" => {
                (&known.registry?.spec.credentials.as_ref()?.secret_from.key.as_ref()?.value).into()
            }
            "registry-insecure" => known.registry?.spec.insecure.as_ref()?.to_string().into(),
            _ => "".into(),
        })
    };
    let written = |name: &str| match name {
        "revision" | "branch" => Some((*git.revision).clone()),
        "path" => git.path.as_deref().cloned(),
        _ => None,
    };
    STANDARD
        .iter()
        .filter_map(|standard| {
            Some(BuildParam {
                name: standard.name.into(),
                value: value(standard.name)?,
                written: written(standard.name),
            })
        })
        .collect()
}

/// The params of the Builder and those that the Pipeline gives to its Tasks.
pub fn own_params(plan: &BuilderPlan, pipeline: &Pipeline, sink: &mut Sink) -> Vec<BuildParam> {
    let given = &pipeline.spec.builder.params;
    let settable = plan.settable();
    let names: Vec<&str> = settable.iter().copied().collect();
    let mut params = Vec::new();
    for declared in &plan.builder.spec.params {
        let default = declared.default.as_ref().map(|default| &default.0);
        if let Some(value) = given.get(&declared.name).map(|value| &value.0).or(default) {
            check_value(value, Some(declared), sink);
            params.push(param(&declared.name, value));
        } else if !standard::is_standard(&declared.name) {
            let name = &pipeline.spec.builder.name;
            sink.report(ap303_missing_argument::builder_param(
                name.span,
                name,
                &declared.name,
                declared.name.span,
            ));
        }
    }
    for (name, value) in &given.0 {
        if standard::is_standard(name) {
            sink.report(ap302_unknown_pipeline_param::standard(name.span, name));
        } else if !settable.contains(&*name.value) && plan.is_whole() {
            let builder = &plan.builder.metadata.name;
            sink.report(ap302_unknown_pipeline_param::finding(
                name.span,
                name,
                builder,
                builder.span,
                &names,
            ));
        } else if plan.builder.spec.params.iter().all(|declared| declared.name.value != name.value)
        {
            params.push(param(name, &value.0));
        }
    }
    params
}

fn param(name: &Text, value: &Text) -> BuildParam {
    BuildParam {
        name: (&name.value).into(),
        value: (&value.value).into(),
        written: Some(value.clone()),
    }
}

/// Of the parameters that a run could have, those that something in it uses.
pub fn used(
    build: Vec<BuildParam>,
    plan: &BuilderPlan,
    wires: &[Vec<Wire>],
    sink: &mut Sink,
) -> Vec<BuildParam> {
    let mut names: BTreeSet<&str> = BTreeSet::new();
    for (step, wires) in plan.steps.iter().zip(wires) {
        for (param, wire) in step.params.iter().zip(wires) {
            match wire {
                Wire::Build => {
                    names.insert(&param.name);
                }
                Wire::Tag(parts) => {
                    names.extend(parts.iter().filter_map(|part| {
                        if let TagPart::Build(name) = part { Some(*name) } else { None }
                    }));
                }
                _ => {}
            }
        }
    }
    for mention in &plan.mentions {
        if build.iter().any(|build| *build.name == *mention.name) {
            names.insert(&mention.name);
        } else if plan.is_whole() {
            let known: Vec<&str> = build.iter().map(|build| &*build.name).collect();
            sink.report(ap307_undeclared_param::build_parameter(
                mention.span,
                &mention.name,
                &known,
            ));
        }
    }
    build.into_iter().filter(|build| names.contains(&*build.name)).collect()
}
