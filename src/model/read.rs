//! Every document of a run to its definition: Config first, then projects, then what can refer to them in expressions.

use std::collections::HashMap;

use minijinja::Value;
use rayon::prelude::*;

use super::kinds::config::Config;
use super::kinds::project::Project;
use super::kinds::{Definition, Kind};
use super::{API_VERSION, Decoder};
use crate::diagnostics::{Sink, nearest};
use crate::expression::{self, Expanded, Scope};
use crate::names::dns_name;
use crate::rules::{
    ap101_unknown_kind, ap102_api_version, ap104_missing_field, ap105_wrong_type,
    ap107_not_compiled, ap203_names_meet,
};
use crate::source::{SourceMap, Span};
use crate::tree::Node;
use crate::tree::Str;
use crate::yaml::Document;

/// Documents that one thread reads at a time.
const BATCH: usize = 64;

/// Every definition of a run.
#[derive(Debug, Default)]
pub struct Model {
    pub config: Option<Config>,
    /// In the order of the documents, with those that are incomplete: see [`Definition::is_whole`].
    pub definitions: Vec<Definition>,
    /// Builders with expressions: they are read anew for every pipeline, once its values are known.
    pub builder_sources: HashMap<Span, BuilderSource>,
    /// What could not be read at all: its kind is unknown, or its syntax broke off.
    pub broken: Vec<Broken>,
}

impl Model {
    /// The definitions that the stages behind this one work on: today those that are whole.
    pub fn usable(&self) -> impl Iterator<Item = &Definition> {
        self.definitions.iter().filter(|definition| definition.is_whole())
    }

    /// What was written and is not among the usable ones: what refers to it is silent.
    pub fn unusable(&self) -> impl Iterator<Item = Broken> {
        let incomplete = self.definitions.iter().filter(|definition| !definition.is_whole());
        self.broken.iter().cloned().chain(incomplete.map(Broken::incomplete))
    }
}

/// The document of a Builder whose expressions wait for a pipeline.
#[derive(Debug)]
pub struct BuilderSource {
    pub node: Node,
    pub at: Span,
}

/// A definition that could not be read. What depends on it is silent.
#[derive(Clone, Debug)]
pub struct Broken {
    /// Unknown where the kind itself could not be read.
    pub kind: Option<Kind>,
    /// Unknown where the name could not be read.
    pub name: Option<Str>,
}

impl Broken {
    /// Definitions of which not even the kind is known, as in a file that could not be read.
    pub fn anything() -> Self {
        Self { kind: None, name: None }
    }

    fn incomplete(definition: &Definition) -> Self {
        let name = definition.name().map(|name| name.value.clone());
        Self { kind: Some(definition.kind()), name }
    }

    fn of(kind: Option<Kind>, root: &Node) -> Self {
        let name = root
            .get("metadata")
            .and_then(|metadata| metadata.get("name"))
            .filter(|name| !name.is_null());
        Self { kind, name: name.and_then(Node::as_text).filter(|name| !name.is_empty()).cloned() }
    }
}

/// A document of ours that is still to be decoded.
struct Pending {
    kind: Kind,
    root: Node,
    at: Span,
    cut_short: bool,
}

/// Reads the definitions among the documents; others (native Argo and Kubernetes documents, kustomizations) are left alone.
pub fn read(documents: Vec<Document>, sources: &SourceMap, sink: &mut Sink) -> Model {
    let mut model = Model::default();
    let mut pending = Vec::with_capacity(documents.len());
    for document in documents {
        identify(document, &mut pending, &mut model.broken, sink);
    }
    let (configs, rest): (Vec<_>, Vec<_>) =
        pending.into_iter().partition(|pending| pending.kind == Kind::Config);
    let (projects, rest): (Vec<_>, Vec<_>) =
        rest.into_iter().partition(|pending| pending.kind == Kind::Project);
    let mut reader = Reader {
        sources,
        values: Value::from_pairs::<_, &str, Value>([]),
        projects: HashMap::new(),
    };
    reader.decode(configs, &mut model, sink);
    take_config(&mut model, sink);
    if let Some(values) = model.config.as_ref().and_then(|config| config.spec.values.as_ref()) {
        reader.values = expression::value_of(values);
    }
    reader.decode(projects, &mut model, sink);
    reader.projects = model.definitions.iter().filter_map(project_value).collect();
    reader.decode(rest, &mut model, sink);
    model
}

