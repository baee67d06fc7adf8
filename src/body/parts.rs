//! The parts of a template body.

use super::Body;
use crate::model::Text;
use crate::source::Span;
use crate::tree::{Entry, Node};

/// An item of a list that has a name: a parameter, an artifact, a volume, a port.
#[derive(Clone, Debug)]
pub(crate) struct Item<'n> {
    pub name: Option<Text>,
    pub node: &'n Node,
}

/// Inputs or outputs.
#[derive(Clone, Debug, Default)]
pub(crate) struct Ports<'n> {
    pub parameters: Vec<Item<'n>>,
    pub artifacts: Vec<Item<'n>>,
}

impl Ports<'_> {
    pub(crate) fn parameter_names(&self) -> Vec<&str> {
        names(&self.parameters)
    }

    pub(crate) fn artifact_names(&self) -> Vec<&str> {
        names(&self.artifacts)
    }
}

fn names<'i>(items: &'i [Item]) -> Vec<&'i str> {
    items.iter().filter_map(|item| Some(&*item.name.as_ref()?.value)).collect()
}

/// What a container is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Role {
    /// `container`.
    Main,
    /// `script`.
    Script,
    /// One of `containerSet`.
    Set,
    /// One of `initContainers`.
    Init,
    /// One of `sidecars`.
    Sidecar,
}

/// A container of any role.
#[derive(Clone, Debug)]
pub(crate) struct Container<'n> {
    pub role: Role,
    /// What stands for the container as a whole.
    pub at: Span,
    pub node: &'n Node,
    pub name: Option<Text>,
    pub image: Option<Text>,
    pub mounts: Vec<Mount>,
    pub ports: Vec<Item<'n>>,
    pub env: Vec<Item<'n>>,
}

/// A volume mounted into a container.
#[derive(Clone, Debug)]
pub(crate) struct Mount {
    /// The volume.
    pub name: Option<Text>,
    pub path: Option<Text>,
}

/// What a reference to an object of the cluster means.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum ObjectKind {
    Secret,
    ConfigMap,
}

/// A `Secret` or `ConfigMap` that must be in the namespace of the run.
#[derive(Clone, Debug)]
pub(crate) struct ObjectRef {
    pub kind: ObjectKind,
    pub name: Text,
    /// None if all of its keys are meant.
    pub key: Option<Text>,
    pub is_optional: bool,
}

/// Where a template is called from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum CallPlace {
    /// A task of `dag`.
    Task,
    /// A step of `steps`, by the index of its group.
    Step { group: usize },
    /// A hook of a task or step, by the index of that call.
    Hook { of: usize },
    /// `onExit` of a task or step, by the index of that call.
    OnExit { of: usize },
}

/// A call of a template by a task, a step or a hook. Of the fields that say what is called, one is
/// to be there.
#[derive(Clone, Debug)]
pub(crate) struct Call<'n> {
    pub place: CallPlace,
    /// What stands for the call as a whole.
    pub at: Span,
    pub node: &'n Node,
    /// The name of the task, step or hook.
    pub name: Option<Text>,
    pub template: Option<Text>,
    pub inline: Option<Box<Body<'n>>>,
    /// `arguments.parameters` and `arguments.artifacts`.
    pub arguments: Ports<'n>,
}

impl<'n> Item<'n> {
    pub(super) fn of(node: &'n Node) -> Self {
        Self { name: text(node, "name"), node }
    }

    /// The items of a list.
    pub(super) fn all(list: Option<&'n Node>) -> Vec<Self> {
        list.into_iter().flat_map(Node::items).map(Self::of).collect()
    }

    /// What stands for the item: its name, or where it begins.
    pub(crate) fn at(&self) -> Span {
        self.name.as_ref().map_or_else(|| self.node.first_key(), |name| name.span)
    }

    /// Whether an input parameter must be given a value: one without `value`, `default` and
    /// `valueFrom.configMapKeyRef` (workflow/common/util.go, `ProcessArgs`).
    pub(crate) fn is_required(&self) -> bool {
        let from = value(self.node, "valueFrom");
        ["value", "default"].iter().all(|key| value(self.node, key).is_none())
            && from.is_none_or(|from| value(from, "configMapKeyRef").is_none())
    }

    /// Whether an input artifact must be given: one that is not optional and names no location.
    pub(crate) fn is_required_artifact(&self) -> bool {
        let is_optional = value(self.node, "optional").is_some_and(is_true);
        !is_optional && LOCATIONS.iter().all(|location| value(self.node, location).is_none())
    }
}

/// Where artifacts are kept, of which an artifact names at most one (`ArtifactLocation` of Argo,
/// and the rule of its CRD, "at most one artifact location can be specified").
pub(crate) const LOCATIONS: &[&str] =
    &["s3", "git", "http", "artifactory", "hdfs", "raw", "oss", "gcs", "azure", "plugin"];

impl<'n> Ports<'n> {
    pub(super) fn of(node: &'n Node) -> Self {
        Self {
            parameters: Item::all(node.get("parameters")),
            artifacts: Item::all(node.get("artifacts")),
        }
    }
}

impl Call<'_> {
    /// Whether it runs after the end of its task or step, whose outputs it may ask for.
    pub(crate) fn is_exit_hook(&self) -> bool {
        match self.place {
            CallPlace::OnExit { .. } => true,
            CallPlace::Hook { .. } => self.name.as_ref().is_some_and(|name| &*name.value == "exit"),
            CallPlace::Task | CallPlace::Step { .. } => false,
        }
    }

    /// Whether it runs once for each of several items.
    pub(crate) fn is_loop(&self) -> bool {
        LOOPS.iter().any(|key| value(self.node, key).is_some())
    }

    /// What it is, as messages call it: "task `build`".
    pub(crate) fn what(&self) -> String {
        let kind = match self.place {
            CallPlace::Task => "task",
            CallPlace::Step { .. } => "step",
            CallPlace::Hook { .. } => "hook",
            CallPlace::OnExit { .. } => return "`onExit`".to_owned(),
        };
        self.name
            .as_ref()
            .map_or_else(|| format!("this {kind}"), |name| format!("{kind} `{}`", &**name))
    }

    /// Whether this is a task or a step, and not a hook of one.
    pub(crate) fn is_own(&self) -> bool {
        matches!(self.place, CallPlace::Task | CallPlace::Step { .. })
    }
}

/// The fields that make a task or step run once for each of several items.
pub(crate) const LOOPS: &[&str] = &["withItems", "withParam", "withSequence"];

/// The entries of a map that have a value: to Kubernetes null is a field that is not there.
pub(crate) fn present(node: &Node) -> impl Iterator<Item = &Entry> {
    node.entries().iter().filter(|entry| !entry.value.is_null())
}

/// The value of a key, unless it is null.
pub(crate) fn value<'n>(node: &'n Node, key: &str) -> Option<&'n Node> {
    node.get(key).filter(|value| !value.is_null())
}

/// The text of a key, unless it is null.
pub(crate) fn text(node: &Node, key: &str) -> Option<Text> {
    value(node, key).and_then(Text::of)
}

/// Whether a value is `true`.
pub(crate) fn is_true(node: &Node) -> bool {
    node.as_str() == Some("true")
}
