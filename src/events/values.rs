//! What a provider's event gives to the run that it starts, as event expressions.

use super::{EventExpr, Field};
use crate::model::kinds::webhook::EventKind;
use crate::names::{EMPTY, MAX_LABEL, Part, Slug, Template, Variable};
use crate::providers::Event;

/// An event of a provider, as a source of values.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Values<'p> {
    pub event: Event<'p>,
    pub kind: EventKind,
}

impl Values<'_> {
    /// The value that the event gives to a build parameter; none where it gives none. `image-tag`
    /// is made by `tag`.
    pub(crate) fn standard(self, name: &str) -> Option<EventExpr> {
        match name {
            "event" => Some(EventExpr::Literal(self.kind.word().to_owned())),
            "branch-slug" => {
                let slug = Variable::CodeBranch.slug_in_tag();
                self.field("branch").map(|field| EventExpr::Slug(field, slug))
            }
            _ => self.field(name).map(EventExpr::Text),
        }
    }

    /// The value at a path of the payload, which people name.
    pub(crate) fn at(path: &str) -> EventExpr {
        EventExpr::Text(Field::any(path))
    }

    /// A tag, or another text with variables, in which a branch stands as it does in tags.
    pub(crate) fn tag(self, template: &Template) -> EventExpr {
        self.template(template, Variable::slug_in_tag)
    }

    /// The name of a run. The template is whole, as `Template::slug_in_name` wants it.
    pub(crate) fn run_name(self, template: &Template) -> EventExpr {
        self.template(template, |variable| template.slug_in_name(variable))
    }

    /// The value of a label; none where the event has none of that name.
    pub(crate) fn label(self, name: &str) -> Option<EventExpr> {
        self.field(name).map(|field| EventExpr::Slug(field, Slug::plain(MAX_LABEL)))
    }

    fn field(self, name: &str) -> Option<Field> {
        self.event.value(name).map(|value| Field::text(value.path, value.trim_prefix))
    }

    fn template(self, template: &Template, slug: impl Fn(Variable) -> Slug) -> EventExpr {
        let part = |part: &Part| match part {
            Part::Text(text) => EventExpr::Literal(text.clone()),
            Part::Variable(variable) => self.variable(*variable, slug(*variable)),
        };
        EventExpr::Concat(template.parts.iter().map(part).collect())
    }

    fn variable(self, variable: Variable, slug: Slug) -> EventExpr {
        let name = match variable {
            Variable::Timestamp => return EventExpr::Time,
            Variable::Date => return EventExpr::Date,
            Variable::Event => return EventExpr::Literal(slug.of(self.kind.word())),
            Variable::CodeCommit | Variable::CodeShortCommit => "revision",
            Variable::CodeRevision | Variable::CodeBranch => "branch",
            Variable::PullRequest => "pull-request",
            // Known before the event: these have given way to text.
            Variable::Project | Variable::Pipeline | Variable::Image | Variable::Tag => {
                return EventExpr::Literal(String::new());
            }
        };
        let nothing = || EventExpr::Literal(EMPTY.to_owned());
        self.field(name).map_or_else(nothing, |field| EventExpr::Slug(field, slug))
    }
}
