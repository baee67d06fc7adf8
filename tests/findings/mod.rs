//! Inputs that once went wrong: each a test with the name of its case, and what is right.
//!
//! A file a part of the compiler; the harness here writes the input and runs the program.
#![allow(clippy::unwrap_used)]

mod bodies;
mod builds;
mod facts;
mod fixes;
mod input;
mod model;
mod names;
mod output;
mod runs;
mod source;
mod tags;

use assert_cmd::Command;
use tempfile::TempDir;

use input::BASE;

/// A directory with some files.
pub(crate) struct Case {
    directory: TempDir,
}

impl Case {
    /// Writes files, by path and text.
    pub(crate) fn new(files: &[(&str, &str)]) -> Self {
        let directory = tempfile::tempdir().unwrap();
        for (path, text) in files {
            let path = directory.path().join(path);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, text).unwrap();
        }
        Self { directory }
    }

    /// Writes a file that need not be text.
    pub(crate) fn write(&self, path: &str, bytes: &[u8]) {
        std::fs::write(self.directory.path().join(path), bytes).unwrap();
    }

    /// Where the files are.
    pub(crate) fn path(&self) -> &std::path::Path {
        self.directory.path()
    }

    /// Runs argopacks in the directory: exit status, standard output, standard error.
    pub(crate) fn run(&self, arguments: &[&str]) -> (i32, String, String) {
        let mut command = Command::cargo_bin("argopacks").unwrap();
        let output = command.current_dir(self.directory.path()).args(arguments).output().unwrap();
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
        (output.status.code().unwrap_or(-1), text(output.stdout), text(output.stderr))
    }

    /// The findings of `validate`, a line each: `path:line:col: level[CODE] message`.
    pub(crate) fn findings(&self) -> Vec<String> {
        let (_, out, _) = self.run(&["validate", "--format", "concise", "."]);
        out.lines().map(str::to_owned).collect()
    }

    /// The findings of `validate` as `CODE path:line:col`.
    pub(crate) fn codes(&self) -> Vec<String> {
        let code = |line: String| {
            let (place, rest) = line.split_once(": ").unwrap();
            let code = rest.split_once('[').and_then(|(_, rest)| rest.split_once(']')).unwrap().0;
            format!("{code} {place}")
        };
        self.findings().into_iter().map(code).collect()
    }

    /// What `render` prints; the definitions must be free of findings.
    pub(crate) fn render(&self) -> String {
        let (status, out, err) = self.run(&["render", "."]);
        assert_eq!((status, &*err), (0, ""), "{out}");
        out
    }
}

#[test]
fn the_base_has_no_mistake() {
    assert_eq!(Case::new(&[("base.yaml", BASE)]).findings(), Vec::<String>::new());
    assert!(
        Case::new(&[("base.yaml", BASE)]).render().starts_with("apiVersion: v1\nkind: Namespace")
    );
}
