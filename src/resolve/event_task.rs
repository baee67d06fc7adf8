//! A Task that a webhook runs on its events: a run of one step, planned as a Builder's are.

use std::sync::Arc;

use super::build_names::emitted_name;
use super::code::{clone_url, git_secret};
use super::params::used;
use super::pipeline::{PipelinePlan, RunPlan};
use super::plan::{BuilderHandle, BuilderPlan, Context};
use super::project::ProjectPlan;
use super::standard::{self, STANDARD};
use super::wiring::{BuildParam, Wiring};
use crate::diagnostics::Sink;
use crate::model::kinds::builder::{Builder, BuilderMetadata, BuilderSpec, Step, StepTask};
use crate::model::kinds::repository_account::RepositoryAccount;
use crate::model::kinds::webhook::{EventTask, Webhook};
use crate::model::kubernetes::{Annotations, Labels};
use crate::model::{NonEmpty, Text};
use crate::names::{MAX_LABEL, Part, Template, Variable, dns_name, slug};
use crate::tree::Str;

/// What a Task on an event is planned from.
pub struct EventTaskRun<'r, 'm> {
    pub webhook: &'m Webhook,
    pub task: &'r EventTask,
    /// Place in the program's projects.
    pub project: usize,
    pub project_plan: &'r ProjectPlan<'m>,
    /// The webhook's name in what is emitted.
    pub emitted: &'r str,
    /// The account and the repository, where they are known.
    pub source: Option<&'r (&'m RepositoryAccount, String)>,
    pub pipeline: Option<&'r PipelinePlan<'m>>,
}

impl<'m> EventTaskRun<'_, 'm> {
    /// Plans the run; tells every mistake. None if one was told that leaves nothing to plan.
    pub fn plan(&self, context: Context<'m, '_>, sink: &mut Sink) -> Option<RunPlan<'m>> {
        let builder = one_step(self.webhook, self.task);
        let plan = BuilderPlan::new(BuilderHandle::Own(Box::new(builder)), context, sink);
        let mut build = self.params();
        let own = self
            .webhook
            .spec
            .event
            .params
            .0
            .iter()
            .map(|(name, _)| name)
            .filter(|name| !standard::is_standard(name));
        build.extend(own.map(|name| BuildParam {
            name: (&name.value).into(),
            value: "".into(),
            written: None,
        }));
        let wiring = Wiring {
            plan: &plan,
            build: &build,
            tag: None,
            is_partial: self.source.is_none(),
            is_on_event: true,
        };
        let wires = wiring.run(sink);
        let params = used(build, &plan, &wires, sink);
        let emitted = self.name(sink);
        let names = task_names(&emitted);
        (!plan.is_broken).then(|| RunPlan {
            project: self.project,
            builder: Arc::new(plan),
            emitted,
            params,
            wires,
            names,
        })
    }

    /// The name of the `WorkflowTemplate`. A webhook whose own name is too long is told as that.
    fn name(&self, sink: &mut Sink) -> String {
        let task = dns_name(&self.task.task_ref.name);
        let name = Text {
            value: format!("{}-{task}", self.emitted).into(),
            span: self.webhook.metadata.name.span,
        };
        let mut found = Sink::default();
        let emitted = emitted_name(&name, "a WorkflowTemplate", &mut found);
        if self.emitted.len() <= MAX_LABEL {
            sink.absorb(found);
        }
        emitted
    }

    /// The parameters that it can take by name; those of the event get their values from it.
    fn params(&self) -> Vec<BuildParam> {
        let value = |name: &str| -> Option<Str> {
            Some(match name {
                "project" => self.project_plan.emitted.clone().into(),
                "pipeline" => self.pipeline?.run.emitted.clone().into(),
                "repo" => self
                    .source
                    .map_or_else(String::new, |(account, repository)| {
                        clone_url(account, repository)
                    })
                    .into(),
                "git-secret" => git_secret(self.source?.0)?.into(),
                "image" | "image-url" => self.pipeline?.run.param(name)?.value.clone(),
                "revision" | "branch" | "branch-slug" | "event" | "author" | "pull-request"
                | "base-branch" => "".into(),
                _ => return None,
            })
        };
        let param = |name: &'static str| {
            Some(BuildParam { name: name.into(), value: value(name)?, written: None })
        };
        STANDARD.iter().filter_map(|standard| param(standard.name)).collect()
    }
}

/// How the runs of a Task on events are named: what is started, the commit and the time, the first shortened where it must be.
fn task_names(emitted: &str) -> Template {
    let room = MAX_LABEL - "-0000000-0000000000".len();
    let start =
        slug(emitted).chars().take(room).collect::<String>().trim_end_matches('-').to_owned();
    let text = |text: &str| Part::Text(text.to_owned());
    let parts = vec![
        text(&format!("{start}-")),
        Part::Variable(Variable::CodeShortCommit),
        text("-"),
        Part::Variable(Variable::Timestamp),
    ];
    Template { parts }
}

/// The Builder that a webhook's Task amounts to.
fn one_step(webhook: &Webhook, task: &EventTask) -> Builder {
    let span = task.task_ref.name.span;
    let text = |value: &str| Text { value: value.to_owned().into(), span };
    let step = Step {
        span,
        held_at: span,
        whole: true,
        name: text(&dns_name(&task.task_ref.name)),
        task: StepTask {
            span,
            held_at: span,
            whole: true,
            task_ref: Some(task.task_ref.clone()),
            template: None,
            arguments: task.arguments.clone(),
        },
        depends: None,
        dependencies: None,
        when: None,
        with_items: None,
        with_param: None,
        with_sequence: None,
        retry: None,
        timeout: None,
        continue_on: None,
    };
    let spec = BuilderSpec {
        span,
        held_at: span,
        whole: true,
        entrypoint: None,
        params: Vec::new(),
        workspace: None,
        steps: NonEmpty(vec![step]),
        defaults: None,
    };
    let metadata = &webhook.metadata;
    let metadata = BuilderMetadata {
        span,
        held_at: span,
        whole: true,
        name: text("event"),
        project: Some(metadata.project.clone()),
        build_name_template: None,
        labels: Labels::default(),
        annotations: Annotations::default(),
    };
    Builder {
        span,
        held_at: span,
        whole: true,
        api_version: text(crate::model::API_VERSION),
        kind: text("Builder"),
        metadata,
        spec,
    }
}
