//! Places in a template body where text may hold tags.

use crate::model::Text;

/// Text with `{{` in it, and the kind of place that it stands in.
#[derive(Clone, Debug)]
pub(crate) struct Site {
    pub text: Text,
    pub kind: SiteKind,
}

/// A kind of place: it decides which variables Argo knows there, and what the value becomes.
///
/// `call` is an index into [`Body::calls`](super::Body::calls).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum SiteKind {
    /// The template's own name.
    Name,
    /// `inputs`: values, defaults and paths.
    Inputs,
    /// `outputs`: where they come from.
    Outputs,
    /// The image of a container.
    Image,
    /// `command` or `args` of a container.
    Argv,
    /// `source` of a script.
    Source,
    /// `env` or `envFrom` of a container.
    Env,
    /// Volumes, and where they are mounted.
    Volume,
    /// `manifest` of a resource template.
    Manifest,
    /// `successCondition` or `failureCondition` of a resource template.
    ResourceCondition,
    /// An http template: its URL, headers and body.
    Http,
    /// `successCondition` of an http template, which knows `request` and `response`.
    HttpCondition,
    /// `data` of a data template.
    Data,
    /// `plugin` of a plugin template.
    Plugin,
    /// `suspend.duration`.
    Suspend,
    /// `dag.target`.
    Target,
    /// The name of a task or step.
    CallName { call: usize },
    /// `template` or `templateRef` of a task, step or hook.
    Callee { call: usize },
    /// `arguments` of a task, step or hook.
    Argument { call: usize },
    /// `when` of a task or step.
    When { call: usize },
    /// `withItems`, `withParam` or `withSequence` of a task or step.
    Items { call: usize },
    /// `depends` or `dependencies` of a task.
    Depends { call: usize },
    /// `expression` of a hook.
    HookExpression { call: usize },
    /// `retryStrategy`, whose expression knows `lastRetry`.
    RetryStrategy,
    /// `metrics`, which know how the template ended.
    Metrics,
    /// `memoize`.
    Memoize,
    /// `synchronization`.
    Synchronization,
    /// `podSpecPatch`.
    PodSpecPatch,
    /// `metadata`, `labels` and `annotations` of the pod.
    Metadata,
    /// `serviceAccountName`, of the template or its executor.
    ServiceAccount,
    /// Everything else.
    Other,
}

impl SiteKind {
    /// The task, step or hook that the place belongs to.
    pub(crate) fn call(self) -> Option<usize> {
        match self {
            Self::CallName { call }
            | Self::Callee { call }
            | Self::Argument { call }
            | Self::When { call }
            | Self::Items { call }
            | Self::Depends { call }
            | Self::HookExpression { call } => Some(call),
            _ => None,
        }
    }
}
