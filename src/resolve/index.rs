//! Every name of a run, and what a reference to it means.

use std::collections::HashSet;

use super::names::{Named, Names};
use crate::diagnostics::{Diagnostic, Sink, distances};
use crate::id::Id;
use crate::model::kinds::builder::{Builder, TaskRef};
use crate::model::kinds::common::Scope;
use crate::model::kinds::pipeline::Pipeline;
use crate::model::kinds::project::Project;
use crate::model::kinds::registry::Registry;
use crate::model::kinds::repository_account::RepositoryAccount;
use crate::model::kinds::schedule::Schedule;
use crate::model::kinds::task::Task;
use crate::model::kinds::webhook::Webhook;
use crate::model::{Definition, Kind, Model, Text};
use crate::packs::Library;
use crate::rules::{
    ap104_missing_field, ap109_one_of_fields, ap201_undefined_reference, ap202_ambiguous_reference,
};
use crate::source::{SourceMap, Span};
use crate::tree::Str;

/// Names of every kind that is referred to.
#[derive(Debug)]
pub(crate) struct Index<'m> {
    pub projects: Names<'m, Project>,
    pub registries: Names<'m, Registry>,
    pub accounts: Accounts<'m>,
    pub tasks: Names<'m, Task>,
    pub builders: Names<'m, Builder>,
    pub pipelines: Names<'m, Pipeline>,
    pub webhooks: Names<'m, Webhook>,
    pub schedules: Names<'m, Schedule>,
    broken: HashSet<(Option<Kind>, Option<Str>)>,
    library: &'m Library,
    sources: &'m SourceMap,
}

pub(crate) type Accounts<'m> = Names<'m, RepositoryAccount>;

/// What a taskRef means.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) enum TaskTarget<'m> {
    /// A Task of the directory.
    Defined(Id<&'m Task>),
    /// A bundled pack, by its name.
    Bundled(&'static str),
}

/// Definitions of each kind, as they are met.
#[derive(Default)]
struct Found<'m> {
    registries: Vec<&'m Registry>,
    accounts: Vec<&'m RepositoryAccount>,
    tasks: Vec<&'m Task>,
    builders: Vec<&'m Builder>,
    pipelines: Vec<&'m Pipeline>,
    webhooks: Vec<&'m Webhook>,
    schedules: Vec<&'m Schedule>,
}

impl<'m> Index<'m> {
    /// Indexes every definition; reports those that share a name and those whose project does not
    /// exist.
    pub(crate) fn new(
        model: &'m Model,
        library: &'m Library,
        sources: &'m SourceMap,
        sink: &mut Sink,
    ) -> Self {
        let projects = model.definitions.iter().filter_map(|definition| match definition {
            Definition::Project(project) => Some(&**project),
            _ => None,
        });
        let broken = model.unusable().map(|broken| (broken.kind, broken.name));
        let mut index = Self {
            projects: Names::new(projects.collect(), sink),
            registries: Names::default(),
            accounts: Names::default(),
            tasks: Names::default(),
            builders: Names::default(),
            pipelines: Names::default(),
            webhooks: Names::default(),
            schedules: Names::default(),
            broken: broken.collect(),
            library,
            sources,
        };
        let mut found = Found::default();
        for definition in &model.definitions {
            index.enter(definition, &mut found, sink);
        }
        index.registries = Names::new(found.registries, sink);
        index.accounts = Names::new(found.accounts, sink);
        index.tasks = Names::new(found.tasks, sink);
        index.builders = Names::new(found.builders, sink);
        index.pipelines = Names::new(found.pipelines, sink);
        index.webhooks = Names::new(found.webhooks, sink);
        index.schedules = Names::new(found.schedules, sink);
        index
    }

    fn enter(&mut self, definition: &'m Definition, found: &mut Found<'m>, sink: &mut Sink) {
        match definition {
            Definition::Registry(item) => {
                let held_at = item.metadata.held_at;
                let fits = !item.metadata.whole
                    || Self::scope_fits(&**item, item.spec.scope, held_at, sink);
                self.keep(&**item, fits, &mut found.registries, sink);
            }
            Definition::RepositoryAccount(item) => {
                let held_at = item.metadata.held_at;
                let fits = !item.metadata.whole
                    || Self::scope_fits(&**item, item.spec.scope, held_at, sink);
                self.keep(&**item, fits, &mut found.accounts, sink);
            }
            Definition::Task(item) => self.keep(&**item, true, &mut found.tasks, sink),
            Definition::Builder(item) => self.keep(&**item, true, &mut found.builders, sink),
            Definition::Pipeline(item) => {
                self.keep(&**item, true, &mut found.pipelines, sink);
            }
            Definition::Webhook(item) => {
                self.keep(&**item, true, &mut found.webhooks, sink);
            }
            Definition::Schedule(item) => {
                self.keep(&**item, true, &mut found.schedules, sink);
            }
            Definition::Config(_) | Definition::Project(_) | Definition::Build(_) => {}
        }
    }

    /// Keeps a definition whose project exists; the others count as broken.
    fn keep<T: Named>(
        &mut self,
        item: &'m T,
        is_right: bool,
        found: &mut Vec<&'m T>,
        sink: &mut Sink,
    ) {
        let mut has_project =
            || item.project().is_none_or(|name| self.project(name, sink).is_some());
        if is_right && has_project() {
            found.push(item);
        } else {
            self.broken.insert((Some(T::KIND), Some(item.name().value.clone())));
        }
    }

