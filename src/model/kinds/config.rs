//! Config: settings of the directory.

use crate::argo::facts::Version;
use crate::model::kubernetes::{Annotations, Labels};
use crate::model::origins::{ImageReference, PathGlob};
use crate::model::{Entries, Node, Spanned, Text};

record! {
    /// Settings of the directory; at most one.
    pub struct Config {
        /// `packs.argoproj.io/v1beta1`.
        "apiVersion" api_version: Text,
        /// `Config`.
        "kind" kind: Text,
        /// Name and labels.
        "metadata" metadata: Option<ConfigMetadata>,
        /// The settings.
        "spec" spec: ConfigSpec,
    }
}

record! {
    /// Name and labels.
    pub struct ConfigMetadata {
        /// Any name: nothing refers to it.
        "name" name: Option<Text>,
        /// Not used.
        "labels" labels: Labels,
        /// Not used.
        "annotations" annotations: Annotations,
    }
}

record! {
    /// The settings.
    pub struct ConfigSpec {
        /// What the cluster runs.
        "argo" argo: Option<ArgoVersions>,
        /// Levels of rules, by code: off, note, warning or error.
        "rules" rules: Entries<RuleLevel>,
        /// Images to use instead of others, by the image that a Task names.
        "images" images: Entries<ImageReference>,
        /// Values for `<{ values.… }>`.
        "values" values: Option<Node>,
        /// Globs of files and directories that are left out, seen from the directory that this file
        /// is in: `*` within a part of a path, `**` across parts.
        "exclude" exclude: Vec<PathGlob>,
        /// Where `argopacks render` writes what it otherwise prints.
        "output" output: Option<Output>,
    }
}

record! {
    /// A tree of files.
    pub struct Output {
        /// Its directory, seen from the one that this file is in. `--output-dir` wins.
        "directory" directory: Text,
        /// How files are laid out: `tree`, a file an object.
        "layout" layout: Option<Layout>,
    }
}

choice! {
    /// How the files of the output are laid out.
    pub enum Layout {
        Tree = "tree",
    }
}

record! {
    /// Versions of Argo that the output must work with.
    pub struct ArgoVersions {
        /// Argo Workflows, as major.minor; default 4.0. A field that this version lacks is an
        /// error.
        "workflows" workflows: Option<Spanned<Version>>,
    }
}

choice! {
    /// What becomes of a rule's findings.
    pub enum RuleLevel {
        Off = "off",
        Note = "note",
        Warning = "warning",
        Error = "error",
    }
}
