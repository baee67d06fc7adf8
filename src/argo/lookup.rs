//! Holds the names of a text against what exists where it stands. A tag has one finding at most:
//! the first that keeps it from being resolved.

use super::expr;
use super::scope::{Item, Names, Scope, Site};
use super::siblings;
use super::suggest::instead;
use super::tags::{Kind, Name, Tag, tags};
use super::variables::{Piece, Slot, TIMES, Variable, has, is_checked_root, is_map, variable};
use crate::diagnostics::{Diagnostic, Sink};
use crate::model::Text;
use crate::rules::ap307_undeclared_param as ap307;
use crate::rules::ap407_unresolved_tag::{self as ap407, Form};
use crate::source::Span;

/// Reports every tag of a text that Argo cannot resolve where the text stands.
pub(crate) fn check(text: &Text, scope: &Scope, sink: &mut Sink) {
    if !text.contains("{{") {
        return;
    }
    for tag in tags(text) {
        if let Some(finding) = check_tag(text, &tag, scope) {
            sink.report(from_github(text, &tag, finding));
        }
    }
}

/// The same for a field that is an expression as a whole: `retryStrategy.expression`, the
/// `expression` of a hook or an output, `successCondition` of http. Tags in it are put in before it
/// is evaluated.
pub(crate) fn check_expression(text: &Text, scope: &Scope, sink: &mut Sink) {
    check(text, scope, sink);
    let blank = without_tags(text);
    let read = expr::read(&blank, 0);
    let at = Place { text, scope, form: Form::Expression, is_alone: read.is_name };
    let flaw = read.flaw.map(|flaw| ap407::syntax(at.span(&flaw.range), &flaw.kind));
    let finding = flaw.or_else(|| {
        read.names.iter().find_map(|name| at.check(name).or_else(|| at.check_in_retry(name)))
    });
    if let Some(finding) = finding {
        sink.report(finding);
    }
}

/// The text with a number in the place of every tag, of the same length.
pub(super) fn without_tags(text: &str) -> String {
    let mut blank = String::with_capacity(text.len());
    let mut end = 0;
    for tag in tags(text) {
        blank.push_str(&text[end..tag.range.start]);
        blank.extend(tag.range.clone().map(|_| '0'));
        end = tag.range.end;
    }
    blank.push_str(&text[end..]);
    blank
}

fn check_tag(text: &Text, tag: &Tag, scope: &Scope) -> Option<Diagnostic> {
    let (form, is_alone) = match &tag.kind {
        Kind::Open => {
            let start = tag.range.start;
            return Some(ap407::unclosed(text.part(start, start + 2)));
        }
        Kind::Simple | Kind::Nested { .. } => (Form::Simple, true),
        Kind::Expression { is_name } => (Form::Expression, *is_name),
    };
    let place = Place { text, scope, form, is_alone };
    if let Some(flaw) = &tag.flaw {
        return Some(ap407::syntax(place.span(&flaw.range), &flaw.kind));
    }
    if let Kind::Nested { outer } = &tag.kind
        && let Some(finding) = place.check_outer(outer)
    {
        return Some(finding);
    }
    tag.names.iter().find_map(|name| place.check(name))
}

/// `${{ }}` is meant for GitHub, and Argo sees a tag in it.
fn from_github(text: &str, tag: &Tag, finding: Diagnostic) -> Diagnostic {
    if text[..tag.range.start].ends_with('$') && tag.kind == Kind::Simple {
        finding.note("`${{ }}` is a tag to Argo as well")
    } else {
        finding
    }
}

/// Where a name stands, and how.
pub(super) struct Place<'p, 's> {
    pub text: &'p Text,
    pub scope: &'p Scope<'s>,
    pub form: Form,
    /// Nothing is done to the name's value before it is put into the text.
    pub is_alone: bool,
}

impl Place<'_, '_> {
    pub(crate) fn span(&self, range: &std::ops::Range<usize>) -> Span {
        self.text.part(range.start, range.end)
    }

