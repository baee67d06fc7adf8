//! Task: a pack, one thing that a step does.

use crate::model::argo_typed::{Argo, TemplateBody, ValueFrom};
use crate::model::kinds::common::{Default, Metadata, Param};
use crate::model::kubernetes::AbsolutePath;
use crate::model::{Spanned, Text};

record! {
    /// A pack: an Argo template with declared params and outputs.
    pub struct Task {
        /// `packs.argoproj.io/v1beta1`.
        "apiVersion" api_version: Text,
        /// `Task`.
        "kind" kind: Text,
        /// Name, project and labels.
        "metadata" metadata: Metadata,
        /// Params, outputs and the template.
        "spec" spec: TaskSpec,
    }
}

record! {
    /// Params, outputs and the template of a pack.
    pub struct TaskSpec {
        /// What it does.
        "description" description: Option<Text>,
        /// Version of the pack.
        "version" version: Option<Text>,
        /// Why it should not be used any more, and what to use.
        "deprecated" deprecated: Option<Text>,
        /// What it takes.
        "params" params: Vec<Param>,
        /// What it gives.
        "outputs" outputs: Vec<Output>,
        /// Where the run's workspace is mounted; without this the pack does not use it.
        "workspace" workspace: Option<Mount>,
        /// One Argo template body, verbatim. Either this or `templates`.
        "template" template: Option<Argo<TemplateBody>>,
        /// Several Argo templates, each with its name; the first is the one that a taskRef without
        /// `template` means.
        "templates" templates: Vec<Argo<TemplateBody>>,
        /// The template is in the cluster already: only calls of it are checked.
        "external" external: Option<Spanned<bool>>,
    }
    later {
        /// Files that it takes and gives.
        "artifacts",
    }
}

record! {
    /// Where the workspace is mounted.
    pub struct Mount {
        /// Path in the container.
        "mountPath" mount_path: AbsolutePath,
    }
}

record! {
    /// A value that a pack gives to the steps after it.
    pub struct Output {
        /// Name, as params of later steps take it.
        "name" name: Text,
        /// What it is.
        "description" description: Option<Text>,
        /// The file that holds it. Either this or `valueFrom`.
        "path" path: Option<Text>,
        /// Where it comes from, in Argo's words. Either this or `path`.
        "valueFrom" value_from: Option<Argo<ValueFrom>>,
        /// The value where there is none.
        "default" default: Option<Default>,
    }
}
