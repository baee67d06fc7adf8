//! What exists where a text stands: plain data that the caller fills in, and that every name of the
//! text is held against.

use std::collections::HashMap;

use super::variables::has;
use crate::source::Span;
use crate::tree::{Key, Node, Value};

/// Where a text stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Site {
    /// The body of a template that runs a pod (container, script, containerSet, resource, data),
    /// its outputs included.
    Pod,
    /// The body of a template that runs none: http, plugin, suspend. Its outputs, too.
    NoPod,
    /// A task of a `dag`, or a step of `steps`: arguments, items, `when`.
    Step,
    /// The outputs of a `dag` or `steps` template.
    Outputs,
    /// A hook of a task or step that runs while the step does.
    Hook,
    /// The hook of a task or step that runs after its end.
    ExitHook,
    /// A template's metrics.
    Metrics,
    /// A `retryStrategy`.
    Retry,
    /// The `successCondition` of an `http` template.
    Response,
    /// What stands outside of templates: arguments of the run, labels, volumes, hooks of the run.
    Run,
    /// `when` and `stopStrategy` of a `CronWorkflow`.
    Cron,
}

impl Site {
    /// What the kind of site has by itself.
    fn bits(self) -> u32 {
        const TEMPLATE: u32 = has::RUN | has::TEMPLATE;
        match self {
            Self::Pod => TEMPLATE | has::POD | has::LEAF,
            Self::NoPod => TEMPLATE | has::LEAF,
            Self::Step | Self::Outputs | Self::Hook | Self::ExitHook => TEMPLATE | has::NODES,
            Self::Metrics => TEMPLATE | has::METRICS | has::POD,
            Self::Retry => TEMPLATE | has::RETRY | has::POD,
            Self::Response => TEMPLATE | has::RESPONSE | has::LEAF,
            Self::Run => has::RUN,
            Self::Cron => has::CRON,
        }
    }
}

/// The names of a kind that exist.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Names<'a> {
    /// They are not known here: every name passes.
    Any,
    These(Vec<&'a str>),
}

impl<'a> Names<'a> {
    pub(crate) const NONE: Self = Self::These(Vec::new());

    pub(crate) fn has(&self, name: &str) -> bool {
        match self {
            Self::Any => true,
            Self::These(names) => names.contains(&name),
        }
    }

    /// Those that are known.
    pub(crate) fn known(&self) -> &[&'a str] {
        match self {
            Self::Any => &[],
            Self::These(names) => names,
        }
    }

    fn is_none(&self) -> bool {
        matches!(self, Self::These(names) if names.is_empty())
    }
}

/// What is known of the run.
#[derive(Clone, Debug)]
pub(crate) struct Run<'a> {
    /// Its parameters; [`Names::Any`] in a template that runs of other pipelines call as well.
    pub params: Names<'a>,
    /// Parameters and artifacts with a global name.
    pub outputs: Names<'a>,
    pub artifacts: Names<'a>,
    /// Labels and annotations that Argo knows of when it checks the template.
    pub labels: Names<'a>,
    pub annotations: Names<'a>,
    pub has_priority: bool,
}

/// A run of which nothing is known.
pub(crate) static ANY_RUN: Run<'static> = Run {
    params: Names::Any,
    outputs: Names::Any,
    artifacts: Names::Any,
    labels: Names::Any,
    annotations: Names::Any,
    has_priority: true,
};

/// What declares the inputs of the template that the text is in: for the words of a finding.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Declared<'a> {
    /// A Task's `spec.params`.
    Task,
    /// The arguments of the step that has the template as its own.
    OwnTemplate(&'a str),
    /// Nothing: the steps of a Builder read the run's parameters.
    Builder,
    /// The template's own `inputs`, in a native document.
    Inputs,
}

/// The inputs and outputs of the template that the text is in.
#[derive(Clone, Debug)]
pub(crate) struct Template<'a> {
    pub declared: Declared<'a>,
    pub params: Names<'a>,
    pub artifacts: Names<'a>,
    pub outputs: Names<'a>,
    pub output_artifacts: Names<'a>,
    /// It has a `retryStrategy`.
    pub retries: bool,
}

/// A template of which nothing is known.
pub(crate) static ANY_TEMPLATE: Template<'static> = Template {
    declared: Declared::Inputs,
    params: Names::Any,
    artifacts: Names::Any,
    outputs: Names::Any,
    output_artifacts: Names::Any,
    retries: true,
};

/// The template that holds the steps of a Builder: it takes nothing.
pub(crate) static BUILDER: Template<'static> = Template {
    declared: Declared::Builder,
    params: Names::NONE,
    artifacts: Names::NONE,
    outputs: Names::NONE,
    output_artifacts: Names::NONE,
    retries: false,
};

/// What a step's loop gives it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Item<'a> {
    /// It runs once.
    None,
    /// Text, numbers, or lists.
    Plain,
    /// Maps that all have these keys.
    Map(Vec<&'a str>),
    /// The items are known when it runs only (`withParam`).
    Any,
}

impl<'a> Item<'a> {
    /// The items of a list: the keys that all of them have, if they are maps.
    pub(crate) fn of(items: &'a Node) -> Self {
        if items.items().is_empty() {
            return Self::Any;
        }
        if !items.items().iter().any(|item| matches!(item.value, Value::Map(_))) {
            return Self::Plain;
        }
        Self::Map(Self::keys_of(items).into_iter().map(|key| key.text.as_str()).collect())
    }

