//! What is asked of one run of a pipeline beyond the pipeline's own settings: by a Build, on the
//! command line, by a Schedule.

use super::build_names::is_tag;
use super::code::is_commit;
use super::run::{Pipeline, Run};
use super::standard;
use super::tag::Tag;
use super::values::check_value;
use crate::diagnostics::Sink;
use crate::model::{Entries, Scalar, Text};
use crate::names::Variable;
use crate::rules::{ap109_one_of_fields, ap302_unknown_pipeline_param, ap312_image_tag};

/// What a run is given.
#[derive(Clone, Debug, Default)]
pub(crate) struct Given {
    pub revision: Option<Text>,
    pub tag: Option<Text>,
    pub params: Vec<(Text, Text)>,
    /// What the run is started by, if it is told that.
    pub event: Option<&'static str>,
}

impl Given {
    /// The values that a definition gives to params.
    pub(crate) fn params(entries: &Entries<Scalar>) -> Vec<(Text, Text)> {
        entries.0.iter().map(|(name, value)| (name.clone(), value.0.clone())).collect()
    }

    /// Reports params that the run does not have, and values that it does not take.
    pub(crate) fn check(&self, run: &Run, sink: &mut Sink) {
        let given: Vec<&str> = self.params.iter().map(|(name, _)| name.value.as_str()).collect();
        for (name, value) in &self.params {
            check_param(run, name, value, &given, sink);
        }
        if let (Some(tag), Some(pipeline)) = (&self.tag, run.pipeline()) {
            check_tag(run, pipeline, tag, sink);
        }
    }

    /// The revision that is built; empty for what has none.
    pub(crate) fn revision<'r>(&'r self, run: &'r Run) -> &'r str {
        let own = run.pipeline().map_or("", |it| &it.definition.spec.code.git.revision);
        self.revision.as_ref().map_or(own, |revision| revision)
    }

    /// The parameters of the run that are given a value, in the order of the run.
    pub(crate) fn arguments<'r>(&self, run: &'r Run) -> Vec<(&'r Text, Text)> {
        let params = run.params.iter();
        params.filter_map(|param| Some((&param.name, self.value(run, &param.name)?))).collect()
    }

    /// The value of a parameter; none if that is the pipeline's.
    fn value(&self, run: &Run, name: &str) -> Option<Text> {
        let revision = self.revision.as_ref();
        let made = |revision: &Text, value: String| Text { value: value.into(), ..*revision };
        match name {
            "revision" => revision.cloned(),
            "branch" => revision.map(|revision| {
                if is_commit(revision) { made(revision, String::new()) } else { revision.clone() }
            }),
            "branch-slug" => revision
                .map(|revision| made(revision, Variable::CodeBranch.slug_in_tag().of(revision))),
            "image-tag" => self.tag.clone().or_else(|| match (&run.pipeline()?.tag, revision) {
                (tag @ Tag::FromEvent(_), Some(revision)) => {
                    tag.text(revision).map(|tag| made(revision, tag))
                }
                _ => None,
            }),
            "event" => self.event.map(Text::generated),
            _ => {
                let own = self.params.iter().find(|(given, _)| &*given.value == name);
                own.map(|(_, value)| value.clone())
            }
        }
    }
}

/// Reports a param that a run does not have, or a value that it does not take.
fn check_param(run: &Run, name: &Text, value: &Text, given: &[&str], sink: &mut Sink) {
    if standard::is_standard(name) {
        return sink.report(ap302_unknown_pipeline_param::standard(name.span, name));
    }
    if run.param(name).is_none() {
        let (span, whose, settable) = (name.span, run.whose(), run.settable());
        let finding = ap302_unknown_pipeline_param::unused(span, name, &whose, &settable, given);
        return sink.report(finding);
    }
    let of_builder = run.pipeline().map_or(&[][..], |it| &it.builder.spec.params);
    let of_builder = of_builder.iter().filter(|param| param.name.value == name.value);
    let of_tasks = run.dag.run_params.get(&*name.value).into_iter().flatten().copied();
    of_builder.chain(of_tasks).for_each(|declared| check_value(value, Some(declared), sink));
}

/// Reports a tag that registries refuse, or that the pipeline's runs make themselves.
fn check_tag(run: &Run, pipeline: &Pipeline, tag: &Text, sink: &mut Sink) {
    if let Tag::MadeInRun(_) = pipeline.tag {
        let own = &pipeline.definition.spec.tag;
        let message =
            format!("the tag of pipeline `{}` is made in the run, of `{}`", run.name, &**own);
        let help = "take the tag out: it cannot be set from outside";
        sink.report(ap109_one_of_fields::contradiction(tag.span, &message, help));
    } else if !is_tag(tag) {
        sink.report(ap312_image_tag::tag(tag.span, tag));
    }
}
