//! `argopacks explain output`: which line of which file each line of an emitted manifest comes
//! from.

use std::fmt::Write;

use super::args::ExplainOutput;
use super::explain::one_line;
use super::render::{guess, kind};
use super::{Outcome, output};
use crate::diagnostics::{Diagnostic, all_of, nearest};
use crate::emit::Followed;
use crate::lower::{BuiltWorkflow, Object, ObjectKind};
use crate::source::Span;
use crate::tree::{Astray, Node, Value, is_path};
use crate::{Compiled, compile};

pub(crate) fn run(args: &ExplainOutput) -> anyhow::Result<Outcome> {
    let Some((word, wanted)) = args.object.split_once('/') else {
        let (object, example) = (&args.object, "`workflowtemplate/shop.spec.templates[0]`");
        output::complain(&format!("error: `{object}` is not KIND/NAME[.path], such as {example}"));
        return Ok(Outcome::Usage);
    };
    let Some(kind) = kind(word) else { return Ok(Outcome::Usage) };
    let Some(now) = args.time.seconds() else { return Ok(Outcome::Usage) };
    compile(&args.paths, |compiled| {
        let outcome = output::report(&compiled);
        if outcome != Outcome::Clean {
            return Ok(outcome);
        }
        match explain(args, kind, wanted, now, &compiled) {
            Ok(text) => output::print(&text).map(|()| Outcome::Clean),
            Err(Refusal::Usage(fault)) => {
                output::complain(&format!("error: {fault}"));
                Ok(Outcome::Usage)
            }
            Err(Refusal::Findings(findings)) => {
                output::complain_of(&findings, &compiled);
                Ok(Outcome::Findings)
            }
        }
    })
}

/// Why nothing is explained.
enum Refusal {
    /// There is no such thing.
    Usage(String),
    /// The manifest cannot be emitted.
    Findings(Vec<Diagnostic>),
}

fn explain(
    args: &ExplainOutput,
    kind: ObjectKind,
    wanted: &str,
    now: i64,
    compiled: &Compiled,
) -> Result<String, Refusal> {
    let is_build = kind == ObjectKind::Workflow;
    let built = if is_build { compiled.build_all(now) } else { Ok(Vec::new()) };
    let built = built.map_err(Refusal::Findings)?;
    let objects = compiled.objects.list.iter().filter(|object| object.kind == kind);
    let emitted: Vec<Emitted> = objects
        .map(Emitted::of)
        .chain(built.iter().map(|it| Emitted::built(it, compiled)))
        .collect();
    let (object, path) =
        find(&emitted, kind, wanted, args.namespace.as_deref()).map_err(Refusal::Usage)?;
    let manifest = match object.origin {
        Origin::Object(object) => compiled.manifest(object).map_err(Refusal::Findings)?,
        Origin::Build(workflow) => workflow.clone(),
    };
    let part = manifest.at_path(path);
    let part = part.map_err(|astray| Refusal::Usage(no_part(&astray, kind, object.name)))?;
    Ok(blame(&Followed::write(&manifest, part), compiled))
}

/// What is emitted, by its name.
struct Emitted<'c, 'm> {
    namespace: Option<&'c str>,
    name: &'c str,
    origin: Origin<'c, 'm>,
}

