//! `EventSource`s: one per account and namespace, with every repository that a webhook listens to.

use std::collections::{BTreeMap, BTreeSet};

use minijinja::Value as Expression;

use super::metadata::{Labels, frame};
use super::{Object, ObjectKind, Origin};
use crate::diagnostics::Sink;
use crate::model::kinds::repository_account::{CredentialType, RepositoryAccount};
use crate::model::kinds::webhook::EventKind;
use crate::names::shard::{MAX_OBJECT_BYTES, part_name, split};
use crate::names::{MAX_LABEL, dns_name};
use crate::providers;
use crate::resolve::{Program, ProjectPlan, code};
use crate::rules::ap504_object_size;
use crate::tree::{Map, Node};

/// Argo Events names the Service of an `EventSource` `NAME-eventsource-svc`.
const MAX_NAME: usize = MAX_LABEL - "-eventsource-svc".len();

/// An `EventSource`: the webhooks whose events arrive there.
#[derive(Clone, Debug)]
pub struct Shard {
    /// Places in the program's webhooks; all of one account and namespace.
    pub webhooks: Vec<usize>,
    name: String,
}

/// Every `EventSource` of a program.
pub fn objects(program: &Program, sink: &mut Sink) -> Vec<Object> {
    let mut groups: BTreeMap<(&str, String), Vec<usize>> = BTreeMap::new();
    for (at, webhook) in program.webhooks.iter().enumerate() {
        let namespace = &program.projects[webhook.project].namespace;
        groups.entry((namespace, dns_name(&webhook.account.metadata.name))).or_default().push(at);
    }
    let taken: BTreeSet<String> = groups.keys().map(|(_, name)| name.clone()).collect();
    groups
        .into_iter()
        .flat_map(|((namespace, name), webhooks)| {
            group(program, namespace, &name, &webhooks, &taken, sink)
        })
        .collect()
}

/// Splits the webhooks of one account by repository, so that those of one repository stay together.
fn group(
    program: &Program,
    namespace: &str,
    name: &str,
    webhooks: &[usize],
    taken: &BTreeSet<String>,
    sink: &mut Sink,
) -> Vec<Object> {
    let mut repositories: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for at in webhooks {
        repositories.entry(&program.webhooks[*at].repository).or_default().push(*at);
    }
    let project = only(webhooks.iter().map(|at| program.webhooks[*at].project));
    let object =
        |name: String, webhooks| object(program, namespace, project, Shard { webhooks, name });
    let frame = size(program, &object(name.to_owned(), webhooks[..1].to_vec())) + 20;
    let item_size = |repository: &str| repository.len() + r#"{"owner":"","names":[""]},"#.len();
    let sizes: Vec<(&str, usize)> =
        repositories.keys().map(|repository| (*repository, item_size(repository))).collect();
    let placed = split(&sizes, frame, MAX_OBJECT_BYTES);
    if frame >= MAX_OBJECT_BYTES {
        let span = program.webhooks[webhooks[0]].webhook.metadata.name.span;
        sink.report(ap504_object_size::finding(
            span,
            &format!("EventSource `{name}`"),
            frame,
            MAX_OBJECT_BYTES,
        ));
    }
    let mut parts: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for (webhooks, part) in repositories.into_values().zip(placed) {
        parts.entry(part).or_default().extend(webhooks);
    }
    let name = |part| part_name(name, part, MAX_NAME, taken);
    parts.into_iter().map(|(part, webhooks)| object(name(part), webhooks)).collect()
}

/// The one value that all of some are.
fn only(mut values: impl Iterator<Item = usize>) -> Option<usize> {
    let first = values.next()?;
    values.all(|value| value == first).then_some(first)
}

fn size(program: &Program, object: &Object) -> usize {
    match &object.source {
        Origin::EventSource(shard) => manifest(object, program, shard).json_len(),
        _ => 0,
    }
}

