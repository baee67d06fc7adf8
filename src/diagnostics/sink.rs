//! Where every stage reports what it finds.

use std::collections::HashMap;

use super::{Diagnostic, Label, Level};

/// Diagnostics in the order in which they are reported; [`Sink::finish`] sorts them.
#[derive(Debug, Default)]
pub struct Sink {
    found: Vec<Diagnostic>,
}

impl Sink {
    pub fn report(&mut self, diagnostic: Diagnostic) {
        self.found.push(diagnostic);
    }

    /// Takes over what was reported into another sink, as by a part of parallel work.
    pub fn absorb(&mut self, other: Self) {
        self.found.extend(other.found);
    }

    /// Keeps the findings that `keep` says to, and lets it change them.
    pub fn retain(&mut self, keep: impl FnMut(&mut Diagnostic) -> bool) {
        self.found.retain_mut(keep);
    }

    /// Lets every finding be changed.
    pub fn each(&mut self, change: impl FnMut(&mut Diagnostic)) {
        self.found.iter_mut().for_each(change);
    }

    pub fn has_errors(&self) -> bool {
        self.found.iter().any(|diagnostic| diagnostic.level == Level::Error)
    }

    /// The number of errors, by which a caller sees whether a piece of work added any.
    pub fn errors(&self) -> usize {
        self.found.iter().filter(|diagnostic| diagnostic.level == Level::Error).count()
    }

    /// The diagnostics by file and span. A mistake that was met several times, as in a Builder that
    /// many pipelines use, is reported once.
    pub fn finish(mut self) -> Vec<Diagnostic> {
        self.found.sort_by(|a, b| order(a).cmp(&order(b)));
        self.found.dedup_by(|a, b| order(a) == order(b));
        once(self.found)
    }
}

fn order(diagnostic: &Diagnostic) -> (crate::source::Span, &'static str, &str) {
    (diagnostic.primary.span, diagnostic.rule.code, &diagnostic.message)
}

/// Other spans of one mistake that are shown beside the first.
const MAX_RELATED: usize = 5;

/// Merges the diagnostics of one mistake at several spans into the first of them.
fn once(found: Vec<Diagnostic>) -> Vec<Diagnostic> {
    let mut merged: Vec<Diagnostic> = Vec::with_capacity(found.len());
    let mut firsts: HashMap<(&'static str, String), usize> = HashMap::new();
    for finding in found {
        let key = (finding.rule.code, finding.message.clone());
        let Some(first) = firsts.get(&key).copied().filter(|_| finding.is_once) else {
            firsts.insert(key, merged.len());
            merged.push(finding);
            continue;
        };
        let (first, span) = (&mut merged[first], finding.primary.span);
        if first.related.len() < MAX_RELATED {
            first.related.push(Label { span, text: "and here".to_owned() });
        }
        // To change one of the places would leave the mistake.
        first.fix = None;
    }
    merged
}
