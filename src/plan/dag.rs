//! A DAG that runs: steps that own what they call, what they wait for, and where each of their
//! inputs comes from.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::task::{Task, Template};
use crate::argo::scope::Item;
use crate::argo::tags::{Name, tags};
use crate::body::Body;
use crate::id::{Id, Table};
use crate::model::Text;
use crate::model::forms::Duration;
use crate::model::kinds::builder::{self as definition, ContinueOn};
use crate::model::kinds::common::Param;
use crate::model::matrix::Matrix;
use crate::source::Span;
use crate::tree::{Key, Node, Str};

/// What step ids are of: steps keep their ids from the Builder to the DAG.
#[derive(Debug)]
pub(crate) enum StepKey {}

pub(crate) type StepId = Id<StepKey>;

/// The steps of a DAG, in the order in which they are listed.
pub(crate) type Steps<'m, I> = Table<Step<'m, I>, StepKey>;

/// The wired steps of runs. Pipelines that use one Builder in the same way share it.
#[derive(Debug)]
pub(crate) struct Dag<'m> {
    pub steps: Steps<'m, Input<'m>>,
    /// The parameters of the run that something in it uses, with the params that take each by name.
    pub run_params: BTreeMap<Str, Vec<&'m Param>>,
    /// Something in it takes all parameters of the run at once.
    pub uses_all_run_params: bool,
}

/// A step; `I` is an [`Input`], or a [`Port`] where it is not wired yet.
#[derive(Clone, Debug)]
pub(crate) struct Step<'m, I> {
    pub name: Text,
    pub call: Call<'m>,
    /// Which of a Task's templates, or that the run is elsewhere: where the call is written.
    pub call_span: Span,
    pub wait: Option<Arc<Wait>>,
    pub inputs: Vec<I>,
    pub outputs: Arc<[Output]>,
    pub control: Control<'m>,
}

/// What a step runs.
#[derive(Clone, Debug)]
pub(crate) enum Call<'m> {
    /// A template of a Task.
    Task(Callee<'m>),
    /// A template body of the step's own.
    Inline(Arc<Body<'m>>),
    /// A Task that does not exist, which was reported.
    Unknown,
}

impl<'m> Call<'m> {
    /// The template body that runs; none for one that is in the cluster only, or does not exist.
    pub(crate) fn body<'c>(&'c self, tasks: &'c Table<Task<'m>>) -> Option<&'c Body<'m>> {
        match self {
            Self::Task(callee) => tasks[callee.task].templates[callee.template].body.as_ref(),
            Self::Inline(body) => Some(body),
            Self::Unknown => None,
        }
    }
}

/// A template of a Task.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Callee<'m> {
    pub task: Id<Task<'m>>,
    /// None for a template that lives in the cluster and that a reference names.
    pub template: Id<Template<'m>>,
    /// The name by which the reference asks for it, if it does.
    pub named: Option<&'m Text>,
}

/// Whether, how often and how long a step runs.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Control<'m> {
    pub when: Option<&'m Text>,
    pub repeat: Option<Repeat<'m>>,
    pub retry: Option<&'m Node>,
    pub timeout: Option<&'m Duration>,
    pub continue_on: Option<&'m ContinueOn>,
}

/// What a step runs once for each of.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Repeat<'m> {
    Items(&'m Node),
    /// Each combination of values.
    Matrix(&'m Matrix),
    Param(&'m Text),
    Sequence(&'m Node),
}

impl<'m> Repeat<'m> {
    /// The loop of a step, if it has one.
    pub(super) fn of(step: &'m definition::Step) -> Option<Self> {
        let items = step.with_items.as_ref().map(Self::Items);
        let matrix = || step.matrix.as_ref().map(Self::Matrix);
        let param = || step.with_param.as_ref().map(Self::Param);
        let sequence = || step.with_sequence.as_ref().map(|it| Self::Sequence(&it.node));
        items.or_else(matrix).or_else(param).or_else(sequence)
    }

    /// The items, as a list, where they are written.
    pub(crate) fn items(self) -> Option<&'m Node> {
        match self {
            Self::Items(items) => Some(items),
            Self::Matrix(matrix) => Some(&matrix.items),
            Self::Param(_) | Self::Sequence(_) => None,
        }
    }
}

/// What a step waits for.
#[derive(Debug)]
pub(crate) struct Wait {
    /// As Argo's `depends` has it.
    pub depends: Text,
    /// If it is the success, or the end, of some steps: those, for Argo's `dependencies`.
    pub dependencies: Option<Vec<StepId>>,
    /// Every step that it names.
    pub on: Vec<StepId>,
    /// Those of them that have succeeded whenever the step runs.
    pub succeeded: Vec<StepId>,
    /// Those of them whose success the expression asks for by name, `X.Succeeded`, so that they
    /// were not skipped.
    pub gated: Vec<StepId>,
}

/// A value that a step gives to later ones, and where it is declared.
#[derive(Clone, Debug)]
pub(crate) struct Output {
    pub name: Str,
    pub span: Span,
}

/// A param that a step takes.
#[derive(Clone, Debug)]
pub(crate) struct Port<'m> {
    pub name: Text,
    /// As the Task declares it; none in a template of the step's own.
    pub declared: Option<&'m Param>,
    pub argument: Option<&'m Text>,
}

/// A param of a step and where its value comes from.
#[derive(Clone, Debug)]
pub(crate) struct Input<'m> {
    pub name: Text,
    pub declared: Option<&'m Param>,
    pub binding: Binding<'m>,
}

