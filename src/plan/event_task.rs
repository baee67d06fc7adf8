//! A Task that a webhook runs on its events: a run of one step.

use std::sync::Arc;

use super::build_names::emitted_name;
use super::code::{clone_url, git_secret};
use super::dag::{Call, Control, Port, Step, Steps};
use super::graph::{Callees, Graph};
use super::project::Project;
use super::run::{Run, RunParam, Subject};
use super::settings::Settings;
use super::standard::{self, STANDARD};
use super::wiring::Wiring;
use crate::diagnostics::Sink;
use crate::id::{Id, Table};
use crate::model::Text;
use crate::model::kinds::repository_account::RepositoryAccount;
use crate::model::kinds::webhook::{EventTask, Webhook};
use crate::names::{MAX_LABEL, Part, Slug, Template, Variable, dns_name};
use crate::source::Span;
use crate::tree::Str;

/// What a Task on an event is planned from.
pub(super) struct EventTaskRun<'r, 'm> {
    pub webhook: &'m Webhook,
    pub task: &'m EventTask,
    pub projects: &'r Table<Project<'m>>,
    pub project: Id<Project<'m>>,
    /// The webhook's emitted name.
    pub emitted: &'r str,
    /// The account and the repository, if they exist.
    pub source: Option<&'r (&'m RepositoryAccount, Text)>,
    pub pipeline: Option<&'r Run<'m>>,
}

impl<'m> EventTaskRun<'_, 'm> {
    /// Plans the run; reports every mistake. None if one leaves nothing to run.
    pub(crate) fn plan(&self, callees: Callees<'m, '_>, sink: &mut Sink) -> Option<Run<'m>> {
        let before = sink.errors();
        let graph = self.graph(callees, sink);
        let is_broken = sink.errors() > before;
        let mut params = self.params();
        let own = self.webhook.spec.event.params.0.iter().map(|(name, _)| name);
        let own = own.filter(|name| !standard::is_standard(name));
        params.extend(own.map(|name| RunParam {
            name: name.clone(),
            value: Str::default(),
            span: name.span,
        }));
        let names: Vec<Str> = params.iter().map(|param| param.name.value.clone()).collect();
        let is_partial = self.source.is_none();
        let wiring = Wiring {
            graph: &graph,
            tasks: callees.tasks,
            names: &names,
            tag: None,
            is_partial,
            is_on_event: true,
        };
        let dag = wiring.dag(sink);
        params.retain(|param| dag.uses(&param.name));
        let name = self.name(sink);
        let definition = self.projects[self.project].definition;
        let settings = Settings::of(None, None, definition, &name);
        (!is_broken && graph.is_whole()).then(|| Run {
            subject: Subject::EventTask(self.webhook),
            project: self.project,
            names: run_names(&name),
            name,
            params,
            dag: Arc::new(dag),
            settings,
        })
    }

    /// The one step.
    fn graph(&self, callees: Callees<'m, '_>, sink: &mut Sink) -> Graph<'m> {
        let reference = &self.task.task_ref;
        let project = Some(&*self.webhook.metadata.project.value);
        let call = callees.callee(reference, project, sink).map_or(Call::Unknown, Call::Task);
        let arguments = self.task.arguments.as_ref().map_or(&[][..], |it| &it.params);
        let (inputs, outputs): (Vec<Port>, _) = callees.ports(&call, arguments, sink);
        let call_span = reference.name.span;
        let name = Text { value: dns_name(&reference.name).into(), span: call_span };
        let control = Control::default();
        let step = Step { name, call, call_span, wait: None, inputs, outputs, control };
        Graph::new(Steps::from_iter([step]), callees.tasks)
    }

    /// The name of the `WorkflowTemplate`. A webhook whose own name is too long is reported as
    /// that.
    fn name(&self, sink: &mut Sink) -> Text {
        let task = dns_name(&self.task.task_ref.name);
        let span = self.webhook.metadata.name.span;
        let name = Text { value: format!("{}-{task}", self.emitted).into(), span };
        let mut found = Sink::default();
        let emitted = emitted_name(&name, "a WorkflowTemplate", &mut found);
        if self.emitted.len() <= MAX_LABEL {
            sink.absorb(found);
        }
        Text { value: emitted.into(), span }
    }

    /// The parameters that it can take by name; those of the event get their values from it.
    fn params(&self) -> Vec<RunParam> {
        let param = |name: &'static str| {
            let (value, span) = self.value(name)?;
            Some(RunParam { name: Text::generated(name), value, span })
        };
        STANDARD.iter().filter_map(|standard| param(standard.name)).collect()
    }

    fn value(&self, name: &str) -> Option<(Str, Span)> {
        let text = |text: &Text| Some((text.value.clone(), text.span));
        match name {
            "project" => text(&self.projects[self.project].name),
            "pipeline" => text(&self.pipeline?.name),
            "repo" => {
                let span = self.webhook.spec.repo.written_at();
                let url = |(account, repository): &(&_, Text)| clone_url(account, repository);
                Some((self.source.map_or_else(String::new, url).into(), span))
            }
            "git-secret" => text(git_secret(self.source?.0)?),
            "image" | "image-url" => {
                self.pipeline?.param(name).map(|param| (param.value.clone(), param.span))
            }
            "revision" | "branch" | "branch-slug" | "event" | "author" | "pull-request"
            | "base-branch" => Some((Str::default(), Span::GENERATED)),
            _ => None,
        }
    }
}

/// How the runs of a Task on events are named: what is started, the commit and the time, the first
/// shortened to make room for the others.
fn run_names(name: &str) -> Template {
    let room = MAX_LABEL - "-0000000-0000000000".len();
    let start = Slug::plain(room).of(name);
    let text = |text: &str| Part::Text(text.to_owned());
    let parts = vec![
        text(&format!("{start}-")),
        Part::Variable(Variable::CodeShortCommit),
        text("-"),
        Part::Variable(Variable::Timestamp),
    ];
    Template { parts }
}
