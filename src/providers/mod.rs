//! Git providers as data: one file each in `templates/providers`, one line here. All that is
//! particular to a host is in its file: where it is, how its repositories are named, what its
//! events are called and where their values are.

mod repository;
mod values;

pub(crate) use repository::{RepositoryForm, below};
pub(crate) use values::Values;

use std::sync::LazyLock;

use crate::diagnostics::Sink;
use crate::expression::Scope;
use crate::model::Text;
use crate::model::kinds::webhook::EventKind;
use crate::names::{Branches, escape_regex};
use crate::source::{SourceFile, SourceMap};
use crate::tree::Node;
use crate::yaml::{self};

macro_rules! providers {
    ($($file:literal,)*) => {
        const PROVIDERS: &[(&str, &str)] = &[$(($file, include_str!(concat!("../../templates/providers/", $file)))),*];
    };
}

providers! {
    "bitbucket.yaml",
    "github.yaml",
    "gitlab.yaml",
}

/// What is known of a git provider.
#[derive(Debug)]
pub(crate) struct Provider {
    root: Node,
}

/// Where a value is in the payload of an event.
#[derive(Clone, Copy, Debug)]
pub(crate) struct PayloadValue<'p> {
    /// From `{headers, body, metadata}` down.
    pub path: &'p str,
    /// What is taken away from its start.
    pub trim_prefix: Option<&'p str>,
}

/// An event of a provider.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Event<'p> {
    root: &'p Node,
}

struct Files {
    sources: SourceMap,
    providers: Vec<Provider>,
}

static FILES: LazyLock<Files> = LazyLock::new(|| {
    let mut sources = SourceMap::default();
    let mut providers = Vec::new();
    for (file, text) in PROVIDERS {
        let id = sources.add(SourceFile::new(format!("<templates>/providers/{file}"), *text));
        let documents = yaml::parse(id, sources.file(id));
        providers.extend(documents.into_iter().map(|document| Provider { root: document.root }));
    }
    Files { sources, providers }
});

/// The provider of a name, if webhooks of it are compiled.
pub(crate) fn find(name: &str) -> Option<&'static Provider> {
    known(name).filter(|provider| provider.root.get("events").is_some())
}

/// The provider of a name, if there is a file of it.
pub(crate) fn known(name: &str) -> Option<&'static Provider> {
    FILES.providers.iter().find(|provider| provider.name() == name)
}

/// The provider that is at a host, if it is one that everyone knows. The host is in lower case.
pub(crate) fn at_host(host: &str) -> Option<&'static Provider> {
    FILES.providers.iter().find(|provider| provider.hosts().any(|own| own == host))
}

/// How repositories are named at a provider. Where there is no file of it, a path has two parts at
/// least.
pub(crate) fn repository_form(name: &str) -> RepositoryForm {
    let form = known(name).and_then(|provider| provider.root.get("repository"));
    form.map_or_else(RepositoryForm::default, RepositoryForm::of)
}

impl Provider {
    /// Its name in definitions, and the key of its block in an `EventSource`.
    pub(crate) fn name(&self) -> &str {
        self.text("provider").unwrap_or_default()
    }

    /// Hosts that everyone knows.
    pub(crate) fn hosts(&self) -> impl Iterator<Item = &str> {
        let hosts = self.root.get("hosts").map_or(&[][..], Node::items);
        hosts.iter().filter_map(Node::as_text).map(|host| &**host)
    }

    /// A text at the top of the file.
    pub(crate) fn text(&self, key: &str) -> Option<&str> {
        self.root.get(key).and_then(Node::as_text).map(|text| &**text)
    }

    /// The block of the `EventSource`, filled in.
    pub(crate) fn event_source(&self, values: &Values) -> Option<Node> {
        expand(self.root.get("eventSource")?, values)
    }

    /// An event, if webhooks on it are compiled.
    pub(crate) fn event(&self, kind: EventKind) -> Option<Event<'_>> {
        self.root.get("events")?.get(kind.word()).map(|root| Event { root })
    }
}

