//! Requests and limits by `templateDefaults`, where Argo Workflows 3.6 takes them for a template of their own.

use crate::argo::facts::Version;
use crate::diagnostics::Sink;
use crate::model::{Model, Node};
use crate::resolve::{BuilderPlan, Call, Program, Settings};
use crate::rules::ap109_one_of_fields;

/// Types of template beside which 3.6 leaves a default container standing (v3.6.10, `Template.SetType` and `GetType`).
const TAKEN_FOR_CONTAINERS: &[&str] = &["containerSet", "http", "plugin"];

pub fn check(_: &Model, program: &Program, sink: &mut Sink) {
    if program.version() > Version::new(3, 6) {
        return;
    }
    for plan in &program.pipelines {
        let settings = Settings::of(program, &plan.run, Some(plan));
        let own = settings.pipeline.and_then(|spec| spec.resources.as_ref());
        let resources = own.or_else(|| settings.default(|defaults| defaults.resources.as_ref()));
        if let (Some(resources), Some(kind)) = (resources, taken_for_container(&plan.run.builder)) {
            let message = format!(
                "on Argo Workflows 3.6, `resources` of pipeline `{}` would make a container of its {kind} template",
                plan.run.emitted
            );
            let help = "take `resources` out and set them in the Tasks, or run Argo Workflows 3.7 (`spec.argo.workflows` of Config)";
            sink.report(ap109_one_of_fields::contradiction(resources.node.span, &message, help));
        }
    }
}

fn taken_for_container(plan: &BuilderPlan) -> Option<&'static str> {
    let kind_of =
        |body: &Node| TAKEN_FOR_CONTAINERS.iter().copied().find(|kind| body.get(kind).is_some());
    plan.steps.iter().enumerate().find_map(|(at, step)| match step.call {
        Call::Pack(template) => template.body.and_then(kind_of),
        _ => plan.step(at).task.template.as_ref().and_then(|template| kind_of(&template.node)),
    })
}
