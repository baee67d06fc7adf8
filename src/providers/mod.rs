//! Git providers as data: one file each in `templates/providers`, one line here.

use std::sync::LazyLock;

use crate::diagnostics::Sink;
use crate::expression::Scope;
use crate::source::{SourceFile, SourceMap};
use crate::tree::Node;
use crate::yaml::{self};

macro_rules! providers {
    ($($file:literal,)*) => {
        const PROVIDERS: &[(&str, &str)] = &[$(($file, include_str!(concat!("../../templates/providers/", $file)))),*];
    };
}

providers! {
    "github.yaml",
}

/// What is known of a git provider.
#[derive(Debug)]
pub struct Provider {
    root: Node,
}

/// Where a value is in the payload of an event.
#[derive(Clone, Copy, Debug)]
pub struct PayloadValue<'p> {
    /// From `{headers, body, metadata}` down.
    pub path: &'p str,
    /// What is taken away from its start.
    pub trim_prefix: Option<&'p str>,
}

/// An event of a provider.
#[derive(Clone, Copy, Debug)]
pub struct Event<'p> {
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
pub fn find(name: &str) -> Option<&'static Provider> {
    FILES.providers.iter().find(|provider| provider.text("provider") == Some(name))
}

impl Provider {
    /// A text at the top of the file.
    pub fn text(&self, key: &str) -> Option<&str> {
        self.root.get(key).and_then(Node::as_text).map(|text| &**text)
    }

    /// The block of the `EventSource`, filled in.
    pub fn event_source(&self, values: Vec<(&'static str, minijinja::Value)>) -> Option<Node> {
        expand(self.root.get("eventSource")?, values)
    }

    pub fn event(&self, name: &str) -> Option<Event<'_>> {
        self.root.get("events")?.get(name).map(|root| Event { root })
    }
}

impl<'p> Event<'p> {
    /// What the provider calls it where hooks are registered.
    pub fn name(&self) -> &'p str {
        self.root.get("name").and_then(Node::as_text).map_or("", |text| text)
    }

    /// The data filters of a Sensor's dependency, filled in.
    pub fn filters(&self, repository: &str, branches: Vec<String>, skip_ci: bool) -> Vec<Node> {
        let values = vec![("repository", repository.into()), ("branches", branches.into())];
        let filters = self.root.get("filters").and_then(|filters| expand(filters, values));
        let skip = self.root.get("skipCi").filter(|_| skip_ci);
        filters.iter().chain(skip).flat_map(|list| list.items().iter().cloned()).collect()
    }

    /// Where a value is in its payload.
    pub fn value(&self, name: &str) -> Option<PayloadValue<'p>> {
        let value = self.root.get("values")?.get(name)?;
        let text = |key: &str| value.get(key).and_then(Node::as_text).map(|text| &**text);
        Some(PayloadValue { path: text("path")?, trim_prefix: text("trimPrefix") })
    }
}

/// The tests prove that every expression of the files has its value.
fn expand(node: &Node, values: Vec<(&'static str, minijinja::Value)>) -> Option<Node> {
    Scope::new(&FILES.sources, "a provider", values)
        .expand(node.clone(), &mut Sink::default())
        .ok()
        .flatten()
}
