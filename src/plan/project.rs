//! Projects: the namespace, the service accounts and the bus of each.

use crate::diagnostics::Sink;
use crate::model::Text;
use crate::model::kinds::project as definition;
use crate::model::kinds::project::{ProjectEvents, Rbac};
use crate::names::{MAX_LABEL, dns_name};
use crate::rules::{ap108_invalid_value, ap310_name};

/// A project with what it has by default filled in.
#[derive(Debug)]
pub(crate) struct Project<'m> {
    pub definition: &'m definition::Project,
    /// The emitted name.
    pub name: String,
    pub namespace: String,
    /// The Namespace is emitted.
    pub creates_namespace: bool,
    /// It lives in a namespace of its own.
    pub owns_namespace: bool,
}

impl<'m> Project<'m> {
    pub(super) fn of(definition: &'m definition::Project, sink: &mut Sink) -> Self {
        let name = &definition.metadata.name;
        let emitted = super::build_names::emitted_name(name, "a project", sink);
        let spec = definition.spec.as_ref();
        let named = spec.and_then(|spec| spec.namespace.as_ref());
        if let Some(namespace) = named {
            check_namespace(namespace, sink);
        }
        let creates = spec.and_then(|spec| spec.create_namespace.as_ref()).map(|create| **create);
        Self {
            definition,
            namespace: named.map_or_else(|| emitted.clone(), |namespace| namespace.to_string()),
            creates_namespace: creates.unwrap_or(named.is_none()),
            owns_namespace: named.is_none(),
            name: emitted,
        }
    }

    fn events(&self) -> Option<&'m ProjectEvents> {
        self.definition.spec.as_ref()?.events.as_ref()
    }

    /// Service account of the runs.
    pub(crate) fn runner(&self) -> &'m str {
        let named =
            self.definition.spec.as_ref().and_then(|spec| spec.service_account_name.as_ref());
        named.map_or("argopacks-runner", |name| &**name)
    }

    /// Service account of the sensor.
    pub(crate) fn sensor(&self) -> &'m str {
        let named = self.events().and_then(|events| events.service_account_name.as_ref());
        named.map_or("argopacks-sensor", |name| &**name)
    }

    /// Whether service accounts and their rights are emitted.
    pub(crate) fn creates_rbac(&self) -> bool {
        self.definition.spec.as_ref().and_then(|spec| spec.rbac) != Some(Rbac::Existing)
    }

    pub(crate) fn bus_name(&self) -> &'m str {
        let named = self
            .events()
            .and_then(|events| events.event_bus.as_ref())
            .and_then(|bus| bus.name.as_ref());
        named.map_or("default", |name| &**name)
    }

    pub(crate) fn bus_version(&self) -> &'m str {
        let named = self
            .events()
            .and_then(|events| events.event_bus.as_ref())
            .and_then(|bus| bus.version.as_ref());
        named.map_or("latest", |version| &**version)
    }

    /// Whether the bus is emitted, once it is known whether something needs one.
    pub(crate) fn creates_bus(&self, has_webhooks: bool) -> bool {
        let create = self
            .events()
            .and_then(|events| events.event_bus.as_ref())
            .and_then(|bus| bus.create.as_ref());
        create.map_or(self.owns_namespace && has_webhooks, |create| **create)
    }

    /// The public base URL of its event sources.
    pub(crate) fn url(&self) -> Option<String> {
        let url = self.events()?.url.as_ref()?;
        let path = if url.path.is_empty() { String::new() } else { format!("/{}", url.path) };
        Some(format!("{}://{}{path}", url.scheme.unwrap_or("https"), url.host))
    }

    pub(crate) fn port(&self) -> i64 {
        self.events().and_then(|events| events.port.as_ref()).map_or(12000, |port| port.value)
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
