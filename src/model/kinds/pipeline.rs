//! Pipeline: what an application team writes.

use crate::model::argo_typed::{Argo, ResourceRequirements};
use crate::model::forms::Duration;
use crate::model::kinds::common::{Concurrency, OwnedMetadata, Retention};
use crate::model::kubernetes::{CountOrNone, PathBelow};
use crate::model::origins::Revision;
use crate::model::{Entries, Scalar, Spanned, Text};

record! {
    /// What is built, from where, into which image.
    pub struct Pipeline {
        /// `packs.argoproj.io/v1beta1`.
        "apiVersion" api_version: Text,
        /// `Pipeline`.
        "kind" kind: Text,
        /// Name, project and labels.
        "metadata" metadata: OwnedMetadata,
        /// Image, builder and code.
        "spec" spec: PipelineSpec,
    }
}

record! {
    /// Image, builder and code of a Pipeline.
    pub struct PipelineSpec {
        /// The Registry that takes the image.
        "repository" repository: Text,
        /// Name of the image.
        "image" image: Text,
        /// Tag of the image; may use `%variables%`.
        "tag" tag: Text,
        /// The steps.
        "builder" builder: BuilderRef,
        /// The source.
        "code" code: Code,
        /// A run that takes longer is stopped.
        "timeout" timeout: Option<Duration>,
        /// How long runs and their pods are kept.
        "retention" retention: Option<Retention>,
        /// How many runs may go on at once.
        "concurrency" concurrency: Option<Concurrency>,
        /// Requests and limits of the steps' containers whose Task gives none.
        "resources" resources: Option<Argo<ResourceRequirements>>,
    }
    later {
        /// Steps at the end of every run.
        "onExit",
        /// What is recorded of every run.
        "record",
    }
}

record! {
    /// A Builder and values for its params.
    pub struct BuilderRef {
        /// Name of the Builder.
        "name" name: Text,
        /// Values for the Builder's params and those of its Tasks.
        "params" params: Entries<Scalar>,
    }
}

record! {
    /// Where the source is.
    pub struct Code {
        /// A git repository.
        "git" git: Git,
    }
}

record! {
    /// A git repository.
    pub struct Git {
        /// The `RepositoryAccount`.
        "repoAccount" repo_account: Text,
        /// The repository, as `owner/name`.
        "repo" repo: Text,
        /// Branch, tag or commit.
        "revision" revision: Revision,
        /// Directory in the repository; default all of it.
        "path" path: Option<PathBelow>,
        /// How many commits are fetched; 0 is all of them; default 1.
        "depth" depth: Option<CountOrNone>,
        /// Whether submodules are fetched; default false.
        "submodules" submodules: Option<Spanned<bool>>,
    }
}