/// Where a param gets its value.
#[derive(Clone, Debug)]
pub(crate) enum Binding<'m> {
    /// The step's own argument.
    Argument(&'m Text),
    /// The value that the loop's item has under the param's name, and where that name is written.
    Item(Span),
    /// The parameter of the run that has the param's name.
    Run,
    /// The output of the param's name.
    Output(StepId),
    /// The Task's default.
    Default,
    /// The image's tag, put together from what the run knows.
    Tag(Vec<TagPart>),
    /// Nothing gives a value, which was reported.
    Missing,
}

/// A piece of a tag that is put together in the run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum TagPart {
    Text(Str),
    /// The parameter of the run that has this name.
    Run(&'static str),
    Output(StepId, &'static str),
    /// The time of the run's creation, by the letters that Argo has for its parts: `s`, `Y`.
    Created(&'static str),
}

impl<'m, I> Step<'m, I> {
    /// The keys that every item of its loop has, if they are maps: params take them by name.
    pub(crate) fn item_keys(&self) -> Vec<&'m Key> {
        self.control.repeat.and_then(Repeat::items).map_or_else(Vec::new, Item::keys_of)
    }

    /// The key of that name, if every item has it.
    pub(crate) fn item_key(&self, name: &str) -> Option<&'m Key> {
        self.item_keys().into_iter().find(|key| key.text == name)
    }

    pub(crate) fn is_loop(&self) -> bool {
        self.control.repeat.is_some()
    }

    /// Whether it has succeeded, and given its outputs, whenever a later step waited for its
    /// success by its bare name.
    pub(crate) fn is_sure(&self) -> bool {
        self.control.when.is_none() && self.is_sure_if_it_succeeded()
    }

    /// Whether it has given its outputs once it is known to have succeeded.
    pub(crate) fn is_sure_if_it_succeeded(&self) -> bool {
        !self.is_loop() && self.control.continue_on.is_none()
    }

    /// Whether it needs a template in the pipeline's own `WorkflowTemplate`: `retry` and `timeout`
    /// are fields of a template, not of a task in a DAG.
    pub(crate) fn has_own_template(&self) -> bool {
        matches!(self.call, Call::Inline(_))
            || self.control.retry.is_some()
            || self.control.timeout.is_some()
    }

    /// The name of its own template.
    pub(crate) fn own_template_name(&self) -> Text {
        Text { value: format!("step-{}", self.name).into(), span: self.name.span }
    }
}

impl Step<'_, Port<'_>> {
    /// Whether something takes what its loop's items have under a key: a param of that name, or a
    /// text that names it.
    pub(crate) fn takes_of_item(&self, key: &str) -> bool {
        let by_name = |port: &Port| port.argument.is_none() && **port.name == *key;
        self.inputs.iter().any(by_name) || self.names_item(Some(key))
    }

    /// Whether some text names what the loop's item has under a key; without one, the whole item.
    pub(crate) fn names_item(&self, key: Option<&str>) -> bool {
        let is_it = |name: &Name| name.root() == "item" && name.part(1) == key;
        let texts = self.inputs.iter().filter_map(|port| port.argument).chain(self.control.when);
        let mut texts = texts.into_iter();
        texts.any(|text| tags(text).iter().flat_map(|tag| &tag.names).any(is_it))
    }
}

impl<'m> Dag<'m> {
    /// The templates of Tasks that its steps call.
    pub(crate) fn callees(&self) -> impl Iterator<Item = Callee<'m>> {
        self.steps.values().filter_map(|step| match step.call {
            Call::Task(callee) => Some(callee),
            _ => None,
        })
    }

    /// Whether anything uses a parameter of the run.
    pub(crate) fn uses(&self, name: &str) -> bool {
        self.uses_all_run_params || self.run_params.contains_key(name)
    }
}
