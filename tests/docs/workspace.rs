//! Where a page's commands run: a directory with the examples and the files that the page defines.

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};

use tempfile::TempDir;

use super::markdown::Page;
use super::root;

pub(super) struct Workspace {
    directory: TempDir,
}

impl Workspace {
    pub(super) fn of(page: &Page) -> Self {
        let workspace = Self { directory: TempDir::new().unwrap() };
        for entry in ["examples", "packs"] {
            copy(&root().join(entry), &workspace.path().join(entry));
        }
        for block in page.blocks() {
            if let Some(file) = block.file() {
                let path = workspace.path().join(file);
                fs::create_dir_all(path.parent().unwrap()).unwrap();
                fs::write(path, &block.text).unwrap();
            }
        }
        workspace
    }

    pub(super) fn path(&self) -> &Path {
        self.directory.path()
    }

    /// What a shell command prints, standard error among it.
    pub(super) fn run(&self, command: &str) -> String {
        let command = command.replace("cargo run --release --", "argopacks");
        let binary = assert_cmd::cargo::cargo_bin!("argopacks");
        let path =
            format!("{}:{}", binary.parent().unwrap().display(), std::env::var("PATH").unwrap());
        let mut shell = Command::new("sh");
        shell
            .args(["-c", &format!("{{ {command}\n}} 2>&1")])
            .current_dir(self.path())
            .env("PATH", path);
        shell.env_remove("NO_COLOR").env_remove("SOURCE_DATE_EPOCH").stdin(Stdio::null());
        String::from_utf8(shell.output().unwrap().stdout).unwrap()
    }
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let target = to.join(entry.file_name());
        if entry.file_type().unwrap().is_dir() {
            copy(&entry.path(), &target);
        } else {
            fs::copy(entry.path(), target).unwrap();
        }
    }
}
