//! The directory that a tree is for.

use std::ffi::OsString;
use std::fs::{self, Metadata};
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

use anyhow::Context;

use super::Refusal;

/// A directory, and what stands beside it for a while.
#[derive(Debug)]
pub(super) struct Target {
    /// As it was named.
    pub(super) shown: String,
    /// It exists, and leads over no link.
    pub(super) parent: PathBuf,
    /// The directory itself, if it exists.
    pub(super) path: PathBuf,
    /// Where the next tree is put together, and then the last one taken apart.
    pub(super) staging: PathBuf,
    /// Where the last tree is while the next one takes its place, where that takes two steps.
    pub(super) aside: PathBuf,
}

impl Target {
    /// A directory to write to; those above it are made. Fails if it is a link or no directory, or
    /// the process is in it.
    pub(super) fn to_write(directory: &Path) -> Result<Self, Refusal> {
        if let Some(parent) = directory.parent().filter(|_| directory.file_name().is_some()) {
            let what = || format!("could not make the directory `{}`", parent.display());
            fs::create_dir_all(parent).with_context(what)?;
        }
        let target = Self::to_read(directory)?;
        let current = std::env::current_dir().and_then(fs::canonicalize);
        if current.is_ok_and(|current| current.starts_with(&target.path)) {
            return Err(target.refused("is the current directory or above it, and is replaced as a whole: run argopacks from outside of it"));
        }
        Ok(target)
    }

    /// A directory to compare with, which need not exist. Fails if it is a link or no directory.
    pub(super) fn to_read(directory: &Path) -> Result<Self, Refusal> {
        let shown = directory.display().to_string();
        let target = Self::locate(directory, shown.clone())
            .with_context(|| format!("could not find the directory `{shown}`"))?;
        match target.metadata()? {
            Some(found) if found.is_symlink() => {
                Err(target.refused("is a symbolic link: name the directory that it leads to"))
            }
            Some(found) if !found.is_dir() => Err(target.refused("is not a directory")),
            _ => Ok(target),
        }
    }

    fn locate(directory: &Path, shown: String) -> anyhow::Result<Self> {
        let path = match (directory.parent(), directory.file_name()) {
            (Some(parent), Some(name)) => real(parent)?.join(name),
            _ => directory.canonicalize()?,
        };
        let (Some(parent), Some(name)) = (path.parent(), path.file_name()) else {
            anyhow::bail!("it has no directory above it");
        };
        let beside = |end: &str| {
            let mut hidden = OsString::from(".");
            hidden.push(name);
            hidden.push(end);
            parent.join(hidden)
        };
        let (staging, aside) = (beside(".argopacks-new"), beside(".argopacks-old"));
        Ok(Self { shown, parent: parent.to_owned(), staging, aside, path })
    }

    /// What is there, of a link the link; none if nothing is.
    pub(super) fn metadata(&self) -> anyhow::Result<Option<Metadata>> {
        match fs::symlink_metadata(&self.path) {
            Ok(found) => Ok(Some(found)),
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
            Err(error) => Err(error).with_context(|| format!("could not read `{}`", self.shown)),
        }
    }

    /// Refuses the directory.
    pub(super) fn refused(&self, why: &str) -> Refusal {
        Refusal::Target(format!("`{}` {why}", self.shown))
    }
}

/// Where a directory really is; one that is not there, where it would be.
fn real(directory: &Path) -> io::Result<PathBuf> {
    let directory = if directory.as_os_str().is_empty() { Path::new(".") } else { directory };
    match directory.canonicalize() {
        Err(error) if error.kind() == ErrorKind::NotFound => std::path::absolute(directory),
        found => found,
    }
}
