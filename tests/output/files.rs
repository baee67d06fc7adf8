//! A tree as it is on disk.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

/// Every file below a directory by its path, links as what they lead to.
pub(super) type Files = BTreeMap<String, String>;

/// What is below a directory; nothing if it is not there.
pub(super) fn read(directory: &Path) -> Files {
    let mut files = Files::new();
    if directory.exists() {
        add(directory, "", &mut files);
    }
    files
}

fn add(directory: &Path, before: &str, files: &mut Files) {
    for entry in fs::read_dir(directory).unwrap() {
        let entry = entry.unwrap();
        let path = format!("{before}{}", entry.file_name().to_string_lossy());
        let kind = entry.file_type().unwrap();
        if kind.is_symlink() {
            let to = fs::read_link(entry.path()).unwrap();
            files.insert(path, format!("→ {}", to.display()));
        } else if kind.is_dir() {
            add(&entry.path(), &format!("{path}/"), files);
        } else {
            files.insert(path, fs::read_to_string(entry.path()).unwrap());
        }
    }
}
