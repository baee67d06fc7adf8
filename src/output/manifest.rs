//! `.argopacks-manifest`: what argopacks wrote into a directory, in the form of sha1sum(1), so that
//! `sha1sum -c .argopacks-manifest` checks it too.

use std::collections::BTreeMap;
use std::fmt::Write;

use sha1::{Digest, Sha1};

/// The hash of each file, by path.
pub(super) type Hashes = BTreeMap<String, String>;

/// Digits of a hash.
const DIGITS: usize = 40;

/// The manifest of some files, by path.
pub(super) fn text(files: &BTreeMap<String, String>) -> String {
    let line = |(path, text): (&String, &String)| format!("{}  {path}\n", hash(text.as_bytes()));
    files.iter().map(line).collect()
}

/// What a manifest lists. Fails with the first line, counted from 1, that is none of a manifest.
pub(super) fn read(bytes: &[u8]) -> Result<Hashes, usize> {
    let lines = bytes.split(|byte| *byte == b'\n').zip(1_usize..);
    let mut hashes = Hashes::new();
    for (line, number) in lines.filter(|(line, _)| !line.is_empty()) {
        let (path, hash) = read_line(line).ok_or(number)?;
        hashes.insert(path.to_owned(), hash.to_owned());
    }
    Ok(hashes)
}

/// As [`read`], but passing over lines that are none of a manifest.
pub(super) fn read_what_is_right(bytes: &[u8]) -> Hashes {
    let lines = bytes.split(|byte| *byte == b'\n').filter_map(read_line);
    lines.map(|(path, hash)| (path.to_owned(), hash.to_owned())).collect()
}

/// Path and hash. Paths are looked up among those that are there and lead nowhere by themselves.
fn read_line(line: &[u8]) -> Option<(&str, &str)> {
    let line = std::str::from_utf8(line).ok()?;
    let (hash, path) = line.strip_suffix('\r').unwrap_or(line).split_once("  ")?;
    let is_hash = hash.len() == DIGITS && hash.bytes().all(|byte| byte.is_ascii_hexdigit());
    (is_hash && !path.is_empty()).then_some((path, hash))
}

/// The SHA-1 of some bytes, in hexadecimal.
pub(super) fn hash(bytes: &[u8]) -> String {
    hex(&Sha1::digest(bytes))
}

/// Bytes in hexadecimal.
pub(super) fn hex(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len() * 2);
    for byte in bytes {
        // Writing to a string cannot fail.
        let _ = write!(text, "{byte:02x}");
    }
    text
}
