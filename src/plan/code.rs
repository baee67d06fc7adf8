//! What follows from references: clone URLs, image URLs, the secrets that must exist.

use crate::diagnostics::Sink;
use crate::model::kinds::pipeline::Git;
use crate::model::kinds::registry::Registry;
use crate::model::kinds::repository_account::{CredentialType, Provider, RepositoryAccount};
use crate::model::{Decode, Text};
use crate::providers::{self, RepositoryForm};
use crate::rules::{ap104_missing_field, ap108_invalid_value, ap109_one_of_fields};

/// A repository as hosts name it: `owner/name`, no slash around it and no `.git`.
pub(crate) fn repository_name(name: &str) -> &str {
    let name = name.trim_matches('/');
    name.strip_suffix(".git").unwrap_or(name)
}

/// How repositories are named at an account's provider.
pub(crate) fn repository_form(account: Option<&RepositoryAccount>) -> RepositoryForm {
    let provider = account.and_then(provider).map_or("", |provider| provider.word());
    providers::repository_form(provider)
}

/// Reports a repository that its provider would not name like that.
pub(crate) fn check_repository(
    name: &Text,
    form: &RepositoryForm,
    path: &str,
    sink: &mut Sink,
) -> bool {
    let is_right = form.takes(repository_name(name));
    if !is_right && !name.is_hole() {
        let wanted = format!("a repository as `{}`", form.wanted());
        sink.report(ap108_invalid_value::finding(name.span, name, path, &wanted));
    }
    is_right
}

/// The URL that a repository is cloned from: over ssh where the account's credentials are an ssh
/// key.
pub(crate) fn clone_url(account: &RepositoryAccount, repository: &str) -> String {
    let address = &account.spec.url;
    let repository = repository_name(repository);
    let path = if address.path.is_empty() {
        repository.to_owned()
    } else {
        format!("{}/{repository}", address.path)
    };
    match credential_type(account) {
        Some(CredentialType::Ssh) => {
            let host = address.host.split(':').next().unwrap_or_default();
            format!("git@{host}:{path}.git")
        }
        _ => format!("{}://{}/{path}.git", address.scheme.unwrap_or("https"), address.host),
    }
}

pub(crate) fn credential_type(account: &RepositoryAccount) -> Option<CredentialType> {
    account
        .spec
        .credentials
        .as_ref()
        .map(|credentials| credentials.kind.unwrap_or(CredentialType::Basic))
}

/// The Secret that an account logs in with.
pub(crate) fn git_secret(account: &RepositoryAccount) -> Option<&Text> {
    account.spec.credentials.as_ref().map(|credentials| &*credentials.secret_from.name)
}

/// The Secret and key that the account's events are checked with.
pub(crate) fn webhook_secret(account: &RepositoryAccount) -> Option<(Text, Text)> {
    let default = || Text::generated("webhook-secret");
    match &account.spec.webhook {
        Some(webhook) => {
            let key = webhook.secret_from.key.as_deref().cloned().unwrap_or_else(default);
            Some(((*webhook.secret_from.name).clone(), key))
        }
        None => git_secret(account).map(|name| (name.clone(), default())),
    }
}

/// What an account's host speaks, where it is said or well known.
pub(crate) fn provider(account: &RepositoryAccount) -> Option<Provider> {
    account.spec.provider.or_else(|| well_known(&account.spec.url.host))
}

/// What a host speaks that everyone knows.
pub(crate) fn well_known(host: &str) -> Option<Provider> {
    let name = crate::providers::at_host(host)?.name();
    let known = [Provider::Github, Provider::Gitlab, Provider::Bitbucket];
    known.into_iter().find(|provider| provider.word() == name)
}

/// Reports an account whose provider nobody could know.
pub(crate) fn check_account(account: &RepositoryAccount, sink: &mut Sink) {
    if provider(account).is_none() && Decode::is_whole(account) {
        let doc = "what the host speaks: `github`, `gitlab`, `bitbucket`, `bitbucketserver`, `gitea` or `generic`.";
        sink.report(ap104_missing_field::finding(
            account.spec.url.text.span,
            "RepositoryAccount.spec",
            "provider",
            doc,
        ));
    }
}

/// Reports a registry that has no place, or two.
pub(crate) fn check_registry(registry: &Registry, sink: &mut Sink) {
    let what = format!("Registry `{}`", &*registry.metadata.name);
    match (&registry.spec.service, &registry.spec.url) {
        (None, None) if !registry.spec.whole || !registry.whole => {}
        (None, None) => sink.report(ap109_one_of_fields::none(
            registry.metadata.name.span,
            &what,
            &["spec.service", "spec.url"],
        )),
        (Some(service), Some(url)) => sink.report(ap109_one_of_fields::both(
            url.text.span,
            &what,
            "url",
            "service",
            service.held_at,
        )),
        _ => {}
    }
}

/// Host, port and prefix of a registry, as they stand before an image's name.
pub(crate) fn registry_host(registry: &Registry) -> String {
    let spec = &registry.spec;
    let mut host = match (&spec.service, &spec.url) {
        (Some(service), _) => {
            let filter = &service.filter;
            let port =
                filter.port.as_ref().map_or_else(String::new, |port| format!(":{}", port.value));
            format!("{}.{}.svc{port}", filter.name.value, filter.namespace.value)
        }
        (None, Some(url)) if url.path.is_empty() => url.host.to_string(),
        (None, Some(url)) => format!("{}/{}", url.host, url.path),
        (None, None) => String::new(),
    };
    if let Some(prefix) = &spec.prefix {
        host.push('/');
        host.push_str(prefix.trim_matches('/'));
    }
    host
}

/// Whether this revision is a commit, by its form.
pub(crate) fn is_commit(revision: &str) -> bool {
    matches!(revision.len(), 40 | 64) && revision.chars().all(|c| c.is_ascii_hexdigit())
}

/// The repository that a Pipeline builds, as messages name it.
pub(crate) fn repository_of(account: &RepositoryAccount, git: &Git) -> String {
    format!("{}/{}", account.spec.url.host, repository_name(&git.repo))
}
