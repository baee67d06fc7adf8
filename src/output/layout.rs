//! Which file each object is in.

use std::collections::BTreeSet;

use rayon::prelude::*;
use sha1::{Digest, Sha1};

use super::manifest::hex;
use super::needs::{Service, StorageClass};
use crate::Compiled;
use crate::diagnostics::Diagnostic;
use crate::emit::Format;
use crate::lower::{Object, ObjectKind};
use crate::plan::Plan;

/// The directories of a tree.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Part {
    Workflows,
    Events,
}

impl Part {
    pub(super) const ALL: [Self; 2] = [Self::Workflows, Self::Events];

    /// Its directory.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Workflows => "workflows",
            Self::Events => "events",
        }
    }

    /// The path in the tree of a path in this part.
    pub(super) fn path(self, path: &str) -> String {
        format!("{}/{path}", self.name())
    }

    fn of(object: &Object, of_sensors: &Accounts) -> Self {
        let (kind, namespace, name) = object.key();
        match kind {
            ObjectKind::EventBus | ObjectKind::EventSource | ObjectKind::Sensor => Self::Events,
            ObjectKind::ServiceAccount | ObjectKind::Role | ObjectKind::RoleBinding
                if of_sensors.contains(&(namespace.unwrap_or_default(), name)) =>
            {
                Self::Events
            }
            _ => Self::Workflows,
        }
    }
}

/// Namespaces and names of service accounts.
type Accounts<'a> = BTreeSet<(&'a str, &'a str)>;

/// An object in its file.
#[derive(Debug)]
pub(super) struct Entry<'c, 'm> {
    pub(super) object: &'c Object<'m, 'm>,
    pub(super) part: Part,
    /// In the directory of the part.
    pub(super) path: String,
    pub(super) text: String,
    /// The Service that Argo Events makes of it, if it is an `EventSource`.
    pub(super) service: Option<Service>,
    /// The classes of storage that its runs claim.
    pub(super) storage: Vec<StorageClass>,
}

/// Every object but those of Builds, in the order in which they are emitted. Fails with what Argo
/// would not accept.
pub(super) fn entries<'c, 'm>(
    compiled: &'c Compiled<'m>,
) -> Result<Vec<Entry<'c, 'm>>, Vec<Diagnostic>> {
    let accounts = accounts_of_sensors(compiled.plan);
    let of_sensors: Accounts =
        accounts.iter().map(|(namespace, name)| (&**namespace, &**name)).collect();
    let entry = |object: &'c Object<'m, 'm>| {
        let node = compiled.manifest(object)?;
        Ok(Entry {
            object,
            part: Part::of(object, &of_sensors),
            path: path(object),
            text: Format::Yaml.write_one(&node),
            service: Service::of(object, &node),
            storage: StorageClass::of(&node),
        })
    };
    compiled.objects.list.par_iter().map(entry).collect()
}

/// The accounts that only sensors have, by namespace and name.
fn accounts_of_sensors(plan: &Plan) -> BTreeSet<(String, String)> {
    let key = |namespace: &str, name: &str| (namespace.to_owned(), name.to_owned());
    let projects = || plan.projects.values();
    let runners: BTreeSet<_> =
        projects().map(|project| key(&project.namespace, &project.runner())).collect();
    let sensors = projects().map(|project| key(&project.namespace, &project.sensor()));
    sensors.filter(|sensor| !runners.contains(sensor)).collect()
}

/// `NAMESPACE/KIND-NAME.yaml`, or `KIND-NAME.yaml` for what belongs to the cluster.
fn path(object: &Object) -> String {
    let (kind, namespace, name) = object.key();
    let kind = kind.name().to_ascii_lowercase();
    let file = format!("{}.yaml", file_stem(&format!("{kind}-{name}")));
    match namespace {
        Some(namespace) => format!("{}/{file}", file_stem(namespace)),
        None => file,
    }
}

/// The most characters of a file's name without its ending. File systems end at 255 bytes.
const MAX_STEM: usize = 240;

/// Digits that make two names differ of which one was shortened.
const MARK_DIGITS: usize = 10;

/// A name that every file system takes: names of objects are such, unless they are very long.
fn file_stem(name: &str) -> String {
    let is_safe = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || "-.".contains(c);
    if name.len() <= MAX_STEM && name.chars().all(is_safe) && !name.starts_with('.') {
        return name.to_owned();
    }
    let safe = name.chars().map(|c| if is_safe(c) { c } else { '-' });
    let start: String = safe.take(MAX_STEM - MARK_DIGITS - 1).collect();
    let mark = hex(&Sha1::digest(name.as_bytes()));
    format!("{}-{}", start.trim_start_matches('.'), &mark[..MARK_DIGITS])
}
