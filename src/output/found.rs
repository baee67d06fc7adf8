//! What stands in a directory before a tree is written to it. No link is followed.

use std::collections::BTreeMap;
use std::fs::{self, DirEntry, Metadata, Permissions};
use std::path::{Path, PathBuf};

use anyhow::{Context, anyhow};

use super::manifest::{self, Hashes};
use super::target::Target;
use super::{Refusal, Tree};
use crate::source::OUTPUT_MANIFEST;

/// What a directory holds.
#[derive(Debug, Default)]
pub(super) struct Found {
    /// Those of the directory itself; none if it is not there.
    pub(super) permissions: Option<Permissions>,
    /// By the path in the directory; a directory comes before what is in it.
    pub(super) items: BTreeMap<PathBuf, Item>,
    /// What argopacks wrote, as its manifest says.
    pub(super) listed: Hashes,
}

#[derive(Debug)]
pub(super) enum Item {
    Directory(Permissions),
    /// A file that argopacks wrote or would write, with what is in it.
    Ours(Vec<u8>),
    /// A file of others.
    File,
    /// A link, or what is neither file nor directory.
    Other,
}

impl Found {
    /// Reads a directory. Fails if it holds files and no manifest, if it cannot be taken out of
    /// its place, and without `force` if its manifest is broken.
    pub(super) fn read(target: &Target, tree: &Tree, force: bool) -> Result<Self, Refusal> {
        let Some(metadata) = target.metadata()? else { return Ok(Self::default()) };
        let mut found = Self { permissions: Some(metadata.permissions()), ..Self::default() };
        let path = target.path.join(OUTPUT_MANIFEST);
        match fs::symlink_metadata(&path) {
            Ok(kind) if kind.is_file() => found.listed = listed(target, &path, force)?,
            Ok(_) => {
                return Err(target.refused(&format!("has a `{OUTPUT_MANIFEST}` that is no file")));
            }
            Err(_) => {}
        }
        found.walk(Path::new(""), &Walk { target, top: &metadata, tree })?;
        let is_ours = found.items.contains_key(Path::new(OUTPUT_MANIFEST));
        if found.items.is_empty() || is_ours {
            Ok(found)
        } else {
            Err(target.refused(&format!("has files that argopacks did not write, and no `{OUTPUT_MANIFEST}`: name a directory that is empty or does not exist")))
        }
    }

    /// Adds what is below a path of the directory.
    fn walk(&mut self, below: &Path, walk: &Walk) -> Result<(), Refusal> {
        let what = || format!("could not read `{}`", walk.shown(below));
        let entries: Vec<DirEntry> = fs::read_dir(walk.target.path.join(below))
            .and_then(Iterator::collect)
            .with_context(what)?;
        for entry in entries {
            let path = below.join(entry.file_name());
            let metadata = entry.metadata().with_context(what)?;
            let kind = metadata.file_type();
            if kind.is_dir() {
                walk.check_is_moved_along(&metadata, &path)?;
                self.items.insert(path.clone(), Item::Directory(metadata.permissions()));
                self.walk(&path, walk)?;
            } else {
                let item = match (kind.is_file(), self.is_ours(&path, walk.tree)) {
                    (true, true) => Item::Ours(fs::read(entry.path()).with_context(what)?),
                    (true, false) => Item::File,
                    (false, _) => Item::Other,
                };
                self.items.insert(path, item);
            }
        }
        Ok(())
    }

    /// Whether argopacks wrote a path or would write it.
    fn is_ours(&self, path: &Path, tree: &Tree) -> bool {
        let is_known = |path: &str| tree.files.contains_key(path) || self.listed.contains_key(path);
        path.to_str().is_some_and(is_known)
    }

    /// What is at a path.
    pub(super) fn at(&self, path: &str) -> Option<&Item> {
        self.items.get(Path::new(path))
    }

    /// The file that argopacks wrote or would write at a path.
    pub(super) fn bytes(&self, path: &str) -> Option<&[u8]> {
        match self.at(path) {
            Some(Item::Ours(bytes)) => Some(bytes),
            _ => None,
        }
    }

    /// Fails if a directory may not be written to: to replace it takes no right on it, which would
    /// pass over what was meant.
    pub(super) fn check_is_writable(&self, target: &Target) -> anyhow::Result<()> {
        let below = self.items.iter().filter_map(|(path, item)| match item {
            Item::Directory(permissions) => Some((path.as_path(), permissions)),
            _ => None,
        });
        let top = self.permissions.iter().map(|permissions| (Path::new(""), permissions));
        match top.chain(below).find(|(_, permissions)| permissions.readonly()) {
            Some((path, _)) if path.as_os_str().is_empty() => {
                Err(anyhow!("`{}` is read-only", target.shown))
            }
            Some((path, _)) => {
                Err(anyhow!("`{}` is read-only", Path::new(&target.shown).join(path).display()))
            }
            None => Ok(()),
        }
    }
}

/// What the manifest at a path lists.
fn listed(target: &Target, path: &Path, force: bool) -> Result<Hashes, Refusal> {
    let what = || format!("could not read `{OUTPUT_MANIFEST}` of `{}`", target.shown);
    let bytes = fs::read(path).with_context(what)?;
    match manifest::read(&bytes) {
        Ok(hashes) => Ok(hashes),
        Err(_) if force => Ok(manifest::read_what_is_right(&bytes)),
        Err(line) => Err(Refusal::Kept(vec![format!(
            "`{OUTPUT_MANIFEST}` is broken at line {line}: what argopacks wrote is not known"
        )])),
    }
}

/// What a walk through a directory needs to know.
struct Walk<'w> {
    target: &'w Target,
    /// Of the directory itself.
    top: &'w Metadata,
    tree: &'w Tree,
}

impl Walk<'_> {
    /// Fails for a directory that would stay behind if those above it were moved.
    fn check_is_moved_along(&self, metadata: &Metadata, path: &Path) -> Result<(), Refusal> {
        if is_mounted(metadata, self.top) {
            let fault = format!("has another file system at `{}`", path.display());
            return Err(self.target.refused(&fault));
        }
        Ok(())
    }

    fn shown(&self, below: &Path) -> String {
        Path::new(&self.target.shown).join(below).display().to_string()
    }
}

/// Whether a directory is on another file system than the one above it.
#[cfg(unix)]
fn is_mounted(metadata: &Metadata, top: &Metadata) -> bool {
    use std::os::unix::fs::MetadataExt;
    metadata.dev() != top.dev()
}

#[cfg(not(unix))]
fn is_mounted(_: &Metadata, _: &Metadata) -> bool {
    false
}