fn object(program: &Program, namespace: &str, project: Option<usize>, shard: Shard) -> Object {
    let span = program.webhooks[shard.webhooks[0]].account.metadata.name.span;
    let (name, namespace) = (shard.name.clone(), Some(namespace.to_owned()));
    Object {
        kind: ObjectKind::EventSource,
        namespace,
        name,
        span,
        project,
        source: Origin::EventSource(shard),
    }
}

pub fn manifest(object: &Object, program: &Program, shard: &Shard) -> Node {
    let first = &program.webhooks[shard.webhooks[0]];
    let (account, project) = (first.account, &program.projects[first.project]);
    let labels = super::metadata::labels(object, program).and(&account.metadata.labels);
    let port = Map::new()
        .with("name", "http")
        .with("port", project.port())
        .with("targetPort", project.port());
    let mut spec = Map::new();
    if project.bus_name() != "default" {
        spec.put("eventBusName", project.bus_name().to_owned());
    }
    spec.put("service", Map::new().with("ports", vec![port]));
    if let Some(provider) =
        code::provider(account).and_then(|provider| providers::find(provider.word()))
    {
        let block = provider.event_source(values(program, shard, account, project, provider));
        let block = block.unwrap_or_else(|| Map::new().into());
        spec.put(
            provider.text("provider").unwrap_or_default().to_owned(),
            Map::new().with(event_name(account), block),
        );
    }
    frame(object, labels, Labels::default().and(&account.metadata.annotations))
        .with("spec", spec)
        .into()
}

/// The name of an account's event in its `EventSource`.
pub fn event_name(account: &RepositoryAccount) -> String {
    dns_name(&account.metadata.name)
}

/// What the expressions of a provider's file can refer to.
fn values(
    program: &Program,
    shard: &Shard,
    account: &RepositoryAccount,
    project: &ProjectPlan,
    provider: &providers::Provider,
) -> Vec<(&'static str, Expression)> {
    let secret = |name: &str, key: &str| Expression::from_pairs([("name", name), ("key", key)]);
    let none = || Expression::from(());
    let token = match (project.url(), code::credential_type(account), code::git_secret(account)) {
        (Some(_), Some(CredentialType::Token), Some(name)) => secret(name, "token"),
        _ => none(),
    };
    let event =
        provider.event(EventKind::Push).map_or_else(String::new, |event| event.name().to_owned());
    let is_well_known = code::well_known(&account.spec.url.host).is_some();
    let api = |key: &str| match provider.text(key) {
        Some(path) if !is_well_known => Expression::from(format!(
            "{}://{}{path}",
            account.spec.url.scheme.unwrap_or("https"),
            account.spec.url.host
        )),
        _ => none(),
    };
    vec![
        ("repositories", repositories(program, shard)),
        ("endpoint", format!("/{}", shard.name).into()),
        ("port", project.port().to_string().into()),
        ("url", project.url().map_or_else(none, Expression::from)),
        ("events", vec![event].into()),
        (
            "secret",
            code::webhook_secret(account).map_or_else(none, |(name, key)| secret(&name, &key)),
        ),
        ("base_url", if token.is_none() { none() } else { api("apiPath") }),
        ("upload_url", if token.is_none() { none() } else { api("uploadPath") }),
        ("token", token),
    ]
}

/// The repositories of a shard, by owner.
fn repositories(program: &Program, shard: &Shard) -> Expression {
    let mut owners: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for at in &shard.webhooks {
        let (owner, name) = program.webhooks[*at].repository.split_once('/').unwrap_or_default();
        let names = owners.entry(owner).or_default();
        if !names.contains(&name) {
            names.push(name);
        }
    }
    let owner = |(owner, mut names): (&str, Vec<&str>)| {
        names.sort_unstable();
        Expression::from_pairs([
            ("owner", Expression::from(owner)),
            ("names", names.into_iter().map(Expression::from).collect()),
        ])
    };
    owners.into_iter().map(owner).collect()
}
