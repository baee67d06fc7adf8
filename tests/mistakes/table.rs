//! The table of mistakes: what each entry says, and how it is put into practice.

use std::collections::HashSet;
use std::fs;
use std::path::{Path, PathBuf};

use serde::Deserialize;
use tempfile::TempDir;

/// One mistake, and what is to be told of it.
#[derive(Debug, Deserialize)]
pub struct Mistake {
    pub name: String,
    /// Whether the definitions are those of the example alone, or with `own.yaml` beside them.
    #[serde(default)]
    own: bool,
    #[serde(flatten)]
    edit: Edit,
    /// What else has to change for the mistake to be a single one.
    #[serde(default)]
    also: Vec<Edit>,
    code: String,
    /// `file:line:col`.
    place: String,
}

/// A change of one file: text that is there once and what comes in its stead, or text at the end.
#[derive(Debug, Deserialize)]
struct Edit {
    file: String,
    #[serde(default)]
    find: String,
    #[serde(default)]
    put: String,
    #[serde(default)]
    append: String,
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).into()
}

/// The mistakes of a group.
pub fn read(group: &str) -> Vec<Mistake> {
    let text =
        fs::read_to_string(root().join(format!("tests/mistakes/table/{group}.yaml"))).unwrap();
    let table: Vec<Mistake> =
        serde_yaml::from_str(&text).unwrap_or_else(|error| panic!("{group}: {error}"));
    let names: HashSet<&str> = table.iter().map(|mistake| mistake.name.as_str()).collect();
    assert_eq!(names.len(), table.len(), "a name comes twice in {group}");
    table
}

/// Puts the definitions without any mistake into a directory.
pub fn copy(directory: &Path, own: bool) {
    for entry in fs::read_dir(root().join("examples/goapp")).unwrap() {
        let entry = entry.unwrap();
        fs::copy(entry.path(), directory.join(entry.file_name())).unwrap();
    }
    if own {
        fs::copy(root().join("tests/mistakes/own.yaml"), directory.join("own.yaml")).unwrap();
    }
}

impl Mistake {
    /// What is to be found, as `CODE file:line:col`.
    pub fn finding(&self) -> String {
        format!("{} {}", self.code, self.place)
    }

    /// A directory in which the mistake is made.
    pub fn directory(&self) -> TempDir {
        let directory = tempfile::tempdir().unwrap();
        copy(directory.path(), self.own);
        for edit in std::iter::once(&self.edit).chain(&self.also) {
            edit.make(directory.path(), &self.name);
        }
        directory
    }
}

impl Edit {
    fn make(&self, directory: &Path, name: &str) {
        let path = directory.join(&self.file);
        let before = fs::read_to_string(&path).unwrap_or_default();
        let after = if self.find.is_empty() {
            before + &self.append
        } else {
            assert_eq!(
                before.matches(&self.find).count(),
                1,
                "{name}: `{}` is not once in {}",
                self.find,
                self.file
            );
            before.replace(&self.find, &self.put)
        };
        fs::write(path, after).unwrap();
    }
}
