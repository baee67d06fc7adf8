//! Names that a pipeline gives: to its `WorkflowTemplate`, its builds, its image.

use super::code::registry_host;
use super::tag::Tag;
use crate::diagnostics::Sink;
use crate::model::Text;
use crate::model::kinds::pipeline::Pipeline;
use crate::model::kinds::registry::Registry;
use crate::model::origins::is_image_path;
use crate::names::{Budget, Flaw, MAX_LABEL, Part, Template, Variable, dashed, dns_name};
use crate::rules::{ap309_variable, ap310_name, ap312_image_tag, ap313_builds_alike};
use crate::source::Span;
use crate::tree::Str;

/// How builds are named where the Builder does not say.
const DEFAULT_NAME: &str = "%pipeline%-%code-revision%-%timestamp%";
pub(super) const NO_PULL_REQUEST: &str =
    "pipelines are started by pushes and by hand, which have no pull request";

/// The DNS-1123 form of a name; reports one that has none, or is too long.
pub(crate) fn emitted_name(name: &Text, what: &str, sink: &mut Sink) -> String {
    emitted_name_within(MAX_LABEL, name, what, sink)
}

/// The same for an object whose name has a limit of its own, in characters.
pub(crate) fn emitted_name_within(
    limit: usize,
    name: &Text,
    what: &str,
    sink: &mut Sink,
) -> String {
    let emitted = dns_name(name);
    if name.is_hole() {
        return emitted;
    }
    if emitted.is_empty() {
        sink.report(ap310_name::no_form(name.span, name));
    } else if emitted.len() > limit {
        sink.report(ap310_name::too_long(name.span, &emitted, what, limit));
    }
    emitted
}

/// Reports a name that no image can have, or one with the registry's host in it.
pub(crate) fn check_image(image: &Text, registry: Option<&Registry>, sink: &mut Sink) {
    if image.is_hole() {
        return;
    }
    let host = registry.map(registry_host);
    let path = host.and_then(|host| image.strip_prefix(&host)?.strip_prefix('/'));
    if let Some(path) = path {
        sink.report(ap312_image_tag::with_host(image.span, image, path));
    } else if !is_image_path(image) {
        sink.report(ap312_image_tag::image(image.span, image));
    }
}

/// Reads a template, reporting its flaws.
pub(crate) fn parse_template(text: &Text, sink: &mut Sink) -> Option<Template> {
    match Template::parse(text) {
        Ok(template) => Some(template),
        Err(flaws) => {
            for flaw in flaws {
                sink.report(match flaw {
                    Flaw::Unknown { name, start, end } => ap309_variable::unknown(
                        text.part(start, end),
                        &name,
                        &Variable::names().collect::<Vec<_>>(),
                    ),
                    Flaw::Unclosed { start } => {
                        ap309_variable::unclosed(text.part(start, start + 1))
                    }
                });
            }
            None
        }
    }
}

/// The span of a variable in a text; that of the whole text if it came in by another way.
pub(crate) fn span_of_variable(variable: Variable, text: &Text) -> Span {
    let name = format!("%{}%", variable.name());
    text.find(&name).map_or(text.span, |start| text.part(start, start + name.len()))
}

/// Whether registries take this as a tag.
pub(crate) fn is_tag(tag: &str) -> bool {
    let is_inner = |c: char| c.is_ascii_alphanumeric() || "._-".contains(c);
    tag.len() <= 128
        && tag.starts_with(|c: char| c.is_ascii_alphanumeric() || c == '_')
        && tag.chars().all(|c| is_inner(c) || c == '_')
}

/// How builds of a pipeline are named, with what does not change from run to run put in. `emitted`
/// and `project` are the emitted names of the pipeline and its project.
pub(crate) fn names_template(
    own: Option<&Text>,
    pipeline: &Pipeline,
    emitted: &str,
    project: &str,
    tag: Option<&Tag>,
    sink: &mut Sink,
) -> Option<Template> {
    let default = Text { value: Str::from(DEFAULT_NAME), span: pipeline.metadata.name.span };
    let text = own.unwrap_or(&default);
    let template = with_tag(parse_template(text, sink)?, tag);
    let names = as_name(&template.substitute(|variable| match variable {
        Variable::Project => Some(project.to_owned()),
        Variable::Pipeline => Some(emitted.to_owned()),
        Variable::Image => Some(dashed(&pipeline.spec.image)),
        _ => None,
    }));
    let before = sink.errors();
    check_names(&names, text, sink);
    // Where the pipeline's own name is invalid, that is reported already.
    let budget = Budget::of(&names);
    if !budget.fits() && !emitted.is_empty() && emitted.len() <= MAX_LABEL {
        sink.report(ap310_name::no_room(text.span, budget.fixed, MAX_LABEL));
    }
    (budget.fits() && sink.errors() == before).then_some(names)
}

/// Puts the tag's own parts in for `%tag%`.
fn with_tag(template: Template, tag: Option<&Tag>) -> Template {
    let own = |tag: &Tag| match tag {
        Tag::Fixed(text) => vec![Part::Text(text.clone())],
        Tag::FromEvent(template) | Tag::MadeInRun(template) => template.parts.clone(),
    };
    let parts = template.parts.into_iter().flat_map(|part| match (part, tag) {
        (Part::Variable(Variable::Tag), Some(tag)) => own(tag),
        (part, _) => vec![part],
    });
    Template { parts: parts.collect() }
}

/// The texts of a template as they can stand in a name, without `-` at its ends.
fn as_name(template: &Template) -> Template {
    let part = |part: &Part| match part {
        Part::Text(text) => Part::Text(dashed(text)),
        Part::Variable(variable) => Part::Variable(*variable),
    };
    let mut parts: Vec<Part> = template.parts.iter().map(part).collect();
    if let Some(Part::Text(first)) = parts.first_mut() {
        *first = first.trim_start_matches('-').to_owned();
    }
    if let Some(Part::Text(last)) = parts.last_mut() {
        *last = last.trim_end_matches('-').to_owned();
    }
    Template { parts }
}

/// Reports names that no build can have, or that every build would have.
fn check_names(names: &Template, text: &Text, sink: &mut Sink) {
    use Variable::{CodeCommit, CodeShortCommit, PullRequest, Timestamp};
    if names.variables().any(|variable| variable == PullRequest) {
        sink.report(ap309_variable::not_known(
            span_of_variable(PullRequest, text),
            PullRequest.name(),
            NO_PULL_REQUEST,
            "use another variable",
        ));
    } else if !names
        .variables()
        .any(|variable| matches!(variable, Timestamp | CodeCommit | CodeShortCommit))
    {
        sink.report(ap313_builds_alike::finding(text.span, text));
    }
}
