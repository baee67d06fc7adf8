//! `RepositoryAccount`: where repositories come from.

use crate::model::Text;
use crate::model::forms::Address;
use crate::model::kinds::common::{Metadata, Scope, SecretKey, SecretName};

record! {
    /// An account at a git host: clone URLs, git credentials, and the events of its repositories.
    pub struct RepositoryAccount {
        /// `packs.argoproj.io/v1beta1`.
        "apiVersion" api_version: Text,
        /// `RepositoryAccount`.
        "kind" kind: Text,
        /// Name, project and labels.
        "metadata" metadata: Metadata,
        /// The host and how to log in.
        "spec" spec: AccountSpec,
    }
}

record! {
    /// The host of an account and how to log in.
    pub struct AccountSpec {
        /// `global` or `project`; default project where metadata.project is set.
        "scope" scope: Option<Scope>,
        /// The host, or the base URL of a self-hosted one.
        "url" url: Address,
        /// What the host speaks; known for github.com, gitlab.com and bitbucket.org, otherwise
        /// required.
        "provider" provider: Option<Provider>,
        /// How to log in; none for repositories that are public.
        "credentials" credentials: Option<GitCredentials>,
        /// What events are checked with.
        "webhook" webhook: Option<WebhookSecret>,
    }
}

choice! {
    /// What a git host speaks.
    pub enum Provider {
        Github = "github",
        Gitlab = "gitlab",
        Bitbucket = "bitbucket",
        BitbucketServer = "bitbucketserver",
        Gitea = "gitea",
        Generic = "generic",
    }
}

choice! {
    /// The keys that a git secret has.
    pub enum CredentialType {
        /// `username` and `password`.
        Basic = "basic-auth",
        /// `ssh-privatekey` and `known_hosts`.
        Ssh = "ssh-auth",
        /// `token`.
        Token = "token",
    }
}

record! {
    /// How to log in to a git host.
    pub struct GitCredentials {
        /// The Secret.
        "secretFrom" secret_from: SecretName,
        /// Which keys it has: `basic-auth` (username, password), `ssh-auth` (ssh-privatekey,
        /// `known_hosts`; makes the clone URL an ssh one) or `token` (token); default basic-auth.
        "type" kind: Option<CredentialType>,
    }
}

record! {
    /// What events are checked with.
    pub struct WebhookSecret {
        /// The Secret; its key is `webhook-secret` unless another is named. Without one: the key
        /// `webhook-secret` of the credentials' Secret.
        "secretFrom" secret_from: SecretKey,
    }
}
