//! The types of a template.

/// What a template is. It has exactly one type (Argo Workflows, workflow/validate,
/// `validateTemplateType`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum TemplateKind {
    Container,
    Script,
    ContainerSet,
    Resource,
    Suspend,
    Http,
    Data,
    Dag,
    Steps,
    Plugin,
}

use TemplateKind::{
    Container, ContainerSet, Dag, Data, Http, Plugin, Resource, Script, Steps, Suspend,
};

impl TemplateKind {
    pub(crate) const ALL: [Self; 10] =
        [Container, Script, ContainerSet, Resource, Suspend, Http, Data, Dag, Steps, Plugin];

    /// The field of a template that makes it this type.
    pub(crate) fn key(self) -> &'static str {
        match self {
            Container => "container",
            Script => "script",
            ContainerSet => "containerSet",
            Resource => "resource",
            Suspend => "suspend",
            Http => "http",
            Data => "data",
            Dag => "dag",
            Steps => "steps",
            Plugin => "plugin",
        }
    }

    /// The type that a field of a template makes it.
    pub(crate) fn of_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.key() == key)
    }

    /// Whether it runs other templates.
    pub(crate) fn calls_templates(self) -> bool {
        matches!(self, Dag | Steps)
    }

    /// Whether it does work by itself: `Template.IsLeaf` of Argo, to which `suspend` is none.
    pub(crate) fn is_leaf(self) -> bool {
        !matches!(self, Dag | Steps | Suspend)
    }

    /// Whether it runs in a pod of its own: `Template.IsPodType` of Argo.
    pub(crate) fn runs_pod(self) -> bool {
        matches!(self, Container | Script | ContainerSet | Resource | Data)
    }

    /// Whether it runs in the agent, a pod that a workflow has for all its templates of these
    /// types.
    pub(crate) fn runs_in_agent(self) -> bool {
        matches!(self, Http | Plugin)
    }
}
