//! `argopacks build`: the Workflow of one build.

use super::args::Build;
use super::render::guess;
use super::{Outcome, output};
use crate::diagnostics::Sink;
use crate::lower::{BuildRequest, Overrides};
use crate::model::Text;
use crate::resolve::{PipelinePlan, check_param, check_tag};
use crate::source::Span;
use crate::{Compiled, compile};

pub fn run(args: &Build) -> anyhow::Result<Outcome> {
    compile(&args.paths, |compiled| {
        let outcome = output::report(&compiled);
        if outcome != Outcome::Clean {
            return Ok(outcome);
        }
        let Some(plan) = find(&args.pipeline, &compiled) else { return Ok(Outcome::Usage) };
        let mut sink = Sink::default();
        let span = plan.name().span;
        check(args, plan, span, &mut sink);
        let overrides = Overrides {
            revision: args.revision.clone(),
            tag: args.tag.clone(),
            params: args.params.clone(),
            ..Overrides::default()
        };
        let request = BuildRequest {
            program: &compiled.program,
            plan,
            overrides,
            timestamp: args.time.seconds(),
            span,
        };
        let built = match request.workflow() {
            Ok(built) if !sink.has_errors() => built,
            Ok(_) => return Ok(refuse(sink, &compiled)),
            Err(finding) => {
                sink.report(*finding);
                return Ok(refuse(sink, &compiled));
            }
        };
        output::print(&args.output.write_one(&built.workflow))?;
        Ok(Outcome::Clean)
    })
}

fn refuse(mut sink: Sink, compiled: &Compiled) -> Outcome {
    // What is wrong stands on the command line: there is no text to change.
    sink.each(|finding| finding.fix = None);
    output::complain_of(&sink.finish(), compiled);
    Outcome::Findings
}

/// The pipeline that is meant; none if there is none, or more than one, which is told.
fn find<'p, 'm>(wanted: &str, compiled: &'p Compiled<'m>) -> Option<&'p PipelinePlan<'m>> {
    let (project, name) =
        wanted.split_once('/').map_or((None, wanted), |(project, name)| (Some(project), name));
    let pipelines = &compiled.program.pipelines;
    let is_in = |plan: &PipelinePlan| {
        project.is_none_or(|project| {
            *compiled.program.project_of(&plan.run).project.metadata.name.value == *project
        })
    };
    let found: Vec<&PipelinePlan> =
        pipelines.iter().filter(|plan| *plan.name().value == *name && is_in(plan)).collect();
    match found[..] {
        [plan] => return Some(plan),
        [] => {
            let names: Vec<&str> = pipelines.iter().map(|plan| &*plan.name().value).collect();
            output::complain(&format!(
                "error: there is no pipeline `{wanted}`{}",
                guess(name, &names)
            ));
        }
        _ => {
            let of = |plan: &&PipelinePlan| {
                format!("{}/{name}", &*compiled.program.project_of(&plan.run).project.metadata.name)
            };
            let all: Vec<String> = found.iter().map(of).collect();
            output::complain(&format!(
                "error: several projects have a pipeline `{name}`; name one of {}",
                all.join(", ")
            ));
        }
    }
    None
}

/// What the command line gives is checked as a Build's fields are; the pipeline stands for its place.
fn check(args: &Build, plan: &PipelinePlan, span: Span, sink: &mut Sink) {
    let text = |value: &str| Text { value: value.to_owned().into(), span };
    for (name, value) in &args.params {
        check_param(plan, &text(name), &text(value), sink);
    }
    if let Some(tag) = &args.tag {
        check_tag(plan, &text(tag), sink);
    }
}
