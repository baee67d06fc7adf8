//! What is reported of a condition.

use super::{FlawKind, Operand, read};
use crate::argo::scope::Scope;
use crate::argo::tags::{Kind, Name};
use crate::argo::variables::VARIABLES;
use crate::diagnostics::{Diagnostic, Sink};
use crate::model::Text;
use crate::rules::ap414_when as ap414;

/// Reports what govaluate cannot read, or reads otherwise than it is meant. The names in tags are
/// not looked at: they are [`super::super::lookup::check`]'s. `is_free` says whether the value of a
/// name is known to be any text: blanks, operators and quotes too.
pub(crate) fn check(text: &Text, scope: &Scope, is_free: &dyn Fn(&Name) -> bool, sink: &mut Sink) {
    let when = read(text);
    if when.operands.iter().any(|operand| operand.tag.kind == Kind::Open) {
        return;
    }
    for flaw in &when.flaws {
        let span = text.part(flaw.range.start, flaw.range.end);
        sink.report(match &flaw.kind {
            FlawKind::Constant { value, word: Some(word) } => {
                ap414::word(span, word, *value, scope.run.params.known())
            }
            kind => ap414::flaw(span, &text[flaw.range.clone()], kind),
        });
    }
    for operand in &when.operands {
        if let Some(finding) = operand_finding(text, operand, &when.operands, is_free) {
            sink.report(finding);
        }
    }
}

fn operand_finding(
    text: &Text,
    operand: &Operand,
    all: &[Operand],
    is_free: &dyn Fn(&Name) -> bool,
) -> Option<Diagnostic> {
    let tag = &operand.tag;
    let span = text.part(tag.range.start, tag.range.end);
    let is_whole = all.len() == 1 && text.trim() == &text[tag.range.clone()];
    match &tag.kind {
        Kind::Expression { is_name: false } if is_whole && tag.flaw.is_none() => {
            let is_same = tag.names.iter().all(|name| name.is_call && is_pure(name));
            return is_same.then(|| ap414::flaw(span, "", &constant()));
        }
        Kind::Simple if tag.flaw.is_none() && is_foreign(&tag.names[0]) => {
            return Some(ap414::flaw(span, "", &FlawKind::Foreign));
        }
        _ => {}
    }
    let name = match &tag.kind {
        Kind::Simple | Kind::Expression { is_name: true } => tag.names.first()?,
        _ => return None,
    };
    let is_open = !operand.is_quoted && !is_whole && is_free(name);
    let compared = operand.compared.as_ref().map(|(sign, with)| (*sign, &**with));
    is_open.then(|| ap414::unquoted(span, &name.text(), compared))
}

fn constant() -> FlawKind {
    FlawKind::Constant { value: None, word: None }
}

/// Whether a function gives the same at any time.
fn is_pure(name: &Name) -> bool {
    !matches!(name.parts.last().map(|part| &*part.text), Some("now" | "rand" | "date"))
        && name.root() != "sprig"
}

/// Whether no variable of Argo's has the root of the name: the tag stays, which govaluate cannot
/// read.
fn is_foreign(name: &Name) -> bool {
    !VARIABLES.iter().any(|variable| variable.root() == name.root())
}
