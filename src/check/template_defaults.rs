//! Requests and limits by `templateDefaults`, where Argo Workflows 3.6 takes them for a template of
//! their own.

use super::Context;
use crate::argo::facts::Version;
use crate::body::{Body, TemplateKind};
use crate::diagnostics::Sink;
use crate::plan::Run;
use crate::rules::ap109_one_of_fields;

/// Types of template beside which 3.6 leaves a default container standing (v3.6.10,
/// `Template.SetType` and `GetType`).
const TAKEN_FOR_CONTAINERS: &[TemplateKind] =
    &[TemplateKind::ContainerSet, TemplateKind::Http, TemplateKind::Plugin];

pub(super) fn check(context: &Context, run: &Run, sink: &mut Sink) {
    if context.version > Version::new(3, 6) || run.pipeline().is_none() {
        return;
    }
    if let (Some(resources), Some(kind)) =
        (run.settings.resources, taken_for_container(context, run))
    {
        let message = format!(
            "on Argo Workflows 3.6, `resources` of pipeline `{}` would make a container of its {} template",
            run.name,
            kind.key()
        );
        let help = "take `resources` out and set them in the Tasks, or run Argo Workflows 3.7 (`spec.argo.workflows` of Config)";
        sink.report(ap109_one_of_fields::contradiction(resources.span, &message, help));
    }
}

fn taken_for_container(context: &Context, run: &Run) -> Option<TemplateKind> {
    let kind_of = |body: &Body| body.kind().filter(|kind| TAKEN_FOR_CONTAINERS.contains(kind));
    let tasks = &context.plan.tasks;
    run.dag.steps.values().find_map(|step| step.call.body(tasks).and_then(kind_of))
}
