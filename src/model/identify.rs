//! Tells our documents from those of others, by what can be seen of them: a document of others is
//! never a reason to stop, and one of ours is never left out in silence.

use std::collections::HashSet;

use super::kinds::Kind;
use super::read::Broken;
use super::{API_GROUP, API_VERSION};
use crate::diagnostics::{Diagnostic, Sink, nearest, one_of};
use crate::rules::{
    ap011_definition_in_list, ap101_unknown_kind, ap102_api_version, ap103_unknown_field,
    ap104_missing_field, ap105_wrong_type, ap107_not_compiled,
};
use crate::source::{FileId, SourceMap, Span};
use crate::tree::{Entry, Node, Value};
use crate::yaml::Document;

/// A document of ours that is still to be decoded.
pub(super) struct Pending {
    pub(super) kind: Kind,
    pub(super) root: Node,
    /// The span that stands for the definition as a whole.
    pub(super) at: Span,
    pub(super) cut_short: bool,
    /// Lines of the document that were read as if they were indented otherwise.
    pub(super) moved: Vec<Span>,
}

/// The definitions among some documents.
#[derive(Default)]
pub(super) struct Identified {
    pub(super) pending: Vec<Pending>,
    pub(super) broken: Vec<Broken>,
    /// Files with a definition.
    files: HashSet<FileId>,
    /// Documents that broke off before they said what they are.
    unknown: Vec<Document>,
}

impl Identified {
    /// Finds the definitions among documents, and reports what is wrong as YAML with those that are
    /// ours.
    pub(super) fn of(documents: Vec<Document>, sources: &SourceMap, sink: &mut Sink) -> Self {
        let mut identified = Self::default();
        for document in documents {
            identified.add(document, sources, sink);
        }
        for document in std::mem::take(&mut identified.unknown) {
            // Beside definitions there is hardly anything else.
            if identified.files.contains(&document.span.file) {
                document.findings.into_iter().for_each(|finding| sink.report(finding));
            }
        }
        identified
    }

    /// Takes the definitions of a document: itself, or the items of a list.
    fn add(&mut self, mut document: Document, sources: &SourceMap, sink: &mut Sink) {
        let root = std::mem::replace(&mut document.root, Node::null());
        let before = self.pending.len() + self.broken.len();
        let (at, is_list) = (root.span, matches!(root.value, Value::List(_)));
        let says_what = root.get("apiVersion").and_then(Node::as_str).is_some();
        let mut roots = Vec::new();
        definitions_in(root, &mut roots);
        let last = roots.len().saturating_sub(1);
        for (number, root) in roots.into_iter().enumerate() {
            // What comes before the last item was read to its end.
            let cut_short = document.cut_short && number == last;
            self.definition(root, cut_short, &document.moved, sink);
        }
        let is_ours = self.pending.len() + self.broken.len() > before;
        if is_ours {
            self.files.insert(document.span.file);
            if is_list {
                sink.report(ap011_definition_in_list::finding(at.part(0, 1)));
            }
            document.findings.into_iter().for_each(|finding| sink.report(finding));
        } else if !document.findings.is_empty() && sources.text(document.span).contains(API_GROUP) {
            let kind = kind_in(sources.text(document.span));
            self.broken.extend(document.cut_short.then(|| Broken::of(kind, &Node::null())));
            document.findings.into_iter().for_each(|finding| sink.report(finding));
        } else if document.cut_short && !says_what {
            self.unknown.push(document);
        }
    }

    /// Takes a definition, or leaves a document of others alone.
    fn definition(&mut self, mut root: Node, cut_short: bool, moved: &[Span], sink: &mut Sink) {
        let head = Head::of(&root);
        match head.whose(&root) {
            Whose::Others => return,
            Whose::Ours => {}
            Whose::Nearly => sink.report(head.wrong_version(&root)),
            Whose::Unsaid => {
                if !cut_short {
                    sink.report(head.missing_version(&root));
                }
                return self.broken.push(Broken::of(head.kind(), &root));
            }
        }
        head.mend_keys(&mut root, sink);
        let at = head.kind.as_ref().map_or(root.span, |kind| kind.entry.value.span);
        match head.kind() {
            Some(kind) if kind.record().is_some() => {
                let moved = moved.to_vec();
                return self.pending.push(Pending { kind, root, at, cut_short, moved });
            }
            Some(kind) => sink.report(ap107_not_compiled::kind(at, kind.name())),
            None if cut_short => {}
            None => sink.report(head.unknown_kind(&root)),
        }
        self.broken.push(Broken::of(head.kind(), &root));
    }
}

/// The kind that a text which could not be read seems to name.
fn kind_in(text: &str) -> Option<Kind> {
    let value = |rest: &str| {
        let rest = rest.trim_start_matches(['"', '\'', ' ']).strip_prefix(':')?;
        let value = rest.trim_start_matches(['"', '\'', ' ']);
        value.split(|c: char| !c.is_ascii_alphanumeric()).next()?.parse().ok()
    };
    text.match_indices("kind").find_map(|(at, key)| value(&text[at + key.len()..]))
}

/// The documents that a document holds: the items of a list, such as a `v1` `List`, or itself.
fn definitions_in(root: Node, found: &mut Vec<Node>) {
    let is_list = root.get("kind").is_none_or(|kind| kind.as_str() == Some("List"));
    match root.value {
        Value::List(items) => items.into_iter().for_each(|item| definitions_in(item, found)),
        Value::Map(entries) if is_list && has_items(&entries) => {
            let items = entries.into_iter().filter(|entry| entry.key.text == "items");
            items.for_each(|entry| definitions_in(entry.value, found));
        }
        _ => found.push(root),
    }
}

