//! `argopacks render`: manifests on standard output or in a directory, all of them or none.

use super::args::{Render, Time};
use super::{Outcome, output, tree};
use crate::diagnostics::{Diagnostic, all_of, nearest};
use crate::emit::{Format, Written};
use crate::id::Id;
use crate::lower::{Object, ObjectKind};
use crate::plan::Project;
use crate::{Compiled, compile};

pub(crate) fn run(args: &Render) -> anyhow::Result<Outcome> {
    let Some(kinds) = kinds(&args.only) else { return Ok(Outcome::Usage) };
    let Some(now) = args.time.seconds() else { return Ok(Outcome::Usage) };
    compile(&args.paths, |compiled| {
        let outcome = output::report(&compiled);
        if outcome != Outcome::Clean {
            return Ok(outcome);
        }
        if let Some(directory) = tree::directory(args, &compiled) {
            return tree::run(args, &directory, &compiled);
        }
        if args.check || args.force {
            output::complain(
                "error: --check and --force are for a directory: name one with --output-dir, or in a Config",
            );
            return Ok(Outcome::Usage);
        }
        let project = match project(args.project.as_deref(), &compiled) {
            Ok(project) => project,
            Err(outcome) => return Ok(outcome),
        };
        match write(args, &kinds, project, now, &compiled) {
            Ok(texts) => print(&texts, args.format()).map(|()| Outcome::Clean),
            Err(findings) => {
                output::complain_of(&findings, &compiled);
                Ok(Outcome::Findings)
            }
        }
    })
}

/// What is asked for, as text; what is wrong with it, if it cannot be written.
fn write<'m>(
    args: &Render,
    kinds: &[ObjectKind],
    project: Option<Id<Project<'m>>>,
    now: i64,
    compiled: &Compiled<'m>,
) -> Result<Vec<Written>, Vec<Diagnostic>> {
    let is_of = |of: Option<Id<Project>>| project.is_none_or(|project| of == Some(project));
    let is_wanted = |object: &&Object| kinds.contains(&object.kind) && is_of(object.project);
    let objects: Vec<&Object> = compiled.objects.list.iter().filter(is_wanted).collect();
    let builds = if args.builds && kinds.contains(&ObjectKind::Workflow) {
        compiled.build_all(now)?
    } else {
        Vec::new()
    };
    let builds = builds.iter().filter(|built| is_of(Some(built.project)));
    let format = args.format();
    let mut texts = compiled.write(&objects, format)?;
    texts.extend(builds.map(|built| format.write(&built.workflow)));
    Ok(texts)
}

/// The kinds that are asked for; none if one of them does not exist, which is reported.
fn kinds(only: &[String]) -> Option<Vec<ObjectKind>> {
    if only.is_empty() {
        return Some(ObjectKind::ALL.to_vec());
    }
    let mut kinds = Vec::new();
    for name in only {
        kinds.push(kind(name)?);
    }
    Some(kinds)
}

/// The kind of a word; none if no object of it is emitted, which is reported.
pub(crate) fn kind(word: &str) -> Option<ObjectKind> {
    let found = ObjectKind::of(word);
    if found.is_none() {
        let names: Vec<&str> = ObjectKind::ALL.iter().map(|kind| kind.name()).collect();
        let guess = guess(word, &names);
        output::complain(&format!("error: no object of kind `{word}` is emitted{guess}"));
    }
    found
}

/// The project that is asked for, if one is; how the run ends if it does not exist, which is
/// reported.
fn project<'m>(
    name: Option<&str>,
    compiled: &Compiled<'m>,
) -> Result<Option<Id<Project<'m>>>, Outcome> {
    let Some(name) = name else { return Ok(None) };
    let found = compiled.plan.project_named(name);
    if found.is_none() {
        let projects = compiled.plan.projects.values();
        let names: Vec<&str> =
            projects.map(|project| &*project.definition.metadata.name.value).collect();
        let guess = guess(name, &names);
        output::complain(&format!("error: there is no project `{name}`{guess}"));
    }
    found.map(Some).ok_or(Outcome::Usage)
}

/// What a message says of the names that would have been right.
pub(crate) fn guess(name: &str, names: &[&str]) -> String {
    match nearest(name, names.iter().copied()) {
        Some(guess) => format!("; did you mean `{guess}`?"),
        None if names.is_empty() => String::new(),
        None => format!("; there are {}", all_of(names.iter().copied())),
    }
}

impl Render {
    fn format(&self) -> Format {
        self.output.unwrap_or(Format::Yaml)
    }
}

impl Time {
    /// Seconds since 1970: those asked for, those of `SOURCE_DATE_EPOCH`, or now; none if that is
    /// set to anything else, which is reported.
    pub fn seconds(&self) -> Option<i64> {
        let of_environment = || std::env::var("SOURCE_DATE_EPOCH").ok().filter(|it| !it.is_empty());
        if self.timestamp.is_some() {
            return self.timestamp;
        }
        let Some(text) = of_environment() else { return Some(jiff::Timestamp::now().as_second()) };
        let seconds = text.parse().ok();
        if seconds.is_none() {
            output::complain(&format!(
                "error: SOURCE_DATE_EPOCH is `{text}`, and not a number of seconds since 1970"
            ));
        }
        seconds
    }
}

/// Prints manifests, once all of them are there.
fn print(texts: &[Written], format: Format) -> anyhow::Result<()> {
    let mut stream = format.stream();
    output::print_all(texts.iter().flat_map(|text| stream.next(text)))?;
    output::print(stream.end())
}