fn take_config(model: &mut Model, sink: &mut Sink) {
    for definition in std::mem::take(&mut model.definitions) {
        if let Definition::Config(config) = definition {
            match &model.config {
                Some(first) => {
                    sink.report(ap203_names_meet::second_config(config.kind.span, first.kind.span));
                }
                None => model.config = Some(*config),
            }
        }
    }
}

fn project_value(definition: &Definition) -> Option<(Str, Value)> {
    let Definition::Project(project) = definition else { return None };
    definition.name()?;
    Some((project.metadata.name.value.clone(), value_of_project(project)))
}

/// `project` as expressions see it: its name, and the namespace that it lives in.
pub fn value_of_project(project: &Project) -> Value {
    let name = &project.metadata.name.value;
    let named = project.spec.as_ref().and_then(|spec| spec.namespace.as_ref());
    let namespace = named.map_or_else(|| dns_name(name), |namespace| namespace.to_string());
    Value::from_pairs([("name", name.to_string()), ("namespace", namespace)])
}

/// Tells our documents from others by apiVersion and kind, misspelt ones included.
fn identify(
    document: Document,
    pending: &mut Vec<Pending>,
    broken: &mut Vec<Broken>,
    sink: &mut Sink,
) {
    let Document { root, cut_short } = document;
    let version = root.get("apiVersion").cloned();
    let kind_node = root.get("kind").cloned();
    let kind =
        kind_node.as_ref().and_then(Node::as_text).and_then(|kind| kind.parse::<Kind>().ok());
    match (is_ours(version.as_ref()), kind) {
        (Ours::Yes, Some(kind)) if kind.record().is_some() => {
            let at = kind_node.map_or(root.span, |kind| kind.span);
            return pending.push(Pending { kind, root, at, cut_short });
        }
        (Ours::Yes, Some(kind)) => {
            sink.report(ap107_not_compiled::kind(span_of(kind_node.as_ref(), &root), kind.name()));
        }
        (Ours::Missing, Some(_)) | (Ours::Yes, None) if cut_short => {}
        // A Config without apiVersion may be any tool's.
        (Ours::Missing, Some(kind))
            if kind != Kind::Config
                || root.entries().iter().any(|entry| is_api_version(&entry.key.text)) =>
        {
            missing_version(&root, kind, span_of(kind_node.as_ref(), &root), sink);
        }
        (Ours::Nearly, _) => sink.report(ap102_api_version::finding(
            span_of(version.as_ref(), &root),
            text_of(version.as_ref()),
        )),
        (Ours::Yes, None) => unknown_kind(kind_node.as_ref(), version.as_ref(), &root, sink),
        (Ours::No | Ours::Missing, _) => return,
    }
    broken.push(Broken::of(kind, &root));
}

enum Ours {
    Yes,
    Nearly,
    Missing,
    No,
}

fn is_ours(version: Option<&Node>) -> Ours {
    let Some(version) = version else { return Ours::Missing };
    match version.as_text().map(|text| &**text) {
        Some(API_VERSION) => Ours::Yes,
        Some(text) if text.starts_with("packs.") || nearest(text, [API_VERSION]).is_some() => {
            Ours::Nearly
        }
        _ => Ours::No,
    }
}

fn is_api_version(key: &str) -> bool {
    nearest(key, ["apiVersion"]).is_some()
}

fn missing_version(root: &Node, kind: Kind, at: Span, sink: &mut Sink) {
    let slip = root.entries().iter().find(|entry| is_api_version(&entry.key.text));
    sink.report(match slip {
        Some(entry) => crate::rules::ap103_unknown_field::finding(
            &entry.key,
            kind.name(),
            Some("apiVersion"),
            std::iter::empty(),
        ),
        None => ap104_missing_field::finding(
            at,
            kind.name(),
            "apiVersion",
            &format!("`{API_VERSION}`."),
        ),
    });
}

fn unknown_kind(kind: Option<&Node>, version: Option<&Node>, root: &Node, sink: &mut Sink) {
    let names: Vec<&str> = Kind::ALL.iter().map(|kind| kind.name()).collect();
    let slip = root.entries().iter().find(|entry| nearest(&entry.key.text, ["kind"]).is_some());
    sink.report(match (kind, slip) {
        (Some(node), _) => match node.as_text() {
            Some(name) if !node.is_null() => ap101_unknown_kind::finding(node.span, name, &names),
            _ => ap105_wrong_type::finding(node, "kind", "a string"),
        },
        (None, Some(entry)) => crate::rules::ap103_unknown_field::finding(
            &entry.key,
            "definition",
            Some("kind"),
            std::iter::empty(),
        ),
        (None, None) => {
            let which = crate::diagnostics::one_of(names);
            ap104_missing_field::finding(
                span_of(version, root),
                "definition",
                "kind",
                &format!("{which}."),
            )
        }
    });
}