fn has_items(entries: &[Entry]) -> bool {
    entries
        .iter()
        .any(|entry| entry.key.text == "items" && matches!(entry.value.value, Value::List(_)))
}

/// An entry of a document that says what it is.
struct Found {
    entry: Entry,
    /// Its key is only nearly right.
    is_slip: bool,
}

impl Found {
    fn kind(&self) -> Option<Kind> {
        self.entry.value.as_str()?.parse().ok()
    }

    fn finding(&self, kind: Option<Kind>, key: &'static str) -> Diagnostic {
        let owner = kind.map_or("definition", Kind::name);
        ap103_unknown_field::finding(&self.entry.key, owner, Some(key), std::iter::empty())
    }

    fn rename(&self, root: &mut Node, key: &'static str) {
        let Value::Map(entries) = &mut root.value else { return };
        let is_it = |entry: &&mut Entry| entry.key.span == self.entry.key.span;
        if let Some(entry) = entries.iter_mut().find(is_it) {
            entry.key.text = key.into();
        }
    }
}

/// The entry of a key, or else of one that is nearly it.
fn field(root: &Node, key: &str) -> Option<Found> {
    let exact = root.entry(key).map(|entry| Found { entry: entry.clone(), is_slip: false });
    exact.or_else(|| {
        let mut entries = root.entries().iter();
        let slip = entries.find(|entry| nearest(&entry.key.text, [key]).is_some())?;
        Some(Found { entry: slip.clone(), is_slip: true })
    })
}

/// What a document says that it is.
struct Head {
    version: Option<Found>,
    kind: Option<Found>,
}

enum Whose {
    Ours,
    /// It has an apiVersion that is nearly ours.
    Nearly,
    /// It has no apiVersion and a kind of ours.
    Unsaid,
    Others,
}

impl Head {
    fn of(root: &Node) -> Self {
        Self { version: field(root, "apiVersion"), kind: field(root, "kind") }
    }

    fn kind(&self) -> Option<Kind> {
        self.kind.as_ref().and_then(Found::kind)
    }

    fn whose(&self, root: &Node) -> Whose {
        // Without our apiVersion, a key that is only nearly `kind` is that of somebody else.
        let kind = self.kind.as_ref().filter(|kind| !kind.is_slip).and_then(Found::kind);
        match self.version.as_ref().and_then(|version| version.entry.value.as_str()) {
            Some(API_VERSION) => Whose::Ours,
            Some(text) if is_nearly(text, kind) => Whose::Nearly,
            Some(_) => Whose::Others,
            None => {
                let has_body = root.get("metadata").is_some() || root.get("spec").is_some();
                // A Config without apiVersion may be any tool's.
                let is_ours =
                    kind.is_some_and(|kind| kind != Kind::Config || self.version.is_some());
                if is_ours && has_body { Whose::Unsaid } else { Whose::Others }
            }
        }
    }

    /// Reports keys that are only nearly right, and reads them as they were meant.
    fn mend_keys(&self, root: &mut Node, sink: &mut Sink) {
        for (found, key) in [(&self.version, "apiVersion"), (&self.kind, "kind")] {
            if let Some(slip) = found.as_ref().filter(|found| found.is_slip) {
                sink.report(slip.finding(self.kind(), key));
                slip.rename(root, key);
            }
        }
    }

    fn wrong_version(&self, root: &Node) -> Diagnostic {
        let value = self.version.as_ref().map(|version| &version.entry.value);
        let text = value.and_then(Node::as_str).unwrap_or_default();
        ap102_api_version::finding(value.map_or(root.span, |value| value.span), text)
    }

    fn missing_version(&self, root: &Node) -> Diagnostic {
        let owner = self.kind().map_or("definition", Kind::name);
        let at = self.kind.as_ref().map_or(root.span, |kind| kind.entry.value.span);
        ap104_missing_field::finding(at, owner, "apiVersion", &format!("`{API_VERSION}`."))
    }

    fn unknown_kind(&self, root: &Node) -> Diagnostic {
        let names: Vec<&str> = Kind::ALL.iter().map(|kind| kind.name()).collect();
        let Some(Found { entry, .. }) = &self.kind else {
            let which = format!("{}.", one_of(names));
            let at = self.version.as_ref().map_or(root.span, |version| version.entry.value.span);
            return ap104_missing_field::finding(at, "definition", "kind", &which);
        };
        match entry.value.as_str() {
            Some(name) => ap101_unknown_kind::finding(entry.value.span, name, &names),
            None => ap105_wrong_type::finding(&entry.value, "kind", "a string"),
        }
    }
}

/// Whether an apiVersion is a slip for ours. What only resembles it is one beside a kind of ours:
/// `argoproj.io/v1beta1` is a version of Argo CD's operator.
fn is_nearly(version: &str, kind: Option<Kind>) -> bool {
    let Some((group, _)) = version.rsplit_once('/') else {
        return kind.is_some_and(|kind| is_without_group(version, kind));
    };
    nearest(group, [API_GROUP]).is_some()
        || (kind.is_some() && nearest(version, [API_VERSION]).is_some())
}

/// Whether an apiVersion without a group can only be a slip beside a kind of ours: Kubernetes
/// itself has nothing but `v1` there, which is that of kubeconfig files and of old `OpenShift`
/// objects too.
fn is_without_group(version: &str, kind: Kind) -> bool {
    let is_version = version
        .strip_prefix('v')
        .is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()));
    let of_others = match kind {
        Kind::Config => is_version,
        Kind::Project | Kind::Build => version == "v1",
        _ => false,
    };
    nearest(version, [API_GROUP, API_VERSION]).is_some() || (is_version && !of_others)
}
