//! Build: one run of a pipeline.

use crate::model::kubernetes::{Annotations, Labels};
use crate::model::origins::Revision;
use crate::model::{Entries, Scalar, Spanned, Text};

record! {
    /// One run of a Pipeline: not configuration, but something to be created once.
    pub struct Build {
        /// `packs.argoproj.io/v1beta1`.
        "apiVersion" api_version: Text,
        /// `Build`.
        "kind" kind: Text,
        /// The Pipeline and its project.
        "metadata" metadata: BuildMetadata,
        /// What differs from the Pipeline's own settings.
        "spec" spec: Option<BuildSpec>,
    }
}

record! {
    /// Which Pipeline is run.
    pub struct BuildMetadata {
        /// The Pipeline.
        "pipeline" pipeline: Text,
        /// Its project.
        "project" project: Text,
        /// Name of the run; default the Builder's buildNameTpl.
        "name" name: Option<Text>,
        /// Copied to the Workflow.
        "labels" labels: Labels,
        /// Copied to the Workflow.
        "annotations" annotations: Annotations,
    }
}

record! {
    /// What differs from the Pipeline's own settings.
    pub struct BuildSpec {
        /// Branch, tag or commit.
        "revision" revision: Option<Revision>,
        /// Tag of the image.
        "tag" tag: Option<Text>,
        /// Values for params of the Pipeline.
        "params" params: Entries<Scalar>,
        /// Seconds since 1970 that `%timestamp%` and `%date%` stand for.
        "timestamp" timestamp: Option<Spanned<i64>>,
    }
}
