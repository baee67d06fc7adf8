//! What a webhook listens to: the account, the repository, the branches.

use super::code::{self, is_commit, provider, repository_name, webhook_secret};
use super::trigger::Planner;
use crate::diagnostics::{Diagnostic, Sink};
use crate::model::forms::Address;
use crate::model::kinds::repository_account::RepositoryAccount;
use crate::model::kinds::webhook::{Webhook, WebhookRepo};
use crate::model::{Kind, Text};
use crate::names::{Branches, BranchesFlaw, MAX_LABEL, dns_name};
use crate::providers;
use crate::rules::{
    ap104_missing_field, ap107_not_compiled, ap108_invalid_value, ap109_one_of_fields,
    ap201_undefined_reference, ap202_ambiguous_reference, ap310_name, ap601_webhook_secret,
};
use crate::source::Span;

/// Argo Events names the Service of an `EventSource` `NAME-eventsource-svc`; three characters are
/// kept for the number of a part.
const MAX_EVENT_SOURCE: usize = MAX_LABEL - "-eventsource-svc".len() - "-99".len();

impl<'m> Planner<'m, '_> {
    /// The account and the repository.
    pub(super) fn source(
        &self,
        webhook: &Webhook,
        project: &Text,
        sink: &mut Sink,
    ) -> Option<(&'m RepositoryAccount, Text)> {
        let repo = &webhook.spec.repo;
        let what = format!("Webhook `{}`", &*webhook.metadata.name);
        let (account, at, repository) = match (&repo.url, &repo.account) {
            (Some(url), Some(account)) => {
                sink.report(ap109_one_of_fields::both(
                    account.span,
                    &what,
                    "repo.account",
                    "repo.url",
                    url.text.span,
                ));
                return None;
            }
            (None, None) if !repo.whole || !webhook.spec.whole => return None,
            (None, None) => {
                sink.report(ap109_one_of_fields::none(
                    repo.held_at,
                    &what,
                    &["repo.url", "repo.account"],
                ));
                return None;
            }
            (Some(url), None) => {
                if let Some(name) = &repo.name {
                    let (second, first) = ("repo.name", "repo.url");
                    let first_span = url.text.span;
                    let finding =
                        ap109_one_of_fields::both(name.span, &what, second, first, first_span);
                    sink.report(finding);
                }
                self.source_at(url, project, sink)?
            }
            (None, Some(account)) => self.source_named(repo, account, project, sink)?,
        };
        let form = code::repository_form(Some(account));
        let is_right = code::check_repository(&repository, &form, "Webhook.spec.repo", sink);
        Self::check_account(account, at, sink);
        let name = repository_name(&repository).to_owned().into();
        is_right.then_some((account, Text { value: name, span: repository.span }))
    }

    /// The account of a `url`, where it was named, and the repository.
    fn source_at(
        &self,
        url: &Address,
        project: &Text,
        sink: &mut Sink,
    ) -> Option<(&'m RepositoryAccount, Span, Text)> {
        let account = self.account_at(url, project, sink)?;
        let repository = providers::below(&account.spec.url.path, &url.path).unwrap_or(&url.path);
        let form = code::repository_form(Some(account));
        if !form.takes(repository_name(repository)) {
            let wanted = format!("host and repository, as `{}/{}`", url.host, form.wanted());
            let (span, path) = (url.text.span, "Webhook.spec.repo.url");
            sink.report(ap108_invalid_value::finding(span, &url.text, path, &wanted));
            return None;
        }
        let text =
            Text { value: repository_name(repository).to_owned().into(), span: url.text.span };
        Some((account, url.text.span, text))
    }

    /// The account of a name, where it was named, and the repository.
    fn source_named(
        &self,
        repo: &WebhookRepo,
        account: &Text,
        project: &Text,
        sink: &mut Sink,
    ) -> Option<(&'m RepositoryAccount, Span, Text)> {
        let index = self.callees.index;
        let found = index.find(&index.accounts, account, Some(project), sink);
        let Some(name) = &repo.name else {
            let doc = "the repository, as `owner/name`.";
            sink.report(ap104_missing_field::finding(
                repo.held_at,
                "Webhook.spec.repo",
                "name",
                doc,
            ));
            return None;
        };
        Some((index.accounts[found?], account.span, name.clone()))
    }

    fn check_account(account: &RepositoryAccount, at: Span, sink: &mut Sink) {
        let emitted = dns_name(&account.metadata.name);
        if emitted.is_empty() {
            let name = Some(&account.metadata.name).filter(|name| !name.is_hole());
            name.iter().for_each(|name| sink.report(ap310_name::no_form(name.span, name)));
        } else if emitted.len() > MAX_EVENT_SOURCE {
            sink.report(ap310_name::too_long(
                account.metadata.name.span,
                &emitted,
                "an EventSource",
                MAX_EVENT_SOURCE,
            ));
        }
        match provider(account) {
            Some(provider) if providers::find(provider.word()).is_none() => {
                sink.report(ap107_not_compiled::provider(
                    at,
                    account.metadata.name.span,
                    provider.word(),
                ));
            }
            Some(_) if webhook_secret(account).is_none() => {
                sink.report(ap601_webhook_secret::finding(
                    at,
                    &account.metadata.name,
                    account.metadata.name.span,
                ));
            }
            _ => {}
        }
    }

    /// The one account in reach that is at the host of a URL.
    fn account_at(
        &self,
        url: &Address,
        project: &Text,
        sink: &mut Sink,
    ) -> Option<&'m RepositoryAccount> {
        let index = self.callees.index;
        let visible: Vec<&RepositoryAccount> =
            index.accounts.visible_from(Some(project)).map(|(_, account)| account).collect();
        let is_at = |account: &&&'m RepositoryAccount| {
            account.spec.url.host == url.host
                && providers::below(&account.spec.url.path, &url.path).is_some()
        };
        let mut at_host = visible.iter().filter(is_at).copied();
        match (at_host.next(), at_host.next()) {
            (Some(account), None) => Some(account),
            (Some(first), Some(second)) => {
                let named = |account: &'m RepositoryAccount| {
                    (&*account.metadata.name.value, account.metadata.name.span)
                };
                sink.report(ap202_ambiguous_reference::accounts(
                    url.text.span,
                    &url.host,
                    named(first),
                    named(second),
                ));
                None
            }
            (None, _) => {
                if !index.has_broken(Kind::RepositoryAccount) {
                    sink.report(no_account(url, &visible));
                }
                None
            }
        }
    }
}

