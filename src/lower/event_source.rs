//! `EventSource`s: one per account and namespace, with every repository that a webhook listens to.

use std::collections::{BTreeMap, BTreeSet};

use minijinja::Value as Expression;

use super::metadata::{Labels, frame};
use super::{Object, ObjectKind, Origin};
use crate::diagnostics::Sink;
use crate::id::Id;
use crate::model::Text;
use crate::model::kinds::repository_account::{CredentialType, RepositoryAccount};
use crate::model::kinds::webhook::EventKind;
use crate::names::shard::{MAX_OBJECT_BYTES, part_name, split};
use crate::names::{MAX_LABEL, dns_name};
use crate::plan::{Plan, Project, Trigger, code};
use crate::providers::{self, Values};
use crate::rules::ap504_object_size;
use crate::tree::{Map, Node};

/// Argo Events names the Service of an `EventSource` `NAME-eventsource-svc`.
const MAX_NAME: usize = MAX_LABEL - "-eventsource-svc".len();

type TriggerId<'m> = Id<Trigger<'m>>;

/// Every `EventSource` of a plan.
pub(crate) fn objects<'p, 'm>(plan: &'p Plan<'m>, sink: &mut Sink) -> Vec<Object<'p, 'm>> {
    let mut groups: BTreeMap<(&str, String), Vec<TriggerId>> = BTreeMap::new();
    for (id, trigger) in plan.triggers.iter() {
        let namespace = &plan.projects[trigger.project].namespace;
        let name = dns_name(&trigger.account.metadata.name);
        groups.entry((namespace, name)).or_default().push(id);
    }
    let taken: BTreeSet<String> = groups.keys().map(|(_, name)| name.clone()).collect();
    let group = |((_, name), triggers): ((&str, String), Vec<TriggerId<'m>>)| {
        Group { plan, name, triggers }.objects(&taken, sink)
    };
    groups.into_iter().flat_map(group).collect()
}

/// The triggers of one account in a namespace.
struct Group<'p, 'm> {
    plan: &'p Plan<'m>,
    name: String,
    triggers: Vec<TriggerId<'m>>,
}

impl<'p, 'm> Group<'p, 'm> {
    /// Splits the triggers by repository, so that those of one repository stay together.
    fn objects(&self, taken: &BTreeSet<String>, sink: &mut Sink) -> Vec<Object<'p, 'm>> {
        let mut repositories: BTreeMap<&str, Vec<TriggerId>> = BTreeMap::new();
        for id in &self.triggers {
            let repository = &self.plan.triggers[*id].repository;
            repositories.entry(repository).or_default().push(*id);
        }
        // Names of parts are a little longer.
        let frame = self.frame_size() + 20;
        let first = &self.plan.triggers[self.triggers[0]];
        if frame >= MAX_OBJECT_BYTES {
            let what = format!("EventSource `{}`", self.name);
            let span = first.webhook.metadata.name.span;
            sink.report(ap504_object_size::finding(span, &what, frame, MAX_OBJECT_BYTES));
        }
        let size = |name: &str| name.len() + r#"{"owner":"","names":[""]},"#.len();
        let sizes: Vec<(&str, usize)> =
            repositories.keys().map(|repository| (*repository, size(repository))).collect();
        let placed = split(&sizes, frame, MAX_OBJECT_BYTES);
        let mut parts: BTreeMap<usize, Vec<TriggerId>> = BTreeMap::new();
        for (triggers, part) in repositories.into_values().zip(placed) {
            parts.entry(part).or_default().extend(triggers);
        }
        let name = |part: usize| part_name(&self.name, part, MAX_NAME, taken);
        parts.into_iter().map(|(part, triggers)| self.object(name(part), triggers)).collect()
    }

    /// The size of an `EventSource` of this account but for its repositories, in bytes of JSON.
    fn frame_size(&self) -> usize {
        let triggers = self.triggers[..1].to_vec();
        let object = self.object(self.name.clone(), triggers.clone());
        manifest(&object, self.plan, &triggers).json_len()
    }

    fn object(&self, name: String, triggers: Vec<TriggerId<'m>>) -> Object<'p, 'm> {
        let trigger = |id: &TriggerId<'m>| &self.plan.triggers[*id];
        let first = trigger(&self.triggers[0]);
        let is_of_first = |id: &TriggerId<'m>| trigger(id).project == first.project;
        let project = self.triggers.iter().all(is_of_first).then_some(first.project);
        let span = first.account.metadata.name.span;
        Object {
            kind: ObjectKind::EventSource,
            namespace: Some(self.plan.projects[first.project].namespace.clone()),
            name: Text { value: name.into(), span },
            span,
            project,
            origin: Origin::EventSource(triggers),
        }
    }
}