impl<'p> Event<'p> {
    /// What the provider calls it where hooks are registered.
    pub(crate) fn name(self) -> &'p str {
        self.root.get("name").and_then(Node::as_text).map_or("", |text| text)
    }

    /// The data filters of a Sensor's dependency: of one repository, on some branches, of which
    /// `globs` are what is written.
    pub(crate) fn filters(
        self,
        repository: &Text,
        branches: &Branches,
        globs: &[&Text],
        skip_ci: bool,
    ) -> Vec<Node> {
        let prefix = self.value("branch").and_then(|value| value.trim_prefix).unwrap_or_default();
        let (escaped, included) = (escape_regex(repository), branches.included(prefix));
        let mut values = Values::default()
            .with("repository", escaped.clone())
            .with("branches", included.clone())
            .with("excluded", branches.excluded(prefix))
            .with_text("repository", escaped, repository.span);
        let (out, of): (Vec<&Text>, Vec<&Text>) = globs.iter().partition(|it| it.starts_with('!'));
        for (regex, glob) in included.into_iter().zip(of) {
            values = values.with_text("branches", regex, glob.span);
        }
        if let Some(glob) = out.first() {
            values = values.with_text("excluded", "", glob.span);
        }
        let block = |key: &str| self.root.get(key).and_then(|block| expand(block, &values));
        let excludes = branches.excluded(prefix).and_then(|_| block("excludes"));
        let skip = if skip_ci { block("skipCi") } else { None };
        let blocks = [block("filters"), excludes, skip];
        blocks.iter().flatten().flat_map(|list| list.items().iter().cloned()).collect()
    }

    /// Where a value is in its payload.
    pub(crate) fn value(self, name: &str) -> Option<PayloadValue<'p>> {
        let value = self.root.get("values")?.get(name)?;
        let text = |key: &str| value.get(key).and_then(Node::as_text).map(|text| &**text);
        Some(PayloadValue { path: text("path")?, trim_prefix: text("trimPrefix") })
    }
}

/// The tests prove that every expression of the files has its value.
fn expand(node: &Node, values: &Values) -> Option<Node> {
    let scope = Scope::new(&FILES.sources, "a provider", values.roots.clone()).within(usize::MAX);
    let expanded = scope.expand(node.clone(), &mut Sink::default());
    let node = expanded.node.filter(|_| !expanded.has_failed)?;
    Some(values.located(node, &FILES.sources))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hosts_are_in_the_files() {
        let at = |host| at_host(host).map(Provider::name);
        assert_eq!(at("github.com"), Some("github"));
        assert_eq!(at("gitlab.com"), Some("gitlab"));
        assert_eq!(at("bitbucket.org"), Some("bitbucket"));
        assert_eq!(at("git.acme.example"), None);
        assert!(find("gitlab").is_none() && known("gitlab").is_some());
    }

    #[test]
    fn code_f_how_repositories_are_named() {
        let takes = |provider: &str, path: &str| repository_form(provider).takes(path);
        assert!(takes("github", "owner/name") && !takes("github", "x/owner/name"));
        assert!(takes("gitlab", "a/b/c") && !takes("gitlab", "a"));
        assert!(takes("generic", "a/b/c"));
        assert_eq!(repository_form("gitlab").wanted(), "group/name");
    }

    #[test]
    fn branch_negation_is_a_filter_of_its_own() {
        let event = find("github").unwrap().event(EventKind::Push).unwrap();
        let filters = |globs: &[&str]| {
            let branches = Branches::read(globs.iter().copied()).unwrap();
            event.filters(&Text::generated("acme/shop"), &branches, &[], false)
        };
        let some = filters(&["**", "!dependabot/**", "!wip"]);
        assert_eq!(some.len(), filters(&["**"]).len() + 1);
        let text = |node: &Node, key: &str| node.get(key).unwrap().as_text().unwrap().to_string();
        let last = some.last().unwrap();
        assert_eq!(text(last, "comparator"), "!=");
        let value = &last.get("value").unwrap().items()[0];
        assert_eq!(&**value.as_text().unwrap(), "^refs/heads/(?:dependabot/.*|wip)$");
    }
}
