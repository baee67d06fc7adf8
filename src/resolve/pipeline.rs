//! Pipelines: what each refers to, the parameters of its runs, and the wiring of its Builder.

use std::collections::BTreeSet;
use std::sync::Arc;

use minijinja::Value;

use super::code::{self, clone_url, git_secret, is_commit, registry_host};
use super::plan::{BuilderHandle, BuilderPlan, Context};
use super::project::ProjectPlan;
use super::standard::{self, STANDARD};
use super::wiring::{BuildParam, TagPart, Wire, Wiring, check_value};
use crate::argo::value;
use crate::diagnostics::Sink;
use crate::expression::Scope;
use crate::model::kinds::builder::Builder;
use crate::model::kinds::pipeline::Pipeline;
use crate::model::kinds::registry::Registry;
use crate::model::kinds::repository_account::RepositoryAccount;
use crate::model::{BuilderSource, Definition, Kind, Text};
use crate::names::{Budget, Flaw, MAX_LABEL, Part, Template, Variable, dns_name, slug};
use crate::rules::{
    ap302_unknown_pipeline_param, ap303_missing_argument, ap307_undeclared_param, ap309_variable, ap310_name, ap312_image_tag,
};

/// How builds are named where the Builder does not say.
const DEFAULT_NAME: &str = "%pipeline%-%code-revision%-%timestamp%";

/// What becomes a `WorkflowTemplate`: steps with their params wired.
#[derive(Debug)]
pub struct RunPlan<'m> {
    /// Place in the program's projects.
    pub project: usize,
    pub builder: Arc<BuilderPlan<'m>>,
    /// The name of the `WorkflowTemplate`.
    pub emitted: String,
    /// The parameters of its runs that something uses, in the order in which they are emitted.
    pub params: Vec<BuildParam>,
    /// For every step, the wires of its params.
    pub wires: Vec<Vec<Wire>>,
    /// How its runs are named; only what a run or an event knows is left as variables.
    pub names: Template,
}

impl RunPlan<'_> {
    pub fn param(&self, name: &str) -> Option<&BuildParam> {
        super::wiring::build_param(&self.params, name)
    }
}

/// A Pipeline with all that it refers to.
#[derive(Debug)]
pub struct PipelinePlan<'m> {
    pub pipeline: &'m Pipeline,
    pub account: &'m RepositoryAccount,
    pub registry: &'m Registry,
    pub run: RunPlan<'m>,
    /// The tag; only what a run or an event knows is left as variables.
    pub tag: Template,
}

impl PipelinePlan<'_> {
    pub fn name(&self) -> &Text {
        &self.pipeline.metadata.name
    }

    /// Whether the tag is put together in the run, so that nothing outside can set it.
    pub fn tag_is_made_in_run(&self) -> bool {
        is_made_in_run(&self.tag)
    }
}

/// Whether a tag has a part that only the run knows: the commit, or the time of the run.
fn is_made_in_run(tag: &Template) -> bool {
    use Variable::{CodeCommit, CodeShortCommit, Date, Timestamp};
    tag.variables().any(|variable| matches!(variable, CodeCommit | CodeShortCommit | Timestamp | Date))
}

/// What pipelines are resolved with.
pub struct Resolver<'m, 'i> {
    pub context: Context<'m, 'i>,
    pub projects: &'i [ProjectPlan<'m>],
    /// The plans of Builders without expressions, in the order of the index.
    pub plans: &'i [Arc<BuilderPlan<'m>>],
    pub builder_sources: &'m std::collections::HashMap<crate::source::Span, BuilderSource>,
    pub values: Value,
}