/// No account of those in reach is for a repository.
fn no_account(url: &Address, visible: &[&RepositoryAccount]) -> Diagnostic {
    let at_host = visible.iter().filter(|account| account.spec.url.host == url.host);
    let for_others: Vec<(&str, String, Span)> = at_host
        .map(|account| {
            let of = &account.spec.url;
            (&*account.metadata.name.value, format!("{}/{}", of.host, of.path), of.text.span)
        })
        .collect();
    let span = url.text.span;
    if for_others.is_empty() {
        let hosts: Vec<&str> = visible.iter().map(|account| &*account.spec.url.host).collect();
        return ap201_undefined_reference::account_at(span, &url.host, &hosts);
    }
    let repository = format!("{}/{}", url.host, url.path);
    ap201_undefined_reference::account_for(span, &repository, &for_others)
}

/// The branches whose pushes count; reports patterns that none can match.
pub(super) fn branches(webhook: &Webhook, sink: &mut Sink) -> Branches {
    let spec = &webhook.spec;
    if !spec.branches.is_empty() {
        let globs = spec.branches.iter().map(|branch| &**branch);
        return Branches::read(globs.map(|glob| &**glob)).unwrap_or_else(|flaws| {
            for flaw in &flaws {
                report_flaw(flaw, webhook, sink);
            }
            Branches::one("")
        });
    }
    match &spec.repo.revision {
        Some(revision) if is_commit(revision) => {
            sink.report(ap108_invalid_value::finding(
                revision.span,
                revision,
                "Webhook.spec.repo.revision",
                "a branch: commits are not pushed to",
            ));
            Branches::one("")
        }
        Some(revision) => Branches::one(revision),
        None if !spec.whole || !spec.repo.whole => Branches::one(""),
        None => {
            let doc = "the branch whose pushes count; or give `branches`.";
            sink.report(ap104_missing_field::finding(
                spec.repo.held_at,
                "Webhook.spec.repo",
                "revision",
                doc,
            ));
            Branches::one("")
        }
    }
}

/// Reports a glob that no branch can match, at the place in it.
fn report_flaw(flaw: &BranchesFlaw, webhook: &Webhook, sink: &mut Sink) {
    let globs = &webhook.spec.branches;
    let path = "Webhook.spec.branches";
    sink.report(match flaw {
        BranchesFlaw::Glob(at, flaw) => {
            let glob = &globs[*at];
            let place = glob.part(flaw.place.start, flaw.place.end);
            let wanted = "a branch, or a pattern of branches";
            let found = ap108_invalid_value::finding(place, glob, path, wanted).note(flaw.why);
            match &flaw.instead {
                Some(instead) => found.fix(glob.span, instead.clone()),
                None => found,
            }
        }
        BranchesFlaw::NothingExcluded(at) => {
            let wanted = "an exclusion of branches that the rest of the list includes";
            ap108_invalid_value::finding(globs[*at].span, &globs[*at], path, wanted)
        }
        BranchesFlaw::OnlyExclusions => {
            let wanted = "a pattern of branches before what is excluded, such as `**`";
            ap108_invalid_value::finding(globs[0].span, &globs[0], path, wanted)
        }
    });
}
