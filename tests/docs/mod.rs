//! What README.md, CONTRIBUTING.md and docs/*.md say: their commands are run, their definitions
//! validated, their lists compared with the code, and the files that they name must exist.
//!
//! Blocks of the language `console` hold `$ command` lines, each followed by what it prints; a line
//! `...` stands for any lines. They run where `examples/` is and the files that `yaml file=PATH`
//! blocks of the same page define. `UPDATE_EXPECT=1` writes what is printed into the page.
#![allow(clippy::unwrap_used)]

mod console;
mod facts;
mod markdown;
mod shell;
mod workspace;
mod yaml;

use std::fs;
use std::path::{Path, PathBuf};

use markdown::Page;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Every page, by name.
fn pages() -> Vec<Page> {
    let mut paths: Vec<PathBuf> =
        fs::read_dir(root().join("docs")).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.retain(|path| path.extension().is_some_and(|extension| extension == "md"));
    paths.extend(["README.md", "CONTRIBUTING.md"].map(|name| root().join(name)));
    paths.sort();
    paths.into_iter().map(Page::read).collect()
}

fn page(name: &str) -> Page {
    Page::read(root().join(name))
}

/// Fails with everything that was found at once.
fn none(found: &[String]) {
    assert!(found.is_empty(), "\n{}", found.join("\n"));
}
