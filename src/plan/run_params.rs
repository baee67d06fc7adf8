//! The parameters that runs of a pipeline can have: build parameters, params of the Builder, params
//! that the Pipeline gives to Tasks.

use super::code::{clone_url, git_secret, is_commit, registry_host};
use super::graph::BuilderGraph;
use super::pipeline::References;
use super::run::RunParam;
use super::standard::{self, STANDARD};
use super::tag::Tag;
use super::values::check_value;
use crate::diagnostics::Sink;
use crate::model::Text;
use crate::model::kinds::pipeline::Pipeline;
use crate::names::Variable;
use crate::rules::{ap302_unknown_pipeline_param, ap303_missing_argument};
use crate::source::Span;
use crate::tree::Str;

/// The build parameters of a pipeline.
pub(super) struct Standard<'a, 'm> {
    pub pipeline: &'m Pipeline,
    pub refers_to: &'a References<'m>,
    /// The emitted names of the project and of the pipeline.
    pub project: &'a str,
    pub name: &'a str,
    /// None if it is wrong, which was reported.
    pub tag: Option<&'a Tag>,
}

impl Standard<'_, '_> {
    /// The names of those that the pipeline has, whether or not something uses them.
    pub(crate) fn names(&self) -> impl Iterator<Item = Str> {
        STANDARD.iter().filter(|standard| self.has(standard.name)).map(|it| Str::from(it.name))
    }

    fn has(&self, name: &str) -> bool {
        let git = &self.pipeline.spec.code.git;
        let registry = self.refers_to.registry.map(|registry| &registry.spec);
        let credentials = || registry?.credentials.as_ref();
        match name {
            "path" => git.path.is_some(),
            "depth" => git.depth.is_some(),
            "submodules" => git.submodules.is_some(),
            "git-secret" => self.refers_to.account.is_some_and(|it| git_secret(it).is_some()),
            "image-tag" => !matches!(self.tag, Some(Tag::MadeInRun(_))),
            "registry-secret" => credentials().is_some(),
            "registry-secret-key" => credentials().is_some_and(|it| it.secret_from.key.is_some()),
            "registry-insecure" => registry.is_some_and(|it| it.insecure.is_some()),
            _ => true,
        }
    }

    /// One of them: its value, and where that comes from.
    pub(crate) fn param(&self, name: &'static str) -> Option<RunParam> {
        let (value, span) = self.value(name)?;
        Some(RunParam { name: Text::generated(name), value, span })
    }

    fn value(&self, name: &str) -> Option<(Str, Span)> {
        let spec = &self.pipeline.spec;
        let git = &spec.code.git;
        let text = |text: &Text| Some((text.value.clone(), text.span));
        let generated = |value: String, span| Some((Str::from(value), span));
        match name {
            "project" => {
                let span = self.pipeline.metadata.project.span;
                generated(self.project.to_owned(), span)
            }
            "pipeline" => generated(self.name.to_owned(), self.pipeline.metadata.name.span),
            "repo" => generated(self.clone_url(), git.repo.span),
            "revision" => text(&git.revision),
            "branch" if !is_commit(&git.revision) => text(&git.revision),
            "branch-slug" => {
                let slug = Variable::CodeBranch.slug_in_tag().of(&git.revision);
                generated(slug, git.revision.span)
            }
            "path" => text(git.path.as_deref()?),
            "depth" => git.depth.as_deref().and_then(|it| generated(it.to_string(), it.span)),
            "submodules" => {
                git.submodules.as_ref().and_then(|it| generated(it.to_string(), it.span))
            }
            "git-secret" => text(git_secret(self.refers_to.account?)?),
            "image" => text(&spec.image),
            "image-url" => generated(self.image_url(), spec.image.span),
            "image-tag" => generated(self.tag?.text(&git.revision)?, spec.tag.span),
            _ => self.registry_value(name).or(Some((Str::default(), Span::GENERATED))),
        }
    }

    fn registry_value(&self, name: &str) -> Option<(Str, Span)> {
        let registry = &self.refers_to.registry?.spec;
        let secret = || Some(&registry.credentials.as_ref()?.secret_from);
        match name {
            "registry-secret" => secret().map(|it| (it.name.value.clone(), it.name.span)),
            "registry-secret-key" => secret()?.key.as_deref().map(|it| (it.value.clone(), it.span)),
            "registry-insecure" => {
                registry.insecure.as_ref().map(|it| (it.to_string().into(), it.span))
            }
            _ => None,
        }
    }

    fn clone_url(&self) -> String {
        let repository = &self.pipeline.spec.code.git.repo;
        self.refers_to.account.map_or_else(String::new, |account| clone_url(account, repository))
    }

    fn image_url(&self) -> String {
        let host = self.refers_to.registry.map_or_else(String::new, registry_host);
        format!("{host}/{}", &*self.pipeline.spec.image)
    }

    /// Where a person wrote the value of just this parameter, to hold it against its declarations.
    pub(crate) fn written(&self, name: &str) -> Option<&Text> {
        let git = &self.pipeline.spec.code.git;
        match name {
            "revision" | "branch" => Some(&git.revision),
            "path" => git.path.as_deref(),
            _ => None,
        }
    }
}

/// The params of the Builder, and those that the Pipeline gives to its Tasks.
pub(super) fn own_params<'m>(
    graph: &BuilderGraph<'m>,
    pipeline: &'m Pipeline,
    sink: &mut Sink,
) -> Vec<(&'m Text, &'m Text)> {
    let given = &pipeline.spec.builder.params;
    let mut params = Vec::new();
    for declared in &graph.builder.spec.params {
        let default = declared.default.as_ref().map(|default| &default.0);
        let written = given.get(&declared.name).map(|value| &value.0);
        // A default is checked where it is declared.
        written.into_iter().for_each(|value| check_value(value, Some(declared), sink));
        if let Some(value) = written.or(default) {
            params.push((&declared.name, value));
        } else if !standard::is_standard(&declared.name) {
            let name = &pipeline.spec.builder.name;
            let (param, span) = (&declared.name, declared.name.span);
            sink.report(ap303_missing_argument::builder_param(name.span, name, param, span));
        }
    }
    for (name, value) in &given.0 {
        if graph.builder.spec.params.iter().all(|declared| declared.name.value != name.value) {
            check_given(graph, name, sink);
            params.push((name, &value.0));
        }
    }
    params
}

/// Reports a param that the Pipeline gives and the Builder does not declare, unless a Task takes
/// it.
fn check_given(graph: &BuilderGraph, name: &Text, sink: &mut Sink) {
    if standard::is_standard(name) {
        return sink.report(ap302_unknown_pipeline_param::standard(name.span, name));
    }
    if graph.is_settable(name) || !graph.graph.is_whole() {
        return;
    }
    let builder = &graph.builder.metadata.name;
    if let Some((step, span)) = graph.pinned_by(name) {
        let step = (&*step.value, span);
        return sink.report(ap302_unknown_pipeline_param::pinned(name.span, name, step));
    }
    let names: Vec<&str> = graph.settable().into_iter().collect();
    let span = builder.span;
    sink.report(ap302_unknown_pipeline_param::finding(name.span, name, builder, span, &names));
}
