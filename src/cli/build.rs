//! `argopacks build`: the Workflow of one build.

use super::args::Build;
use super::render::guess;
use super::{Outcome, output};
use crate::diagnostics::{Diagnostic, Sink};
use crate::id::Id;
use crate::model::Text;
use crate::plan::{self, Run};
use crate::source::Span;
use crate::{Compiled, compile};

pub(crate) fn run(args: &Build) -> anyhow::Result<Outcome> {
    if let Some(twice) = given_twice(&args.params) {
        output::complain(&format!("error: the param `{twice}` is given twice"));
        return Ok(Outcome::Usage);
    }
    let Some(now) = args.time.seconds() else { return Ok(Outcome::Usage) };
    compile(&args.paths, |compiled| {
        let outcome = output::report(&compiled);
        if outcome != Outcome::Clean {
            return Ok(outcome);
        }
        let Some(run) = find(&args.pipeline, &compiled) else { return Ok(Outcome::Usage) };
        let build = request(args, run);
        let mut sink = Sink::default();
        build.check(compiled.plan, &mut sink);
        let found = sink.finish();
        if !found.is_empty() {
            return Ok(refuse(found, &compiled));
        }
        match compiled.build(&build, now) {
            Ok(built) => {
                output::print(&args.output.write_one(&built.workflow))?;
                Ok(Outcome::Clean)
            }
            Err(found) => Ok(refuse(found, &compiled)),
        }
    })
}

fn refuse(mut findings: Vec<Diagnostic>, compiled: &Compiled) -> Outcome {
    // What is wrong stands on the command line: there is no text to change.
    findings.iter_mut().for_each(|finding| finding.fix = None);
    output::complain_of(&findings, compiled);
    Outcome::Findings
}

/// A param that has two values.
fn given_twice(params: &[(String, String)]) -> Option<&str> {
    let is_before = |(at, name): (usize, &str)| params[..at].iter().any(|(first, _)| first == name);
    let mut names = params.iter().enumerate().map(|(at, (name, _))| (at, name.as_str()));
    names.find(|named| is_before(*named)).map(|(_, name)| name)
}

/// What the command line asks for, which is written in no file.
fn request<'m>(args: &Build, run: Id<Run<'m>>) -> plan::Build<'m> {
    let span = Span::GENERATED;
    let text = |value: &String| Text { value: value.into(), span };
    plan::Build {
        run,
        span,
        given: plan::Given {
            revision: args.revision.as_ref().map(text),
            tag: args.tag.as_ref().map(text),
            params: args.params.iter().map(|(name, value)| (text(name), text(value))).collect(),
            event: None,
        },
        name: None,
        timestamp: None,
        labels: None,
        annotations: None,
    }
}

/// The pipeline that is meant; none if there is none, or more than one, which is reported.
fn find<'m>(wanted: &str, compiled: &Compiled<'m>) -> Option<Id<Run<'m>>> {
    let (project, name) = match wanted.split_once('/') {
        Some((project, name)) => (Some(project), name),
        None => (None, wanted),
    };
    let plan = compiled.plan;
    let project_of = |run: &Run| plan.projects[run.project].definition.metadata.name.to_string();
    let named: Vec<(Id<Run>, String)> = plan
        .pipelines()
        .filter(|(_, run, _)| *run.definition_name().value == *name)
        .map(|(id, run, _)| (id, project_of(run)))
        .filter(|(_, of)| project.is_none_or(|project| of == project))
        .collect();
    match &named[..] {
        [(id, _)] => return Some(*id),
        [] => {
            let names: Vec<&str> =
                plan.pipelines().map(|(_, run, _)| &*run.definition_name().value).collect();
            let guess = guess(name, &names);
            output::complain(&format!("error: there is no pipeline `{wanted}`{guess}"));
        }
        _ => {
            let all: Vec<String> = named.iter().map(|(_, of)| format!("{of}/{name}")).collect();
            output::complain(&format!(
                "error: several projects have a pipeline `{name}`; name one of {}",
                all.join(", ")
            ));
        }
    }
    None
}
