//! Names that read another step, `tasks.build.outputs.parameters.digest`: whether the step is
//! there, has the output, and surely ran before.

use super::lookup::Place;
use super::scope::{Ran, Root, Sibling, Siblings, Site, Steps, Takes};
use super::tags::Name;
use super::variables::variable;
use crate::diagnostics::Diagnostic;
use crate::rules::ap407_unresolved_tag as ap407;
use crate::rules::{
    ap201_undefined_reference as ap201, ap307_undeclared_param as ap307,
    ap314_missing_output as ap314, ap315_loop_output as ap315,
};

/// What is wrong with a name that begins with `tasks` or `steps`.
pub(super) fn check(place: &Place, name: &Name) -> Option<Diagnostic> {
    let root = if name.root() == "tasks" { Root::Tasks } else { Root::Steps };
    match place.scope.steps {
        Some(steps) if steps.siblings.root == root => of_step(place, name, steps),
        Some(_) if root == Root::Tasks && place.scope.main.is_some() => of_main(place, name),
        Some(steps) => Some(wrong_root(place, name, steps)),
        None => Some(ap407::outside(place.span(&name.range), &name.text(), place.form)),
    }
}

fn wrong_root(place: &Place, name: &Name, steps: Steps) -> Diagnostic {
    let right = steps.siblings.root.word();
    let span = place.span(&name.parts[0].range);
    let is_step = name.part(1).is_some_and(|step| steps.siblings.find(step).is_some());
    let written = name.text();
    if place.scope.main.is_none() && place.scope.is_end {
        return ap407::at_the_end(place.span(&name.range), &written, place.form);
    }
    ap407::wrong_root(span, &written, place.form, right, is_step)
}

/// At the end of a run, arguments may name outputs of the main template's steps, and nothing else
/// of them.
fn of_main(place: &Place, name: &Name) -> Option<Diagnostic> {
    let siblings = place.scope.main?;
    let Some((_, sibling)) = siblings.find(name.part(1)?) else {
        return Some(no_step(place, name, siblings));
    };
    if name.parts.len() == 5 && name.rest(2).starts_with("outputs.parameters.") {
        return has_field(place, name, sibling);
    }
    Some(ap407::at_the_end(place.span(&name.range), &name.text(), place.form))
}

fn no_step(place: &Place, name: &Name, siblings: &Siblings) -> Diagnostic {
    let span = place.span(&name.parts[1].range);
    let step = name.part(1).unwrap_or_default();
    ap201::step(span, name.root(), step, &siblings.names())
}

fn of_step(place: &Place, name: &Name, steps: Steps) -> Option<Diagnostic> {
    let Some((at, sibling)) = steps.siblings.find(name.part(1)?) else {
        return Some(no_step(place, name, steps.siblings));
    };
    has_field(place, name, sibling)
        .or_else(|| ran_before(place, name, steps, at))
        .or_else(|| is_there(place, name, steps, at))
        .or_else(|| is_one(place, name, sibling))
}

/// Whether the step has what the name asks for.
fn has_field(place: &Place, name: &Name, sibling: &Sibling) -> Option<Diagnostic> {
    let is_map = variable(name, 0).is_none()
        && place.form == ap407::Form::Expression
        && super::variables::is_map(name, u32::MAX);
    if is_map {
        return None;
    }
    if variable(name, 0).is_none() {
        return Some(place.unknown(name));
    }
    let span = place.span(&name.range);
    let field = name.rest(2);
    let lacks = |reason: &str| Some(ap307::field(span, sibling.name, &field, reason));
    let last = name.part(4).unwrap_or_default();
    match (name.part(2), name.part(3)) {
        (Some("outputs"), Some("parameters")) if name.parts.len() == 4 => {
            let reason =
                "only a step with items has all of them at once; write `outputs.parameters.NAME`";
            if sibling.is_loop { None } else { lacks(reason) }
        }
        (Some("outputs"), Some("parameters")) if !sibling.outputs.has(last) => {
            Some(ap307::output(span, sibling.name, last, sibling.outputs.known()))
        }
        (Some("outputs"), Some("artifacts")) if !sibling.artifacts.has(last) => {
            Some(ap307::output(span, sibling.name, last, sibling.artifacts.known()))
        }
        (Some("outputs"), Some("result")) | (Some("exitCode"), None)
            if sibling.has_result == Some(false) =>
        {
            lacks("only a template that runs a program has one")
        }
        (Some("ip"), None) if !sibling.is_daemon => lacks("only a daemon has one"),
        _ => None,
    }
}

/// Whether the step always started before.
fn ran_before(place: &Place, name: &Name, steps: Steps, at: usize) -> Option<Diagnostic> {
    let span = place.span(&name.range);
    let source = steps.siblings.all[at].name;
    let is_hook = matches!(place.scope.site, Site::Hook | Site::ExitHook);
    if is_hook && steps.own == Some(at) {
        return None;
    }
    let own = steps.own.map(|own| steps.siblings.all[own].name);
    let is_before = (steps.ran)(at) != Ran::NotBefore;
    match own {
        Some(own) if steps.own == Some(at) => Some(ap307::not_upstream(span, own, source)),
        Some(own) if !is_before => Some(ap307::not_upstream(span, own, source)),
        _ => None,
    }
}

/// Whether the step's output is there for sure. Argo waits for one that is not, for ever
/// (controller/dag.go, `resolveDependencyReferences`), in expressions with `??` as well.
fn is_there(place: &Place, name: &Name, steps: Steps, at: usize) -> Option<Diagnostic> {
    if name.part(2) != Some("outputs") || place.scope.takes == Takes::Optional {
        return None;
    }
    let (span, sibling) = (place.span(&name.range), &steps.siblings.all[at]);
    if steps.own == Some(at) && place.scope.site == Site::Hook {
        return Some(ap314::hook(span, sibling.name));
    }
    let is_own = steps.own == Some(at);
    let is_sure = is_own || (steps.ran)(at) == Ran::Surely;
    let own = steps.own.map(|own| steps.siblings.all[own].name);
    (!is_sure).then(|| ap314::finding(span, own, sibling.name, sibling.when))
}

/// Whether the output is one value where one is taken.
fn is_one(place: &Place, name: &Name, sibling: &Sibling) -> Option<Diagnostic> {
    let is_value = name.part(2) == Some("outputs") && name.part(3) != Some("artifacts");
    let is_list = sibling.is_loop && place.is_alone && place.scope.takes != Takes::List;
    let span = place.span(&name.range);
    (is_value && is_list).then(|| ap315::finding(span, sibling.name, &name.rest(2)))
}