pub(crate) fn manifest<'m>(
    object: &Object<'_, 'm>,
    plan: &Plan<'m>,
    triggers: &[TriggerId<'m>],
) -> Node {
    let first = &plan.triggers[triggers[0]];
    let (account, project) = (first.account, &plan.projects[first.project]);
    let labels = super::metadata::labels(object, plan).and(&account.metadata.labels);
    let port = Map::new()
        .with("name", "http")
        .with("port", &project.port())
        .with("targetPort", &project.port());
    let mut spec = Map::new();
    if *project.bus_name().value != *"default" {
        spec.put("eventBusName", project.bus_name());
    }
    spec.put("service", Map::new().with("ports", vec![port]));
    let provider = code::provider(account).and_then(|provider| providers::find(provider.word()));
    if let Some(provider) = provider {
        let values = values(plan, &object.name, triggers, provider);
        let block = provider.event_source(&values).unwrap_or_else(|| Map::new().into());
        let events = Map::new().with(&event_name(account), block);
        spec.put(provider.text("provider").unwrap_or_default().to_owned(), events);
    }
    let annotations = Labels::default().and(&account.metadata.annotations);
    frame(object, labels, annotations).with("spec", spec).into()
}

/// The name of an account's event in its `EventSource`.
pub(crate) fn event_name(account: &RepositoryAccount) -> Text {
    let name = &account.metadata.name;
    Text { value: dns_name(name).into(), span: name.span }
}

/// What the expressions of a provider's file can refer to.
fn values<'m>(
    plan: &Plan<'m>,
    name: &Text,
    triggers: &[TriggerId<'m>],
    provider: &providers::Provider,
) -> Values {
    let first = &plan.triggers[triggers[0]];
    let (account, project) = (first.account, &plan.projects[first.project]);
    let (endpoint, port, url) = (format!("/{}", name.value), project.port(), project.url());
    let event =
        provider.event(EventKind::Push).map_or_else(String::new, |event| event.name().to_owned());
    let values = Values::default()
        .with("endpoint", endpoint.clone())
        .with_text("endpoint", endpoint, name.span)
        .with("port", port.to_string())
        .with_text("port", port.to_string(), port.span)
        .with("url", url.as_ref().map(ToString::to_string))
        .with("events", vec![event]);
    let values = url.into_iter().fold(values, |it, url| it.with_text("url", url.value, url.span));
    credentials(with_repositories(values, plan, triggers), account, project, provider)
}

/// The repositories of some triggers, and where each of their names is written.
fn with_repositories<'m>(values: Values, plan: &Plan<'m>, triggers: &[TriggerId<'m>]) -> Values {
    const ROOT: &str = "repositories";
    let written = triggers.iter().flat_map(|id| {
        let repository = &plan.triggers[*id].repository;
        repository.split('/').map(|part| (part.to_owned(), repository.span))
    });
    let values = values.with(ROOT, repositories(plan, triggers));
    written.fold(values, |values, (part, span)| values.with_text(ROOT, part, span))
}

/// The Secrets, and the API that one of them is for.
fn credentials(
    values: Values,
    account: &RepositoryAccount,
    project: &Project,
    provider: &providers::Provider,
) -> Values {
    let token = token(account, project);
    let url = &account.spec.url;
    let has_api = code::well_known(&url.host).is_none() && token.is_some();
    let api = |key: &str| {
        let path = provider.text(key).filter(|_| has_api)?;
        Some(format!("{}://{}{path}", url.scheme.unwrap_or("https"), url.host))
    };
    let addresses = [("base_url", api("apiPath")), ("upload_url", api("uploadPath"))];
    let values = addresses.into_iter().fold(values, |values, (name, address)| {
        let values = values.with(name, address.clone());
        address.into_iter().fold(values, |it, text| it.with_text(name, text, url.text.span))
    });
    let values = with_secret(values, "secret", code::webhook_secret(account));
    with_secret(values, "token", token)
}

/// A Secret and its key, or nothing.
fn with_secret(values: Values, root: &'static str, secret: Option<(Text, Text)>) -> Values {
    let Some((name, key)) = secret else { return values.with(root, ()) };
    values
        .with(root, Expression::from_pairs([("name", name.as_str()), ("key", key.as_str())]))
        .with_text(root, name.value, name.span)
        .with_text(root, key.value, key.span)
}

/// The token that Argo Events registers hooks with, if it is to.
fn token(account: &RepositoryAccount, project: &Project) -> Option<(Text, Text)> {
    project.url()?;
    let is_token = code::credential_type(account) == Some(CredentialType::Token);
    let name = code::git_secret(account).filter(|_| is_token)?;
    Some((name.clone(), Text::generated("token")))
}

/// The repositories of some triggers, by owner.
fn repositories<'m>(plan: &Plan<'m>, triggers: &[TriggerId<'m>]) -> Expression {
    let mut owners: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for id in triggers {
        let repository = &plan.triggers[*id].repository;
        let (owner, name) = repository.split_once('/').unwrap_or_default();
        owners.entry(owner).or_default().insert(name);
    }
    let owner = |(owner, names): (&str, BTreeSet<&str>)| {
        let names: Expression = names.into_iter().map(Expression::from).collect();
        Expression::from_pairs([("owner", Expression::from(owner)), ("names", names)])
    };
    owners.into_iter().map(owner).collect()
}
