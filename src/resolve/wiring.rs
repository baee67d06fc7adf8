//! Where every param of every step gets its value: the first of the step's own argument, the build parameter of its name, the
//! output of its name from the nearest earlier step, the Task's default.

use super::build_names::place_of;
use super::plan::{BuilderPlan, Call, PlannedParam, Upstream, nearest_output};
use crate::diagnostics::Sink;
use crate::model::Text;
use crate::model::kinds::common::{Param, ParamType};
use crate::names::{Part, Template, Variable};
use crate::rules::{
    ap303_missing_argument, ap304_ambiguous_output, ap305_param_value, ap309_variable,
};
use crate::tree::Str;

/// A parameter that a run has.
#[derive(Clone, Debug)]
pub struct BuildParam {
    pub name: Str,
    pub value: Str,
    /// Where the value is written, where a person wrote it as the value of just this param.
    pub written: Option<Text>,
}

/// Where a param of a step gets its value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Wire {
    /// The step's own argument, by its place.
    Argument(usize),
    /// The parameter of the run, which has the param's name.
    Build,
    /// The output of the param's name, of the step at this place.
    Output(usize),
    /// The Task's default.
    Default,
    /// The image's tag, put together from what the run knows.
    Tag(Vec<TagPart>),
}

/// A piece of a tag that is put together in the run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TagPart {
    Text(String),
    /// The parameter of the run that has this name.
    Build(&'static str),
    /// An output of the step at this place.
    Output(usize, &'static str),
    /// The time of the run's creation, in Argo's words: `s`, `Y`.
    Created(&'static str),
}

/// What a pipeline brings to the wiring of its Builder.
#[derive(Debug)]
pub struct Wiring<'p, 'm> {
    pub plan: &'p BuilderPlan<'m>,
    pub build: &'p [BuildParam],
    /// The tag, where it is put together in the run.
    pub tag: Option<(&'p Template, &'p Text)>,
    /// Something that the pipeline refers to is not known, so that build parameters may be missing for that reason.
    pub is_partial: bool,
    /// The one step is a Task that an event runs.
    pub is_on_event: bool,
}

impl Wiring<'_, '_> {
    /// The wires of every step, in the order of its params.
    pub fn run(&self, sink: &mut Sink) -> Vec<Vec<Wire>> {
        (0..self.plan.steps.len())
            .map(|at| {
                self.plan.steps[at].params.iter().map(|param| self.wire(at, param, sink)).collect()
            })
            .collect()
    }

    fn wire(&self, at: usize, param: &PlannedParam, sink: &mut Sink) -> Wire {
        if let Some(argument) = param.argument {
            return Wire::Argument(argument);
        }
        if let Some(build) = self.build.iter().find(|build| *build.name == *param.name) {
            if let Some(written) = &build.written {
                check_value(written, param.declared, sink);
            }
            return Wire::Build;
        }
        if let ("image-tag", Some((template, text))) = (&*param.name, self.tag) {
            return Wire::Tag(
                template.parts.iter().map(|part| self.tag_part(at, part, text, sink)).collect(),
            );
        }
        match param.upstream {
            Upstream::Step(step) => return Wire::Output(step),
            Upstream::Either(first, second) => self.ambiguous(at, &param.name, first, second, sink),
            Upstream::None if param.declared.is_none_or(|declared| declared.default.is_none()) => {
                self.missing(at, param, sink);
            }
            Upstream::None | Upstream::Unknown => {}
        }
        Wire::Default
    }

    fn ambiguous(&self, at: usize, name: &str, first: usize, second: usize, sink: &mut Sink) {
        let place = |step: usize| {
            let output = self.plan.steps[step].outputs.iter().find(|(output, _)| output == name);
            (
                &*self.plan.step(step).name.value,
                output.map_or(self.plan.step(step).name.span, |(_, span)| *span),
            )
        };
        sink.report(ap304_ambiguous_output::finding(
            self.plan.step(at).name.span,
            name,
            place(first),
            place(second),
        ));
    }

    fn missing(&self, at: usize, param: &PlannedParam, sink: &mut Sink) {
        if self.is_partial || !self.plan.is_whole() {
            return;
        }
        let step = &self.plan.step(at).name;
        let task = match self.plan.steps[at].call {
            Call::Pack(template) => template.task.metadata.name.to_string(),
            _ => step.to_string(),
        };
        let declared = param.declared.map_or(step.span, |declared| declared.name.span);
        let is_sure = |before: &usize| self.plan.step(*before).is_sure();
        let outputs =
            self.plan.steps[at].certain.iter().filter(|(before, _)| is_sure(before)).flat_map(
                |(before, _)| {
                    self.plan.steps[*before].outputs.iter().map(|(name, _)| name.as_str())
                },
            );
        let mut in_scope: Vec<&str> =
            self.build.iter().map(|build| &*build.name).chain(outputs).collect();
        in_scope.sort_unstable();
        in_scope.dedup();
        if self.is_on_event {
            return sink.report(ap303_missing_argument::on_event(
                step.span,
                &task,
                &param.name,
                declared,
                &in_scope,
            ));
        }
        sink.report(ap303_missing_argument::finding(
            step.span,
            step,
            &task,
            &param.name,
            declared,
            &in_scope,
        ));
    }

    fn tag_part(&self, at: usize, part: &Part, text: &Text, sink: &mut Sink) -> TagPart {
        let variable = match part {
            Part::Text(text) => return TagPart::Text(text.clone()),
            Part::Variable(variable) => *variable,
        };
        match variable {
            Variable::CodeCommit => self.commit(at, "commit", variable, text, sink),
            Variable::CodeShortCommit => self.commit(at, "short-commit", variable, text, sink),
            Variable::Timestamp => TagPart::Created("s"),
            Variable::Date => TagPart::Created("Ymd"),
            _ => TagPart::Build("branch-slug"),
        }
    }

    fn commit(
        &self,
        at: usize,
        output: &'static str,
        variable: Variable,
        text: &Text,
        sink: &mut Sink,
    ) -> TagPart {
        match nearest_output(output, at, &self.plan.builder.spec.steps.0, &self.plan.steps) {
            Upstream::Step(step) | Upstream::Either(step, _) => {
                return TagPart::Output(step, output);
            }
            Upstream::Unknown => {}
            Upstream::None if self.plan.is_broken => {}
            Upstream::None => {
                let why = format!(
                    "step `{}` needs the tag, and no step that always runs before it has an output `{output}`",
                    &*self.plan.step(at).name
                );
                let help = format!(
                    "let it depend on the step that checks the code out, whose Task needs an output `{output}`"
                );
                sink.report(ap309_variable::not_known(
                    place_of(variable, text),
                    variable.name(),
                    &why,
                    &help,
                ));
            }
        }
        TagPart::Text(String::new())
    }
}

/// Tells a value that its param does not take; what has `{{ }}` in it is known to Argo only.
pub fn check_value(value: &Text, declared: Option<&Param>, sink: &mut Sink) {
    let Some(declared) = declared.filter(|_| !value.contains("{{")) else { return };
    let allowed: Vec<&str> = declared.allowed.iter().map(|allowed| &*allowed.0.value).collect();
    if !allowed.is_empty() && !allowed.contains(&&*value.value) {
        return sink.report(ap305_param_value::not_allowed(
            value.span,
            value,
            &declared.name,
            &allowed,
            declared.name.span,
        ));
    }
    let is_right = match declared.kind.unwrap_or(ParamType::String) {
        ParamType::String => true,
        ParamType::Integer => value.parse::<i64>().is_ok(),
        ParamType::Number => value.parse::<f64>().is_ok_and(f64::is_finite),
        ParamType::Boolean => matches!(&*value.value, "true" | "false"),
        ParamType::Json => serde_json::from_str::<serde::de::IgnoredAny>(value).is_ok(),
    };
    if !is_right {
        let kind = declared.kind.unwrap_or(ParamType::String).word();
        sink.report(ap305_param_value::wrong_type(
            value.span,
            value,
            &declared.name,
            kind,
            declared.name.span,
        ));
    }
}

/// The param of a run that a name has.
pub fn build_param<'p>(build: &'p [BuildParam], name: &str) -> Option<&'p BuildParam> {
    build.iter().find(|build| &*build.name == name)
}
