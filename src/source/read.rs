//! Finds and reads the files of a run.

use std::collections::{HashMap, HashSet};
use std::fs::{File, Metadata};
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use rayon::prelude::*;

use super::walk::Found;

/// The path that stands for standard input.
pub(crate) const STDIN: &str = "-";

/// How reports show it.
pub(crate) const STDIN_SHOWN: &str = "<stdin>";

/// A file larger than this is not read: 128 MiB, far over 100,000 pipelines.
pub(crate) const MAX_BYTES: usize = 128 * 1024 * 1024;

/// A path that could not be read, and why.
#[derive(Clone, Debug)]
pub struct Unread {
    pub path: String,
    pub reason: String,
}

/// What is in a file.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Content {
    Text(String),
    /// More than [`MAX_BYTES`]: the bytes up to there.
    TooLarge(Vec<u8>),
    /// Something else than UTF-8, the first byte of which that belongs to no character is at `at`.
    /// In `text` every such byte is a U+FFFD.
    Broken {
        text: String,
        at: usize,
        byte: u8,
        has_nul: bool,
    },
}

impl Content {
    fn of(bytes: Vec<u8>) -> Self {
        if bytes.len() > MAX_BYTES {
            return Self::TooLarge(bytes);
        }
        String::from_utf8(bytes).map_or_else(
            |error| {
                let at = error.utf8_error().valid_up_to();
                let bytes = error.as_bytes();
                Self::Broken {
                    text: String::from_utf8_lossy(bytes).into_owned(),
                    at,
                    byte: bytes[at],
                    has_nul: bytes.contains(&0),
                }
            },
            Self::Text,
        )
    }
}

/// What [`load`] found.
#[derive(Debug, Default)]
pub(crate) struct Loaded {
    /// In the order of their paths, each file once.
    pub(crate) files: Vec<(PathBuf, Content)>,
    pub(crate) unread: Vec<Unread>,
}

/// Reads every definition file at the paths: files as they are named, directories walked for
/// `*.yaml`, `*.yml` and `*.json` (hidden directories and output trees left out), `-` for standard input. A path
/// that cannot be read is reported in `unread`.
pub(crate) fn load(paths: &[PathBuf]) -> Loaded {
    let mut found = Found::default();
    for path in paths {
        if path.as_os_str() != STDIN && path.is_dir() {
            found.walk(path);
        } else {
            found.files.push(path.clone());
        }
    }
    if paths.len() > 1 {
        found.files.sort();
        found.files.dedup();
    }
    // Files are many and small: they are read in parallel, and added in their order.
    let read: Vec<io::Result<Bytes>> =
        found.files.par_iter().map(|path| read_bytes(path)).collect();
    let again = read_twice(&found.files, &read);
    let mut loaded = Loaded { files: Vec::with_capacity(read.len()), unread: found.unread };
    for (at, (path, read)) in found.files.into_iter().zip(read).enumerate() {
        match read {
            Ok(_) if again.contains(&at) => {}
            Ok(read) => loaded.files.push((path, Content::of(read.bytes))),
            Err(error) => loaded.unread.push(unread(&path, &error)),
        }
    }
    loaded
}

/// Reads one file.
pub(crate) fn read(path: &Path) -> Result<Content, Unread> {
    read_bytes(path).map(|read| Content::of(read.bytes)).map_err(|error| unread(path, &error))
}

/// A path as reports show it: without a `./` before it.
pub(crate) fn shown(path: &Path) -> String {
    if path.as_os_str() == STDIN {
        return STDIN_SHOWN.to_owned();
    }
    path.strip_prefix("./").unwrap_or(path).display().to_string()
}

fn unread(path: &Path, error: &io::Error) -> Unread {
    let path = path.strip_prefix("./").unwrap_or(path).display().to_string();
    Unread { path, reason: error.to_string() }
}

struct Bytes {
    bytes: Vec<u8>,
    /// The file that the path leads to, as the system numbers it.
    identity: Option<(u64, u64)>,
}

/// Reads a file, of one that is too large only a byte more than it may have.
fn read_bytes(path: &Path) -> io::Result<Bytes> {
    if path.as_os_str() == STDIN {
        let bytes = to_end(io::stdin(), Vec::new())?;
        return Ok(Bytes { bytes, identity: None });
    }
    let mut file = File::open(path)?;
    let metadata = file.metadata()?;
    let size = usize::try_from(metadata.len()).unwrap_or(usize::MAX).min(MAX_BYTES);
    let mut bytes = vec![0; size + 1];
    let mut length = 0;
    if metadata.is_file() && size > 0 {
        length = file.read(&mut bytes)?;
    }
    bytes.truncate(length);
    // A regular file is read whole at once, unless it grows meanwhile or the system does not know
    // its size.
    if length != size || size == 0 || !metadata.is_file() || size == MAX_BYTES {
        bytes = to_end(file, bytes)?;
    }
    Ok(Bytes { bytes, identity: identity(&metadata) })
}

fn to_end(from: impl Read, mut bytes: Vec<u8>) -> io::Result<Vec<u8>> {
    let rest = (MAX_BYTES + 1).saturating_sub(bytes.len()) as u64;
    from.take(rest).read_to_end(&mut bytes)?;
    Ok(bytes)
}

#[cfg(unix)]
#[allow(clippy::unnecessary_wraps)]
fn identity(metadata: &Metadata) -> Option<(u64, u64)> {
    use std::os::unix::fs::MetadataExt;
    Some((metadata.dev(), metadata.ino()))
}

#[cfg(not(unix))]
fn identity(_: &Metadata) -> Option<(u64, u64)> {
    Some((0, 0))
}

/// The files, by index, to which an earlier path leads as well: over links, or since paths overlap.
/// Where paths lead is looked up only for what has the same identity, as hard links have, which are
/// two files.
fn read_twice(paths: &[PathBuf], read: &[io::Result<Bytes>]) -> HashSet<usize> {
    let mut first: HashMap<(u64, u64), usize> = HashMap::with_capacity(read.len());
    let mut seen = HashSet::new();
    let mut again = HashSet::new();
    for (at, read) in read.iter().enumerate() {
        let Some(identity) = read.as_ref().ok().and_then(|read| read.identity) else { continue };
        let Some(first) = first.get(&identity).copied() else {
            first.insert(identity, at);
            continue;
        };
        let target = |at: usize| paths[at].canonicalize().unwrap_or_else(|_| paths[at].clone());
        seen.insert(target(first));
        if !seen.insert(target(at)) {
            again.insert(at);
        }
    }
    again
}
