//! Commands in `sh` blocks, which show no output: those of argopacks must work, on a directory
//! `definitions/` as the pages call it.

use std::fs;

use super::workspace::Workspace;
use super::{none, pages, root};

/// Starts of commands that build or run the tests themselves, or need a cluster behind a pipe.
const OTHERS: &[&str] =
    &["cargo test", "cargo build", "cargo bench", ".ci/run", "kubectl apply -f -", "benches/run"];

#[test]
fn commands_of_argopacks_work() {
    let mut found = Vec::new();
    for page in pages() {
        let workspace = Workspace::of(&page);
        let definitions = workspace.path().join("definitions");
        fs::create_dir_all(&definitions).unwrap();
        for entry in fs::read_dir(root().join("examples/goapp")).unwrap() {
            let path = entry.unwrap().path();
            fs::copy(&path, definitions.join(path.file_name().unwrap())).unwrap();
        }
        let lines = page
            .blocks()
            .into_iter()
            .filter(|block| block.language() == "sh")
            .flat_map(|block| block.text.lines().map(str::to_owned).collect::<Vec<_>>());
        for command in lines
            .flat_map(|line| line.split('|').map(|part| part.trim().to_owned()).collect::<Vec<_>>())
        {
            let is_ours =
                command.starts_with("argopacks ") || command.starts_with("cargo run --release -- ");
            let works = is_ours
                && workspace
                    .run(&format!("{command} > /dev/null; echo status $?"))
                    .contains("status 0");
            if !works && !OTHERS.iter().any(|other| command.starts_with(other)) {
                found.push(format!("{}: `{command}` does not work", page.name()));
            }
        }
    }
    none(&found);
}
