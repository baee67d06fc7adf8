//! What differs between a tree and a directory, as patch(1) takes it.

use std::collections::BTreeSet;

use similar::TextDiff;

use super::Tree;
use super::found::{Found, Item};
use crate::source::OUTPUT_MANIFEST;

/// Unchanged lines around a change.
const CONTEXT: usize = 3;

/// What would change in a directory, by path; the manifest, of which least can be read, last.
pub(super) fn diff(tree: &Tree, found: &Found) -> String {
    let paths: BTreeSet<&String> = tree.files.keys().chain(found.listed.keys()).collect();
    let is_manifest = |path: &&&String| **path == OUTPUT_MANIFEST;
    let (last, first): (Vec<&&String>, Vec<&&String>) = paths.iter().partition(is_manifest);
    first.into_iter().chain(last).map(|path| of_file(path, tree, found)).collect()
}

fn of_file(path: &str, tree: &Tree, found: &Found) -> String {
    let new = tree.files.get(path).map(String::as_str);
    let old = match found.at(path) {
        None => None,
        Some(Item::Ours(bytes)) => match std::str::from_utf8(bytes) {
            Ok(text) => Some(text),
            Err(_) => return format!("Binary files a/{path} and b/{path} differ\n"),
        },
        Some(Item::Directory(_)) if new.is_none() => None,
        Some(_) => return format!("File b/{path} is not a regular file in a\n"),
    };
    if old == new {
        return String::new();
    }
    let name = |side: &str, text: Option<&str>| {
        text.map_or_else(|| "/dev/null".to_owned(), |_| format!("{side}/{path}"))
    };
    let diff = TextDiff::from_lines(old.unwrap_or_default(), new.unwrap_or_default());
    diff.unified_diff().context_radius(CONTEXT).header(&name("a", old), &name("b", new)).to_string()
}
