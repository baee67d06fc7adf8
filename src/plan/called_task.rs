//! A Task that a Webhook or a Schedule runs by itself: a run of one step.

use std::sync::Arc;

use super::build_names::emitted_name;
use super::dag::{Call, Control, Port, Step, Steps};
use super::graph::{Callees, Graph};
use super::project::Project;
use super::run::{Caller, Run, RunParam, Subject};
use super::settings::Settings;
use super::standard;
use super::wiring::Wiring;
use crate::diagnostics::Sink;
use crate::id::{Id, Table};
use crate::model::Text;
use crate::model::kinds::webhook::CalledTask;
use crate::names::{MAX_LABEL, Part, Slug, Template, Variable, dns_name};
use crate::tree::Str;

/// What a run of a Task is planned from.
pub(super) struct CalledTaskRun<'r, 'm> {
    pub caller: Caller<'m>,
    pub task: &'m CalledTask,
    pub projects: &'r Table<Project<'m>>,
    pub project: Id<Project<'m>>,
    /// The caller's emitted name, and how long it may be.
    pub emitted: (&'r str, usize),
    /// The build parameters that the run can have.
    pub standard: Vec<RunParam>,
    /// Something that the caller refers to does not exist.
    pub is_partial: bool,
}

impl<'m> CalledTaskRun<'_, 'm> {
    /// Plans the run; reports every mistake. None if one leaves nothing to run.
    pub(crate) fn plan(self, callees: Callees<'m, '_>, sink: &mut Sink) -> Option<Run<'m>> {
        let before = sink.errors();
        let graph = self.graph(callees, sink);
        let is_broken = sink.errors() > before;
        let name = self.name(sink);
        let Self { caller, projects, project, standard: mut params, is_partial, .. } = self;
        let own = caller.params().into_iter().filter(|name| !standard::is_standard(name));
        params.extend(own.map(|name| RunParam {
            name: name.clone(),
            value: Str::default(),
            span: name.span,
        }));
        let names: Vec<Str> = params.iter().map(|param| param.name.value.clone()).collect();
        let (tasks, caller_of_task) = (callees.tasks, Some(caller));
        let wiring =
            Wiring { graph: &graph, tasks, names: &names, tag: None, is_partial, caller_of_task };
        let dag = wiring.dag(sink);
        params.retain(|param| dag.uses(&param.name));
        let settings = Settings::of(None, None, projects[project].definition, &name);
        (!is_broken && graph.is_whole()).then(|| Run {
            subject: Subject::Task(caller),
            project,
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
        let project = Some(&*self.caller.metadata().project.value);
        let call = callees.callee(reference, project, sink).map_or(Call::Unknown, Call::Task);
        let arguments = self.task.arguments.as_ref().map_or(&[][..], |it| &it.params);
        let (inputs, outputs): (Vec<Port>, _) = callees.ports(&call, arguments, sink);
        let call_span = reference.name.span;
        let name = Text { value: dns_name(&reference.name).into(), span: call_span };
        let control = Control::default();
        let step = Step { name, call, call_span, wait: None, inputs, outputs, control };
        Graph::new(Steps::from_iter([step]), callees.tasks)
    }

    /// The name of the `WorkflowTemplate`. A caller whose own name is too long is reported as that.
    fn name(&self, sink: &mut Sink) -> Text {
        let task = dns_name(&self.task.task_ref.name);
        let span = self.caller.metadata().name.span;
        let (caller, limit) = self.emitted;
        let name = Text { value: format!("{caller}-{task}").into(), span };
        let mut found = Sink::default();
        let emitted = emitted_name(&name, "a WorkflowTemplate", &mut found);
        if caller.len() <= limit {
            sink.absorb(found);
        }
        Text { value: emitted.into(), span }
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
