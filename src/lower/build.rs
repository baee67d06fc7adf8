//! Builds: Workflows that are created once, by `argopacks build` and by `render --builds`.

use super::metadata::{Labels, PIPELINE, PROJECT, REVISION};
use crate::diagnostics::Diagnostic;
use crate::id::Id;
use crate::plan::{Build, Given, Plan, Project, Run, revision_label};
use crate::source::Span;
use crate::tree::{Map, Node};

/// The Workflow of a build.
#[derive(Debug)]
pub(crate) struct BuiltWorkflow<'m> {
    pub name: String,
    pub project: Id<Project<'m>>,
    pub workflow: Node,
}

/// Builds the Workflow of a build. `now` counts seconds since 1970, for a build that names no time.
/// Fails if its name takes what is not known before the run.
pub(crate) fn workflow<'m>(
    build: &Build<'m>,
    plan: &Plan<'m>,
    now: i64,
) -> Result<BuiltWorkflow<'m>, Box<Diagnostic>> {
    let name = build.workflow_name(plan, now)?;
    let run = &plan.runs[build.run];
    let project = &plan.projects[run.project];
    let labels = Labels::ours()
        .with(PROJECT, &project.name)
        .with(PIPELINE, &run.name)
        .with(REVISION, revision(run, &build.given))
        .and_some(build.labels.map(|labels| &labels.0));
    let annotations = Labels::default().and_some(build.annotations.map(|it| &it.0));
    let metadata = Map::new()
        .with("name", Node::text(name.clone(), build.name_span()))
        .with("namespace", &project.namespace)
        .with_some("labels", labels.map())
        .with_some("annotations", annotations.map());
    let workflow = Map::new()
        .with("apiVersion", "argoproj.io/v1alpha1")
        .with("kind", "Workflow")
        .with("metadata", metadata)
        .with("spec", spec(run, &build.given));
    Ok(BuiltWorkflow { name, project: run.project, workflow: workflow.into() })
}

/// The spec of a run: no more than the modes Strict and Secure of Argo's controller allow.
pub(crate) fn spec(run: &Run, given: &Given) -> Map {
    let reference = Map::new().with("name", &run.name);
    let spec = Map::new().with("workflowTemplateRef", reference);
    let argument = |(name, value)| Map::new().with("name", name).with("value", Node::from(value));
    let parameters: Vec<Map> = given.arguments(run).into_iter().map(argument).collect();
    if parameters.is_empty() {
        return spec;
    }
    spec.with("arguments", Map::new().with("parameters", parameters))
}

/// The label for the revision that a run builds, where that is written.
pub(crate) fn revision(run: &Run, given: &Given) -> Node {
    let own = run.pipeline().map(|it| &*it.definition.spec.code.git.revision);
    let span = given.revision.as_ref().or(own).map_or(Span::GENERATED, |revision| revision.span);
    Node::text(revision_label(given.revision(run)), span)
}
