//! Webhooks: the account and repository of each, and what its events start.

use std::collections::{BTreeSet, HashMap};

use super::build_names::{emitted_name, parse_template, span_of_variable};
use super::called_task::CalledTaskRun;
use super::code::{self, provider, repository_name};
use super::event_task::OnEvent;
use super::graph::Callees;
use super::listening::branches;
use super::project::Project;
use super::project_named;
use super::run::{Caller, Run};
use super::tag::Tag;
use crate::diagnostics::Sink;
use crate::events::{EventExpr, NO_TAGS, Values, tag_in};
use crate::id::{Id, Table};
use crate::model::Text;
use crate::model::kinds::pipeline::Pipeline;
use crate::model::kinds::repository_account::RepositoryAccount;
use crate::model::kinds::webhook::{EventKind, Webhook};
use crate::names::{Branches, MAX_LABEL, Place, Variable, dns_name, is_expression_name};
use crate::providers::{self, Event};
use crate::rules::{
    ap109_one_of_fields, ap302_unknown_pipeline_param, ap309_variable, ap310_name,
    ap407_unresolved_tag, ap502_other_repository, ap503_payload_path,
};
use crate::tree::Str;

/// Events of a repository, and what they start.
#[derive(Debug)]
pub(crate) struct Trigger<'m> {
    pub webhook: &'m Webhook,
    pub project: Id<Project<'m>>,
    pub account: &'m RepositoryAccount,
    /// As the provider names it: `owner/name`.
    pub repository: Text,
    pub event: EventKind,
    pub branches: Branches,
    /// Whether commits that say so start nothing.
    pub skip_ci: bool,
    /// The webhook's emitted name.
    pub name: Text,
    /// The runs that it starts: of its pipeline, of its Task.
    pub starts: Vec<Start<'m>>,
}

/// A run that an event starts.
#[derive(Debug)]
pub(crate) struct Start<'m> {
    pub run: Id<Run<'m>>,
    /// What the trigger is called in the Sensor.
    pub name: Text,
    pub run_name: EventExpr,
    /// The value of the label that says what revision is built, if the event knows.
    pub revision: Option<EventExpr>,
    /// The parameters of the run that the event gives a value, in the order of the run.
    pub values: Vec<(Text, EventExpr)>,
}

/// A webhook whose runs have no ids yet.
pub(super) struct Planned<'m> {
    trigger: Trigger<'m>,
    pipeline: Option<Id<Run<'m>>>,
    task: Option<Run<'m>>,
    /// What the webhook itself gives to params.
    values: Vec<(Str, EventExpr)>,
}

impl<'m> Planned<'m> {
    /// The trigger, with the run of its Task entered into the others.
    pub(crate) fn enter(self, runs: &mut Table<Run<'m>>) -> Trigger<'m> {
        let Self { mut trigger, pipeline, task, values } = self;
        let task = task.map(|run| runs.push(run));
        for id in pipeline.into_iter().chain(task) {
            let run = &runs[id];
            trigger.starts.extend(trigger.start(id, run, &values));
        }
        trigger
    }
}

impl<'m> Trigger<'m> {
    /// The event, as its provider describes it; none if webhooks of the provider are not compiled.
    pub(crate) fn provider_event(&self) -> Option<Event<'static>> {
        event_of(self.account, self.event)
    }

    /// What its branches are written as.
    pub(crate) fn globs(&self) -> Vec<&'m Text> {
        let spec = &self.webhook.spec;
        let own = spec.repo.revision.as_deref().filter(|_| spec.branches.is_empty());
        own.into_iter().chain(&spec.branches).collect()
    }

    fn start(&self, id: Id<Run<'m>>, run: &Run, own: &[(Str, EventExpr)]) -> Option<Start<'m>> {
        let event = Values { event: self.provider_event()?, kind: self.event };
        let given = |name: &Str| {
            let own = own.iter().find(|(given, _)| given == name).map(|(_, value)| value.clone());
            own.or_else(|| standard(event, name, run))
        };
        let params = run.params.iter();
        let values = params.filter_map(|param| Some((param.name.clone(), given(&param.name)?)));
        Some(Start {
            run: id,
            name: if run.pipeline().is_some() { self.name.clone() } else { run.name.clone() },
            run_name: event.run_name(&run.names),
            revision: event.label("revision"),
            values: values.collect(),
        })
    }
}

