//! Finds the definition files below a directory.

use std::fs::{self, DirEntry, FileType};
use std::io;
use std::path::{Path, PathBuf};

use super::Unread;
use super::read::shown;

/// The file that lists what argopacks wrote into the directory that it stands in.
pub(crate) const OUTPUT_MANIFEST: &str = ".argopacks-manifest";

/// What a walk has found.
#[derive(Debug, Default)]
pub(super) struct Found {
    /// Within each directory in the order of the names.
    pub(super) files: Vec<PathBuf>,
    pub(super) unread: Vec<Unread>,
    /// The directories in which a link was followed, down to the one that is walked, as they really
    /// are.
    linked_from: Vec<PathBuf>,
}

impl Found {
    /// Adds the `*.yaml`, `*.yml` and `*.json` files below a directory, in any case. Hidden
    /// directories and trees that argopacks wrote are left out below it, links followed. What the
    /// directory does not say about its entries is asked for links only.
    pub(super) fn walk(&mut self, directory: &Path) {
        match entries(directory) {
            Ok(entries) => self.enter_all(entries, directory),
            Err(error) => self.miss(directory, error.to_string()),
        }
    }

    fn walk_below(&mut self, directory: &Path) {
        match entries(directory) {
            Ok(entries) if entries.iter().any(|entry| entry.file_name() == OUTPUT_MANIFEST) => {}
            Ok(entries) => self.enter_all(entries, directory),
            Err(error) => self.miss(directory, error.to_string()),
        }
    }

    fn enter_all(&mut self, entries: Vec<DirEntry>, directory: &Path) {
        for entry in entries {
            match entry.file_type() {
                Ok(kind) => self.enter(&entry, kind, directory),
                Err(error) => self.miss(&entry.path(), error.to_string()),
            }
        }
    }

    fn enter(&mut self, entry: &DirEntry, kind: FileType, directory: &Path) {
        let is_hidden = entry.file_name().as_encoded_bytes().starts_with(b".");
        if kind.is_symlink() {
            self.follow(&entry.path(), is_hidden, directory);
        } else if kind.is_dir() && !is_hidden {
            self.walk_below(&entry.path());
        } else if kind.is_file() {
            self.file(entry.path());
        }
    }

    fn file(&mut self, path: PathBuf) {
        if is_definition_file(&path) {
            self.files.push(path);
        }
    }

    fn follow(&mut self, link: &Path, is_hidden: bool, directory: &Path) {
        match fs::metadata(link) {
            Ok(target) if target.is_dir() && !is_hidden => self.follow_directory(link, directory),
            Ok(target) if target.is_file() => self.file(link.to_owned()),
            // Editors leave hidden links that lead nowhere.
            Err(error) if !is_hidden => self.miss(link, error.to_string()),
            _ => {}
        }
    }

    fn follow_directory(&mut self, link: &Path, directory: &Path) {
        let (target, from) = match (link.canonicalize(), directory.canonicalize()) {
            (Ok(target), Ok(from)) => (target, from),
            (Err(error), _) | (_, Err(error)) => return self.miss(link, error.to_string()),
        };
        self.linked_from.push(from);
        if self.linked_from.iter().any(|from| from.starts_with(&target)) {
            self.miss(link, "the link leads back to a directory above it".to_owned());
        } else {
            self.walk_below(link);
        }
        self.linked_from.pop();
    }

    fn miss(&mut self, path: &Path, reason: String) {
        self.unread.push(Unread { path: shown(path), reason });
    }
}

/// What is in a directory, in the order of the names.
fn entries(directory: &Path) -> io::Result<Vec<DirEntry>> {
    let mut entries = fs::read_dir(directory)?.collect::<io::Result<Vec<_>>>()?;
    entries.sort_by_cached_key(DirEntry::file_name);
    Ok(entries)
}

fn is_definition_file(path: &Path) -> bool {
    let extension = path.extension().unwrap_or_default();
    ["yaml", "yml", "json"].iter().any(|known| extension.eq_ignore_ascii_case(known))
}
