//! Where every name is defined, and who can see it: a project sees its own definitions and the global ones.

use std::collections::{HashMap, HashSet};

use crate::diagnostics::Sink;
use crate::model::kinds::builder::Builder;
use crate::model::kinds::pipeline::Pipeline;
use crate::model::kinds::project::Project;
use crate::model::kinds::registry::Registry;
use crate::model::kinds::repository_account::RepositoryAccount;
use crate::model::kinds::task::Task;
use crate::model::kinds::webhook::Webhook;
use crate::model::{Definition, Kind, Model, Text};
use crate::rules::{
    ap104_missing_field, ap109_one_of_fields, ap201_undefined_reference, ap202_ambiguous_reference,
    ap203_names_meet,
};
use crate::source::Span;
use crate::tree::Str;

/// A definition that others refer to by name.
pub trait Named {
    const KIND: Kind;
    fn name(&self) -> &Text;
    /// The project that it belongs to; none where it is global.
    fn project(&self) -> Option<&Text>;
    /// Where the key `metadata` stands.
    fn metadata_at(&self) -> Span;
}

macro_rules! named {
    ($($kind:ident: $project:expr),*) => {$(
        impl Named for $kind {
            const KIND: Kind = Kind::$kind;
            fn name(&self) -> &Text {
                &self.metadata.name
            }
            fn project(&self) -> Option<&Text> {
                let project: fn(&Self) -> Option<&Text> = $project;
                project(self)
            }
            fn metadata_at(&self) -> Span {
                self.metadata.held_at
            }
        }
    )*};
}

named!(
    Registry: |item| item.metadata.project.as_ref(),
    RepositoryAccount: |item| item.metadata.project.as_ref(),
    Task: |item| item.metadata.project.as_ref(),
    Builder: |item| item.metadata.project.as_ref(),
    Pipeline: |item| Some(&item.metadata.project),
    Webhook: |item| Some(&item.metadata.project)
);

impl Named for Project {
    const KIND: Kind = Kind::Project;
    fn name(&self) -> &Text {
        &self.metadata.name
    }
    fn project(&self) -> Option<&Text> {
        None
    }
    fn metadata_at(&self) -> Span {
        self.metadata.held_at
    }
}

/// Definitions of one kind, by name.
#[derive(Debug)]
pub struct Lookup<'m, T> {
    by_name: HashMap<Str, Vec<&'m T>>,
    /// In the order of their names, then projects.
    pub all: Vec<&'m T>,
}

impl<T> Default for Lookup<'_, T> {
    fn default() -> Self {
        Self { by_name: HashMap::new(), all: Vec::new() }
    }
}

impl<'m, T: Named> Lookup<'m, T> {
    fn add(&mut self, item: &'m T, sink: &mut Sink) {
        let name = item.name();
        let same = self.by_name.entry(name.value.clone()).or_default();
        let project = |item: &T| item.project().map(|project| project.value.clone());
        if let Some(first) = same.iter().find(|other| project(other) == project(item)) {
            let (first, second) = in_order(first.name().span, name.span);
            sink.report(ap203_names_meet::duplicate(second, T::KIND.name(), name, first));
            return;
        }
        same.push(item);
        self.all.push(item);
    }

    fn sort(&mut self) {
        let key = |item: &&'m T| {
            (item.name().value.clone(), item.project().map(|project| project.value.clone()))
        };
        self.all.sort_by_cached_key(key);
    }

    /// The definitions that a project can see.
    pub fn visible_from<'s>(
        &'s self,
        project: Option<&'s str>,
    ) -> impl Iterator<Item = &'m T> + 's {
        self.all.iter().copied().filter(move |item| is_visible(*item, project))
    }

    /// The definitions of a name that a project can see: its own and the global one.
    fn visible<'s>(
        &'s self,
        name: &str,
        project: Option<&'s str>,
    ) -> impl Iterator<Item = &'m T> + 's {
        self.by_name
            .get(name)
            .into_iter()
            .flatten()
            .copied()
            .filter(move |item| is_visible(*item, project))
    }
}

fn is_visible<T: Named>(item: &T, project: Option<&str>) -> bool {
    item.project().is_none_or(|own| Some(&*own.value) == project)
}

/// Two places in the order in which a reader meets them.
pub fn in_order(a: Span, b: Span) -> (Span, Span) {
    if a <= b { (a, b) } else { (b, a) }
}

/// Every name of a run.
#[derive(Debug, Default)]
pub struct Index<'m> {
    pub projects: Lookup<'m, Project>,
    pub registries: Lookup<'m, Registry>,
    pub accounts: Lookup<'m, RepositoryAccount>,
    pub tasks: Lookup<'m, Task>,
    pub builders: Lookup<'m, Builder>,
    pub pipelines: Lookup<'m, Pipeline>,
    pub webhooks: Lookup<'m, Webhook>,
    broken: HashSet<(Option<Kind>, Option<Str>)>,
}

impl<'m> Index<'m> {
    /// Enters every definition, and tells those that meet in a name or name a project that is not there.
    pub fn new(model: &'m Model, sink: &mut Sink) -> Self {
        let mut index = Self {
            broken: model.unusable().map(|broken| (broken.kind, broken.name)).collect(),
            ..Self::default()
        };
        for definition in model.usable() {
            if let Definition::Project(project) = definition {
                index.projects.add(project, sink);
            }
        }
        for definition in model.usable() {
            index.enter(definition, sink);
        }
        index.sort();
        index
    }

