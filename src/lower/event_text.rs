//! What an event gives to the run that it starts, as the parameters of a Sensor's trigger.

use super::go_template as go;
use crate::names::{Budget, Part, Template, Variable};
use crate::plan::{EventValue, Pipeline, Tag};
use crate::providers::{Event, PayloadValue};
use crate::tree::{Map, Node};

/// Where a trigger parameter gets its value. What a template cannot give is empty text, told apart
/// from a failure by `value: ""`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Source {
    Data(String),
    Context(String),
    Constant(String),
}

/// Several sources that follow each other in one value.
pub type Joined = Vec<Source>;

/// Turns what is known of an event into sources.
#[derive(Clone, Copy, Debug)]
pub struct EventText<'p> {
    pub event: Event<'p>,
    /// The event's name in the language of the definitions: `push`.
    pub name: &'p str,
}

impl EventText<'_> {
    fn payload(&self, name: &str) -> Option<PayloadValue<'_>> {
        self.event.value(name)
    }

    /// The value that the event gives to a build parameter; none where it gives none.
    pub fn standard(&self, name: &str, pipeline: Option<&Pipeline>) -> Option<Joined> {
        let text =
            |value: PayloadValue| vec![Source::Data(go::text(value.path, value.trim_prefix))];
        match name {
            "event" => Some(vec![Source::Constant(self.name.to_owned())]),
            "branch-slug" => self
                .payload("branch")
                .map(|value| vec![Source::Data(go::slug(value.path, value.trim_prefix, 63))]),
            "image-tag" => match &pipeline?.tag {
                Tag::FromEvent(template) => Some(self.template(template, |_| 63)),
                Tag::Fixed(_) | Tag::MadeInRun(_) => None,
            },
            _ => self.payload(name).map(text),
        }
    }

    /// The value that a webhook gives to a param.
    pub fn own(&self, value: &EventValue) -> Joined {
        match value {
            EventValue::Path(path) => vec![Source::Data(go::anything(path))],
            EventValue::Text(template) => self.template(template, |_| 63),
        }
    }

    /// The name of a run.
    pub fn run_name(&self, template: &Template) -> Joined {
        let budget = Budget::of(template);
        self.template(template, |variable| variable.width().unwrap_or(budget.elastic))
    }

    fn template(&self, template: &Template, limit: impl Fn(Variable) -> usize) -> Joined {
        let mut joined = Joined::new();
        for part in &template.parts {
            let next = match part {
                Part::Text(text) => Source::Constant(text.clone()),
                Part::Variable(variable) => self.variable(*variable, limit(*variable)),
            };
            join(&mut joined, next);
        }
        joined
    }

    fn variable(&self, variable: Variable, limit: usize) -> Source {
        let slug = |name: &str| match self.payload(name) {
            Some(value) => Source::Data(go::slug(value.path, value.trim_prefix, limit)),
            None => Source::Constant("x".to_owned()),
        };
        match variable {
            Variable::Timestamp => Source::Context(go::UNIX_TIME.to_owned()),
            Variable::Date => Source::Context(go::DATE.to_owned()),
            Variable::CodeCommit => slug("revision"),
            Variable::CodeShortCommit => match self.payload("revision") {
                Some(value) => Source::Data(go::slug(value.path, value.trim_prefix, 7)),
                None => Source::Constant("x".to_owned()),
            },
            Variable::Event => Source::Constant(crate::names::slug(self.name)),
            Variable::CodeRevision | Variable::CodeBranch => slug("branch"),
            Variable::PullRequest
            | Variable::Project
            | Variable::Pipeline
            | Variable::Image
            | Variable::Tag => Source::Constant(String::new()),
        }
    }
}

/// Puts a source behind others, into the last of them where both are of one kind.
fn join(joined: &mut Joined, next: Source) {
    match (joined.last_mut(), next) {
        (Some(Source::Data(before)), Source::Data(text) | Source::Constant(text))
        | (Some(Source::Context(before)), Source::Context(text) | Source::Constant(text))
        | (Some(Source::Constant(before)), Source::Constant(text)) => before.push_str(&text),
        (Some(last @ Source::Constant(_)), Source::Data(text)) => {
            *last = Source::Data(constant(last) + &text);
        }
        (Some(last @ Source::Constant(_)), Source::Context(text)) => {
            *last = Source::Context(constant(last) + &text);
        }
        (_, next) => joined.push(next),
    }
}

fn constant(source: &Source) -> String {
    match source {
        Source::Constant(text) | Source::Data(text) | Source::Context(text) => text.clone(),
    }
}

/// The trigger parameters that write sources to one place of the resource, one after the other. A
/// template that comes to nothing gives empty text, and no failure.
pub fn parameters(joined: &Joined, dependency: &str, dest: &str) -> Vec<Map> {
    let parameter = |(at, source): (usize, &Source)| {
        let from = Map::new().with("dependencyName", dependency.to_owned());
        let empty = || Node::from("");
        let from = match source {
            Source::Data(template) => {
                from.with("dataTemplate", template.clone()).with("value", empty())
            }
            Source::Context(template) => from.with("contextTemplate", template.clone()),
            Source::Constant(text) => from.with("value", text.clone()),
        };
        Map::new()
            .with("src", from)
            .with("dest", dest.to_owned())
            .with_some("operation", (at > 0).then_some("append"))
    };
    joined.iter().enumerate().map(parameter).collect()
}
