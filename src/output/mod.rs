//! The tree of files that manifests are committed as: what stands in it, whether a directory has
//! it, and how it comes into one.
//!
//! ```text
//! DIR/README.md  kustomization.yaml  .argopacks-manifest
//! DIR/workflows/README.md  kustomization.yaml  KIND-NAME.yaml  NAMESPACE/KIND-NAME.yaml
//! DIR/events/…
//! ```

mod compare;
mod diff;
mod found;
mod kustomization;
mod layout;
mod manifest;
mod markdown;
mod needs;
mod places;
mod readme;
mod replace;
mod secrets;
mod swap;
mod target;

use std::collections::BTreeMap;
use std::path::Path;

use compare::Compared;
use found::Found;
use layout::Part;
use target::Target;

use crate::Compiled;
use crate::diagnostics::Diagnostic;
use crate::source::OUTPUT_MANIFEST;

/// Every file of a tree, by its path in the directory.
#[derive(Debug)]
pub(crate) struct Tree {
    files: BTreeMap<String, String>,
    /// How many objects there are.
    pub(crate) objects: usize,
}

/// Why a tree is not written, or not compared.
#[derive(Debug)]
pub(crate) enum Refusal {
    /// The directory is not one to write to: said is what is wrong with it.
    Target(String),
    /// Files of it that would be lost, each with why.
    Kept(Vec<String>),
    /// Something could not be read or written.
    Io(anyhow::Error),
}

/// What has become of a directory.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Done {
    /// How many files are new or changed.
    pub(crate) written: usize,
    /// How many files are gone.
    pub(crate) removed: usize,
}

impl Tree {
    /// The tree of all manifests but those of Builds. Fails with what Argo would not accept.
    pub(crate) fn of(compiled: &Compiled) -> Result<Self, Vec<Diagnostic>> {
        let entries = layout::entries(compiled)?;
        let needs = needs::Needs::of(compiled.plan, &entries);
        let mut files = BTreeMap::new();
        for part in Part::ALL {
            let of_part: Vec<&layout::Entry> =
                entries.iter().filter(|it| it.part == part).collect();
            if of_part.is_empty() {
                continue;
            }
            let mut put = |path: &str, text: String| files.insert(part.path(path), text);
            put("README.md", readme::part(part, &of_part, &needs, compiled));
            put("kustomization.yaml", kustomization::text(of_part.iter().map(|it| &*it.path)));
            for entry in of_part {
                put(&entry.path, entry.text.clone());
            }
        }
        let parts = Part::ALL.into_iter().filter(|part| entries.iter().any(|it| it.part == *part));
        let names: Vec<&str> = parts.map(Part::name).collect();
        files.insert("README.md".to_owned(), readme::tree(&entries, &needs));
        files.insert("kustomization.yaml".to_owned(), kustomization::text(names.into_iter()));
        files.insert(OUTPUT_MANIFEST.to_owned(), manifest::text(&files));
        Ok(Self { files, objects: entries.len() })
    }

    /// Makes a directory hold this tree, and beside it only what others have put there. The
    /// directory has the old tree or the new one at any moment. What was changed by hand since
    /// argopacks wrote it is overwritten with `force` only.
    pub(crate) fn write(&self, directory: &Path, force: bool) -> Result<Done, Refusal> {
        let target = Target::to_write(directory)?;
        let _lock = swap::recover(&target)?;
        let found = Found::read(&target, self, force)?;
        let compared = Compared::of(self, &found);
        let kept = compared.kept(force);
        if !kept.is_empty() {
            return Err(Refusal::Kept(kept));
        }
        let done = compared.done();
        if done != Done::default() {
            found.check_is_writable(&target)?;
            replace::replace(&target, self, &found).map_err(Refusal::Io)?;
        }
        Ok(done)
    }

    /// What would change in a directory if the tree were written, as a unified diff; empty if
    /// nothing would. Nothing is written.
    pub(crate) fn check(&self, directory: &Path) -> Result<String, Refusal> {
        let target = Target::to_read(directory)?;
        let found = Found::read(&target, self, true)?;
        Ok(diff::diff(self, &found))
    }
}

impl From<anyhow::Error> for Refusal {
    fn from(error: anyhow::Error) -> Self {
        Self::Io(error)
    }
}