    fn enter(&mut self, definition: &'m Definition, sink: &mut Sink) {
        match definition {
            Definition::Registry(item)
                if self.has_project(&**item, sink)
                    && scope_fits(&**item, item.spec.scope, sink) =>
            {
                self.registries.add(item, sink);
            }
            Definition::RepositoryAccount(item)
                if self.has_project(&**item, sink)
                    && scope_fits(&**item, item.spec.scope, sink) =>
            {
                self.accounts.add(item, sink);
            }
            Definition::Task(item) if self.has_project(&**item, sink) => self.tasks.add(item, sink),
            Definition::Builder(item) if self.has_project(&**item, sink) => {
                self.builders.add(item, sink);
            }
            Definition::Pipeline(item) if self.has_project(&**item, sink) => {
                self.pipelines.add(item, sink);
            }
            Definition::Webhook(item) if self.has_project(&**item, sink) => {
                self.webhooks.add(item, sink);
            }
            Definition::Registry(item) => self.break_off(&**item),
            Definition::RepositoryAccount(item) => self.break_off(&**item),
            Definition::Task(item) => self.break_off(&**item),
            Definition::Builder(item) => self.break_off(&**item),
            Definition::Pipeline(item) => self.break_off(&**item),
            Definition::Webhook(item) => self.break_off(&**item),
            Definition::Config(_) | Definition::Project(_) | Definition::Build(_) => {}
        }
    }

    fn sort(&mut self) {
        self.projects.sort();
        self.registries.sort();
        self.accounts.sort();
        self.tasks.sort();
        self.builders.sort();
        self.pipelines.sort();
        self.webhooks.sort();
    }

    fn break_off<T: Named>(&mut self, item: &T) {
        self.broken.insert((Some(T::KIND), Some(item.name().value.clone())));
    }

    fn has_project<T: Named>(&self, item: &T, sink: &mut Sink) -> bool {
        item.project().is_none_or(|project| self.project(project, sink).is_some())
    }

    /// The project of a name.
    pub fn project(&self, name: &Text, sink: &mut Sink) -> Option<&'m Project> {
        self.find(&self.projects, name, None, &[], sink)
    }

    /// Whether a definition of this kind and name was there and could not be read: what refers to it is silent then.
    pub fn is_broken(&self, kind: Kind, name: &str) -> bool {
        let name = Some(Str::from(name.to_owned()));
        [(Some(kind), name.clone()), (Some(kind), None), (None, name), (None, None)]
            .iter()
            .any(|broken| self.broken.contains(broken))
    }

    /// Whether a definition of just this name was there and could not be read.
    pub fn is_broken_by_name(&self, kind: Kind, name: &str) -> bool {
        let name: Str = name.to_owned().into();
        self.broken.contains(&(Some(kind), Some(name.clone())))
            || self.broken.contains(&(None, Some(name)))
    }

    /// Whether some definition of a kind could not be read.
    pub fn has_broken(&self, kind: Kind) -> bool {
        self.broken.iter().any(|(broken, _)| broken.is_none_or(|broken| broken == kind))
    }

    /// The definition that a name means in a project (or globally); tells it if there is none, or more than one. `bundled` are
    /// names that would be right though nothing in the directory defines them.
    pub fn find<T: Named>(
        &self,
        lookup: &Lookup<'m, T>,
        name: &Text,
        project: Option<&str>,
        bundled: &[&str],
        sink: &mut Sink,
    ) -> Option<&'m T> {
        let mut visible = lookup.visible(name, project);
        match (visible.next(), visible.next()) {
            (Some(item), None) => Some(item),
            (Some(a), Some(b)) => {
                let (own, global) = if a.project().is_some() { (a, b) } else { (b, a) };
                sink.report(ap202_ambiguous_reference::finding(
                    name.span,
                    T::KIND,
                    name,
                    own.name().span,
                    global.name().span,
                ));
                None
            }
            (None, _) => {
                self.undefined(lookup, name, project, bundled, sink);
                None
            }
        }
    }

    fn undefined<T: Named>(
        &self,
        lookup: &Lookup<'m, T>,
        name: &Text,
        project: Option<&str>,
        bundled: &[&str],
        sink: &mut Sink,
    ) {
        if self.is_broken(T::KIND, name) {
            return;
        }
        let visible = lookup.all.iter().filter(|item| is_visible(**item, project));
        let mut candidates: Vec<(&str, Option<Span>)> =
            visible.map(|item| (&*item.name().value, Some(item.name().span))).collect();
        candidates.extend(bundled.iter().map(|name| (*name, None)));
        let elsewhere = lookup
            .by_name
            .get(&name.value)
            .and_then(|items| items.first())
            .and_then(|item| item.project());
        sink.report(ap201_undefined_reference::finding(
            name.span,
            T::KIND,
            name,
            &candidates,
            elsewhere.map(|project| &*project.value),
        ));
    }
}

/// Whether `spec.scope` and `metadata.project` say the same.
fn scope_fits<T: Named>(
    item: &T,
    scope: Option<crate::model::kinds::common::Scope>,
    sink: &mut Sink,
) -> bool {
    use crate::model::kinds::common::Scope;
    match (scope, item.project()) {
        (Some(Scope::Global), Some(project)) => sink.report(ap109_one_of_fields::contradiction(
            project.span,
            &format!("{} `{}` is global and belongs to a project", T::KIND.name(), &**item.name()),
            "take `metadata.project` out, or write `scope: project`",
        )),
        (Some(Scope::Project), None) => {
            let path = format!("{}.metadata", T::KIND.name());
            sink.report(ap104_missing_field::finding(
                item.metadata_at(),
                &path,
                "project",
                "the project it belongs to.",
            ));
        }
        _ => return true,
    }
    false
}
