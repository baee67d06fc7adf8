//! What one walk over a template body finds, and the rules about a body by itself.
//!
//! A [`Body`] is computed once for a template and asked by everyone: its type, what it takes and
//! gives, its containers, the objects of the cluster and the templates that it refers to, and every
//! text that may hold tags. It borrows from the tree. Null values count as absent, as they do in
//! Kubernetes.

mod kind;
mod parts;
mod references;
pub mod rules;
mod site;
mod walk;

pub use kind::TemplateKind;
pub use parts::{
    Call, CallPlace, Container, Item, LOCATIONS, LOOPS, Mount, ObjectKind, ObjectRef, Ports, Role,
    TemplateRef, first_line, is_true, present, text, value,
};
pub use site::{Site, SiteKind};

use crate::argo::uses::Uses;
use crate::model::Text;
use crate::source::Span;
use crate::tree::{Entry, Key, Node};

/// The volume that the steps of a run share.
pub const WORKSPACE: &str = "workspace";

/// A template body, walked.
#[derive(Clone, Debug)]
pub struct Body<'n> {
    pub node: &'n Node,
    /// What stands for the body as a whole, for what it lacks.
    pub holder: Span,
    /// The entries that say what type it is: one, unless something is wrong.
    pub kinds: Vec<(TemplateKind, &'n Entry)>,
    pub name: Option<Text>,
    pub inputs: Ports<'n>,
    pub outputs: Ports<'n>,
    /// The containers of every role.
    pub containers: Vec<Container<'n>>,
    /// What `containerSet.volumeMounts` mounts into each of its containers.
    pub shared_mounts: Vec<Mount<'n>>,
    pub volumes: Vec<Item<'n>>,
    /// Tasks and steps in their order, each before its hooks.
    pub calls: Vec<Call<'n>>,
    /// The texts with `{{` in them. Those of inline templates are in the bodies of their calls.
    pub sites: Vec<Site>,
    /// What the texts use of what others declare, those of inline templates included.
    pub(crate) uses: Uses,
    pub(crate) objects: Vec<ObjectRef>,
    pub(crate) service_accounts: Vec<Text>,
}

impl<'n> Body<'n> {
    /// Walks a body; `holder` is the span that stands for it as a whole.
    pub fn of(node: &'n Node, holder: Span) -> Self {
        let body = walk::walk(node, holder);
        Self { uses: body.gather_uses(), ..body }
    }

    /// Its type, if it has exactly one.
    pub fn kind(&self) -> Option<TemplateKind> {
        match self.kinds[..] {
            [(kind, _)] => Some(kind),
            _ => None,
        }
    }

    /// The key that says what type it is, and what is under it.
    pub fn typed(&self) -> Option<(TemplateKind, &'n Key, &'n Node)> {
        match self.kinds[..] {
            [(kind, entry)] => Some((kind, &entry.key, &entry.value)),
            _ => None,
        }
    }

    fn gather_uses(&self) -> Uses {
        let mut uses = Uses::default();
        for site in self.with_inlines().into_iter().flat_map(|body| &body.sites) {
            uses.absorb(Uses::of(&site.text));
        }
        uses
    }

    /// This body and those of the inline templates in it, at any depth.
    pub fn with_inlines(&self) -> Vec<&Self> {
        let inlines = self.calls.iter().filter_map(|call| call.inline.as_deref());
        std::iter::once(self).chain(inlines.flat_map(Self::with_inlines)).collect()
    }

    /// The images of all containers, inline templates included.
    pub fn images(&self) -> impl Iterator<Item = &Text> {
        let containers = self.with_inlines().into_iter().flat_map(|body| &body.containers);
        containers.filter_map(|container| container.image.as_ref())
    }

    /// The Secrets and config maps that it reads, inline templates included.
    pub fn objects(&self) -> impl Iterator<Item = &ObjectRef> {
        self.with_inlines().into_iter().flat_map(|body| &body.objects)
    }

    /// The Secrets that it reads, inline templates included.
    pub fn secrets(&self) -> impl Iterator<Item = &ObjectRef> {
        self.objects().filter(|object| object.kind == ObjectKind::Secret)
    }

    /// The service accounts that it names, inline templates included.
    pub fn service_accounts(&self) -> impl Iterator<Item = &Text> {
        self.with_inlines().into_iter().flat_map(|body| &body.service_accounts)
    }

    /// The mounts of the workspace, inline templates included.
    pub fn workspace_mounts(&self) -> impl Iterator<Item = &Mount<'n>> {
        let is_workspace =
            |mount: &&Mount| mount.name.as_ref().is_some_and(|name| name.value == WORKSPACE);
        self.with_inlines().into_iter().flat_map(Self::mounts).filter(is_workspace)
    }

    /// The mounts of all containers, without inline templates.
    pub fn mounts(&self) -> impl Iterator<Item = &Mount<'n>> {
        let own = self.containers.iter().flat_map(|container| &container.mounts);
        self.shared_mounts.iter().chain(own)
    }

    /// Whether something in it runs in the agent's pod.
    pub fn needs_agent(&self) -> bool {
        self.has_kind(TemplateKind::runs_in_agent)
    }

    /// Whether something in it runs in a pod of its own.
    pub fn needs_pod(&self) -> bool {
        self.has_kind(TemplateKind::runs_pod)
    }

    fn has_kind(&self, is_meant: fn(TemplateKind) -> bool) -> bool {
        let bodies = self.with_inlines();
        bodies.iter().any(|body| body.kinds.iter().any(|(kind, _)| is_meant(*kind)))
    }
}

#[cfg(test)]
mod tests;
