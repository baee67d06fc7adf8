//! The READMEs: what each object is, which definition it comes from, and what must be in the
//! cluster besides. Their text is in `templates/readme`.

use std::collections::BTreeMap;

use serde::Serialize;

use super::layout::{Entry, Part};
use super::markdown::render;
use super::needs::{Needs, Service};
use super::places::Places;
use crate::Compiled;
use crate::lower::ObjectKind;

const TREE: &str = include_str!("../../templates/readme/tree.md");
const PART: &str = include_str!("../../templates/readme/part.md");

/// What the README above shows.
#[derive(Serialize)]
struct TreePage<'n> {
    parts: Vec<Count>,
    needs: &'n Needs,
    has_needs: bool,
}

/// How many objects a part has.
#[derive(Serialize)]
struct Count {
    name: &'static str,
    count: usize,
}

/// What the README of a part shows.
#[derive(Serialize)]
struct PartPage<'n> {
    kinds: Vec<Kind>,
    is_events: bool,
    services: &'n [Service],
}

/// The README above.
pub(super) fn tree(entries: &[Entry], needs: &Needs) -> String {
    let count = |part: Part| Count {
        name: part.name(),
        count: entries.iter().filter(|entry| entry.part == part).count(),
    };
    let parts = Part::ALL.into_iter().map(count).filter(|part| part.count > 0).collect();
    render("tree.md", TREE, TreePage { parts, needs, has_needs: !needs.is_empty() })
}

/// The README of a part, with its objects in the order of their kinds.
pub(super) fn part(part: Part, entries: &[&Entry], needs: &Needs, compiled: &Compiled) -> String {
    let places = Places::of(compiled);
    let mut kinds: BTreeMap<ObjectKind, Vec<Row>> = BTreeMap::new();
    for entry in entries {
        kinds.entry(entry.object.kind).or_default().push(Row::of(entry, &places));
    }
    let kind = |(kind, rows): (ObjectKind, Vec<Row>)| Kind {
        name: kind.name(),
        purpose: purpose(kind),
        rows,
    };
    let kinds = kinds.into_iter().map(kind).collect();
    let page = PartPage { kinds, is_events: part == Part::Events, services: &needs.services };
    render("part.md", PART, page)
}

/// A kind of objects and those of it.
#[derive(Serialize)]
struct Kind {
    name: &'static str,
    purpose: &'static str,
    rows: Vec<Row>,
}

/// An object and where it comes from.
#[derive(Serialize)]
struct Row {
    name: String,
    file: String,
    definition: &'static str,
    place: String,
}

impl Row {
    fn of(entry: &Entry, places: &Places) -> Self {
        let (_, namespace, name) = entry.object.key();
        Self {
            name: namespace.map_or_else(|| name.to_owned(), |it| format!("{it}/{name}")),
            file: entry.path.clone(),
            definition: entry.object.definition_kind().name(),
            place: places.place(entry.object.span),
        }
    }
}

/// What objects of a kind are for.
fn purpose(kind: ObjectKind) -> &'static str {
    match kind {
        ObjectKind::Namespace => "Where a project lives",
        ObjectKind::ServiceAccount => "What runs and Sensors act as",
        ObjectKind::Role => "What a service account may do",
        ObjectKind::RoleBinding => "Gives a service account its rights",
        ObjectKind::ConfigMap => "How many runs may go on at once",
        ObjectKind::EventBus => "Carries events to the Sensors",
        ObjectKind::ClusterWorkflowTemplate => "Tasks that all namespaces share",
        ObjectKind::WorkflowTemplate => "Pipelines, and Tasks of one project or event",
        ObjectKind::CronWorkflow => "Starts runs at set times",
        ObjectKind::EventSource => "Receives the events of git hosts",
        ObjectKind::Sensor => "Starts runs on events",
        ObjectKind::Workflow => "One run",
    }
}
