//! `argopacks render --output-dir`: manifests as a tree of files, or how it differs from one.

use std::path::{Path, PathBuf};

use super::args::Render;
use super::{Outcome, output};
use crate::Compiled;
use crate::output::{Done, Refusal, Tree};

/// The directory that manifests go to: that of the command line, or else that of Config, unless
/// something is asked for that is printed.
pub(crate) fn directory(args: &Render, compiled: &Compiled) -> Option<PathBuf> {
    if args.output_dir.is_some() {
        return args.output_dir.clone();
    }
    let is_printed =
        !args.only.is_empty() || args.project.is_some() || args.builds || args.output.is_some();
    let config = compiled.model.config.as_ref().filter(|_| !is_printed)?;
    let directory = &config.spec.output.as_ref()?.directory;
    // Standard input is where argopacks runs.
    let file = Path::new(&compiled.sources.file(config.kind.span.file).path);
    Some(file.parent().unwrap_or(Path::new("")).join(&*directory.value))
}

/// Writes the tree, or compares it with the directory.
pub(crate) fn run(args: &Render, directory: &Path, compiled: &Compiled) -> anyhow::Result<Outcome> {
    let tree = match Tree::of(compiled) {
        Ok(tree) => tree,
        Err(findings) => {
            output::complain_of(&findings, compiled);
            return Ok(Outcome::Findings);
        }
    };
    if tree.objects == 0 {
        output::complain("error: the definitions come to no object: nothing is written");
        return Ok(Outcome::Usage);
    }
    let outcome = if args.check { check(&tree, directory) } else { write(args, &tree, directory) };
    outcome.or_else(|refusal| refused(refusal, directory))
}

fn write(args: &Render, tree: &Tree, directory: &Path) -> Result<Outcome, Refusal> {
    let done = tree.write(directory, args.force)?;
    output::complain(&said(&done, tree, directory));
    Ok(Outcome::Clean)
}

fn said(done: &Done, tree: &Tree, directory: &Path) -> String {
    let objects = output::counted(tree.objects, "object");
    let change = match done {
        Done { written: 0, removed: 0 } => "nothing to change".to_owned(),
        Done { written, removed: 0 } => format!("{} written", output::counted(*written, "file")),
        Done { written, removed } => {
            format!("{} written, {removed} removed", output::counted(*written, "file"))
        }
    };
    format!("{}: {objects}, {change}", directory.display())
}

fn check(tree: &Tree, directory: &Path) -> Result<Outcome, Refusal> {
    let diff = tree.check(directory)?;
    if diff.is_empty() {
        return Ok(Outcome::Clean);
    }
    output::print(&diff)?;
    output::complain(&format!(
        "error: `{}` is not what the definitions come to",
        directory.display()
    ));
    Ok(Outcome::Findings)
}

fn refused(refusal: Refusal, directory: &Path) -> anyhow::Result<Outcome> {
    match refusal {
        Refusal::Io(error) => Err(error),
        Refusal::Target(fault) => {
            output::complain(&format!("error: {fault}"));
            Ok(Outcome::Usage)
        }
        Refusal::Kept(files) => {
            let shown = directory.display();
            output::complain(&format!(
                "error: nothing is written to `{shown}`, since something would be lost\n  {}\nhelp: change the definitions instead; `--check` shows what differs, `--force` writes over it",
                files.join("\n  ")
            ));
            Ok(Outcome::Findings)
        }
    }
}
