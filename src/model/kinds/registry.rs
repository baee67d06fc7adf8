//! Registry: where images go.

use crate::model::forms::Address;
use crate::model::kinds::common::{Metadata, Scope, SecretKey};
use crate::model::kubernetes::{ObjectName, Port};
use crate::model::origins::ImagePath;
use crate::model::{Spanned, Text};

record! {
    /// A container registry: image URLs and the docker credentials for it.
    pub struct Registry {
        /// `packs.argoproj.io/v1beta1`.
        "apiVersion" api_version: Text,
        /// `Registry`.
        "kind" kind: Text,
        /// Name, project and labels.
        "metadata" metadata: Metadata,
        /// Where it is and how to log in.
        "spec" spec: RegistrySpec,
    }
}

record! {
    /// Where a registry is and how to log in.
    pub struct RegistrySpec {
        /// `global` or `project`; default project where metadata.project is set.
        "scope" scope: Option<Scope>,
        /// A registry in the cluster. Either this or `url`.
        "service" service: Option<Service>,
        /// Host of the registry, with a port if it needs one. Either this or `service`.
        "url" url: Option<Address>,
        /// Whether it speaks plain HTTP, or TLS that no one vouches for; default false.
        "insecure" insecure: Option<Spanned<bool>>,
        /// What stands between host and image name.
        "prefix" prefix: Option<ImagePath>,
        /// How to log in; none for a registry that is open.
        "credentials" credentials: Option<RegistryCredentials>,
    }
}

record! {
    /// A registry in the cluster.
    pub struct Service {
        /// The Service that it is behind.
        "filter" filter: ServiceFilter,
    }
}

record! {
    /// A Service of the cluster.
    pub struct ServiceFilter {
        /// Name of the Service.
        "name" name: ObjectName,
        /// Namespace of the Service.
        "namespace" namespace: ObjectName,
        /// Port of the Service, if it is not the scheme's own.
        "port" port: Option<Port>,
    }
}

record! {
    /// How to log in to a registry.
    pub struct RegistryCredentials {
        /// A Secret of type kubernetes.io/dockerconfigjson; its key is `.dockerconfigjson` unless
        /// another is named.
        "secretFrom" secret_from: SecretKey,
    }
}
