//! Webhooks: the account and repository of each, and what it starts.

use std::collections::{BTreeSet, HashMap};

use super::build_names::{emitted_name, parse_template, place_of, text_of_tag};
use super::code::{self, is_commit, provider, repository_name, webhook_secret};
use super::event_task::EventTaskRun;
use super::pipeline::{PipelinePlan, RunPlan};
use super::plan::Context;
use super::project::{self, ProjectPlan};
use crate::diagnostics::Sink;
use crate::model::forms::Address;
use crate::model::kinds::repository_account::RepositoryAccount;
use crate::model::kinds::webhook::{Webhook, WebhookRepo};
use crate::model::{Kind, Text};
use crate::names::{Glob, MAX_LABEL, Template, Variable, dns_name};
use crate::providers;
use crate::rules::{
    ap104_missing_field, ap107_not_compiled, ap108_invalid_value, ap109_one_of_fields,
    ap201_undefined_reference, ap202_ambiguous_reference, ap302_unknown_pipeline_param,
    ap309_variable, ap310_name, ap502_other_repository, ap503_payload_path, ap601_webhook_secret,
};
use crate::source::Span;
use crate::tree::Str;

/// Argo Events names the Service of an `EventSource` `NAME-eventsource-svc`; three characters are kept for the number of a part.
const MAX_EVENT_SOURCE: usize = MAX_LABEL - "-eventsource-svc".len() - "-99".len();

/// A Webhook with all that it refers to.
#[derive(Debug)]
pub struct WebhookPlan<'m> {
    pub webhook: &'m Webhook,
    /// Place in the program's projects.
    pub project: usize,
    pub account: &'m RepositoryAccount,
    /// As the provider names it: `owner/name`.
    pub repository: String,
    pub branches: Vec<Glob>,
    /// Its name in what is emitted.
    pub emitted: String,
    /// Place of the pipeline in the program's pipelines.
    pub pipeline: Option<usize>,
    /// A Task that is run on the event, as a workflow of its own.
    pub task: Option<RunPlan<'m>>,
    /// What the event gives to params, beyond what it always gives.
    pub params: Vec<(Str, EventValue)>,
}

/// What an event gives to a param.
#[derive(Clone, Debug)]
pub enum EventValue {
    /// A path in `{headers, body, metadata}`.
    Path(Str),
    Text(Template),
}

/// Something that a webhook refers to is not known; the mistake was told.
struct Unknown;

/// What webhooks are resolved with.
pub struct Resolver<'m, 'i> {
    pub context: Context<'m, 'i>,
    pub projects: &'i [ProjectPlan<'m>],
    pub pipelines: &'i [PipelinePlan<'m>],
    /// Places in `pipelines`, by the place of the name.
    pub by_name: &'i HashMap<Span, usize>,
}