/// The value that an event gives to a build parameter of a run; none if it gives none.
fn standard(event: Values, name: &str, run: &Run) -> Option<EventExpr> {
    match (name, run.pipeline().map(|pipeline| &pipeline.tag)) {
        ("image-tag", Some(Tag::FromEvent(template))) => Some(event.tag(template)),
        ("image-tag", _) => None,
        _ => event.standard(name),
    }
}

fn event_of(account: &RepositoryAccount, kind: EventKind) -> Option<Event<'static>> {
    providers::find(provider(account)?.word())?.event(kind)
}

/// Something that a webhook refers to does not exist, which was reported.
struct Unknown;

/// What webhooks are planned with.
pub(super) struct Planner<'m, 'i> {
    pub callees: Callees<'m, 'i>,
    pub projects: &'i Table<Project<'m>>,
    pub runs: &'i Table<Run<'m>>,
    /// The runs of pipelines.
    pub by_pipeline: &'i HashMap<Id<&'m Pipeline>, Id<Run<'m>>>,
}

impl<'m> Planner<'m, '_> {
    /// Plans one webhook; reports every mistake. None if one was reported, or it depends on
    /// something that could not be read.
    pub(crate) fn webhook(&self, webhook: &'m Webhook, sink: &mut Sink) -> Option<Planned<'m>> {
        let before = sink.errors();
        let name = &webhook.metadata.project;
        let project = project_named(self.projects, name)?;
        let emitted = emitted_name(&webhook.metadata.name, "a webhook", sink);
        if !emitted.is_empty() && !is_expression_name(&emitted, Place::Conditions) {
            let name = &webhook.metadata.name;
            sink.report(ap310_name::in_conditions(name.span, name));
        }
        let branches = branches(webhook, sink);
        let source = self.source(webhook, name, sink);
        let pipeline = self.pipeline(webhook, name, sink);
        let known = pipeline.as_ref().ok().copied().flatten();
        if let (Some(id), Some((account, repository))) = (known, &source) {
            self.check_same_repository(webhook, id, account, repository, sink);
        }
        let task = webhook.spec.event.task.as_ref();
        let task = task.map(|task| {
            let pipeline = known.map(|id| &self.runs[id]);
            let (projects, source) = (self.projects, source.as_ref());
            let name = &projects[project].name;
            let standard = OnEvent { webhook, project: name, source, pipeline }.params();
            let (caller, is_partial) = (Caller::Webhook(webhook), source.is_none());
            let emitted = (&*emitted, MAX_LABEL);
            CalledTaskRun { caller, task, projects, project, emitted, standard, is_partial }
                .plan(self.callees, sink)
        });
        let event = &webhook.spec.event;
        if event.whole && event.pipeline.is_none() && event.task.is_none() {
            let fields = ["event.pipeline", "event.task"];
            let span = webhook.spec.event.held_at;
            sink.report(ap109_one_of_fields::none(span, "a webhook", &fields));
        }
        let event = source.as_ref().and_then(|(account, _)| event_of(account, EventKind::Push));
        let task_run = task.as_ref().and_then(Option::as_ref);
        let values = self.values(webhook, event, known, task_run, sink);
        let ((account, repository), pipeline) = (source?, pipeline.ok()?);
        let task = match task {
            Some(task) => Some(task?),
            None => None,
        };
        let trigger = Trigger {
            webhook,
            project,
            account,
            repository,
            event: EventKind::Push,
            branches,
            skip_ci: webhook.spec.skip_ci.as_ref().is_none_or(|skip| **skip),
            name: Text { value: emitted.into(), span: webhook.metadata.name.span },
            starts: Vec::new(),
        };
        (sink.errors() == before).then_some(Planned { trigger, pipeline, task, values })
    }

    /// The pipeline, if the webhook has one; fails if it does not exist.
    fn pipeline(
        &self,
        webhook: &Webhook,
        project: &Text,
        sink: &mut Sink,
    ) -> Result<Option<Id<Run<'m>>>, Unknown> {
        let Some(reference) = &webhook.spec.event.pipeline else { return Ok(None) };
        let index = self.callees.index;
        let pipeline = index.find(&index.pipelines, &reference.name, Some(project), sink);
        let run = self.by_pipeline.get(&pipeline.ok_or(Unknown)?);
        run.copied().map(Some).ok_or(Unknown)
    }

    fn check_same_repository(
        &self,
        webhook: &Webhook,
        run: Id<Run<'m>>,
        account: &RepositoryAccount,
        repository: &str,
        sink: &mut Sink,
    ) {
        let Some(pipeline) = self.runs[run].pipeline() else { return };
        let git = &pipeline.definition.spec.code.git;
        let built = code::repository_of(pipeline.account, git);
        let of_events = format!("{}/{repository}", account.spec.url.host);
        if code::repository_form(Some(account)).takes(repository_name(&git.repo))
            && !built.eq_ignore_ascii_case(&of_events)
        {
            let span = webhook.spec.repo.written_at();
            let pipeline = git.repo.span;
            sink.report(ap502_other_repository::finding(span, &of_events, &built, pipeline));
        }
    }

    /// What the webhook gives to params of its runs; reports those that no run takes.
    fn values(
        &self,
        webhook: &Webhook,
        event: Option<Event>,
        pipeline: Option<Id<Run<'m>>>,
        task: Option<&Run>,
        sink: &mut Sink,
    ) -> Vec<(Str, EventExpr)> {
        let run = pipeline.map(|id| &self.runs[id]);
        let params =
            |run: &'_ Run| run.params.iter().map(|it| it.name.value.clone()).collect::<Vec<_>>();
        let taken: BTreeSet<Str> =
            run.map(params).into_iter().chain(task.map(params)).flatten().collect();
        let taken: Vec<&str> = taken.iter().map(Str::as_str).collect();
        let wanted = webhook.spec.event.pipeline.as_ref();
        let is_silent = run.is_none() && wanted.is_some();
        let mut values = Vec::new();
        for (name, text) in &webhook.spec.event.params.0 {
            if !taken.contains(&&*name.value) && !is_silent {
                let task = task.map(Run::whose);
                let whose = wanted.map(|pipeline| format!("pipeline `{}`", &*pipeline.name));
                let whose = whose.or(task).unwrap_or_default();
                let given = webhook.spec.event.params.0.iter();
                let given: Vec<&str> = given.map(|(name, _)| name.value.as_str()).collect();
                let span = name.span;
                sink.report(ap302_unknown_pipeline_param::unused(
                    span, name, &whose, &taken, &given,
                ));
            }
            if let Some(value) = event_value(webhook, event, run, text, sink) {
                values.push((name.value.clone(), value));
            }
        }
        values
    }
}

