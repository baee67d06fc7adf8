//! Labels and annotations of projects whose Namespace is not made of them: they would go nowhere.

use super::Context;
use crate::diagnostics::Sink;
use crate::plan::Project;
use crate::rules::ap109_one_of_fields;

pub(super) fn check(context: &Context, sink: &mut Sink) {
    let projects = &context.plan.projects;
    let has_some = |project: &&Project| {
        let metadata = &project.definition.metadata;
        !metadata.labels.0.0.is_empty() || !metadata.annotations.0.0.is_empty()
    };
    for project in projects.values().filter(has_some) {
        let mut of_namespace =
            projects.values().filter(|other| other.namespace.value == project.namespace.value);
        let holder = of_namespace.find(|other| other.creates_namespace);
        if holder.is_none_or(|holder| !std::ptr::eq(holder, project)) {
            report(project, holder, sink);
        }
    }
}

fn report(project: &Project, holder: Option<&Project>, sink: &mut Sink) {
    let metadata = &project.definition.metadata;
    let (name, namespace) = (&*metadata.name.value, &project.namespace);
    let (why, help) = match holder {
        Some(_) => ("comes from another project", "move them to the project that it comes from"),
        None => (
            "argopacks does not create",
            "take them out, or let it be created: `spec.createNamespace: true`",
        ),
    };
    for (field, entries) in
        [("labels", &metadata.labels.0), ("annotations", &metadata.annotations.0)]
    {
        let Some((first, _)) = entries.0.first() else { continue };
        let message = format!(
            "the {field} of Project `{name}` are for its Namespace `{namespace}`, which {why}"
        );
        sink.report(ap109_one_of_fields::contradiction(first.span, &message, help));
    }
}
