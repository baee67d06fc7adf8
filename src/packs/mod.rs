//! The bundled packs: Tasks that come with argopacks, one file each in `packs/`, one line here.

use std::sync::OnceLock;

use rayon::prelude::*;

use crate::diagnostics::Sink;
use crate::model::kinds::task::Task;
use crate::model::{Definition, Kind};
use crate::source::{FileId, SourceFile, SourceMap};
use crate::yaml;

macro_rules! packs {
    ($($name:literal = $file:literal,)*) => {
        /// Name and text of every bundled pack.
        const PACKS: &[(&str, &str, &str)] = &[$(($name, $file, include_str!(concat!("../../packs/", $file)))),*];
    };
}

packs! {
    "CheckoutDef" = "checkout-def.yaml",
    "BuildCodeDef" = "build-code-def.yaml",
    "TestCodeDef" = "test-code-def.yaml",
    "ReleaseDef" = "release-def.yaml",
    "slack-message" = "slack-message.yaml",
}

/// The bundled packs of a run; each is read when it is first asked for.
#[derive(Debug)]
pub(crate) struct Library {
    packs: Vec<Pack>,
}

#[derive(Debug)]
struct Pack {
    name: &'static str,
    file: FileId,
    task: OnceLock<Option<Box<Task>>>,
}

impl Library {
    /// Adds the packs' texts to the files of the run, so that findings can show them.
    pub(crate) fn new(sources: &mut SourceMap) -> Self {
        let add = |(name, file, text): &(&'static str, &str, &'static str)| {
            let file = sources.add(SourceFile::new(format!("<packs>/{file}"), *text));
            Pack { name, file, task: OnceLock::new() }
        };
        Self { packs: PACKS.iter().map(add).collect() }
    }

    /// The last file before those of the packs.
    pub(crate) fn last_own_file(&self) -> FileId {
        FileId(self.packs.first().map_or(0, |pack| pack.file.0.saturating_sub(1)))
    }

    /// The name of the pack that a file is of, if it is one's.
    pub(crate) fn name_of(&self, file: FileId) -> Option<&'static str> {
        self.packs.iter().find(|pack| pack.file == file).map(|pack| pack.name)
    }

    /// The names of all packs.
    pub(crate) fn names(&self) -> impl Iterator<Item = &'static str> {
        self.packs.iter().map(|pack| pack.name)
    }

    /// Reads some packs, in parallel.
    pub(crate) fn read(&self, names: &[&str], sources: &SourceMap) {
        names.par_iter().for_each(|name| {
            self.get(name, sources);
        });
    }

    /// The pack of a name.
    pub(crate) fn get(&self, name: &str, sources: &SourceMap) -> Option<&Task> {
        let pack = self.packs.iter().find(|pack| pack.name == name)?;
        pack.task.get_or_init(|| read(pack.file, sources)).as_deref()
    }
}

/// The text of a pack.
pub(crate) fn text(name: &str) -> Option<&'static str> {
    PACKS.iter().find(|(known, ..)| *known == name).map(|(_, _, text)| *text)
}

/// The tests prove that every pack reads without a finding.
fn read(file: FileId, sources: &SourceMap) -> Option<Box<Task>> {
    let mut sink = Sink::default();
    let document = yaml::parse(file, sources.file(file)).into_iter().next()?;
    let at = document.root.span;
    match Kind::Task.decode(document.root, at, &mut sink) {
        Some(Definition::Task(task)) if !sink.has_errors() && document.findings.is_empty() => {
            Some(task)
        }
        _ => None,
    }
}