/// A payload path, or text with variables, of which those that the event does not know have their
/// values already.
fn event_value(
    webhook: &Webhook,
    event: Option<Event>,
    run: Option<&Run>,
    text: &Text,
    sink: &mut Sink,
) -> Option<EventExpr> {
    if let Some(tag) = tag_in(text) {
        let span = text.part(tag.start, tag.end);
        sink.report(ap407_unresolved_tag::in_event(span, NO_TAGS));
        return None;
    }
    if !text.contains('%') {
        return payload_path(text, sink);
    }
    let pipeline = run.and_then(Run::pipeline);
    let template = parse_template(text, sink)?.substitute(|variable| match variable {
        Variable::Project => Some(dns_name(&webhook.metadata.project)),
        Variable::Pipeline => run.map(|run| run.name.to_string()),
        Variable::Image => pipeline.map(|it| it.definition.spec.image.to_string()),
        Variable::Tag => match &pipeline?.tag {
            Tag::Fixed(tag) => Some(tag.clone()),
            _ => None,
        },
        _ => None,
    });
    let of_run = [Variable::Pipeline, Variable::Image, Variable::Tag, Variable::PullRequest];
    if let Some(variable) = template.variables().find(|variable| of_run.contains(variable)) {
        let why = "a push does not know it: it is that of a pipeline that the webhook starts, with a tag that is the same for every build";
        let (span, name) = (span_of_variable(variable, text), variable.name());
        sink.report(ap309_variable::not_known(span, name, why, "use another variable"));
        return None;
    }
    Some(Values { event: event?, kind: EventKind::Push }.tag(&template))
}

fn payload_path(text: &Text, sink: &mut Sink) -> Option<EventExpr> {
    let is_segment = |segment: &str| {
        !segment.is_empty()
            && segment.chars().all(|c| c.is_ascii_alphanumeric() || c == '_' || c == '-')
    };
    let mut segments = text.split('.');
    let is_path = matches!(segments.next(), Some("body" | "headers"))
        && text.contains('.')
        && segments.all(is_segment);
    if !is_path {
        sink.report(ap503_payload_path::finding(text.span, text));
    }
    is_path.then(|| Values::at(text))
}
