//! Where every param of every step gets its value: the first of the step's own argument, what the
//! item of its loop has under its name, the parameter of the run of its name, the output of its
//! name from the nearest earlier step, the Task's default.

use std::collections::BTreeMap;

use super::build_names::span_of_variable;
use super::dag::{Binding, Call, Dag, Input, Port, Step, StepId, Steps, TagPart};
use super::graph::{Graph, Upstream};
use super::run::Caller;
use super::task::Tasks;
use crate::diagnostics::Sink;
use crate::model::Text;
use crate::model::kinds::common::Param;
use crate::names::{Part, Template, Variable};
use crate::rules::{
    ap303_missing_argument, ap304_ambiguous_output, ap307_undeclared_param, ap309_variable,
};
use crate::tree::{Key, Str};

/// What a run brings to the wiring of its steps.
pub(super) struct Wiring<'w, 'm> {
    pub graph: &'w Graph<'m>,
    pub tasks: &'w Tasks<'m>,
    /// The parameters that the run can have.
    pub names: &'w [Str],
    /// The image's tag, if it is put together in the run, and where it is written.
    pub tag: Option<(&'w Template, &'w Text)>,
    /// Something that the run refers to does not exist, so that parameters may be missing for that
    /// reason.
    pub is_partial: bool,
    /// What runs the Task of the one step by itself, if it is that.
    pub caller_of_task: Option<Caller<'m>>,
}

