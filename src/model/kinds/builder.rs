//! Builder: the steps of many pipelines.

use crate::model::argo_typed::{Argo, Sequence, TemplateBody};
use crate::model::forms::Duration;
use crate::model::kinds::common::{Arguments, Defaults, Param, Workspace};
use crate::model::kubernetes::{Annotations, Labels};
use crate::model::matrix::Matrix;
use crate::model::short::{Named, Retry, Short};
use crate::model::{Node, NonEmpty, Record, Spanned, Text};

record! {
    /// The steps of the pipelines that use it.
    pub struct Builder {
        /// `packs.argoproj.io/v1beta1`.
        "apiVersion" api_version: Text,
        /// `Builder`.
        "kind" kind: Text,
        /// Name, project, labels, and the names of builds.
        "metadata" metadata: BuilderMetadata,
        /// Params and steps.
        "spec" spec: BuilderSpec,
    }
}

record! {
    /// Name, project and labels of a Builder, and the names of its builds.
    pub struct BuilderMetadata {
        /// The name that pipelines use.
        "name" name: Text,
        /// The project it belongs to; without one it is global.
        "project" project: Option<Text>,
        /// How builds are named; default `%pipeline%-%code-revision%-%timestamp%`.
        "buildNameTpl" build_name_template: Option<Text>,
        /// Copied to the pipelines' `WorkflowTemplate`s.
        "labels" labels: Labels,
        /// Copied to the pipelines' `WorkflowTemplate`s.
        "annotations" annotations: Annotations,
    }
}

record! {
    /// Params and steps of a Builder.
    pub struct BuilderSpec {
        /// The step that starts; default the first one listed.
        "entrypoint" entrypoint: Option<Text>,
        /// What a Pipeline may set.
        "params" params: Vec<Param>,
        /// The claim that is made for each run.
        "workspace" workspace: Option<Workspace>,
        /// The steps. One with neither `depends` nor `dependencies` follows the step listed before
        /// it.
        "steps" steps: NonEmpty<Step>,
        /// What holds for the pipelines that use it where they say nothing of their own.
        "defaults" defaults: Option<Defaults>,
    }
    later {
        /// Steps at the end of every run.
        "onExit",
    }
}

record! {
    /// One step.
    pub struct Step {
        /// Name, unique in the Builder.
        "name" name: Text,
        /// What it does: the name of a Task, `NAME/TEMPLATE` for one of its templates, or more.
        "task" task: Short<StepTask>,
        /// Argo's expression of what must have happened before. Either this or `dependencies`.
        "depends" depends: Option<Text>,
        /// Names of the steps that must have succeeded before; `[]` starts at once. Either this or
        /// `depends`.
        "dependencies" dependencies: Option<Vec<Text>>,
        /// Argo's expression of whether it runs at all.
        "when" when: Option<Text>,
        /// Runs once for every combination of values, all at once: lists of values by the names of
        /// params.
        "matrix" matrix: Option<Matrix>,
        /// Runs once for every item. The keys of items that are maps are in scope by name.
        "withItems" with_items: Option<Node>,
        /// Runs once for every item of a JSON list.
        "withParam" with_param: Option<Text>,
        /// Runs once for every number of a sequence.
        "withSequence" with_sequence: Option<Argo<Sequence>>,
        /// How often it is tried again after it failed in any way; or in Argo's words
        /// (retryStrategy).
        "retry" retry: Option<Retry>,
        /// It fails when it takes longer.
        "timeout" timeout: Option<Duration>,
        /// Whether later steps run though it failed.
        "continueOn" continue_on: Option<ContinueOn>,
    }
    later {
        /// What runs when the step changes its state.
        "hooks",
    }
}

record! {
    /// Whether later steps run though a step failed.
    pub struct ContinueOn {
        /// After an error of the cluster.
        "error" error: Option<Spanned<bool>>,
        /// After a failure of the step.
        "failed" failed: Option<Spanned<bool>>,
    }
}

record! {
    /// What a step does.
    pub struct StepTask {
        /// The Task. Either this or `template`.
        "taskRef" task_ref: Option<TaskRef>,
        /// An Argo template body of the step's own. Either this or `taskRef`.
        "template" template: Option<Argo<TemplateBody>>,
        /// Values for the Task's params.
        "arguments" arguments: Option<Arguments>,
    }
}

/// The name of a Task is enough for a step that gives it no arguments.
impl Named for StepTask {
    const FIELDS: &'static Record = &Self::RECORD;

    fn named(name: Text, whole: bool) -> Self {
        let span = name.span;
        let task_ref = (!name.is_hole()).then(|| Short(TaskReference::named(name, whole)));
        Self { span, held_at: span, whole, task_ref, template: None, arguments: None }
    }
}

record! {
    /// A Task, in the long form.
    pub struct TaskReference {
        /// Name of the Task.
        "name" name: Text,
        /// Which of its templates; default the first.
        "template" template: Option<Text>,
        /// Whether the template is in the cluster only; its Task says `external`.
        "clusterScope" cluster_scope: Option<Spanned<bool>>,
    }
}

/// A Task by name, alone or with the template that is meant.
pub(crate) type TaskRef = Short<TaskReference>;

/// The name of a Task, or `NAME/TEMPLATE`: no name has a slash.
impl Named for TaskReference {
    const FIELDS: &'static Record = &Self::RECORD;

    fn named(name: Text, whole: bool) -> Self {
        let span = name.span;
        let (name, template) = match name.find('/') {
            Some(at) if at > 0 && at + 1 < name.len() => {
                (name.slice(0, at), Some(name.slice(at + 1, name.len())))
            }
            _ => (name, None),
        };
        Self { span, held_at: span, whole, name, template, cluster_scope: None }
    }
}