fn span_of(node: Option<&Node>, root: &Node) -> Span {
    node.map_or(root.span, |node| node.span)
}

fn text_of(node: Option<&Node>) -> &str {
    node.and_then(Node::as_text).map_or("", |text| text)
}

impl Expanded {
    /// Reads a document whose expressions were evaluated.
    pub(crate) fn decode(self, kind: Kind, at: Span, sink: &mut Sink) -> Option<Definition> {
        let decoder = Decoder::new(kind.name(), at, sink);
        let mut decoder = if self.has_failed { decoder.after_failures() } else { decoder };
        kind.decode_with(self.node?, &mut decoder)
    }
}

struct Reader<'a> {
    sources: &'a SourceMap,
    values: Value,
    projects: HashMap<Str, Value>,
}

/// What one batch of documents came to.
#[derive(Default)]
struct Part {
    sink: Sink,
    definitions: Vec<Definition>,
    builder_sources: Vec<(Span, BuilderSource)>,
    broken: Vec<Broken>,
}

impl Reader<'_> {
    fn decode(&self, pending: Vec<Pending>, model: &mut Model, sink: &mut Sink) {
        let mut batches: Vec<Vec<Pending>> = Vec::new();
        let mut pending = pending.into_iter().peekable();
        while pending.peek().is_some() {
            batches.push(pending.by_ref().take(BATCH).collect());
        }
        let parts: Vec<Part> = batches.into_par_iter().map(|batch| self.batch(batch)).collect();
        for part in parts {
            sink.absorb(part.sink);
            model.definitions.extend(part.definitions);
            model.builder_sources.extend(part.builder_sources);
            model.broken.extend(part.broken);
        }
    }

    fn batch(&self, batch: Vec<Pending>) -> Part {
        let mut part = Part::default();
        for pending in batch {
            self.one(pending, &mut part);
        }
        part
    }

    fn one(&self, pending: Pending, part: &mut Part) {
        let Pending { kind, root, at, cut_short } = pending;
        if cut_short {
            return part.broken.push(Broken::of(Some(kind), &root));
        }
        let has_expressions = kind != Kind::Config && expression::is_in(&root);
        let definition = if !has_expressions {
            kind.decode(root, at, &mut part.sink)
        } else if kind == Kind::Builder {
            self.builder_source(root, at, part)
        } else {
            self.scope(kind, &root).expand(root, &mut part.sink).decode(kind, at, &mut part.sink)
        };
        part.definitions.extend(definition);
    }

    /// A Builder with expressions: what is wrong whatever their values is reported now, the rest when a pipeline gives them values.
    fn builder_source(&self, root: Node, at: Span, part: &mut Part) -> Option<Definition> {
        let before = part.sink.errors();
        Scope::new(self.sources, "a Builder", vec![("values", self.values.clone())])
            .check(&root, &mut part.sink);
        let has_failed = part.sink.errors() > before;
        let mut decoder = Decoder::new(Kind::Builder.name(), at, &mut part.sink).awaiting_values();
        let mut definition = Kind::Builder.decode_with(root.clone(), &mut decoder)?;
        if has_failed {
            definition.set_incomplete();
        }
        if let Definition::Builder(builder) = &definition {
            let source = BuilderSource { node: root, at };
            part.builder_sources.push((builder.metadata.name.span, source));
        }
        Some(definition)
    }

    fn scope(&self, kind: Kind, root: &Node) -> Scope<'_> {
        let metadata = root.get("metadata");
        let named =
            |key: &str| metadata.and_then(|metadata| metadata.get(key)).and_then(Node::as_text);
        let mut roots = vec![("values", self.values.clone())];
        if let Some(name) = named("project") {
            // A project that is not there is told where names are looked up, and not by every expression as well.
            let unknown = || Value::from_pairs([("name", &**name), ("namespace", &**name)]);
            roots.push(("project", self.projects.get(name).cloned().unwrap_or_else(unknown)));
        }
        if let (Kind::Pipeline, Some(name)) = (kind, named("name")) {
            roots.push(("pipeline", Value::from_pairs([("name", &**name)])));
        }
        Scope::new(self.sources, &format!("a {}", kind.name()), roots)
    }
}
