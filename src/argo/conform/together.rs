//! Fields of one object that exclude each other, or say different things.

use super::kubernetes::{self, Wrong};
use super::{Conform, Place};
use crate::argo::facts::TypeFacts;
use crate::rules::{
    ap109_one_of_fields, ap201_undefined_reference, ap402_argo_type, ap406_argo_missing_field,
};
use crate::tree::{Entry, Node};

impl Conform<'_> {
    /// Holds what an object has of its alternatives against how many it may have; one that a
    /// misspelt key was meant for is not missing as well.
    pub(super) fn alternatives(
        &mut self,
        set: &[&Entry],
        facts: &TypeFacts,
        guessed: &[&str],
        place: Place,
    ) {
        // Kubernetes takes the empty string for no value.
        let is_empty = |entry: &Entry| entry.value.as_text().is_some_and(|text| text.is_empty());
        let set: Vec<&&Entry> = set.iter().filter(|entry| !is_empty(entry)).collect();
        let needed = facts.alternatives();
        let what = format!("`{}`", facts.name);
        if let [first, second, ..] = set[..] {
            let span = place.at(second.key.span);
            let (this, other) = (&second.key.text, &first.key.text);
            let other_span = place.at(first.key.span);
            let finding = ap109_one_of_fields::both(span, &what, this, other, other_span);
            self.sink.report(finding);
        } else if set.is_empty()
            && !needed.is_empty()
            && !guessed.iter().any(|it| needed.contains(it))
        {
            let there =
                |name: &&&str| facts.field(name).is_some_and(|field| field.exists_in(self.version));
            let names: Vec<&str> = needed.iter().filter(there).copied().collect();
            self.sink.report(ap109_one_of_fields::none(place.span, &what, &names));
        }
    }

    /// Holds an object against what Kubernetes wants of its fields together.
    pub(super) fn together(&mut self, node: &Node, facts: &TypeFacts, place: Place) {
        for wrong in kubernetes::wrong(facts.name, node) {
            self.sink.report(match wrong {
                Wrong::Contradiction { at, message, help } => {
                    ap109_one_of_fields::contradiction(place.at(at), &message, help)
                }
                Wrong::Missing { at, field } => {
                    ap406_argo_missing_field::finding(place.at(at), facts.name, field)
                }
                Wrong::Number { node, field } => {
                    let text = node.as_text().map_or("", |text| text);
                    let wanted = "1 for a liveness or startup probe";
                    ap402_argo_type::form(place.at(node.span), text, field, wanted)
                }
                Wrong::Port { port, names } => {
                    let name = port.as_text().map_or("", |text| text);
                    let at = place.at(port.span);
                    ap201_undefined_reference::port(at, name, &names)
                }
            });
        }
    }
}
