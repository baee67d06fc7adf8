//! Every document of a run to its definition: Config first, then projects, then what can refer to
//! them in expressions.

use std::collections::HashMap;

use minijinja::Value;
use rayon::prelude::*;

use super::Decoder;
use super::identify::{Identified, Pending};
use super::kinds::config::Config;
use super::kinds::project::Project;
use super::kinds::{Definition, Kind};
use super::limits::shorten;
use crate::diagnostics::Sink;
use crate::expression::{self, Expanded, Scope};
use crate::names::dns_name;
use crate::rules::{ap103_unknown_field, ap203_names_meet};
use crate::source::{SourceMap, Span};
use crate::tree::Node;
use crate::tree::Str;
use crate::yaml::Document;

/// Documents that one thread reads at a time.
const BATCH: usize = 64;

/// Every definition of a run.
#[derive(Debug, Default)]
pub(crate) struct Model {
    pub config: Option<Config>,
    /// In the order of the documents, with those that are incomplete: see [`Definition::is_whole`].
    pub definitions: Vec<Definition>,
    /// Builders with expressions: they are read anew for every pipeline, once its values are known.
    pub builder_sources: HashMap<Span, BuilderSource>,
    /// What could not be read at all: its kind is unknown, or its syntax broke off.
    pub broken: Vec<Broken>,
    /// How many definitions there are, those that could not be read among them; a Config is none.
    pub count: usize,
}

impl Model {
    /// What was written and could not be read, or not as a whole: what refers to it is silent.
    pub(crate) fn unusable(&self) -> impl Iterator<Item = Broken> {
        let incomplete = self.definitions.iter().filter(|definition| !definition.is_whole());
        self.broken.iter().cloned().chain(incomplete.map(Broken::incomplete))
    }
}

/// The document of a Builder whose expressions wait for a pipeline.
#[derive(Debug)]
pub(crate) struct BuilderSource {
    pub node: Node,
    pub at: Span,
}

/// A definition that could not be read. What depends on it is silent.
#[derive(Clone, Debug)]
pub(crate) struct Broken {
    /// Unknown where the kind itself could not be read.
    pub kind: Option<Kind>,
    /// Unknown where the name could not be read.
    pub name: Option<Str>,
}

impl Broken {
    /// Definitions of which not even the kind is known, as in a file that could not be read.
    pub(crate) fn anything() -> Self {
        Self { kind: None, name: None }
    }

    fn incomplete(definition: &Definition) -> Self {
        let name = definition.name().map(|name| name.value.clone());
        Self { kind: Some(definition.kind()), name }
    }

    pub(super) fn of(kind: Option<Kind>, root: &Node) -> Self {
        let name = root
            .get("metadata")
            .and_then(|metadata| metadata.get("name"))
            .filter(|name| !name.is_null());
        Self { kind, name: name.and_then(Node::as_text).filter(|name| !name.is_empty()).cloned() }
    }
}

/// Reads the definitions among the documents; others (native Argo and Kubernetes documents,
/// kustomizations) are left alone.
pub(crate) fn read(documents: Vec<Document>, sources: &SourceMap, sink: &mut Sink) -> Model {
    let identified = Identified::of(documents, sources, sink);
    let mut model = Model { broken: identified.broken, ..Model::default() };
    let (configs, rest): (Vec<_>, Vec<_>) =
        identified.pending.into_iter().partition(|pending| pending.kind == Kind::Config);
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
    model.count = model.definitions.len() + model.broken.len();
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
pub(crate) fn value_of_project(project: &Project) -> Value {
    let name = &project.metadata.name.value;
    let named = project.spec.as_ref().and_then(|spec| spec.namespace.as_ref());
    let namespace = named.map_or_else(|| dns_name(name), std::string::ToString::to_string);
    Value::from_pairs([("name", name.to_string()), ("namespace", namespace)])
}

impl Expanded {
    /// Reads a document whose expressions were evaluated.
    pub(crate) fn decode(self, kind: Kind, at: Span, sink: &mut Sink) -> Option<Definition> {
        let mut node = self.node?;
        let is_cut = shorten(&mut node, sink);
        let decoder = Decoder::new(kind.name(), at, sink);
        let mut decoder = if self.has_failed { decoder.after_failures() } else { decoder };
        let mut definition = kind.decode_with(node, &mut decoder)?;
        if is_cut {
            definition.set_incomplete();
        }
        Some(definition)
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
        let moved = pending.moved.clone();
        let before = std::mem::take(&mut part.sink);
        self.definition(pending, part);
        // A key that is unknown where a repaired indentation brought it is not known to be wrong.
        part.sink.retain(|finding| {
            let at = finding.primary.span;
            let is_moved = moved.iter().any(|line| line.start <= at.start && at.end <= line.end);
            !(is_moved && finding.rule.code == ap103_unknown_field::RULE.code)
        });
        let found = std::mem::replace(&mut part.sink, before);
        part.sink.absorb(found);
    }

    fn definition(&self, pending: Pending, part: &mut Part) {
        let Pending { kind, mut root, at, cut_short, .. } = pending;
        if cut_short {
            return part.broken.push(Broken::of(Some(kind), &root));
        }
        let is_cut = kind != Kind::Config && shorten(&mut root, &mut part.sink);
        let has_expressions = expression::is_in(&root);
        let mut definition = if !has_expressions {
            kind.decode(root, at, &mut part.sink)
        } else if kind == Kind::Builder {
            self.builder_source(root, at, part)
        } else if kind == Kind::Config {
            expression::refuse(&root, &mut part.sink);
            Expanded { node: Some(root), has_failed: true }.decode(kind, at, &mut part.sink)
        } else {
            self.scope(kind, &root).expand(root, &mut part.sink).decode(kind, at, &mut part.sink)
        };
        if let Some(definition) = definition.as_mut().filter(|_| is_cut) {
            definition.set_incomplete();
        }
        part.definitions.extend(definition);
    }

    /// A Builder with expressions: what is wrong whatever their values is reported now, the rest
    /// when a pipeline gives them values.
    fn builder_source(&self, root: Node, at: Span, part: &mut Part) -> Option<Definition> {
        let has_failed =
            Scope::new(self.sources, "a Builder", vec![("values", self.values.clone())])
                .check(&root, &mut part.sink);
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
            // A project that is not there is reported where names are looked up, and not at every
            // expression as well.
            let unknown = || Value::from_pairs([("name", &**name), ("namespace", &**name)]);
            roots.push(("project", self.projects.get(name).cloned().unwrap_or_else(unknown)));
        }
        if let (Kind::Pipeline, Some(name)) = (kind, named("name")) {
            roots.push(("pipeline", Value::from_pairs([("name", &**name)])));
        }
        Scope::new(self.sources, &format!("a {}", kind.name()), roots)
    }
}
