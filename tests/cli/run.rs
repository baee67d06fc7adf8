//! Runs the program in a directory of its own, with nothing of the tester's environment.

use std::fs;
use std::path::Path;

use assert_cmd::Command;
use assert_cmd::cargo::cargo_bin;
use tempfile::TempDir;

/// A directory of definitions.
pub(crate) struct Directory {
    root: TempDir,
}

/// How a run ended.
#[derive(Debug)]
pub(crate) struct Ended {
    pub(crate) status: i32,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
}

impl Directory {
    /// A directory with some files.
    pub(crate) fn with(files: &[(&str, &str)]) -> Self {
        let root = TempDir::new().unwrap();
        for (name, text) in files {
            fs::write(root.path().join(name), text).unwrap();
        }
        Self { root }
    }

    /// A copy of an example.
    pub(crate) fn example(name: &str) -> Self {
        let directory = Self::with(&[]);
        let from = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples").join(name);
        for entry in fs::read_dir(from).unwrap() {
            let entry = entry.unwrap();
            fs::copy(entry.path(), directory.root.path().join(entry.file_name())).unwrap();
        }
        directory
    }

    pub(crate) fn path(&self) -> &Path {
        self.root.path()
    }

    pub(crate) fn command(&self, args: &[&str]) -> Command {
        let mut command = Command::new(cargo_bin!("argopacks"));
        command
            .args(args)
            .current_dir(self.root.path())
            .env_remove("NO_COLOR")
            .env_remove("SOURCE_DATE_EPOCH");
        command
    }

    pub(crate) fn run(&self, args: &[&str]) -> Ended {
        Ended::of(&mut self.command(args))
    }
}

impl Ended {
    pub(crate) fn of(command: &mut Command) -> Self {
        let output = command.output().unwrap();
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
        Self {
            status: output.status.code().unwrap(),
            stdout: text(output.stdout),
            stderr: text(output.stderr),
        }
    }

    /// Checks all three at once.
    #[track_caller]
    pub(crate) fn is(&self, status: i32, stdout: &str, stderr: &str) {
        assert_eq!(
            (self.stdout.as_str(), self.stderr.as_str(), self.status),
            (stdout, stderr, status)
        );
    }

    /// The kinds of the objects that were printed.
    pub(crate) fn kinds(&self) -> Vec<&str> {
        self.stdout.lines().filter_map(|line| line.strip_prefix("kind: ")).collect()
    }

    pub(crate) fn json(&self) -> serde_json::Value {
        serde_json::from_str(&self.stdout).unwrap()
    }
}