impl<'m> Resolver<'m, '_> {
    /// Resolves one pipeline; tells every mistake. The plan is of no use for output if one was told.
    pub fn pipeline(&self, pipeline: &'m Pipeline, sink: &mut Sink) -> Option<PipelinePlan<'m>> {
        let index = self.context.index;
        let project_name = pipeline.metadata.project.as_ref()?;
        let project = self.projects.iter().position(|plan| plan.project.metadata.name.value == project_name.value)?;
        let (spec, seen_from) = (&pipeline.spec, Some(&*project_name.value));
        let registry = index.find(&index.registries, &spec.repository, seen_from, &[], sink);
        let account = index.find(&index.accounts, &spec.code.git.repo_account, seen_from, &[], sink);
        let builder = index.find(&index.builders, &spec.builder.name, seen_from, &[], sink);
        code::check_repository(&spec.code.git.repo, "Pipeline.spec.code.git.repo", sink);
        check_image(&spec.image, sink);
        let tag = tag_template(pipeline, sink);
        let emitted = emitted_name(&pipeline.metadata.name, "a WorkflowTemplate", sink);
        let known = Known { project: &self.projects[project], registry, account, emitted: &emitted };
        let plan = self.plan(builder?, pipeline, &known, sink)?;
        let names = names_template(&plan, pipeline, &known, tag.as_ref(), sink);
        let tag = tag?;
        let mut build = standard_params(pipeline, &known, &tag);
        build.extend(own_params(&plan, pipeline, sink));
        let made_in_run = is_made_in_run(&tag).then_some((&tag, &spec.tag));
        let is_partial = registry.is_none() || account.is_none();
        let wiring = Wiring { plan: &plan, build: &build, tag: made_in_run, is_partial, is_on_event: false };
        let wires = wiring.run(sink);
        let params = used(build, &plan, &wires, sink);
        let run = RunPlan { project, builder: plan, emitted, params, wires, names: names? };
        Some(PipelinePlan { pipeline, account: account?, registry: registry?, run, tag })
    }

    /// The plan of a Builder; one with expressions is read anew with the values of the pipeline.
    fn plan(&self, builder: &'m Builder, pipeline: &Pipeline, known: &Known, sink: &mut Sink) -> Option<Arc<BuilderPlan<'m>>> {
        let Some(source) = self.builder_sources.get(&builder.metadata.name.span) else {
            let at = self.context.index.builders.all.iter().position(|other| std::ptr::eq(*other, builder))?;
            return self.plans.get(at).cloned();
        };
        let scope = Scope::new(self.context.sources, "a Builder", known.roots(pipeline, self.values.clone()));
        let node = scope.expand(source.node.clone(), sink).ok().flatten()?;
        match Kind::Builder.decode(node, source.at, sink) {
            Some(Definition::Builder(own)) => Some(Arc::new(BuilderPlan::new(BuilderHandle::Own(own), self.context, sink))),
            _ => None,
        }
    }
}

/// What a pipeline refers to, as far as it is known.
struct Known<'a, 'm> {
    project: &'a ProjectPlan<'m>,
    registry: Option<&'m Registry>,
    account: Option<&'m RepositoryAccount>,
    emitted: &'a str,
}

impl Known<'_, '_> {
    fn image_url(&self, pipeline: &Pipeline) -> String {
        format!("{}/{}", self.registry.map_or_else(String::new, registry_host), &*pipeline.spec.image)
    }

    fn clone_url(&self, pipeline: &Pipeline) -> String {
        self.account.map_or_else(String::new, |account| clone_url(account, &pipeline.spec.code.git.repo))
    }

    /// What the expressions of a Builder can refer to.
    fn roots(&self, pipeline: &Pipeline, values: Value) -> Vec<(&'static str, Value)> {
        let spec = &pipeline.spec;
        let params = spec.builder.params.0.iter().map(|(name, value)| (name.to_string(), Value::from(&*value.0.value)));
        vec![
            ("values", values),
            ("project", self.project.value()),
            ("pipeline", Value::from_pairs([("name", &*pipeline.metadata.name.value)])),
            ("params", Value::from_pairs(params)),
            (
                "registry",
                Value::from_pairs([("name", spec.repository.to_string()), ("host", self.registry.map_or_else(String::new, registry_host))]),
            ),
            (
                "account",
                Value::from_pairs([
                    ("name", spec.code.git.repo_account.to_string()),
                    ("host", self.account.map_or_else(String::new, |account| account.spec.url.host.to_string())),
                ]),
            ),
            (
                "image",
                Value::from_pairs([("name", spec.image.to_string()), ("url", self.image_url(pipeline)), ("tag", spec.tag.to_string())]),
            ),
            (
                "repo",
                Value::from_pairs([
                    ("name", spec.code.git.repo.to_string()),
                    ("url", self.clone_url(pipeline)),
                    ("revision", spec.code.git.revision.to_string()),
                ]),
            ),
        ]
    }
}

/// The DNS-1123 form of a name; tells one that has none, or is too long.
pub fn emitted_name(name: &Text, what: &str, sink: &mut Sink) -> String {
    let emitted = dns_name(name);
    if emitted.is_empty() {
        sink.report(ap310_name::no_form(name.span, name));
    } else if emitted.len() > MAX_LABEL {
        sink.report(ap310_name::too_long(name.span, &emitted, what, MAX_LABEL));
    }
    emitted
}

fn check_image(image: &Text, sink: &mut Sink) {
    let is_word = |word: &str| {
        let is_inner = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || "._-".contains(c);
        word.starts_with(|c: char| c.is_ascii_alphanumeric())
            && word.ends_with(|c: char| c.is_ascii_alphanumeric())
            && word.chars().all(is_inner)
    };
    if !image.split('/').all(is_word) {
        sink.report(ap312_image_tag::image(image.span, image));
    }
}

/// Reads a template, telling its flaws.
pub fn parse_template(text: &Text, sink: &mut Sink) -> Option<Template> {
    match Template::parse(text) {
        Ok(template) => Some(template),
        Err(flaws) => {
            for flaw in flaws {
                sink.report(match flaw {
                    Flaw::Unknown { name, start, end } => {
                        ap309_variable::unknown(text.part(start, end), &name, &Variable::names().collect::<Vec<_>>())
                    }
                    Flaw::Unclosed { start } => ap309_variable::unclosed(text.part(start, start + 1)),
                });
            }
            None
        }
    }
}

fn tag_template(pipeline: &Pipeline, sink: &mut Sink) -> Option<Template> {
    let text = &pipeline.spec.tag;
    let template = parse_template(text, sink)?;
    let (image, name, project) = (&pipeline.spec.image, &pipeline.metadata.name, pipeline.metadata.project.as_ref()?);
    let template = template.substitute(|variable| match variable {
        Variable::Project => Some(dns_name(project)),
        Variable::Pipeline => Some(dns_name(name)),
        Variable::Image => Some(slug(image)),
        _ => None,
    });
    let unknown = template.variables().find(|variable| matches!(variable, Variable::Tag | Variable::PullRequest));
    if let Some(variable) = unknown {
        let why = if variable == Variable::Tag {
            "a tag cannot be made of itself"
        } else {
            "pipelines are started by pushes and by hand, which have no pull request"
        };
        sink.report(ap309_variable::not_known(text.span, variable.name(), why, "use another variable"));
        return None;
    }
    let fixed: String = template.parts.iter().map(|part| if let Part::Text(text) = part { text.as_str() } else { "0" }).collect();
    if !is_tag(&fixed) {
        sink.report(ap312_image_tag::tag(text.span, text));
    }
    Some(template)
}

/// Whether registries take this as a tag.
pub fn is_tag(tag: &str) -> bool {
    let is_inner = |c: char| c.is_ascii_alphanumeric() || "._-".contains(c);
    tag.len() <= 128 && tag.starts_with(|c: char| c.is_ascii_alphanumeric() || c == '_') && tag.chars().all(|c| is_inner(c) || c == '_')
}

/// How builds of a pipeline are named, with what does not change from run to run put in.
fn names_template(plan: &BuilderPlan, pipeline: &Pipeline, known: &Known, tag: Option<&Template>, sink: &mut Sink) -> Option<Template> {
    let own = plan.builder.metadata.build_name_template.as_ref();
    let default = Text { value: Arc::from(DEFAULT_NAME), span: pipeline.metadata.name.span };
    let text = own.unwrap_or(&default);
    let mut template = parse_template(text, sink)?;
    template.parts = template
        .parts
        .into_iter()
        .flat_map(|part| match (part, tag) {
            (Part::Variable(Variable::Tag), Some(tag)) => tag.parts.clone(),
            (part, _) => vec![part],
        })
        .collect();
    let fixed = template.substitute(|variable| match variable {
        Variable::Project => Some(known.project.emitted.clone()),
        Variable::Pipeline => Some(known.emitted.to_owned()),
        Variable::Image => Some(slug(&pipeline.spec.image)),
        _ => None,
    });
    let mut fixed = Template {
        parts: fixed.parts.into_iter().map(|part| if let Part::Text(text) = part { Part::Text(slug(&text)) } else { part }).collect(),
    };
    if let Some(Part::Text(first)) = fixed.parts.first_mut() {
        *first = first.trim_start_matches('-').to_owned();
    }
    if fixed.variables().any(|variable| variable == Variable::PullRequest) {
        let why = "pipelines are started by pushes and by hand, which have no pull request";
        sink.report(ap309_variable::not_known(text.span, "pull-request", why, "use another variable"));
        return None;
    }
    let budget = Budget::of(&fixed);
    let is_told = known.emitted.is_empty() || known.emitted.len() > MAX_LABEL;
    if !budget.fits() && is_told {
        return None;
    }
    if !budget.fits() {
        sink.report(ap310_name::no_room(text.span, budget.fixed, MAX_LABEL));
        return None;
    }
    Some(fixed)
}

/// The build parameters that a pipeline has, whether or not something uses them.
fn standard_params(pipeline: &Pipeline, known: &Known, tag: &Template) -> Vec<BuildParam> {
    let git = &pipeline.spec.code.git;
    let value = |name: &str| -> Option<value::Text> {
        Some(match name {
            "project" => known.project.emitted.clone().into(),
            "pipeline" => known.emitted.to_owned().into(),
            "repo" => known.clone_url(pipeline).into(),
            "revision" => (&git.revision.value).into(),
            "branch" if is_commit(&git.revision) => "".into(),
            "branch" => (&git.revision.value).into(),
            "branch-slug" => slug(&git.revision).trim_matches('-').to_owned().into(),
            "path" => (&git.path.as_ref()?.value).into(),
            "depth" => git.depth.as_ref()?.to_string().into(),
            "submodules" => git.submodules.as_ref()?.to_string().into(),
            "git-secret" => git_secret(known.account?)?.into(),
            "image" => (&pipeline.spec.image.value).into(),
            "image-url" => known.image_url(pipeline).into(),
            "image-tag" if is_made_in_run(tag) => return None,
            "image-tag" => text_of_tag(tag, &git.revision).into(),
            "registry-secret" => (&known.registry?.spec.credentials.as_ref()?.secret_from.name.value).into(),
            "registry-secret-key" => (&known.registry?.spec.credentials.as_ref()?.secret_from.key.as_ref()?.value).into(),
            "registry-insecure" => known.registry?.spec.insecure.as_ref()?.to_string().into(),
            _ => "".into(),
        })
    };
    let written = |name: &str| match name {
        "depth" | "submodules" => None,
        "revision" | "branch" => Some(git.revision.clone()),
        "path" => git.path.as_deref().cloned(),
        _ => None,
    };
    STANDARD
        .iter()
        .filter_map(|standard| {
            Some(BuildParam { name: standard.name.into(), value: value(standard.name)?, written: written(standard.name) })
        })
        .collect()
}

/// A tag that is known before the run, for a revision.
pub fn text_of_tag(tag: &Template, revision: &str) -> String {
    let part = |part: &Part| match part {
        Part::Text(text) => text.clone(),
        Part::Variable(Variable::Event) => "build".to_owned(),
        Part::Variable(_) => slug(revision).trim_matches('-').to_owned(),
    };
    tag.parts.iter().map(part).collect()
}

/// The params of the Builder and those that the Pipeline gives to its Tasks.
fn own_params(plan: &BuilderPlan, pipeline: &Pipeline, sink: &mut Sink) -> Vec<BuildParam> {
    let given = &pipeline.spec.builder.params;
    let settable = plan.settable();
    let names: Vec<&str> = settable.iter().copied().collect();
    let mut params = Vec::new();
    for declared in &plan.builder.spec.params {
        let default = declared.default.as_ref().map(|default| &default.0);
        if let Some(value) = given.get(&declared.name).map(|value| &value.0).or(default) {
            check_value(value, Some(declared), sink);
            params.push(param(&declared.name, value));
        } else {
            let name = &pipeline.spec.builder.name;
            sink.report(ap303_missing_argument::builder_param(name.span, name, &declared.name, declared.name.span));
        }
    }
    for (name, value) in &given.0 {
        if standard::is_standard(name) {
            sink.report(ap302_unknown_pipeline_param::standard(name.span, name));
        } else if !settable.contains(&*name.value) && !plan.is_broken {
            let builder = &plan.builder.metadata.name;
            sink.report(ap302_unknown_pipeline_param::finding(name.span, name, builder, builder.span, &names));
        } else if plan.builder.spec.params.iter().all(|declared| declared.name.value != name.value) {
            params.push(param(name, &value.0));
        }
    }
    params
}

fn param(name: &Text, value: &Text) -> BuildParam {
    BuildParam { name: (&name.value).into(), value: (&value.value).into(), written: Some(value.clone()) }
}

/// Of the parameters that a run could have, those that something in it uses.
pub fn used(build: Vec<BuildParam>, plan: &BuilderPlan, wires: &[Vec<Wire>], sink: &mut Sink) -> Vec<BuildParam> {
    let mut names: BTreeSet<&str> = BTreeSet::new();
    for (step, wires) in plan.steps.iter().zip(wires) {
        for (param, wire) in step.params.iter().zip(wires) {
            match wire {
                Wire::Build => {
                    names.insert(&param.name);
                }
                Wire::Tag(parts) => {
                    names.extend(parts.iter().filter_map(|part| if let TagPart::Build(name) = part { Some(*name) } else { None }));
                }
                _ => {}
            }
        }
    }
    for mention in &plan.mentions {
        if build.iter().any(|build| *build.name == *mention.name) {
            names.insert(&mention.name);
        } else if !plan.is_broken {
            let known: Vec<&str> = build.iter().map(|build| &*build.name).collect();
            sink.report(ap307_undeclared_param::build_parameter(mention.span, &mention.name, &known));
        }
    }
    build.into_iter().filter(|build| names.contains(&*build.name)).collect()
}
