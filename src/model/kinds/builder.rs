//! Builder: the steps of many pipelines.

use crate::model::argo_typed::{Argo, RetryStrategy, Sequence, TemplateBody};
use crate::model::forms::Duration;
use crate::model::kinds::common::{Arguments, Defaults, Param, Workspace};
use crate::model::kubernetes::{Annotations, Labels};
use crate::model::{Decode, Decoder, Hole, Node, NonEmpty, Shape, Spanned, Text};
use crate::tree::Value;

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
        /// What it does.
        "task" task: StepTask,
        /// Argo's expression of what must have happened before. Either this or `dependencies`.
        "depends" depends: Option<Text>,
        /// Names of the steps that must have succeeded before; `[]` starts at once. Either this or
        /// `depends`.
        "dependencies" dependencies: Option<Vec<Text>>,
        /// Argo's expression of whether it runs at all.
        "when" when: Option<Text>,
        /// Runs once for every item.
        "withItems" with_items: Option<Node>,
        /// Runs once for every item of a JSON list.
        "withParam" with_param: Option<Text>,
        /// Runs once for every number of a sequence.
        "withSequence" with_sequence: Option<Argo<Sequence>>,
        /// How it is tried again, in Argo's words (retryStrategy).
        "retry" retry: Option<Argo<RetryStrategy>>,
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

record! {
    /// A Task, in the long form.
    pub struct TaskRefLong {
        /// Name of the Task.
        "name" name: Text,
        /// Which of its templates; default the first.
        "template" template: Option<Text>,
        /// Whether the template is in the cluster only; its Task says `external`.
        "clusterScope" cluster_scope: Option<Spanned<bool>>,
    }
}

/// A Task by name, alone or with the template that is meant.
#[derive(Clone, Debug)]
pub(crate) struct TaskRef {
    pub name: Text,
    pub template: Option<Text>,
    pub cluster_scope: Option<Spanned<bool>>,
    /// As of every record.
    pub whole: bool,
}

impl TaskRef {
    fn short(name: Text, whole: bool) -> Self {
        Self { name, template: None, cluster_scope: None, whole }
    }
}

impl Decode for TaskRef {
    const SHAPE: Shape = Shape::TextOr(&TaskRefLong::RECORD);

    fn decode(node: Node, decoder: &mut Decoder) -> Option<Self> {
        if let Value::Map(_) = node.value {
            let TaskRefLong { name, template, cluster_scope, whole, .. } =
                TaskRefLong::decode(node, decoder)?;
            return Some(Self { name, template, cluster_scope, whole });
        }
        if !matches!(node.value, Value::Scalar(_)) || node.is_null() {
            return decoder.wrong_type(&node, "a string or a map");
        }
        Text::decode(node, decoder).map(|name| Self::short(name, true))
    }

    fn hole(hole: Hole) -> Self {
        Self::short(Text::hole(hole), hole.is_awaited)
    }

    fn is_whole(&self) -> bool {
        self.whole
    }
}
