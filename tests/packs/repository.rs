//! A small git repository to check out from.

use std::path::Path;
use std::process::Command;
use tempfile::TempDir;

/// Values that become something else wherever one is taken for an option or for shell text.
pub(super) const HOSTILE: [&str; 9] = [
    "-x",
    "--upload-pack=touch pwned",
    "; touch pwned",
    "$(touch pwned)",
    "`touch pwned`",
    "' && touch pwned '",
    "\" && touch pwned \"",
    "main\ntouch pwned",
    "$(touch${IFS}pwned)",
];

pub(super) struct Repository {
    directory: TempDir,
}

impl Repository {
    /// main has three commits; `feature/x` and the tag v1.0 sit on the second; `both` is a tag on
    /// the first, a branch on the third.
    pub(super) fn new() -> Self {
        let repository = Self { directory: tempfile::tempdir().unwrap() };
        repository.git(&["init", "--quiet", "--initial-branch=main"]);
        repository.commit("one");
        repository.git(&["tag", "both"]);
        repository.commit("two");
        repository.git(&["branch", "feature/x"]);
        repository.git(&["tag", "--annotate", "--message=first", "v1.0"]);
        repository.commit("three");
        repository.git(&["branch", "both"]);
        repository.git(&["update-ref", "refs/pull/7/head", "HEAD~2"]);
        repository
    }

    pub(super) fn commit(&self, name: &str) {
        std::fs::write(self.path().join("file"), name).unwrap();
        self.git(&["add", "--all"]);
        self.git(&["commit", "--quiet", "--message", name]);
    }

    pub(super) fn path(&self) -> &Path {
        self.directory.path()
    }

    pub(super) fn url(&self) -> String {
        format!("file://{}", self.path().display())
    }

    pub(super) fn commit_id(&self, revision: &str) -> String {
        self.git(&["rev-parse", &format!("{revision}^{{commit}}")])
    }

    pub(super) fn git(&self, arguments: &[&str]) -> String {
        git(self.path(), arguments)
    }
}

pub(super) fn git(directory: &Path, arguments: &[&str]) -> String {
    let output = Command::new("git")
        .args(["-c", "user.name=Robot", "-c", "user.email=robot@example.com"])
        .args(["-c", "protocol.file.allow=always", "-c", "advice.detachedHead=false"])
        .args(arguments)
        .current_dir(directory)
        .env("GIT_CONFIG_GLOBAL", "/dev/null")
        .env("GIT_COMMITTER_DATE", "2026-01-02T03:04:05+00:00")
        .output()
        .unwrap();
    let stderr = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "git {arguments:?}: {stderr}");
    String::from_utf8(output.stdout).unwrap().trim().to_owned()
}
