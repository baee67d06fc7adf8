//! Where params get their values and in what order steps run; and that how definitions are spread
//! over files means nothing.
#![allow(clippy::unwrap_used)]

mod broken;
mod explain;
mod files;
mod many;

use std::path::{Path, PathBuf};
use std::process::Output;

use assert_cmd::Command;

fn argopacks(directory: &Path, arguments: &[&str]) -> Output {
    Command::cargo_bin("argopacks")
        .unwrap()
        .current_dir(directory)
        .args(arguments)
        .output()
        .unwrap()
}

fn example(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("examples").join(name)
}
