//! What was meant by a name that is none: the nearest of those that exist at the site.

use super::scope::{Item, Names, Scope};
use super::tags::Name;
use super::variables::{Piece, Slot, TIMES, VARIABLES, Variable};
use crate::diagnostics::nearest;

/// A name that exists at the site, and that the one written is short for or near to.
pub(super) fn instead(name: &Name, scope: &Scope) -> Option<String> {
    let candidates = candidates(name, scope);
    let longer = candidates.iter().find(|candidate| is_part_of(name, candidate));
    let written = name.text();
    let near = || nearest(&written, candidates.iter().map(String::as_str));
    longer.map(String::as_str).or_else(near).map(str::to_owned)
}

/// `tasks.count.outputs.lines` is `tasks.count.outputs.parameters.lines` with a part left out.
fn is_part_of(name: &Name, candidate: &str) -> bool {
    let mut parts = candidate.split('.');
    let has_part = |part: &str| parts.any(|candidate| candidate == part);
    name.parts.len() > 1 && name.parts.iter().map(|part| &*part.text).all(has_part)
}

fn candidates(name: &Name, scope: &Scope) -> Vec<String> {
    let bits = scope.bits();
    let exists =
        |variable: &&Variable| variable.exists & bits != 0 && variable.root() == name.root();
    VARIABLES.iter().filter(exists).flat_map(|variable| filled(variable, name, scope)).collect()
}

/// A variable with every name that can fill its slots.
fn filled(variable: &Variable, name: &Name, scope: &Scope) -> Vec<String> {
    let mut names = vec![String::new()];
    for piece in variable.pieces() {
        let fillers = match piece {
            Piece::Word(word) => vec![word],
            Piece::Slot(slot) => fillers(slot, name, scope),
        };
        let joined = |start: &String, part: &str| match start.as_str() {
            "" => part.to_owned(),
            start => format!("{start}.{part}"),
        };
        names = names
            .iter()
            .flat_map(|start| fillers.iter().map(move |part| joined(start, part)))
            .collect();
    }
    names
}

fn fillers<'s>(slot: Slot, name: &Name, scope: &Scope<'s>) -> Vec<&'s str> {
    let known = |names: &Names<'s>| names.known().to_vec();
    let steps = scope.steps.map(|steps| steps.siblings);
    let sibling = name.part(1).and_then(|step| Some(steps?.find(step)?.1));
    match slot {
        Slot::RunParam => known(&scope.run.params),
        Slot::RunOutput => known(&scope.run.outputs),
        Slot::RunArtifact => known(&scope.run.artifacts),
        Slot::Label => known(&scope.run.labels),
        Slot::Annotation => known(&scope.run.annotations),
        Slot::Time => TIMES.to_vec(),
        Slot::Input => known(&scope.template.params),
        Slot::Artifact => known(&scope.template.artifacts),
        Slot::Output => known(&scope.template.outputs),
        Slot::OutputArtifact => known(&scope.template.output_artifacts),
        Slot::Sibling => sibling.map(|sibling| sibling.name).into_iter().collect(),
        Slot::SiblingOutput => sibling.map(|sibling| known(&sibling.outputs)).unwrap_or_default(),
        Slot::SiblingArtifact => {
            sibling.map(|sibling| known(&sibling.artifacts)).unwrap_or_default()
        }
        Slot::Key => match &scope.item {
            Item::Map(keys) => keys.clone(),
            _ => Vec::new(),
        },
    }
}