    /// What is wrong with a name.
    fn check(&self, name: &Name) -> Option<Diagnostic> {
        if !self.is_looked_up(name) {
            return None;
        }
        if matches!(name.root(), "tasks" | "steps")
            && name.text() != format!("{}.name", name.root())
        {
            return siblings::check(self, name);
        }
        let bits = self.scope.bits();
        match variable(name, bits) {
            Some(variable) if variable.exists & bits == 0 => Some(self.misplaced(variable, name)),
            Some(variable) => self.check_slots(variable, name),
            None if self.form == Form::Expression && is_map(name, bits) => None,
            None => Some(self.unknown(name)),
        }
    }

    /// Argo evaluates the expression of a retry with `lastRetry` and `retries` alone
    /// (workflow/controller, `buildRetryStrategyLocalScope`).
    fn check_in_retry(&self, name: &Name) -> Option<Diagnostic> {
        let is_of_run = is_checked_root(name.root()) && name.parts.len() > 1 && !name.is_call;
        (is_of_run && self.scope.bits() & has::RETRY != 0)
            .then(|| ap407::in_retry(self.span(&name.range), &name.text()))
    }

    /// Whether Argo looks the name up at all, or leaves it to others.
    fn is_looked_up(&self, name: &Name) -> bool {
        const OF_EXPRESSIONS: &[&str] =
            &["lastRetry", "request", "response", "cronworkflow", "resourcesDuration"];
        let is_ours = match self.form {
            Form::Simple => {
                is_checked_root(name.root())
                    || (self.scope.site == Site::Cron && name.root() == "cronworkflow")
            }
            Form::Expression => {
                is_checked_root(name.root()) || OF_EXPRESSIONS.contains(&name.root())
            }
        };
        name.root() == "item" || is_ours && name.parts.len() > 1 && !name.is_call
    }

    /// Of tags in tags, Argo takes those for known that ask for a parameter of the run.
    fn check_outer(&self, outer: &Name) -> Option<Diagnostic> {
        let is_ours = outer.parts.len() > 1 && is_checked_root(outer.root());
        let is_run_param = outer.root() == "workflow" && outer.part(1) == Some("parameters");
        (is_ours && !is_run_param).then(|| {
            let written = outer.text();
            ap407::nested(self.span(&outer.range), written.trim_end_matches('.'))
        })
    }

    pub(crate) fn unknown(&self, name: &Name) -> Diagnostic {
        let guess = instead(name, self.scope);
        ap407::variable(self.span(&name.range), &name.text(), self.form, guess.as_deref())
    }

    fn misplaced(&self, variable: &Variable, name: &Name) -> Diagnostic {
        let (span, written) = (self.span(&name.range), name.text());
        match (variable.root(), variable.exists) {
            ("item", _) => self.no_item(name),
            (_, has::INPUTS | has::PARAMETERS) => ap407::no_params(span, &written, self.form),
            (_, has::NODES) if self.scope.bits() & has::LEAF != 0 => {
                let artifact = name.part(2).unwrap_or_default();
                self.artifact(name, artifact)
                    .unwrap_or_else(|| ap407::artifact_path(span, &written, self.form))
            }
            (_, exists) => ap407::misplaced(span, &written, self.form, place_of(exists)),
        }
    }

    fn no_item(&self, name: &Name) -> Diagnostic {
        let span = self.span(&name.range);
        let own = self.scope.steps.and_then(|steps| Some((steps, steps.own?)));
        match (self.scope.site, own) {
            (Site::Step | Site::Hook | Site::ExitHook, Some((steps, own))) => {
                ap407::item(span, steps.siblings.all[own].name)
            }
            _ => ap407::item_outside(span, self.form),
        }
    }