    /// The keys that all items of a list have.
    pub(crate) fn keys_of(items: &'a Node) -> Vec<&'a Key> {
        let Some(first) = items.items().first() else { return Vec::new() };
        let in_all = |key: &&Key| items.items().iter().all(|item| item.entry(&key.text).is_some());
        first.entries().iter().map(|entry| &entry.key).filter(in_all).collect()
    }
}

/// The template of a step, by the word that leads to its outputs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Root {
    Tasks,
    Steps,
}

impl Root {
    pub(crate) fn word(self) -> &'static str {
        match self {
            Self::Tasks => "tasks",
            Self::Steps => "steps",
        }
    }
}

/// A step as others see it.
#[derive(Clone, Debug)]
pub(crate) struct Sibling<'a> {
    pub name: &'a str,
    pub outputs: Names<'a>,
    pub artifacts: Names<'a>,
    /// Whether its template has `outputs.result` and `exitCode` (container, containerSet with
    /// `main`, script, data, http, plugin); none if that is not known.
    pub has_result: Option<bool>,
    /// It runs once for every item.
    pub is_loop: bool,
    /// Its template is a daemon, which has an `ip`.
    pub is_daemon: bool,
    /// Where its condition stands, if it has one.
    pub when: Option<Span>,
}

impl<'a> Sibling<'a> {
    /// A step that runs once and always, with outputs.
    pub(crate) fn new(name: &'a str, outputs: Names<'a>) -> Self {
        let (artifacts, has_result) = (Names::Any, None);
        Self { name, outputs, artifacts, has_result, is_loop: false, is_daemon: false, when: None }
    }
}

/// The steps of one template, in order, and by name.
#[derive(Clone, Debug)]
pub(crate) struct Siblings<'a> {
    pub root: Root,
    pub all: Vec<Sibling<'a>>,
    places: HashMap<&'a str, usize>,
}

impl<'a> Siblings<'a> {
    pub(crate) fn new(root: Root, all: Vec<Sibling<'a>>) -> Self {
        let places = all.iter().enumerate().map(|(at, sibling)| (sibling.name, at)).collect();
        Self { root, all, places }
    }

    pub(crate) fn find(&self, name: &str) -> Option<(usize, &Sibling<'a>)> {
        self.places.get(name).map(|at| (*at, &self.all[*at]))
    }

    pub(crate) fn names(&self) -> Vec<&'a str> {
        self.all.iter().map(|sibling| sibling.name).collect()
    }
}

/// How a step stands to the one that the text is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Ran {
    /// It need not have started before.
    NotBefore,
    /// It was over before, but may have been skipped, or failed.
    Before,
    /// It always ran and succeeded before.
    Surely,
}

/// The steps whose outputs a text can read.
#[derive(Clone, Copy)]
pub(crate) struct Steps<'a> {
    pub siblings: &'a Siblings<'a>,
    /// The step that the text is of; none for the outputs of the template.
    pub own: Option<usize>,
    /// How each sibling, by its place, stands to the text; [`Ran::Surely`] for all of them where
    /// the order is not known, and for a loop that the step asks the success of.
    pub ran: &'a dyn Fn(usize) -> Ran,
}

/// Whether a text may become a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Takes {
    /// One value: the outputs of a loop are no such thing.
    One,
    /// A JSON list as well: `withParam`, and params of type json.
    List,
    /// One value, or none: an optional artifact, an output of a template that has a `default`.
    Optional,
}

/// Everything that exists where a text stands.
#[derive(Clone)]
pub(crate) struct Scope<'a> {
    pub site: Site,
    pub run: &'a Run<'a>,
    pub template: &'a Template<'a>,
    /// The template's steps, where the site can read their outputs.
    pub steps: Option<Steps<'a>>,
    /// At the end of a run: the steps of its main template, whose outputs an argument may name.
    pub main: Option<&'a Siblings<'a>>,
    /// The site is in the exit handler.
    pub is_end: bool,
    pub item: Item<'a>,
    pub takes: Takes,
}

impl<'a> Scope<'a> {
    /// A site without steps, items and the like.
    pub(crate) fn new(site: Site, run: &'a Run<'a>, template: &'a Template<'a>) -> Self {
        let (item, takes) = (Item::None, Takes::One);
        Self { site, run, template, steps: None, main: None, is_end: false, item, takes }
    }

    /// What the site has, of what variables need.
    pub(super) fn bits(&self) -> u32 {
        let steps = match self.steps.map(|steps| steps.siblings.root) {
            Some(Root::Tasks) => has::TASKS,
            Some(Root::Steps) => has::STEPS,
            None => 0,
        };
        let of = |is: bool, bit: u32| if is { bit } else { 0 };
        self.site.bits()
            | steps
            | of(self.main.is_some(), has::TASKS)
            | of(self.is_end, has::END)
            | of(self.item != Item::None, has::ITEM)
            | of(self.template.retries, has::RETRY)
            | of(self.run.has_priority, has::PRIORITY)
            | of(self.is_template() && !self.template.params.is_none(), has::INPUTS)
            | of(self.site != Site::Cron && !self.run.params.is_none(), has::PARAMETERS)
    }

    fn is_template(&self) -> bool {
        self.site.bits() & has::TEMPLATE != 0
    }
}
