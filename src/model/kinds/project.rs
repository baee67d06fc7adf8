//! Project: a namespace's worth of pipelines.

use crate::model::forms::Address;
use crate::model::kinds::common::Defaults;
use crate::model::kubernetes::{Annotations, BusName, Labels, ObjectName, Port};
use crate::model::{Spanned, Text};

record! {
    /// A namespace's worth of pipelines: service accounts, rights, event bus.
    pub struct Project {
        /// `packs.argoproj.io/v1beta1`.
        "apiVersion" api_version: Text,
        /// `Project`.
        "kind" kind: Text,
        /// Name and labels.
        "metadata" metadata: ProjectMetadata,
        /// Where it lives and how its runs are set up.
        "spec" spec: Option<ProjectSpec>,
    }
}

record! {
    /// Name and labels.
    pub struct ProjectMetadata {
        /// The name that `metadata.project` of other definitions uses.
        "name" name: Text,
        /// Copied to what is emitted.
        "labels" labels: Labels,
        /// Copied to what is emitted.
        "annotations" annotations: Annotations,
    }
}

choice! {
    /// Who sees to service accounts and their rights.
    pub enum Rbac {
        Create = "create",
        Existing = "existing",
    }
}

record! {
    /// Where a project lives and how its runs are set up.
    pub struct ProjectSpec {
        /// The namespace that it lives in. Without one it owns the namespace of its own name, which
        /// is emitted.
        "namespace" namespace: Option<Text>,
        /// Whether the Namespace is emitted; default only for a namespace of its own.
        "createNamespace" create_namespace: Option<Spanned<bool>>,
        /// Service account of the runs; default argopacks-runner.
        "serviceAccountName" service_account_name: Option<ObjectName>,
        /// `create` (default) emits service accounts with the least rights they need; `existing`
        /// leaves them to you.
        "rbac" rbac: Option<Rbac>,
        /// How events reach the project.
        "events" events: Option<ProjectEvents>,
        /// What holds for its pipelines where they say nothing of their own.
        "defaults" defaults: Option<Defaults>,
    }
}

record! {
    /// How events reach a project.
    pub struct ProjectEvents {
        /// The bus between event sources and sensors.
        "eventBus" event_bus: Option<EventBus>,
        /// Public base URL of the event sources. With a token in the account's credentials, Argo
        /// Events registers the hooks itself.
        "url" url: Option<Address>,
        /// Port that event sources listen on; default 12000.
        "port" port: Option<Port>,
        /// Service account of the sensor; default argopacks-sensor.
        "serviceAccountName" service_account_name: Option<ObjectName>,
    }
}

record! {
    /// The bus between event sources and sensors.
    pub struct EventBus {
        /// Its name; default `default`.
        "name" name: Option<BusName>,
        /// Whether it is emitted; default only in a namespace of the project's own that has
        /// webhooks.
        "create" create: Option<Spanned<bool>>,
        /// Version of `JetStream`; default `latest`.
        "version" version: Option<Text>,
    }
}
