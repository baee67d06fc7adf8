//! What one walk over a template body finds, and the rules about a body by itself.
//!
//! A [`Body`] is computed once for a template and asked by everyone: its type, what it takes and
//! gives, its containers, the objects of the cluster and the templates that it refers to, and every
//! text that may hold tags. It borrows from the tree. Null values count as absent, as they do in
//! Kubernetes.

mod kind;
mod parts;
mod references;
pub(crate) mod rules;
mod site;
mod walk;

pub(crate) use kind::TemplateKind;
pub(crate) use parts::{
    Call, CallPlace, Container, Item, LOCATIONS, LOOPS, Mount, ObjectKind, ObjectRef, Ports, Role,
    is_true, present, text, value,
};
pub(crate) use site::{Site, SiteKind};

use crate::argo::uses::Uses;
use crate::model::Text;
use crate::source::Span;
use crate::tree::{Entry, Key, Node};

/// The volume that the steps of a run share.
pub(crate) const WORKSPACE: &str = "workspace";

/// A template body, walked.
#[derive(Clone, Debug)]
pub(crate) struct Body<'n> {
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
    pub shared_mounts: Vec<Mount>,
    pub volumes: Vec<Item<'n>>,
    /// Tasks and steps in their order, each before its hooks.
    pub calls: Vec<Call<'n>>,
    /// The texts with `{{` in them. Those of inline templates are in the bodies of their calls.
    pub sites: Vec<Site>,
    /// What the texts use of what others declare, those of inline templates included.
    pub(crate) uses: Uses,
    pub(crate) objects: Vec<ObjectRef>,
}

impl<'n> Body<'n> {
    /// Walks a body; `holder` is the span that stands for it as a whole.
    pub(crate) fn of(node: &'n Node, holder: Span) -> Self {
        let body = walk::walk(node, holder);
        Self { uses: body.gather_uses(), ..body }
    }

    /// Its type, if it has exactly one.
    pub(crate) fn kind(&self) -> Option<TemplateKind> {
        match self.kinds[..] {
            [(kind, _)] => Some(kind),
            _ => None,
        }
    }

    /// The key that says what type it is, and what is under it.
    pub(crate) fn typed(&self) -> Option<(TemplateKind, &'n Key, &'n Node)> {
        match self.kinds[..] {
            [(kind, entry)] => Some((kind, &entry.key, &entry.value)),
            _ => None,
        }
    }

    /// Whether others can read its `outputs.result` and `exitCode` (`Template.HasOutput` of Argo);
    /// none if its type is not known.
    pub(crate) fn has_result(&self) -> Option<bool> {
        let is_main = |container: &Container| {
            container.name.as_ref().is_some_and(|name| name.value == "main")
        };
        Some(match self.kind()? {
            TemplateKind::ContainerSet => self.containers.iter().any(is_main),
            TemplateKind::Container
            | TemplateKind::Script
            | TemplateKind::Data
            | TemplateKind::Http
            | TemplateKind::Plugin => true,
            TemplateKind::Resource
            | TemplateKind::Suspend
            | TemplateKind::Dag
            | TemplateKind::Steps => false,
        })
    }

    /// Whether it goes on while the templates after it run.
    pub(crate) fn is_daemon(&self) -> bool {
        value(self.node, "daemon").is_some_and(is_true)
    }

    fn gather_uses(&self) -> Uses {
        let mut uses = Uses::default();
        for site in self.with_inlines().into_iter().flat_map(|body| &body.sites) {
            uses.absorb(Uses::of(&site.text));
        }
        // The expression of a hook knows the parameters of the run without tags.
        let calls = self.with_inlines().into_iter().flat_map(|body| &body.calls);
        for hook in calls.filter(|call| matches!(call.place, CallPlace::Hook { .. })) {
            let text = hook.node.get("expression").and_then(Text::of);
            uses.absorb(text.map_or_else(Uses::default, |text| Uses::of_expression(&text)));
        }
        uses
    }

    /// This body and those of the inline templates in it, at any depth.
    pub(crate) fn with_inlines(&self) -> Vec<&Self> {
        let inlines = self.calls.iter().filter_map(|call| call.inline.as_deref());
        std::iter::once(self).chain(inlines.flat_map(Self::with_inlines)).collect()
    }

    /// The images of all containers, inline templates included.
    pub(crate) fn images(&self) -> impl Iterator<Item = &Text> {
        let containers = self.with_inlines().into_iter().flat_map(|body| &body.containers);
        containers.filter_map(|container| container.image.as_ref())
    }

    /// The Secrets and config maps that it reads, inline templates included.
    pub(crate) fn objects(&self) -> impl Iterator<Item = &ObjectRef> {
        self.with_inlines().into_iter().flat_map(|body| &body.objects)
    }

    /// The Secrets that it reads, inline templates included.
    pub(crate) fn secrets(&self) -> impl Iterator<Item = &ObjectRef> {
        self.objects().filter(|object| object.kind == ObjectKind::Secret)
    }

    /// The mounts of the workspace, inline templates included.
    pub(crate) fn workspace_mounts(&self) -> impl Iterator<Item = &Mount> {
        let is_workspace =
            |mount: &&Mount| mount.name.as_ref().is_some_and(|name| name.value == WORKSPACE);
        self.with_inlines().into_iter().flat_map(Self::mounts).filter(is_workspace)
    }

    /// The mounts of all containers, without inline templates.
    pub(crate) fn mounts(&self) -> impl Iterator<Item = &Mount> {
        let own = self.containers.iter().flat_map(|container| &container.mounts);
        self.shared_mounts.iter().chain(own)
    }

    /// Whether something in it runs in the agent's pod.
    pub(crate) fn needs_agent(&self) -> bool {
        self.has_kind(TemplateKind::runs_in_agent)
    }

    fn has_kind(&self, is_meant: fn(TemplateKind) -> bool) -> bool {
        let bodies = self.with_inlines();
        bodies.iter().any(|body| body.kinds.iter().any(|(kind, _)| is_meant(*kind)))
    }
}

#[cfg(test)]
mod tests;
