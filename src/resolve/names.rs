//! The definitions of one kind, by name: a project sees its own and the global ones.

use std::collections::HashMap;
use std::ops::Index;
use std::sync::OnceLock;

use crate::diagnostics::{NameList, Sink};
use crate::id::{Id, Table};
use crate::model::kinds::builder::Builder;
use crate::model::kinds::pipeline::Pipeline;
use crate::model::kinds::project::Project;
use crate::model::kinds::registry::Registry;
use crate::model::kinds::repository_account::RepositoryAccount;
use crate::model::kinds::schedule::Schedule;
use crate::model::kinds::task::Task;
use crate::model::kinds::webhook::Webhook;
use crate::model::{Kind, Text};
use crate::rules::ap203_names_meet;
use crate::source::Span;
use crate::tree::Str;

/// A definition that others refer to by name.
pub(crate) trait Named {
    const KIND: Kind;

    fn name(&self) -> &Text;

    /// The project that it belongs to; none if it is global.
    fn project(&self) -> Option<&Text>;
}

macro_rules! named {
    ($($kind:ident: $project:expr),* $(,)?) => {$(
        impl Named for $kind {
            const KIND: Kind = Kind::$kind;
            fn name(&self) -> &Text {
                &self.metadata.name
            }
            fn project(&self) -> Option<&Text> {
                let project: fn(&Self) -> Option<&Text> = $project;
                project(self)
            }
        }
    )*};
}

named! {
    Registry: |item| item.metadata.project.as_ref(),
    RepositoryAccount: |item| item.metadata.project.as_ref(),
    Task: |item| item.metadata.project.as_ref(),
    Builder: |item| item.metadata.project.as_ref(),
    Pipeline: |item| Some(&item.metadata.project),
    Webhook: |item| Some(&item.metadata.project),
    Schedule: |item| Some(&item.metadata.project),
}

impl Named for Project {
    const KIND: Kind = Kind::Project;
    fn name(&self) -> &Text {
        &self.metadata.name
    }
    fn project(&self) -> Option<&Text> {
        None
    }
}

/// The definitions of one kind: ids in the order of names, then projects.
#[derive(Debug)]
pub(crate) struct Names<'m, T> {
    all: Table<&'m T>,
    by_name: HashMap<Str, Vec<Id<&'m T>>>,
    /// To guess what was meant by a name that is not there.
    list: OnceLock<NameList<'m>>,
}

impl<T> Default for Names<'_, T> {
    fn default() -> Self {
        Self { all: Table::default(), by_name: HashMap::new(), list: OnceLock::new() }
    }
}

impl<'m, T: Named> Names<'m, T> {
    /// Indexes definitions, which come in the order of the documents. Of two with one name in one
    /// scope the first is kept and the other reported.
    pub(super) fn new(mut items: Vec<&'m T>, sink: &mut Sink) -> Self {
        let scope = |item: &T| item.project().map(|project| project.value.clone());
        items.sort_by_cached_key(|item| (item.name().value.clone(), scope(item)));
        let mut names = Self::default();
        for item in items {
            let same = names.by_name.entry(item.name().value.clone()).or_default();
            let first = same.iter().map(|id| names.all[*id]).find(|it| scope(it) == scope(item));
            match first {
                Some(first) => {
                    let (first, second) = in_order(first.name().span, item.name().span);
                    let name = item.name();
                    sink.report(ap203_names_meet::duplicate(second, T::KIND.name(), name, first));
                }
                None => same.push(names.all.push(item)),
            }
        }
        names
    }

    /// The definitions of a name that a project can see: its own and the global one.
    pub(crate) fn visible(
        &self,
        name: &str,
        project: Option<&str>,
    ) -> impl Iterator<Item = Id<&'m T>> {
        let same = self.by_name.get(name).into_iter().flatten().copied();
        same.filter(move |id| is_visible(self.all[*id], project))
    }

    /// All definitions that a project can see.
    pub(crate) fn visible_from(
        &self,
        project: Option<&str>,
    ) -> impl Iterator<Item = (Id<&'m T>, &'m T)> {
        self.iter().filter(move |(_, item)| is_visible(*item, project))
    }

    /// The name nearest to another, of those that a project can see, and how far away it is.
    pub(super) fn nearest(&self, name: &str, project: Option<&str>) -> Option<(usize, &'m str)> {
        let all = || NameList::new(self.all.values().map(|item| &*item.name().value));
        let is_in_reach = |name: &str| self.visible(name, project).next().is_some();
        self.list.get_or_init(all).nearest(name, is_in_reach)
    }

    /// A project that has a definition of this name, whether or not another can see it.
    pub(crate) fn elsewhere(&self, name: &str) -> Option<&'m Text> {
        self.by_name.get(name)?.first().and_then(|id| self.all[*id].project())
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = (Id<&'m T>, &'m T)> {
        self.all.iter().map(|(id, item)| (id, *item))
    }

    pub(crate) fn as_slice(&self) -> &[&'m T] {
        self.all.as_slice()
    }
}

impl<'m, T> Index<Id<&'m T>> for Names<'m, T> {
    type Output = &'m T;
    fn index(&self, id: Id<&'m T>) -> &&'m T {
        &self.all[id]
    }
}

fn is_visible<T: Named>(item: &T, project: Option<&str>) -> bool {
    item.project().is_none_or(|own| Some(&*own.value) == project)
}

/// Two spans in the order in which a reader meets them.
pub(crate) fn in_order(a: Span, b: Span) -> (Span, Span) {
    if a <= b { (a, b) } else { (b, a) }
}
