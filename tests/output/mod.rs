//! Manifests as a tree of files: what stands in it, what a render does to a directory, and what is
//! left when one is killed.

mod config;
mod files;
mod hostile;
mod killed;
mod layout;
mod readme;
mod render;

use std::fs;
use std::path::Path;

use super::cli::run::{Directory, Ended};

/// A project with some pipelines, all of one repository.
fn shop(pipelines: usize, repository: &str) -> String {
    let platform = "\
apiVersion: packs.argoproj.io/v1beta1
kind: Project
metadata: {name: shop}
---
apiVersion: packs.argoproj.io/v1beta1
kind: Registry
metadata: {name: harbor}
spec: {url: harbor.acme.example}
---
apiVersion: packs.argoproj.io/v1beta1
kind: RepositoryAccount
metadata: {name: acme}
spec: {url: github.com}
---
apiVersion: packs.argoproj.io/v1beta1
kind: Builder
metadata: {name: plain}
spec:
  steps:
  - name: checkout
    task: {taskRef: CheckoutDef}
";
    let pipeline = |number: usize| {
        format!(
            "---
apiVersion: packs.argoproj.io/v1beta1
kind: Pipeline
metadata: {{name: app-{number}, project: shop}}
spec:
  repository: harbor
  image: app
  tag: latest
  builder: {{name: plain}}
  code:
    git: {{repoAccount: acme, repo: acme/{repository}, revision: main}}
"
        )
    };
    (0..pipelines).fold(platform.to_owned(), |text, number| text + &pipeline(number))
}

/// A directory whose definitions come to a tree in `out`, which is written.
fn rendered() -> Directory {
    let directory = Directory::with(&[("shop.yaml", &shop(2, "one"))]);
    render(&directory).is(0, "", "out: 7 objects, 12 files written\n");
    directory
}

fn render(directory: &Directory) -> Ended {
    directory.run(&["render", "--output-dir", "out"])
}

fn force(directory: &Directory) -> Ended {
    directory.run(&["render", "--output-dir", "out", "--force"])
}

fn check(directory: &Directory) -> Ended {
    directory.run(&["render", "--output-dir", "out", "--check"])
}

/// Changes the definitions.
fn define(directory: &Directory, text: &str) {
    fs::write(directory.path().join("shop.yaml"), text).unwrap();
}

/// The names of what is in a directory.
fn names(path: &Path) -> Vec<String> {
    let entries = fs::read_dir(path).unwrap().map(|it| it.unwrap().file_name());
    let mut names: Vec<String> = entries.map(|name| name.into_string().unwrap()).collect();
    names.sort();
    names
}
