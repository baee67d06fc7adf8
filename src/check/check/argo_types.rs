//! Parts of definitions that are Argo's or Kubernetes' own types, beside the bodies of templates.

use super::argo_fields::ArgoFields;
use super::tasks::check_body;
use crate::diagnostics::Sink;
use crate::model::argo_typed::{Argo, ArgoType};
use crate::model::kinds::builder::Step;
use crate::model::kinds::common::Defaults;
use crate::model::{Definition, Model};
use crate::resolve::Program;

pub fn check(model: &Model, program: &Program, sink: &mut Sink) {
    let mut fields = ArgoFields { version: program.version(), sink };
    for definition in &model.definitions {
        match definition {
            Definition::Project(project) => each_default(
                project.spec.as_ref().and_then(|spec| spec.defaults.as_ref()),
                &mut fields,
            ),
            Definition::Task(task) => {
                let outputs = task.spec.outputs.iter();
                outputs.for_each(|output| one(output.value_from.as_ref(), &mut fields));
            }
            Definition::Pipeline(pipeline) => one(pipeline.spec.resources.as_ref(), &mut fields),
            _ => {}
        }
    }
    super::each_builder(model, program, &mut |builder| {
        each_default(builder.spec.defaults.as_ref(), &mut fields);
        builder.spec.steps.0.iter().for_each(|step| check_step(step, &mut fields));
    });
}

fn one<T: ArgoType>(value: Option<&Argo<T>>, fields: &mut ArgoFields) {
    if let Some(value) = value {
        fields.check(&value.node, T::NAME, value.node.span);
    }
}

fn each_default(defaults: Option<&Defaults>, fields: &mut ArgoFields) {
    let Some(defaults) = defaults else { return };
    one(defaults.resources.as_ref(), fields);
    one(defaults.security_context.as_ref(), fields);
    defaults.tolerations.iter().for_each(|item| one(Some(item), fields));
    defaults.image_pull_secrets.iter().for_each(|item| one(Some(item), fields));
}

fn check_step(step: &Step, fields: &mut ArgoFields) {
    one(step.retry.as_ref(), fields);
    one(step.with_sequence.as_ref(), fields);
    if let Some(template) = &step.task.template {
        check_body(&template.node, step.name.span, fields);
    }
}
