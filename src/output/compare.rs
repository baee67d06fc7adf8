//! What would become of each file of a directory, and what would be lost by it.

use std::collections::BTreeSet;
use std::path::Path;

use super::found::{Found, Item};
use super::{Done, Tree, manifest};
use crate::source::OUTPUT_MANIFEST;

/// What becomes of a file that argopacks wrote or would write.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Change {
    Stays,
    Written,
    Removed,
    /// It was changed since argopacks wrote it.
    Changed,
    /// It is somebody else's, and one of the tree belongs there.
    InTheWay,
    /// It is a directory, and a file of the tree belongs there.
    Directory,
}

/// The changes of a directory, by path.
#[derive(Debug)]
pub(super) struct Compared<'t> {
    changes: Vec<(&'t str, Change)>,
}

impl<'t> Compared<'t> {
    /// Compares a tree with what is there.
    pub(super) fn of(tree: &'t Tree, found: &'t Found) -> Self {
        let wanted = tree.files.iter().flat_map(|(path, text)| {
            let above = above(path).filter_map(|above| Some((above, blocked(above, found)?)));
            above.chain([(path.as_str(), wanted(path, text, found))]).collect::<Vec<_>>()
        });
        let gone = found.listed.keys().filter(|path| !tree.files.contains_key(*path));
        let gone = gone.map(|path| (path.as_str(), gone_change(path, found)));
        let mut seen = BTreeSet::new();
        let changes = wanted.chain(gone).filter(|(path, _)| seen.insert(*path)).collect();
        Self { changes }
    }

    /// What would be lost, a line each; with `force` only what is never taken away.
    pub(super) fn kept(&self, force: bool) -> Vec<String> {
        let line = |(path, change): &(&str, Change)| {
            let why = match change {
                Change::Changed if !force => "was changed since argopacks wrote it",
                Change::InTheWay if !force => {
                    "was not written by argopacks, and is where a file of the output belongs"
                }
                Change::Directory => "is a directory, where a file of the output belongs",
                _ => return None,
            };
            Some(format!("`{path}` {why}"))
        };
        self.changes.iter().filter_map(line).collect()
    }

    /// How many files would change.
    pub(super) fn done(&self) -> Done {
        let mut done = Done::default();
        for (_, change) in &self.changes {
            match change {
                Change::Stays => {}
                Change::Removed => done.removed += 1,
                _ => done.written += 1,
            }
        }
        done
    }
}

/// The directories that a path is in, the uppermost first.
fn above(path: &str) -> impl Iterator<Item = &str> {
    path.match_indices('/').map(|(at, _)| &path[..at])
}

/// What is in the way of a directory.
fn blocked(path: &str, found: &Found) -> Option<Change> {
    match found.at(path)? {
        Item::Directory(_) => None,
        Item::Ours(_) => Some(gone_change(path, found)),
        Item::File | Item::Other => Some(Change::InTheWay),
    }
}

fn wanted(path: &str, text: &str, found: &Found) -> Change {
    match found.at(path) {
        None => Change::Written,
        Some(Item::Ours(bytes)) if bytes == text.as_bytes() => Change::Stays,
        Some(Item::Ours(_)) if path == OUTPUT_MANIFEST => Change::Written,
        Some(Item::Ours(bytes)) => match found.listed.get(path) {
            Some(hash) if *hash == manifest::hash(bytes) => Change::Written,
            Some(_) => Change::Changed,
            None => Change::InTheWay,
        },
        Some(Item::Directory(_)) => Change::Directory,
        Some(Item::File | Item::Other) if found.listed.contains_key(path) => Change::Changed,
        Some(Item::File | Item::Other) => Change::InTheWay,
    }
}

/// What becomes of a file that argopacks wrote and would not write any more.
fn gone_change(path: &str, found: &Found) -> Change {
    let is_as_written = |bytes: &[u8]| found.listed.get(path) == Some(&manifest::hash(bytes));
    match found.at(path) {
        // A directory in its place is another's.
        None | Some(Item::Directory(_)) => Change::Stays,
        Some(Item::Ours(bytes)) if is_as_written(bytes) => Change::Removed,
        Some(_) => Change::Changed,
    }
}

/// Whether a path of the directory goes into the next tree as it is: it is not argopacks', and no
/// file of the tree is at it or below it.
pub(super) fn is_of_others(path: &Path, item: &Item, tree: &Tree, found: &Found) -> bool {
    let Some(path) = path.to_str() else { return true };
    let below = format!("{path}/");
    let starts_with = |it: Option<&String>| it.is_some_and(|it| it.starts_with(&below));
    let next_listed = found.listed.range(below.clone()..).map(|(path, _)| path).next();
    let next_wanted = tree.files.range(below.clone()..).map(|(path, _)| path).next();
    if let Item::Directory(_) = item {
        !starts_with(next_listed)
    } else {
        !starts_with(next_wanted)
            && !tree.files.contains_key(path)
            && !found.listed.contains_key(path)
    }
}