impl<'m> Wiring<'_, 'm> {
    /// Wires every step; reports params that nothing gives a value.
    pub(crate) fn dag(&self, sink: &mut Sink) -> Dag<'m> {
        let steps: Steps<Input> =
            self.graph.steps.iter().map(|(id, step)| self.step(id, step, sink)).collect();
        let mut run_params = run_params_of(&steps);
        for used in &self.graph.uses.run_params {
            if self.has(&used.name) {
                run_params.entry(used.name.clone().into()).or_default();
            } else if self.graph.is_whole() && !self.is_partial {
                let known: Vec<&str> = self.names.iter().map(Str::as_str).collect();
                let (span, name) = (used.span, &used.name);
                sink.report(ap307_undeclared_param::build_parameter(span, name, &known));
            }
        }
        let uses_all_run_params = self.graph.uses.all_run_params.is_some();
        Dag { steps, run_params, uses_all_run_params }
    }

    fn has(&self, name: &str) -> bool {
        self.names.iter().any(|known| &**known == name)
    }

    fn step(&self, id: StepId, step: &Step<'m, Port<'m>>, sink: &mut Sink) -> Step<'m, Input<'m>> {
        let keys = step.item_keys();
        let input = |port: &Port<'m>, sink: &mut Sink| Input {
            name: port.name.clone(),
            declared: port.declared,
            binding: self.binding(id, port, &keys, sink),
        };
        Step {
            name: step.name.clone(),
            call: step.call.clone(),
            call_span: step.call_span,
            wait: step.wait.clone(),
            inputs: step.inputs.iter().map(|port| input(port, sink)).collect(),
            outputs: step.outputs.clone(),
            control: step.control,
        }
    }

    /// `keys` are those of the items of the step's loop.
    fn binding(&self, id: StepId, port: &Port<'m>, keys: &[&Key], sink: &mut Sink) -> Binding<'m> {
        if let Some(argument) = port.argument {
            return Binding::Argument(argument);
        }
        if let Some(key) = keys.iter().find(|key| *key.text == **port.name) {
            return Binding::Item(key.span);
        }
        if self.has(&port.name) {
            return Binding::Run;
        }
        if let ("image-tag", Some((template, text))) = (&**port.name, self.tag) {
            let part = |part: &Part| self.tag_part(id, part, text, sink);
            return Binding::Tag(template.parts.iter().map(part).collect());
        }
        match self.graph.nearest_output(&port.name, id) {
            Upstream::Step(step) => Binding::Output(step),
            Upstream::Either(first, second) => {
                self.report_ambiguous(id, &port.name, [first, second], sink);
                Binding::Missing
            }
            Upstream::None if port.declared.is_none_or(|declared| declared.default.is_none()) => {
                self.report_missing(id, port, sink);
                Binding::Missing
            }
            Upstream::None | Upstream::Unknown => Binding::Default,
        }
    }

    fn report_ambiguous(&self, id: StepId, name: &str, steps: [StepId; 2], sink: &mut Sink) {
        let [first, second] = steps.map(|id| {
            let step = &self.graph.steps[id];
            let output = step.outputs.iter().find(|output| &*output.name == name);
            (&*step.name.value, output.map_or(step.name.span, |output| output.span))
        });
        let span = self.graph.steps[id].name.span;
        sink.report(ap304_ambiguous_output::finding(span, name, first, second));
    }

    fn report_missing(&self, id: StepId, port: &Port, sink: &mut Sink) {
        if self.is_partial || !self.graph.is_whole() {
            return;
        }
        let step = &self.graph.steps[id];
        let task = match &step.call {
            Call::Task(callee) => &*self.tasks.table[callee.task].definition.metadata.name.value,
            _ => &*step.name.value,
        };
        let declared = port.declared.map_or(step.name.span, |declared| declared.name.span);
        let in_scope = self.in_scope(id);
        let (span, param) = (step.name.span, &*port.name);
        sink.report(match self.caller_of_task {
            Some(Caller::Webhook(_)) => {
                ap303_missing_argument::on_event(span, task, param, declared, &in_scope)
            }
            Some(Caller::Schedule(_)) => {
                ap303_missing_argument::on_schedule(span, task, param, declared, &in_scope)
            }
            None => {
                ap303_missing_argument::finding(span, &step.name, task, param, declared, &in_scope)
            }
        });
    }

    /// Every name that a param of a step could take its value from.
    fn in_scope(&self, id: StepId) -> Vec<&str> {
        let sure = self.graph.certain(id).filter(|(step, _)| self.graph.is_sure_before(*step, id));
        let outputs = sure.flat_map(|(step, _)| self.graph.steps[step].outputs.iter());
        let outputs = outputs.map(|output| &*output.name);
        let mut in_scope: Vec<&str> = self.names.iter().map(Str::as_str).chain(outputs).collect();
        in_scope.sort_unstable();
        in_scope.dedup();
        in_scope
    }

    fn tag_part(&self, id: StepId, part: &Part, text: &Text, sink: &mut Sink) -> TagPart {
        let variable = match part {
            Part::Text(text) => return TagPart::Text(text.clone().into()),
            Part::Variable(variable) => *variable,
        };
        match variable {
            Variable::CodeCommit => self.commit(id, "commit", variable, text, sink),
            Variable::CodeShortCommit => self.commit(id, "short-commit", variable, text, sink),
            Variable::Timestamp => TagPart::Created("s"),
            Variable::Date => TagPart::Created("Ymd"),
            _ => TagPart::Run("branch-slug"),
        }
    }

    fn commit(
        &self,
        id: StepId,
        output: &'static str,
        variable: Variable,
        text: &Text,
        sink: &mut Sink,
    ) -> TagPart {
        match self.graph.nearest_output(output, id) {
            Upstream::Step(step) | Upstream::Either(step, _) => {
                return TagPart::Output(step, output);
            }
            Upstream::Unknown => {}
            Upstream::None if self.graph.is_broken => {}
            Upstream::None => {
                let step = &*self.graph.steps[id].name;
                let why = format!(
                    "step `{step}` needs the tag, and no step that always runs before it has an output `{output}`"
                );
                let help = format!(
                    "let it depend on the step that checks the code out, whose Task needs an output `{output}`"
                );
                let span = span_of_variable(variable, text);
                sink.report(ap309_variable::not_known(span, variable.name(), &why, &help));
            }
        }
        TagPart::Text(Str::default())
    }
}

/// The parameters of the run that inputs take, with the declarations that each value has to fit.
fn run_params_of<'m>(steps: &Steps<'m, Input<'m>>) -> BTreeMap<Str, Vec<&'m Param>> {
    let mut found: BTreeMap<Str, Vec<&'m Param>> = BTreeMap::new();
    for input in steps.values().flat_map(|step| &step.inputs) {
        match &input.binding {
            Binding::Run => {
                found.entry(input.name.value.clone()).or_default().extend(input.declared);
            }
            Binding::Tag(parts) => {
                for part in parts {
                    if let TagPart::Run(name) = part {
                        found.entry(Str::from(*name)).or_default();
                    }
                }
            }
            _ => {}
        }
    }
    found
}
