//! Tasks as steps call them: the template that is meant, what it takes and what it gives.

use std::collections::BTreeSet;

use crate::argo::references::{names_under, references};
use crate::model::kinds::common::Param;
use crate::model::kinds::task::Task;
use crate::model::{Node, Text};
use crate::names::dns_name;
use crate::source::Span;

/// The types of a template, of which it has one (Argo Workflows, workflow/validate, `validateTemplateType`).
pub const TEMPLATE_TYPES: &[&str] = &[
    "container",
    "script",
    "containerSet",
    "resource",
    "suspend",
    "http",
    "data",
    "dag",
    "steps",
    "plugin",
];

/// One template of a Task.
#[derive(Clone, Copy, Debug)]
pub struct PackTemplate<'m> {
    pub task: &'m Task,
    /// None for a Task that is in the cluster only.
    pub body: Option<&'m Node>,
    /// Its own name, where the Task has several.
    named: Option<&'m str>,
}

impl<'m> PackTemplate<'m> {
    /// The templates of a Task, the one that is meant without a name first.
    pub fn all(task: &'m Task) -> Vec<Self> {
        let of = |body: Option<&'m Node>, named| Self { task, body, named };
        if task.spec.external.as_ref().is_some_and(|external| external.value) {
            return vec![of(None, None)];
        }
        if task.spec.templates.is_empty() || task.spec.template.is_some() {
            return vec![of(task.spec.template.as_ref().map(|body| &body.node), None)];
        }
        let name = |body: &'m Node| body.get("name").and_then(Node::as_text).map(|name| &**name);
        task.spec.templates.iter().map(|body| of(Some(&body.node), name(&body.node))).collect()
    }

    /// The template that a reference means: the first one, or the one named.
    pub fn of(task: &'m Task, wanted: Option<&Text>) -> Option<Self> {
        let is_external = task.spec.external.as_ref().is_some_and(|external| **external);
        let mut all = Self::all(task).into_iter();
        match wanted {
            Some(wanted) if !is_external => all.find(|template| template.name() == *wanted.value),
            _ => all.next(),
        }
    }

    /// Whether the Task is of a template that lives in the cluster, and has none of its own.
    pub fn is_in_cluster_only(&self) -> bool {
        let spec = &self.task.spec;
        spec.external.as_ref().is_some_and(|external| external.value)
            && spec.template.is_none()
            && spec.templates.is_empty()
    }

    /// The name of the template in what is emitted.
    pub fn name(&self) -> String {
        self.named.map_or_else(|| dns_name(&self.task.metadata.name), str::to_owned)
    }

    /// The params that it takes: all of the Task's, or those that it uses where the Task has several templates.
    pub fn params(&self) -> Vec<&'m Param> {
        let all = self.task.spec.params.iter();
        match self.body {
            Some(body) if self.named.is_some() => {
                let used = used_params(body);
                all.filter(|param| used.contains(&*param.name.value)).collect()
            }
            _ => all.collect(),
        }
    }

    /// Names and places of the outputs that it gives.
    pub fn outputs(&self) -> Vec<(&'m str, Span)> {
        let declared =
            self.task.spec.outputs.iter().map(|output| (&*output.name.value, output.name.span));
        declared.chain(self.body.into_iter().flat_map(body_outputs)).collect()
    }
}

/// The outputs that a template body has by itself.
pub fn body_outputs(body: &Node) -> impl Iterator<Item = (&str, Span)> {
    let parameters = body.get("outputs").and_then(|outputs| outputs.get("parameters"));
    let names =
        parameters.into_iter().flat_map(Node::items).filter_map(|output| output.get("name"));
    names.filter_map(|name| Some((&**name.as_text()?, name.span)))
}

/// The params that a template body uses.
pub fn used_params(body: &Node) -> BTreeSet<String> {
    let mut used = BTreeSet::new();
    each_used_param(body, &mut |name, _| {
        used.insert(name.to_owned());
    });
    used
}

/// Calls `visit` for every use of a param in a template body, with the place of the scalar.
pub fn each_used_param(body: &Node, visit: &mut impl FnMut(&str, Span)) {
    body.each_scalar(&mut |scalar, span| {
        if scalar.text.contains("inputs.parameters.") || scalar.text.contains("inputs.parameters[")
        {
            for (name, _) in names_under(&references(&scalar.text), "inputs.parameters.") {
                visit(name, span);
            }
        }
    });
}
