//! Projects: the namespace, the service accounts and the bus of each.

use crate::diagnostics::Sink;
use crate::model::kinds::project as definition;
use crate::model::kinds::project::{EventBus, ProjectEvents, Rbac};
use crate::model::{Spanned, Text};
use crate::names::{MAX_LABEL, dns_name};
use crate::rules::{ap108_invalid_value, ap310_name};
use crate::source::Span;

/// A project with what it has by default filled in.
#[derive(Debug)]
pub(crate) struct Project<'m> {
    pub definition: &'m definition::Project,
    /// The emitted name.
    pub name: Text,
    pub namespace: Text,
    /// The Namespace is emitted.
    pub creates_namespace: bool,
    /// It lives in a namespace of its own.
    pub owns_namespace: bool,
}

impl<'m> Project<'m> {
    pub(super) fn of(definition: &'m definition::Project, sink: &mut Sink) -> Self {
        let name = &definition.metadata.name;
        let emitted = super::build_names::emitted_name(name, "a project", sink);
        let emitted = Text { value: emitted.into(), span: name.span };
        let spec = definition.spec.as_ref();
        let named = spec.and_then(|spec| spec.namespace.as_ref());
        if let Some(namespace) = named {
            check_namespace(namespace, sink);
        }
        let creates = spec.and_then(|spec| spec.create_namespace.as_ref()).map(|create| **create);
        Self {
            definition,
            namespace: named.unwrap_or(&emitted).clone(),
            creates_namespace: creates.unwrap_or(named.is_none()),
            owns_namespace: named.is_none(),
            name: emitted,
        }
    }

    fn events(&self) -> Option<&'m ProjectEvents> {
        self.definition.spec.as_ref()?.events.as_ref()
    }

    /// Service account of the runs.
    pub(crate) fn runner(&self) -> Text {
        let spec = self.definition.spec.as_ref();
        let named = spec.and_then(|spec| spec.service_account_name.as_deref());
        named.cloned().unwrap_or_else(|| Text::generated("argopacks-runner"))
    }

    /// Service account of the sensor.
    pub(crate) fn sensor(&self) -> Text {
        let named = self.events().and_then(|events| events.service_account_name.as_deref());
        named.cloned().unwrap_or_else(|| Text::generated("argopacks-sensor"))
    }

    /// Whether service accounts and their rights are emitted.
    pub(crate) fn creates_rbac(&self) -> bool {
        self.definition.spec.as_ref().and_then(|spec| spec.rbac) != Some(Rbac::Existing)
    }

    fn bus(&self) -> Option<&'m EventBus> {
        self.events()?.event_bus.as_ref()
    }

    pub(crate) fn bus_name(&self) -> Text {
        let named = self.bus().and_then(|bus| bus.name.as_deref());
        named.cloned().unwrap_or_else(|| Text::generated("default"))
    }

    pub(crate) fn bus_version(&self) -> Text {
        let named = self.bus().and_then(|bus| bus.version.as_ref());
        named.cloned().unwrap_or_else(|| Text::generated("latest"))
    }

    /// Whether the bus is emitted, once it is known whether something needs one.
    pub(crate) fn creates_bus(&self, has_webhooks: bool) -> bool {
        let create = self.bus().and_then(|bus| bus.create.as_ref());
        create.map_or(self.owns_namespace && has_webhooks, |create| **create)
    }

    /// The public base URL of its event sources.
    pub(crate) fn url(&self) -> Option<Text> {
        let url = self.events()?.url.as_ref()?;
        let path = if url.path.is_empty() { String::new() } else { format!("/{}", url.path) };
        let whole = format!("{}://{}{path}", url.scheme.unwrap_or("https"), url.host);
        Some(Text { value: whole.into(), span: url.text.span })
    }

    pub(crate) fn port(&self) -> Spanned<i64> {
        let port = self.events().and_then(|events| events.port.as_deref());
        port.cloned().unwrap_or(Spanned { value: 12000, span: Span::GENERATED })
    }
}

fn check_namespace(namespace: &Text, sink: &mut Sink) {
    if dns_name(namespace) != *namespace.value {
        sink.report(ap108_invalid_value::finding(
            namespace.span,
            namespace,
            "Project.spec.namespace",
            "a namespace: lower-case letters, digits and `-`",
        ));
    } else if namespace.len() > MAX_LABEL {
        sink.report(ap310_name::too_long(namespace.span, namespace, "a Namespace", MAX_LABEL));
    }
}
