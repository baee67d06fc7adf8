//! What several kinds have in common.

use crate::model::argo_typed::{
    Argo, LocalObjectReference, PodSecurityContext, ResourceRequirements, Toleration,
};
use crate::model::forms::{Duration, Quantity};
use crate::model::kubernetes::{Annotations, Count, DataKey, Labels, ObjectName};
use crate::model::short::ArgumentList;
use crate::model::{Decode, Scalar, Spanned, Text};
use crate::tree::Node;

record! {
    /// Name, project and labels of a definition that belongs to a project.
    pub struct OwnedMetadata {
        /// The name that references use; its DNS-1123 form is the emitted name.
        "name" name: Text,
        /// The project it belongs to.
        "project" project: Text,
        /// Copied to what is emitted.
        "labels" labels: Labels,
        /// Copied to what is emitted.
        "annotations" annotations: Annotations,
    }
}

record! {
    /// Name, project and labels of a definition.
    pub struct Metadata {
        /// The name that references use; its DNS-1123 form is the emitted name.
        "name" name: Text,
        /// The project it belongs to; without one it is global.
        "project" project: Option<Text>,
        /// Copied to what is emitted.
        "labels" labels: Labels,
        /// Copied to what is emitted.
        "annotations" annotations: Annotations,
    }
}

choice! {
    /// Who sees a definition.
    pub enum Scope {
        Global = "global",
        Project = "project",
    }
}

record! {
    /// A secret, by reference.
    pub struct SecretKey {
        /// Name of the Secret, in the namespace of the runs.
        "name" name: ObjectName,
        /// The key in it.
        "key" key: Option<DataKey>,
    }
}

record! {
    /// A secret whose keys are known by its type.
    pub struct SecretName {
        /// Name of the Secret, in the namespace of the runs.
        "name" name: ObjectName,
    }
}

choice! {
    /// What a param holds.
    pub enum ParamType {
        String = "string",
        Integer = "integer",
        Boolean = "boolean",
        Number = "number",
        Json = "json",
    }
}

record! {
    /// A param that a Task or a Builder declares.
    pub struct Param {
        /// Name, as arguments give it.
        "name" name: Text,
        /// What it is for.
        "description" description: Option<Text>,
        /// What it holds; default string.
        "type" kind: Option<ParamType>,
        /// The value where none is given; without one the param is required.
        "default" default: Option<Default>,
        /// The values that it can have.
        "enum" allowed: Vec<Scalar>,
    }
}

/// A default: text that may be empty.
#[derive(Clone, Debug)]
pub(crate) struct Default(pub Text);

impl Decode for Default {
    const SHAPE: crate::model::Shape = crate::model::Shape::Scalar;

    fn decode(node: Node, decoder: &mut crate::model::Decoder) -> Option<Self> {
        Scalar::decode(node, decoder).map(|Scalar(text)| Self(text))
    }

    fn hole(hole: crate::model::Hole) -> Self {
        Self(Text::hole(hole))
    }
}

record! {
    /// A value for a param.
    pub struct Argument {
        /// The param.
        "name" name: Text,
        /// Its value; Argo's `{{ }}` passes through.
        "value" value: Scalar,
    }
}

record! {
    /// Values for the params of a Task.
    pub struct Arguments {
        /// Values by the names of params, or a list of names and values.
        "params" params: ArgumentList,
    }
    later {
        /// Files for the artifacts of a Task.
        "artifacts",
    }
}

choice! {
    /// When the pods of a run are deleted.
    pub enum PodGc {
        OnPodCompletion = "OnPodCompletion",
        OnPodSuccess = "OnPodSuccess",
        OnWorkflowCompletion = "OnWorkflowCompletion",
        OnWorkflowSuccess = "OnWorkflowSuccess",
    }
}

record! {
    /// How long runs and their pods are kept.
    pub struct Retention {
        /// How long a run that succeeded is kept; default 1d.
        "ttlAfterSucceeded" ttl_after_succeeded: Option<Duration>,
        /// How long a run that failed is kept; default 7d.
        "ttlAfterFailed" ttl_after_failed: Option<Duration>,
        /// When pods are deleted; default `OnPodSuccess`.
        "podGC" pod_gc: Option<Spanned<PodGc>>,
    }
    later {
        /// How long artifacts are kept.
        "artifacts",
    }
}

record! {
    /// The claim that is made for each run and shared by its steps.
    pub struct Workspace {
        /// Its size; default 2Gi.
        "storage" storage: Option<Quantity>,
        /// The class of storage; default the cluster's.
        "storageClassName" storage_class_name: Option<ObjectName>,
        /// How it is mounted; default `ReadWriteOnce`, with the affinity that this needs.
        "accessModes" access_modes: Vec<Spanned<AccessMode>>,
    }
}

choice! {
    /// How a volume may be mounted.
    pub enum AccessMode {
        ReadWriteOnce = "ReadWriteOnce",
        ReadWriteOncePod = "ReadWriteOncePod",
        ReadWriteMany = "ReadWriteMany",
    }
}

record! {
    /// How many runs may go on at once.
    pub struct Concurrency {
        /// That many.
        "limit" limit: Count,
        /// Runs with the same key count together; default the pipeline's name.
        "key" key: Option<DataKey>,
    }
}

record! {
    /// What holds for runs that say nothing of their own.
    pub struct Defaults {
        /// A run that takes longer is stopped.
        "timeout" timeout: Option<Duration>,
        /// How long runs and their pods are kept.
        "retention" retention: Option<Retention>,
        /// Requests and limits of the steps' containers whose Task gives none; scripts and
        /// container sets keep their own.
        "resources" resources: Option<Argo<ResourceRequirements>>,
        /// Labels of the nodes that pods may run on.
        "nodeSelector" node_selector: Labels,
        /// Taints that pods tolerate.
        "tolerations" tolerations: Vec<Argo<Toleration>>,
        /// Secrets that images are pulled with.
        "imagePullSecrets" image_pull_secrets: Vec<Argo<LocalObjectReference>>,
        /// The security context of the pods.
        "securityContext" security_context: Option<Argo<PodSecurityContext>>,
        /// The claim that is made for each run.
        "workspace" workspace: Option<Workspace>,
        /// How many runs may go on at once.
        "concurrency" concurrency: Option<Concurrency>,
    }
    later {
        /// Steps at the end of every run.
        "onExit",
        /// What is recorded of every run.
        "record",
    }
}