    /// Whether `spec.scope` and `metadata.project` agree.
    fn scope_fits<T: Named>(
        item: &T,
        scope: Option<Scope>,
        metadata: Span,
        sink: &mut Sink,
    ) -> bool {
        match (scope, item.project()) {
            (Some(Scope::Global), Some(project)) => {
                let message = format!(
                    "{} `{}` is global and belongs to a project",
                    T::KIND.name(),
                    &**item.name()
                );
                let help = "take `metadata.project` out, or write `scope: project`";
                sink.report(ap109_one_of_fields::contradiction(project.span, &message, help));
                false
            }
            (Some(Scope::Project), None) => {
                missing_project(T::KIND, metadata, sink);
                false
            }
            _ => true,
        }
    }

    /// The project of a name; reports one that does not exist.
    pub(crate) fn project(&self, name: &Text, sink: &mut Sink) -> Option<Id<&'m Project>> {
        self.find(&self.projects, name, None, sink)
    }

    /// Whether a definition of this kind and name could not be read: what refers to it is silent.
    pub(crate) fn is_broken(&self, kind: Kind, name: &str) -> bool {
        let name = Some(Str::from(name.to_owned()));
        [(Some(kind), name.clone()), (Some(kind), None), (None, name), (None, None)]
            .iter()
            .any(|broken| self.broken.contains(broken))
    }

    /// Whether a definition of just this name could not be read.
    fn is_broken_by_name(&self, kind: Kind, name: &str) -> bool {
        let name = Some(Str::from(name.to_owned()));
        [(Some(kind), name.clone()), (None, name)].iter().any(|broken| self.broken.contains(broken))
    }

    /// Whether some definition of a kind could not be read.
    pub(crate) fn has_broken(&self, kind: Kind) -> bool {
        self.broken.iter().any(|(broken, _)| broken.is_none_or(|broken| broken == kind))
    }

    /// The definition that a name means in a project, or globally (`None`); reports it if there is
    /// none, or more than one.
    pub(crate) fn find<T: Named>(
        &self,
        names: &Names<'m, T>,
        name: &Text,
        project: Option<&str>,
        sink: &mut Sink,
    ) -> Option<Id<&'m T>> {
        if name.is_hole() {
            return None;
        }
        let mut visible = names.visible(name, project);
        match (visible.next(), visible.next()) {
            (Some(item), None) => Some(item),
            (Some(a), Some(b)) => {
                let (a, b) = (names[a], names[b]);
                let (own, global) = if a.project().is_some() { (a, b) } else { (b, a) };
                let (own, global) = (own.name().span, global.name().span);
                let kind = T::KIND;
                sink.report(ap202_ambiguous_reference::finding(name.span, kind, name, own, global));
                None
            }
            (None, _) => {
                self.report_undefined(names, name, project, sink);
                None
            }
        }
    }

    fn report_undefined<T: Named>(
        &self,
        names: &Names<'m, T>,
        name: &Text,
        project: Option<&str>,
        sink: &mut Sink,
    ) {
        if self.is_broken(T::KIND, name) {
            return;
        }
        sink.report(match names.elsewhere(name) {
            Some(project) => {
                ap201_undefined_reference::elsewhere(name.span, T::KIND, name, project)
            }
            None => self.undefined(names, name, project),
        });
    }

    /// What is said of a name that no project has: which one was probably meant.
    fn undefined<T: Named>(
        &self,
        names: &Names<'m, T>,
        name: &Text,
        project: Option<&str>,
    ) -> Diagnostic {
        let (span, kind) = (name.span, T::KIND);
        let bundled = || self.library.names().filter(|_| kind == Kind::Task);
        let near = [names.nearest(name, project), distances(name, bundled()).min()];
        if let Some((_, guess)) = near.into_iter().flatten().min() {
            let place = names.visible(guess, project).next().map(|id| names[id].name().span);
            return ap201_undefined_reference::misspelt(span, kind, name, guess, place);
        }
        let own = names.visible_from(project).map(|(_, item)| &*item.name().value);
        let mut some: Vec<&str> = own.take(10).collect();
        some.extend(bundled().take(10 - some.len()).map(|name| -> &str { name }));
        ap201_undefined_reference::finding(span, kind, name, &some)
    }

    /// The Task that a reference means, seen from a project: one of the directory, or a bundled
    /// pack. Reports it if there is none.
    pub(crate) fn task(
        &self,
        reference: &TaskRef,
        project: Option<&str>,
        sink: &mut Sink,
    ) -> Option<TaskTarget<'m>> {
        let name = &reference.name;
        let mut found = Sink::default();
        let is_own = self.tasks.visible(name, project).next().is_some();
        let pack = self.library.names().find(|pack| *pack == &*name.value);
        let pack = pack.filter(|_| !self.is_broken_by_name(Kind::Task, name));
        if (is_own || pack.is_none())
            && let Some(own) = self.find(&self.tasks, name, project, &mut found)
        {
            return Some(TaskTarget::Defined(own));
        }
        if let Some(pack) = pack {
            return Some(TaskTarget::Bundled(pack));
        }
        match &reference.cluster_scope {
            Some(in_cluster) if **in_cluster && found.has_errors() => {
                sink.report(ap201_undefined_reference::external(name.span, name));
            }
            _ => sink.absorb(found),
        }
        None
    }

    /// The definition of a Task that was found.
    pub(crate) fn task_definition(&self, target: TaskTarget<'m>) -> Option<&'m Task> {
        match target {
            TaskTarget::Defined(id) => Some(self.tasks[id]),
            TaskTarget::Bundled(name) => self.library.get(name, self.sources),
        }
    }

    pub(crate) fn sources(&self) -> &'m SourceMap {
        self.sources
    }

    pub(crate) fn library(&self) -> &'m Library {
        self.library
    }
}

fn missing_project(kind: Kind, metadata: Span, sink: &mut Sink) {
    let path = format!("{}.metadata", kind.name());
    let doc = "The project it belongs to.";
    sink.report(ap104_missing_field::finding(metadata, &path, "project", doc));
}
