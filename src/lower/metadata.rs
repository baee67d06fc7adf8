//! Names, labels and the frame of every object.

use super::Object;
use crate::model::{Entries, Text};
use crate::plan::Plan;
use crate::tree::{Key, Map, Node};

/// Who manages an object: what `kubectl apply --prune -l` selects by.
pub(crate) const MANAGED_BY: (&str, &str) = ("app.kubernetes.io/managed-by", "argopacks");
pub(crate) const PROJECT: &str = "packs.argoproj.io/project";
pub(crate) const PIPELINE: &str = "packs.argoproj.io/pipeline";
pub(crate) const BUILDER: &str = "packs.argoproj.io/builder";
pub(crate) const TASK: &str = "packs.argoproj.io/task";
pub(crate) const WEBHOOK: &str = "packs.argoproj.io/webhook";
pub(crate) const SCHEDULE: &str = "packs.argoproj.io/schedule";
pub(crate) const REVISION: &str = "packs.argoproj.io/revision";

/// Labels or annotations, ours first; those of the definition come behind and win.
#[derive(Debug, Default)]
pub(crate) struct Labels(Map);

impl Labels {
    pub(crate) fn ours() -> Self {
        Self(Map::new().with(MANAGED_BY.0, MANAGED_BY.1))
    }

    #[must_use]
    pub(crate) fn with(mut self, key: impl Into<Key>, value: impl Into<Node>) -> Self {
        let key = key.into();
        self.0.take(&key.text);
        self.0.put(key, value);
        self
    }

    /// Adds what a definition says.
    #[must_use]
    pub(crate) fn and(self, entries: &Entries<Text>) -> Self {
        entries.0.iter().fold(self, |labels, (key, value)| labels.with(key, value))
    }

    /// Adds what a definition says, if there is one.
    #[must_use]
    pub(crate) fn and_some(self, entries: Option<&Entries<Text>>) -> Self {
        match entries {
            Some(entries) => self.and(entries),
            None => self,
        }
    }

    /// The map; none if it is empty.
    pub(crate) fn map(self) -> Option<Map> {
        (!self.0.is_empty()).then_some(self.0)
    }
}

/// The labels of an object: ours, and its project's if it belongs to one.
pub(crate) fn labels(object: &Object, plan: &Plan) -> Labels {
    match object.project {
        Some(project) => Labels::ours().with(PROJECT, &plan.projects[project].name),
        None => Labels::ours(),
    }
}

/// The frame of an object: apiVersion, kind and metadata; the rest is the caller's to add.
pub(crate) fn frame(object: &Object, labels: Labels, annotations: Labels) -> Map {
    let metadata = Map::new()
        .with("name", &object.name)
        .with_some("namespace", object.namespace.as_ref())
        .with_some("labels", labels.map())
        .with_some("annotations", annotations.map());
    Map::new()
        .with("apiVersion", object.kind.api_version())
        .with("kind", object.kind.name())
        .with("metadata", metadata)
}