impl<'m> Resolver<'m, '_> {
    /// Resolves one webhook; tells every mistake. None if one was told, or it depends on something broken.
    pub fn webhook(&self, webhook: &'m Webhook, sink: &mut Sink) -> Option<WebhookPlan<'m>> {
        let before = sink.errors();
        let name = &webhook.metadata.project;
        let project = project::position(self.projects, name)?;
        let emitted = emitted_name(&webhook.metadata.name, "a webhook", sink);
        let branches = branches(webhook, sink);
        let source = self.source(webhook, name, sink);
        let pipeline = self.pipeline(webhook, name, sink);
        let known = pipeline.as_ref().ok().copied().flatten();
        if let (Ok(Some(at)), Some((account, repository))) = (&pipeline, &source) {
            self.check_same_repository(webhook, *at, account, repository, sink);
        }
        let task = webhook.spec.event.task.as_ref();
        let task = task.map(|task| {
            let pipeline = known.map(|at| &self.pipelines[at]);
            let project_plan = &self.projects[project];
            EventTaskRun {
                webhook,
                task,
                project,
                project_plan,
                emitted: &emitted,
                source: source.as_ref(),
                pipeline,
            }
            .plan(self.context, sink)
        });
        if webhook.spec.event.pipeline.is_none() && webhook.spec.event.task.is_none() {
            sink.report(ap109_one_of_fields::none(
                webhook.spec.event.held_at,
                "a webhook",
                &["event.pipeline", "event.task"],
            ));
        }
        let params = self.params(webhook, known, task.as_ref().and_then(Option::as_ref), sink);
        let ((account, repository), pipeline) = (source?, pipeline.ok()?);
        let task = match task {
            Some(task) => Some(task?),
            None => None,
        };
        (sink.errors() == before).then_some(WebhookPlan {
            webhook,
            project,
            account,
            repository,
            branches,
            emitted,
            pipeline,
            task,
            params,
        })
    }

    /// The account and the repository.
    fn source(
        &self,
        webhook: &Webhook,
        project: &Text,
        sink: &mut Sink,
    ) -> Option<(&'m RepositoryAccount, String)> {
        let repo = &webhook.spec.repo;
        let what = format!("Webhook `{}`", &*webhook.metadata.name);
        let (account, at, repository) = match (&repo.url, &repo.account) {
            (Some(url), Some(account)) => {
                sink.report(ap109_one_of_fields::both(
                    account.span,
                    &what,
                    "repo.account",
                    "repo.url",
                    url.text.span,
                ));
                return None;
            }
            (None, None) => {
                sink.report(ap109_one_of_fields::none(
                    repo.held_at,
                    &what,
                    &["repo.url", "repo.account"],
                ));
                return None;
            }
            (Some(url), None) => self.source_at(url, project, sink)?,
            (None, Some(account)) => self.source_named(repo, account, project, sink)?,
        };
        let is_right = code::check_repository(&repository, "Webhook.spec.repo", sink);
        Self::check_account(account, at, sink);
        is_right.then(|| (account, repository_name(&repository).to_owned()))
    }

    /// The account of a `url`, where it was named, and the repository.
    fn source_at(
        &self,
        url: &Address,
        project: &Text,
        sink: &mut Sink,
    ) -> Option<(&'m RepositoryAccount, Span, Text)> {
        let account = self.account_at(url, project, sink)?;
        let repository = url.path.strip_prefix(&*account.spec.url.path).unwrap_or(&url.path);
        if !code::is_repository(repository) {
            let wanted = "host and repository, as `github.com/owner/name`";
            sink.report(ap108_invalid_value::finding(
                url.text.span,
                &url.text,
                "Webhook.spec.repo.url",
                wanted,
            ));
            return None;
        }
        let text =
            Text { value: repository_name(repository).to_owned().into(), span: url.text.span };
        Some((account, url.text.span, text))
    }

    /// The account of a name, where it was named, and the repository.
    fn source_named(
        &self,
        repo: &WebhookRepo,
        account: &Text,
        project: &Text,
        sink: &mut Sink,
    ) -> Option<(&'m RepositoryAccount, Span, Text)> {
        let index = self.context.index;
        let found = index.find(&index.accounts, account, Some(project), &[], sink);
        let Some(name) = &repo.name else {
            let doc = "the repository, as `owner/name`.";
            sink.report(ap104_missing_field::finding(
                repo.held_at,
                "Webhook.spec.repo",
                "name",
                doc,
            ));
            return None;
        };
        Some((found?, account.span, name.clone()))
    }

    fn check_account(account: &RepositoryAccount, at: Span, sink: &mut Sink) {
        let emitted = dns_name(&account.metadata.name);
        if emitted.len() > MAX_EVENT_SOURCE {
            sink.report(ap310_name::too_long(
                account.metadata.name.span,
                &emitted,
                "an EventSource",
                MAX_EVENT_SOURCE,
            ));
        }
        match provider(account) {
            Some(provider) if providers::find(provider.word()).is_none() => {
                sink.report(ap107_not_compiled::provider(
                    at,
                    account.metadata.name.span,
                    provider.word(),
                ));
            }
            Some(_) if webhook_secret(account).is_none() => {
                sink.report(ap601_webhook_secret::finding(
                    at,
                    &account.metadata.name,
                    account.metadata.name.span,
                ));
            }
            _ => {}
        }
    }

    /// The one account in reach that is at the host of a URL.
    fn account_at(
        &self,
        url: &Address,
        project: &Text,
        sink: &mut Sink,
    ) -> Option<&'m RepositoryAccount> {
        let index = self.context.index;
        let visible: Vec<&RepositoryAccount> = index.accounts.visible_from(Some(project)).collect();
        let is_at = |account: &&&'m RepositoryAccount| {
            account.spec.url.host == url.host && url.path.starts_with(&*account.spec.url.path)
        };
        let mut at_host = visible.iter().filter(is_at).copied();
        match (at_host.next(), at_host.next()) {
            (Some(account), None) => Some(account),
            (Some(first), Some(second)) => {
                let named = |account: &'m RepositoryAccount| {
                    (&*account.metadata.name.value, account.metadata.name.span)
                };
                sink.report(ap202_ambiguous_reference::accounts(
                    url.text.span,
                    &url.host,
                    named(first),
                    named(second),
                ));
                None
            }
            (None, _) => {
                let hosts: Vec<(&str, &str)> = visible
                    .iter()
                    .map(|account| (&*account.metadata.name.value, &*account.spec.url.host))
                    .collect();
                if !index.has_broken(Kind::RepositoryAccount) {
                    sink.report(ap201_undefined_reference::account_at(
                        url.text.span,
                        &url.host,
                        &hosts,
                    ));
                }
                None
            }
        }
    }

    /// The pipeline, if the webhook has one; fails where it is not known.
    fn pipeline(
        &self,
        webhook: &Webhook,
        project: &Text,
        sink: &mut Sink,
    ) -> Result<Option<usize>, Unknown> {
        let Some(reference) = &webhook.spec.event.pipeline else { return Ok(None) };
        let index = self.context.index;
        let pipeline = index
            .find(&index.pipelines, &reference.name, Some(project), &[], sink)
            .ok_or(Unknown)?;
        self.by_name.get(&pipeline.metadata.name.span).copied().map(Some).ok_or(Unknown)
    }

    fn check_same_repository(
        &self,
        webhook: &Webhook,
        pipeline: usize,
        account: &RepositoryAccount,
        repository: &str,
        sink: &mut Sink,
    ) {
        let plan = &self.pipelines[pipeline];
        let git = &plan.pipeline.spec.code.git;
        let built = code::repository_of(plan.account, git);
        let of_events = format!("{}/{repository}", account.spec.url.host);
        if code::is_repository(&git.repo) && !built.eq_ignore_ascii_case(&of_events) {
            let repo = &webhook.spec.repo;
            let at = repo
                .url
                .as_ref()
                .map(|url| url.text.span)
                .or(repo.name.as_ref().map(|name| name.span));
            sink.report(ap502_other_repository::finding(
                at.unwrap_or(webhook.metadata.name.span),
                &of_events,
                &built,
                git.repo.span,
            ));
        }
    }

    fn params(
        &self,
        webhook: &Webhook,
        pipeline: Option<usize>,
        task: Option<&RunPlan>,
        sink: &mut Sink,
    ) -> Vec<(Str, EventValue)> {
        let run = pipeline.map(|at| &self.pipelines[at].run);
        let taken: BTreeSet<&str> = run
            .into_iter()
            .chain(task)
            .flat_map(|run| run.params.iter().map(|param| &*param.name))
            .collect();
        let taken: Vec<&str> = taken.into_iter().collect();
        let is_silent = run.is_none() && webhook.spec.event.pipeline.is_some();
        let mut params = Vec::new();
        for (name, text) in &webhook.spec.event.params.0 {
            if !taken.contains(&&*name.value) && !is_silent {
                let whose =
                    webhook.spec.event.pipeline.as_ref().map_or("", |pipeline| &*pipeline.name);
                sink.report(ap302_unknown_pipeline_param::unused(name.span, name, whose, &taken));
            }
            if let Some(value) = self.event_value(webhook, pipeline, text, sink) {
                params.push((name.value.clone(), value));
            }
        }
        params
    }

    /// A payload path, or text with variables of which those that the event does not know have their values already.
    fn event_value(
        &self,
        webhook: &Webhook,
        pipeline: Option<usize>,
        text: &Text,
        sink: &mut Sink,
    ) -> Option<EventValue> {
        if !text.contains('%') {
            return payload_path(text, sink);
        }
        let plan = pipeline.map(|at| &self.pipelines[at]);
        let template = parse_template(text, sink)?.substitute(|variable| match variable {
            Variable::Project => Some(dns_name(&webhook.metadata.project)),
            Variable::Pipeline => plan.map(|plan| plan.run.emitted.clone()),
            Variable::Image => plan.map(|plan| plan.pipeline.spec.image.to_string()),
            Variable::Tag => plan
                .filter(|plan| plan.tag.variables().next().is_none())
                .map(|plan| text_of_tag(&plan.tag, "")),
            _ => None,
        });
        let of_run = [Variable::Pipeline, Variable::Image, Variable::Tag, Variable::PullRequest];
        if let Some(variable) = template.variables().find(|variable| of_run.contains(variable)) {
            let why = "a push does not know it: it is that of a pipeline that the webhook starts, with a tag that is the same for every build";
            sink.report(ap309_variable::not_known(
                place_of(variable, text),
                variable.name(),
                why,
                "use another variable",
            ));
            return None;
        }
        Some(EventValue::Text(template))
    }
}

fn payload_path(text: &Text, sink: &mut Sink) -> Option<EventValue> {
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
    is_path.then(|| EventValue::Path(text.value.clone()))
}

fn branches(webhook: &Webhook, sink: &mut Sink) -> Vec<Glob> {
    let spec = &webhook.spec;
    if !spec.branches.is_empty() {
        return spec.branches.iter().map(|branch| Glob::parse(branch)).collect();
    }
    match &spec.repo.revision {
        Some(revision) if is_commit(revision) => {
            sink.report(ap108_invalid_value::finding(
                revision.span,
                revision,
                "Webhook.spec.repo.revision",
                "a branch: commits are not pushed to",
            ));
            Vec::new()
        }
        Some(revision) => vec![Glob::parse(revision)],
        None => {
            let doc = "the branch whose pushes count; or give `branches`.";
            sink.report(ap104_missing_field::finding(
                spec.repo.held_at,
                "Webhook.spec.repo",
                "revision",
                doc,
            ));
            Vec::new()
        }
    }
}
