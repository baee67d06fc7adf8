//! The tag of an image: when it is known decides how it is handed on.

use super::build_names::{NO_PULL_REQUEST, is_tag, parse_template, span_of_variable};
use crate::diagnostics::Sink;
use crate::model::Text;
use crate::model::kinds::pipeline::Pipeline;
use crate::names::{MAX_TAG, Part, Template, Variable, dashed, dns_name};
use crate::rules::{ap309_variable, ap312_image_tag};

/// The tag of an image.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Tag {
    /// The same for every run.
    Fixed(String),
    /// Made of what is known when a run is started: the branch, the event.
    FromEvent(Template),
    /// Made of what only the run knows: the commit that is checked out, the time.
    MadeInRun(Template),
}

impl Tag {
    /// The tag of a pipeline; reports what it cannot be made of. None if that was reported.
    pub(super) fn of(pipeline: &Pipeline, sink: &mut Sink) -> Option<Self> {
        let text = Some(&pipeline.spec.tag).filter(|tag| !tag.is_hole())?;
        let (name, project) = (&pipeline.metadata.name, &pipeline.metadata.project);
        let template = parse_template(text, sink)?.substitute(|variable| match variable {
            Variable::Project => Some(dns_name(project)),
            Variable::Pipeline => Some(dns_name(name)),
            Variable::Image => Some(dashed(&pipeline.spec.image)),
            _ => None,
        });
        check_variables(&template, text, sink)?;
        let part = |part: &Part| match part {
            Part::Text(text) => text.clone(),
            Part::Variable(_) => "0".to_owned(),
        };
        let example: String = template.parts.iter().map(part).collect();
        let widest = template.widest_tag();
        if !is_tag(&example) {
            sink.report(ap312_image_tag::tag(text.span, text));
        } else if widest > MAX_TAG {
            sink.report(ap312_image_tag::too_long(text.span, widest, MAX_TAG));
        }
        Some(if template.variables().next().is_none() {
            Self::Fixed(example)
        } else if is_made_in_run(&template) {
            Self::MadeInRun(template)
        } else {
            Self::FromEvent(template)
        })
    }

    /// The template of a tag that has variables.
    pub(crate) fn template(&self) -> Option<&Template> {
        match self {
            Self::Fixed(_) => None,
            Self::FromEvent(template) | Self::MadeInRun(template) => Some(template),
        }
    }

    /// The tag of a run that is started by hand, for a revision; none if only the run knows it.
    pub(crate) fn text(&self, revision: &str) -> Option<String> {
        match self {
            Self::Fixed(text) => Some(text.clone()),
            Self::FromEvent(template) => Some(text_of(template, revision)),
            Self::MadeInRun(_) => None,
        }
    }
}

fn text_of(template: &Template, revision: &str) -> String {
    let part = |part: &Part| match part {
        Part::Text(text) => text.clone(),
        Part::Variable(Variable::Event) => "build".to_owned(),
        Part::Variable(variable) => variable.slug_in_tag().of(revision),
    };
    template.parts.iter().map(part).collect()
}

fn check_variables(template: &Template, text: &Text, sink: &mut Sink) -> Option<()> {
    let Some((variable, why, help)) = wrong_variable(template) else { return Some(()) };
    let span = span_of_variable(variable, text);
    sink.report(ap309_variable::not_known(span, variable.name(), why, help));
    None
}

/// A variable that a tag cannot have, why, and what helps.
fn wrong_variable(template: &Template) -> Option<(Variable, &'static str, &'static str)> {
    let has = |wanted| template.variables().any(|variable| variable == wanted);
    let other = "use another variable";
    if has(Variable::Tag) {
        Some((Variable::Tag, "a tag cannot be made of itself", other))
    } else if has(Variable::PullRequest) {
        Some((Variable::PullRequest, NO_PULL_REQUEST, other))
    } else if is_made_in_run(template) && has(Variable::Event) {
        let why = "a tag with the commit or the time in it is put together in the run, which need not come of an event";
        Some((Variable::Event, why, "leave it out, or make the tag of branch and event only"))
    } else {
        None
    }
}

fn is_made_in_run(template: &Template) -> bool {
    use Variable::{CodeCommit, CodeShortCommit, Date, Timestamp};
    template
        .variables()
        .any(|variable| matches!(variable, CodeCommit | CodeShortCommit | Timestamp | Date))
}