/// What its manifest is.
enum Origin<'c, 'm> {
    Object(&'c Object<'m, 'm>),
    Build(&'c Node),
}

impl<'c, 'm> Emitted<'c, 'm> {
    fn of(object: &'c Object<'m, 'm>) -> Self {
        let origin = Origin::Object(object);
        let (_, namespace, name) = object.key();
        Self { namespace, name, origin }
    }

    fn built(built: &'c BuiltWorkflow<'m>, compiled: &'c Compiled<'m>) -> Self {
        let namespace = Some(&**compiled.plan.projects[built.project].namespace);
        Self { namespace, name: &built.name, origin: Origin::Build(&built.workflow) }
    }
}

/// The object that is meant, by the longest name that there is, and the path behind it; or what is
/// said if there is none, or more than one.
fn find<'e, 'c, 'm, 'w>(
    emitted: &'e [Emitted<'c, 'm>],
    kind: ObjectKind,
    wanted: &'w str,
    namespace: Option<&str>,
) -> Result<(&'e Emitted<'c, 'm>, &'w str), String> {
    let is_meant = |name: &&str| wanted.strip_prefix(name).is_some_and(is_path);
    let names: Vec<&str> = emitted.iter().map(|it| it.name).collect();
    let name = names.iter().copied().filter(is_meant).max_by_key(|name| name.len());
    let name = name.ok_or_else(|| no_object(kind, wanted, &names))?;
    let named = || emitted.iter().filter(|it| it.name == name);
    let is_there =
        |it: &&Emitted| namespace.is_none_or(|of| it.namespace.is_none_or(|ns| ns == of));
    let found: Vec<&Emitted> = named().filter(is_there).collect();
    let namespaces = || all_of(named().filter_map(|it| it.namespace));
    let kind = kind.name();
    match (&found[..], namespace) {
        ([one], _) => Ok((one, &wanted[name.len()..])),
        ([], Some(namespace)) => Err(format!(
            "{kind} `{name}` is not in namespace `{namespace}`; it is in {}",
            namespaces()
        )),
        _ => Err(format!(
            "there is a {kind} `{name}` in {}; choose a namespace with -n",
            namespaces()
        )),
    }
}

/// What is said if there is no object of a name, whatever of the text is the name.
fn no_object(kind: ObjectKind, wanted: &str, names: &[&str]) -> String {
    let ends = wanted.match_indices(['.', '[']).map(|(at, _)| at).chain([wanted.len()]);
    let starts: Vec<&str> = ends.map(|end| &wanted[..end]).collect();
    let near = starts.iter().find(|name| nearest(name, names.iter().copied()).is_some());
    let name = near.or(starts.first()).copied().unwrap_or(wanted);
    format!("there is no {} `{name}`{}", kind.name(), guess(name, names))
}

/// What is said if a path leads nowhere.
fn no_part(astray: &Astray, kind: ObjectKind, object: &str) -> String {
    let Astray { before, node, step } = astray;
    let before = match *before {
        "" => format!("{} `{object}`", kind.name()),
        before => format!("`{before}`"),
    };
    match &node.value {
        Value::Map(entries) => {
            let keys: Vec<&str> = entries.iter().map(|entry| &*entry.key.text).collect();
            format!("{before} has no `{step}`{}", guess(step, &keys))
        }
        Value::List(items) => {
            let names: Vec<&str> = items.iter().filter_map(Node::item_name).collect();
            let said = match items.len() {
                _ if step.parse::<usize>().is_err() && !names.is_empty() => guess(step, &names),
                0 => "; it is empty".to_owned(),
                1 => "; there is [0]".to_owned(),
                count => format!("; there are [0] to [{}]", count - 1),
            };
            format!("{before} has no item `{step}`{said}")
        }
        Value::Scalar(scalar) => {
            format!("{before} has nothing below it: it is `{}`", one_line(&scalar.text))
        }
    }
}

/// Lines of a manifest, each behind where it comes from, unless that is where the line above does.
fn blame(followed: &Followed, compiled: &Compiled) -> String {
    let (lines, part) = (followed.text.lines(), followed.part.clone());
    let origins: Vec<String> =
        followed.spans[part.clone()].iter().map(|span| origin(*span, compiled)).collect();
    let width = origins.iter().map(|origin| origin.chars().count()).max().unwrap_or_default();
    let mut above = "";
    let mut out = String::new();
    for (origin, line) in origins.iter().zip(lines.skip(part.start)) {
        let shown = if origin == above { "" } else { origin };
        let space = if line.is_empty() { "" } else { " " };
        let _ = writeln!(out, "{shown:width$} |{space}{line}");
        above = origin;
    }
    out
}

/// Where a span is: in a file, in a bundled pack, or in none.
fn origin(span: Span, compiled: &Compiled) -> String {
    if !span.is_written() {
        return "argopacks".to_owned();
    }
    match compiled.library.name_of(span.file) {
        Some(pack) => {
            let (line, _) = compiled.sources.file(span.file).line_col(span.start as usize);
            format!("pack {pack}:{line}")
        }
        None => compiled.sources.place(span),
    }
}
