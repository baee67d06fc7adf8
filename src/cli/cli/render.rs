//! `argopacks render`: manifests on standard output, all of them or none.

use super::args::{Render, Time};
use super::{Outcome, output};
use crate::diagnostics::{Diagnostic, Sink, all_of, nearest};
use crate::emit::{Format, Written};
use crate::lower::{BuildRequest, Object, ObjectKind, Overrides};
use crate::model::{Entries, Text};
use crate::names::dns_name;
use crate::resolve::BuildPlan;
use crate::{Compiled, compile};

pub fn run(args: &Render) -> anyhow::Result<Outcome> {
    let Some(kinds) = kinds(&args.only) else { return Ok(Outcome::Usage) };
    compile(&args.paths, |compiled| {
        let outcome = output::report(&compiled);
        if outcome != Outcome::Clean {
            return Ok(outcome);
        }
        let project = match project(args.project.as_deref(), &compiled) {
            Ok(project) => project,
            Err(outcome) => return Ok(outcome),
        };
        let builds = match builds(args, &compiled) {
            Ok(builds) => builds,
            Err(findings) => {
                output::complain_of(&findings, &compiled);
                return Ok(Outcome::Findings);
            }
        };
        let is_wanted = |object: &&Object| {
            kinds.contains(&object.kind)
                && project.is_none_or(|project| object.project == Some(project))
        };
        let objects: Vec<&Object> = compiled.objects.iter().filter(is_wanted).collect();
        let builds: Vec<Written> = if kinds.contains(&ObjectKind::Workflow) {
            builds
                .into_iter()
                .filter(|(of, _)| project.is_none_or(|project| *of == project))
                .map(|(_, text)| text)
                .collect()
        } else {
            Vec::new()
        };
        print(&objects, &builds, &compiled, args.output)?;
        Ok(Outcome::Clean)
    })
}

/// The kinds that are asked for; none if one of them does not exist, which is told.
fn kinds(only: &[String]) -> Option<Vec<ObjectKind>> {
    if only.is_empty() {
        return Some(ObjectKind::ALL.to_vec());
    }
    let mut kinds = Vec::new();
    for name in only {
        let Some(kind) = ObjectKind::ALL.iter().find(|kind| kind.name().eq_ignore_ascii_case(name))
        else {
            let names: Vec<&str> = ObjectKind::ALL.iter().map(|kind| kind.name()).collect();
            output::complain(&format!(
                "error: no object of kind `{name}` is emitted{}",
                guess(name, &names)
            ));
            return None;
        };
        kinds.push(*kind);
    }
    Some(kinds)
}

/// The place of the project that is asked for, if one is; how the run ends if there is none of the name, which is told.
fn project(name: Option<&str>, compiled: &Compiled) -> Result<Option<usize>, Outcome> {
    let Some(name) = name else { return Ok(None) };
    let projects = &compiled.program.projects;
    let found = compiled.program.project_named(name);
    if found.is_none() {
        let names: Vec<&str> =
            projects.iter().map(|plan| &*plan.project.metadata.name.value).collect();
        output::complain(&format!("error: there is no project `{name}`{}", guess(name, &names)));
    }
    found.map(Some).ok_or(Outcome::Usage)
}

/// What a message says of the names that would have been right.
pub fn guess(name: &str, names: &[&str]) -> String {
    match nearest(name, names.iter().copied()) {
        Some(guess) => format!("; did you mean `{guess}`?"),
        None if names.is_empty() => String::new(),
        None => format!("; there are {}", all_of(names.iter().copied())),
    }
}

/// The Workflows of the Builds, as text with the project of each; the findings if one has no name.
fn builds(args: &Render, compiled: &Compiled) -> Result<Vec<(usize, Written)>, Vec<Diagnostic>> {
    let mut sink = Sink::default();
    let mut texts = Vec::new();
    for build in if args.builds { &compiled.program.builds[..] } else { &[] } {
        match request(build, compiled, &args.time).workflow() {
            Ok(built) => {
                texts.push((
                    built.name,
                    compiled.program.pipelines[build.pipeline].run.project,
                    args.output.write(&built.workflow),
                ));
            }
            Err(finding) => sink.report(*finding),
        }
    }
    texts.sort();
    if sink.has_errors() {
        Err(sink.finish())
    } else {
        Ok(texts.into_iter().map(|(_, project, text)| (project, text)).collect())
    }
}

fn request<'p, 'm>(
    build: &BuildPlan,
    compiled: &'p Compiled<'m>,
    time: &Time,
) -> BuildRequest<'p, 'm> {
    let (metadata, spec) = (&build.build.metadata, build.build.spec.as_ref());
    let texts = |entries: &Entries<Text>| {
        entries.0.iter().map(|(key, value)| (key.to_string(), value.to_string())).collect()
    };
    let overrides = Overrides {
        revision: spec.and_then(|spec| spec.revision.as_ref()).map(|revision| revision.to_string()),
        tag: spec.and_then(|spec| spec.tag.as_ref()).map(|tag| tag.to_string()),
        params: spec.map_or_else(Vec::new, |spec| {
            spec.params
                .0
                .iter()
                .map(|(name, value)| (name.to_string(), value.0.to_string()))
                .collect()
        }),
        labels: texts(&metadata.labels),
        annotations: texts(&metadata.annotations),
        name: metadata.name.as_ref().map(|name| dns_name(name)),
    };
    let own = spec.and_then(|spec| spec.timestamp.as_ref()).map(|timestamp| **timestamp);
    let plan = &compiled.program.pipelines[build.pipeline];
    BuildRequest {
        program: &compiled.program,
        plan,
        overrides,
        timestamp: own.unwrap_or_else(|| time.seconds()),
        span: metadata.pipeline.span,
    }
}

impl Time {
    /// Seconds since 1970: those asked for, those of `SOURCE_DATE_EPOCH`, or now.
    pub fn seconds(&self) -> i64 {
        let from_environment =
            || std::env::var("SOURCE_DATE_EPOCH").ok().and_then(|text| text.parse().ok());
        self.timestamp
            .or_else(from_environment)
            .unwrap_or_else(|| jiff::Timestamp::now().as_second())
    }
}

/// Prints objects and builds, once all of them are there.
fn print(
    objects: &[&Object],
    builds: &[Written],
    compiled: &Compiled,
    format: Format,
) -> anyhow::Result<()> {
    let texts = compiled.write(objects, format)?;
    let mut stream = format.stream();
    output::print_all(texts.iter().chain(builds).flat_map(|text| stream.next(text)))?;
    output::print(stream.end())
}