    /// Whether what fills the slots of a variable is declared.
    fn check_slots(&self, variable: &Variable, name: &Name) -> Option<Diagnostic> {
        variable.pieces().enumerate().find_map(|(at, piece)| match piece {
            Piece::Slot(slot) => self.check_slot(slot, name, at),
            Piece::Word(_) => None,
        })
    }

    fn check_slot(&self, slot: Slot, name: &Name, at: usize) -> Option<Diagnostic> {
        let (run, template) = (self.scope.run, self.scope.template);
        let span = self.span(&name.range);
        let part = name.part(at).unwrap_or_default();
        let run_output = |known: &[&str]| ap307::run_output(span, part, known);
        let own = |what, known: &[&str]| ap307::own_output(span, what, part, known);
        match slot {
            Slot::RunParam => {
                missing(&run.params, part, |known| ap307::build_parameter(span, part, known))
            }
            Slot::RunOutput => missing(&run.outputs, part, run_output),
            Slot::RunArtifact => missing(&run.artifacts, part, run_output),
            Slot::Input => missing(&template.params, part, |known| {
                ap307::input(span, part, template.declared, known)
            }),
            Slot::Artifact => self.artifact(name, part),
            Slot::Output => missing(&template.outputs, part, |known| own("output", known)),
            Slot::OutputArtifact => {
                missing(&template.output_artifacts, part, |known| own("output artifact", known))
            }
            Slot::Time => {
                (!TIMES.contains(&part)).then(|| ap407::time(span, part, self.form, TIMES))
            }
            Slot::Label | Slot::Annotation => self.label(slot, name, at),
            Slot::Key => self.key(name),
            Slot::Sibling | Slot::SiblingOutput | Slot::SiblingArtifact => None,
        }
    }

    fn artifact(&self, name: &Name, artifact: &str) -> Option<Diagnostic> {
        let span = self.span(&name.range);
        let finding = |known: &[&str]| ap307::artifact(span, artifact, known);
        missing(&self.scope.template.artifacts, artifact, finding)
    }

    /// Argo checks labels in simple tags; a run may well have others.
    fn label(&self, slot: Slot, name: &Name, at: usize) -> Option<Diagnostic> {
        let run = self.scope.run;
        let known = if slot == Slot::Label { &run.labels } else { &run.annotations };
        let is_known =
            self.form == Form::Expression || name.root() != "workflow" || known.has(&name.rest(at));
        let span = self.span(&name.range);
        (!is_known).then(|| ap407::label(span, &name.text(), known.known()))
    }

    fn key(&self, name: &Name) -> Option<Diagnostic> {
        let key = name.part(1).unwrap_or_default();
        let keys: &[&str] = match &self.scope.item {
            Item::Map(keys) if !keys.contains(&key) => keys,
            Item::Plain => &[],
            _ => return None,
        };
        Some(ap407::key(self.span(&name.range), key, self.form, keys))
    }
}

/// A finding for a name that is not among those declared.
fn missing(
    declared: &Names,
    name: &str,
    finding: impl Fn(&[&str]) -> Diagnostic,
) -> Option<Diagnostic> {
    (!declared.has(name)).then(|| finding(declared.known()))
}

/// Where a variable exists, in words.
fn place_of(exists: u32) -> &'static str {
    const PLACES: &[(u32, &str)] = &[
        (has::END, "at the end of a run, in `onExit`"),
        (has::PRIORITY, "in a run with a `priority`"),
        (has::METRICS, "in a template's metrics"),
        (has::RETRY, "where the template has a `retryStrategy`"),
        (has::RESPONSE, "in the `successCondition` of an http template"),
        (has::CRON, "in the conditions of a CronWorkflow"),
        (has::POD, "in a template that runs a pod"),
        (has::LEAF, "in a template that runs a program"),
        (has::NODES, "where a dag or steps template hands values on"),
        (has::TEMPLATE, "in templates"),
        (has::RUN, "in a run"),
    ];
    let place = PLACES.iter().find(|(bit, _)| exists & bit != 0);
    place.map_or("elsewhere", |(_, place)| place)
}
