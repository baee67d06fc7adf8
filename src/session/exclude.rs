//! Files that a Config leaves out.

use std::collections::HashSet;
use std::path::{Path, absolute};

use glob::{MatchOptions, Pattern};

use super::Session;
use crate::model::{API_VERSION, Kind};
use crate::source::FileId;
use crate::tree::Node;
use crate::yaml::Document;

/// `*` stands for anything within a part of a path, as in `.gitignore`.
const OPTIONS: MatchOptions = MatchOptions {
    case_sensitive: true,
    require_literal_separator: true,
    require_literal_leading_dot: false,
};

impl Session {
    /// The files that the first Config leaves out: those that one of its globs means, and those in
    /// a directory that one means, as they are seen from the directory of the Config. That has to
    /// be known before any definition is read. The Config itself stays.
    pub(super) fn excluded(&self, documents: &[Document]) -> HashSet<FileId> {
        let Some(config) = documents.iter().find(|document| is_config(&document.root)) else {
            return HashSet::new();
        };
        let globs = config.root.find(&["spec", "exclude"]).map(Node::items).unwrap_or_default();
        let globs: Vec<Pattern> = globs
            .iter()
            .filter_map(|glob| Pattern::new(glob.as_str()?.trim_end_matches('/')).ok())
            .collect();
        let file = config.span.file;
        let own = self.files.iter().find(|it| it.id == file).map(|it| it.path.as_path());
        let base = own.and_then(|path| absolute(path).ok()?.parent().map(Path::to_owned));
        let Some(base) = base.filter(|_| !globs.is_empty()) else { return HashSet::new() };
        let is_excluded = |path: &Path| {
            let path = absolute(path).unwrap_or_default();
            path.strip_prefix(&base).is_ok_and(|path| is_meant(path, &globs))
        };
        let others = self.files.iter().filter(|it| it.id != file);
        others.filter(|it| is_excluded(&it.path)).map(|it| it.id).collect()
    }
}

/// Whether a glob means a path, or a directory that it is in.
fn is_meant(path: &Path, globs: &[Pattern]) -> bool {
    path.ancestors().any(|path| globs.iter().any(|glob| glob.matches_path_with(path, OPTIONS)))
}

fn is_config(root: &Node) -> bool {
    let text = |key: &str| root.get(key).and_then(Node::as_str);
    text("apiVersion") == Some(API_VERSION) && text("kind") == Some(Kind::Config.name())
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn globs_mean_files_and_what_is_in_directories() {
        let is_meant =
            |glob: &str, path: &str| is_meant(Path::new(path), &[Pattern::new(glob).unwrap()]);
        for (glob, path) in [
            ("charts", "charts/app/templates/a.yaml"),
            ("**/templates", "charts/app/templates/a.yaml"),
            ("**/values*.yaml", "values.yaml"),
            ("**/values*.yaml", "a/b/values-live.yaml"),
            ("*.json", "a.json"),
        ] {
            assert!(is_meant(glob, path), "{glob} {path}");
        }
        for (glob, path) in [("charts", "old-charts/a.yaml"), ("*.json", "a/b.json")] {
            assert!(!is_meant(glob, path), "{glob} {path}");
        }
    }
}
