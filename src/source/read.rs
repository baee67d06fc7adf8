//! Finds and reads the files of a run.

use std::collections::BTreeSet;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use rayon::prelude::*;
use walkdir::{DirEntry, WalkDir};

use super::{FileId, SourceFile, SourceMap, Span};
use crate::diagnostics::Sink;
use crate::rules::{ap007_limit, ap008_encoding};

/// The path that stands for standard input.
pub const STDIN: &str = "-";

/// A file larger than this is refused: 128 MiB, far over 100,000 pipelines.
const MAX_BYTES: u64 = 128 * 1024 * 1024;

/// A path that could not be read, and why.
#[derive(Debug)]
pub struct Unread {
    pub path: String,
    pub reason: String,
}

/// What [`load`] found.
#[derive(Debug, Default)]
pub struct Loaded {
    pub sources: SourceMap,
    pub unread: Vec<Unread>,
    /// Something was left out, so that definitions may be missing for no fault of those that refer to them.
    pub is_partial: bool,
}

/// Reads every definition file at the paths: files as they are named, directories walked for `*.yaml`, `*.yml` and `*.json`
/// (hidden directories left out), `-` for standard input. Files come in the order of their paths, each once.
/// A path that cannot be read is told in `unread`; a file that is too large or not UTF-8 is a finding.
pub fn load(paths: &[PathBuf], sink: &mut Sink) -> Loaded {
    let mut loaded = Loaded::default();
    let mut files = BTreeSet::new();
    for path in paths {
        if path.as_os_str() == STDIN {
            read_stdin(&mut loaded, sink);
        } else if path.is_dir() {
            walk(path, &mut files, &mut loaded.unread);
        } else {
            files.insert(path.clone());
        }
    }
    // Files are many and small: they are read in parallel, and added in their order.
    let files: Vec<(PathBuf, PathBuf, io::Result<Vec<u8>>)> =
        files.into_par_iter().map(read_file).collect();
    let mut seen = BTreeSet::new();
    for (path, target, read) in files {
        if seen.insert(target) {
            add_read(shown(&path), read, &mut loaded, sink);
        }
    }
    loaded.is_partial |= !loaded.unread.is_empty();
    loaded
}

fn walk(directory: &Path, files: &mut BTreeSet<PathBuf>, unread: &mut Vec<Unread>) {
    let entries = WalkDir::new(directory)
        .follow_links(true)
        .into_iter()
        .filter_entry(|entry| entry.depth() == 0 || !is_hidden_directory(entry));
    for entry in entries {
        match entry {
            Ok(entry) if entry.file_type().is_file() && is_definition_file(entry.path()) => {
                files.insert(entry.into_path());
            }
            Ok(_) => {}
            Err(error) => unread.push(Unread {
                path: shown(error.path().unwrap_or(directory)),
                reason: error.io_error().map_or_else(
                    || "the link leads back to a directory above it".to_owned(),
                    ToString::to_string,
                ),
            }),
        }
    }
}

/// A path as it is shown: without a `./` before it.
fn shown(path: &Path) -> String {
    path.strip_prefix("./").unwrap_or(path).display().to_string()
}

fn is_hidden_directory(entry: &DirEntry) -> bool {
    entry.file_type().is_dir() && entry.file_name().to_string_lossy().starts_with('.')
}

fn is_definition_file(path: &Path) -> bool {
    let extension = path.extension().and_then(|extension| extension.to_str());
    matches!(extension, Some("yaml" | "yml" | "json"))
}

fn read_stdin(loaded: &mut Loaded, sink: &mut Sink) {
    let mut bytes = Vec::new();
    match std::io::stdin().take(MAX_BYTES + 1).read_to_end(&mut bytes) {
        Ok(_) => add("<stdin>".to_owned(), bytes, loaded, sink),
        Err(error) => {
            loaded.unread.push(Unread { path: STDIN.to_owned(), reason: error.to_string() });
        }
    }
}

/// A path, the file that it leads to, and what is in it.
fn read_file(path: PathBuf) -> (PathBuf, PathBuf, io::Result<Vec<u8>>) {
    let read = std::fs::File::open(&path).and_then(|file| {
        let mut bytes = Vec::new();
        file.take(MAX_BYTES + 1).read_to_end(&mut bytes).map(|_| bytes)
    });
    let target = path.canonicalize().unwrap_or_else(|_| path.clone());
    (path, target, read)
}

fn add_read(path: String, read: io::Result<Vec<u8>>, loaded: &mut Loaded, sink: &mut Sink) {
    match read {
        Ok(bytes) => add(path, bytes, loaded, sink),
        Err(error) => loaded.unread.push(Unread { path, reason: error.to_string() }),
    }
}

fn add(path: String, bytes: Vec<u8>, loaded: &mut Loaded, sink: &mut Sink) {
    if bytes.len() as u64 > MAX_BYTES {
        let file = loaded.sources.add(SourceFile::new(path, String::new()));
        loaded.is_partial = true;
        sink.report(ap007_limit::file_size(Span::new(file, 0, 0), MAX_BYTES));
        return;
    }
    match String::from_utf8(bytes) {
        Ok(text) => {
            loaded.sources.add(SourceFile::new(path, text));
        }
        Err(error) => add_broken(path, error, loaded, sink),
    }
}

/// Keeps what is text before the first byte that is not, so that the finding has a place and a snippet.
fn add_broken(
    path: String,
    error: std::string::FromUtf8Error,
    loaded: &mut Loaded,
    sink: &mut Sink,
) {
    let valid = error.utf8_error().valid_up_to();
    let mut bytes = error.into_bytes();
    let byte = bytes[valid];
    bytes.truncate(valid);
    let text = String::from_utf8(bytes).unwrap_or_default();
    loaded.is_partial = true;
    let file: FileId = loaded.sources.add(SourceFile::new(path, text));
    sink.report(ap008_encoding::not_utf8(Span::new(file, valid, valid), byte));
}
