//! Names, labels and the frame of every object.

use super::Object;
use crate::model::{self, Entries};
use crate::resolve::Program;
use crate::tree::{Map, Node, Str};

/// Who manages an object: what `kubectl apply --prune -l` selects by.
pub const MANAGED_BY: (&str, &str) = ("app.kubernetes.io/managed-by", "argopacks");
pub const PROJECT: &str = "packs.argoproj.io/project";
pub const PIPELINE: &str = "packs.argoproj.io/pipeline";
pub const BUILDER: &str = "packs.argoproj.io/builder";
pub const TASK: &str = "packs.argoproj.io/task";
pub const WEBHOOK: &str = "packs.argoproj.io/webhook";
pub const REVISION: &str = "packs.argoproj.io/revision";

/// Labels or annotations, ours first; those of the definition come behind and win.
#[derive(Debug, Default)]
pub struct Labels(Vec<(Str, Str)>);

impl Labels {
    pub fn ours() -> Self {
        Self(vec![(MANAGED_BY.0.into(), MANAGED_BY.1.into())])
    }

    #[must_use]
    pub fn with(mut self, key: impl Into<Str>, value: impl Into<Str>) -> Self {
        let key = key.into();
        self.0.retain(|(known, _)| *known != key);
        self.0.push((key, value.into()));
        self
    }

    /// Adds what a definition says.
    #[must_use]
    pub fn and(self, entries: &Entries<model::Text>) -> Self {
        entries.0.iter().fold(self, |labels, (key, value)| labels.with(&key.value, &value.value))
    }

    pub fn value(self) -> Option<Node> {
        let map: Map = self.0.into_iter().collect();
        (!map.is_empty()).then_some(map.into())
    }
}

/// The labels of an object: ours, and its project's where it belongs to one.
pub fn labels(object: &Object, program: &Program) -> Labels {
    match object.project {
        Some(project) => Labels::ours().with(PROJECT, program.projects[project].emitted.clone()),
        None => Labels::ours(),
    }
}

/// The frame of an object: apiVersion, kind and metadata; the rest is the caller's to add.
pub fn frame(object: &Object, labels: Labels, annotations: Labels) -> Map {
    let metadata = Map::new()
        .with("name", object.name.clone())
        .with_some("namespace", object.namespace.clone())
        .with_some("labels", labels.value())
        .with_some("annotations", annotations.value());
    Map::new()
        .with("apiVersion", object.kind.api_version())
        .with("kind", object.kind.name())
        .with("metadata", metadata)
}
