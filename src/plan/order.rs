//! The order of a Builder's steps: what each waits for.

use std::collections::{BTreeSet, HashMap};
use std::ops::Range;
use std::sync::Arc;

use super::cycles::cycles;
use super::dag::{Repeat, StepId, StepKey, Wait};
use crate::argo::depends::{BadName, Depends, RESULTS, bad_name};
use crate::diagnostics::Sink;
use crate::id::Table;
use crate::model::kinds::builder::{Builder, Step};
use crate::model::{Decode, Spanned, Text};
use crate::rules::{
    ap109_one_of_fields, ap201_undefined_reference, ap204_cycle, ap205_entrypoint, ap206_depends,
};
use crate::source::Span;

/// What each step waits for, in the order of the steps; none if a mistake in it was reported.
pub(super) fn order(builder: &Builder, sink: &mut Sink) -> Option<Vec<Option<Arc<Wait>>>> {
    if !Decode::is_whole(builder) {
        return None;
    }
    let before = sink.errors();
    let reader = Reader::new(&builder.spec.steps.0);
    let entrypoint = reader.entrypoint(builder, sink);
    let waits: Vec<Option<Arc<Wait>>> =
        reader.steps.ids().map(|id| reader.wait(id, entrypoint, sink).map(Arc::new)).collect();
    reader.check_names(&waits, sink);
    if sink.errors() == before {
        reader.check_cycles(&waits, sink);
    }
    (sink.errors() == before).then_some(waits)
}

struct Reader<'b> {
    steps: Table<&'b Step, StepKey>,
    names: HashMap<&'b str, StepId>,
}

impl<'b> Reader<'b> {
    fn new(steps: &'b [Step]) -> Self {
        let steps: Table<&Step, StepKey> = steps.iter().collect();
        let mut names = HashMap::with_capacity(steps.len());
        for (id, step) in steps.iter() {
            names.entry(&*step.name.value).or_insert(id);
        }
        Self { steps, names }
    }

    /// Reports the names of steps that others wait for where Argo cannot read them.
    fn check_names(&self, waits: &[Option<Arc<Wait>>], sink: &mut Sink) {
        let waited: BTreeSet<StepId> =
            waits.iter().flatten().flat_map(|wait| &wait.on).copied().collect();
        for name in waited.into_iter().map(|id| &self.steps[id].name) {
            if let Some(bad @ BadName::Word) = bad_name(name) {
                sink.report(ap206_depends::name(name.span, name, bad));
            }
        }
    }

    fn all_names(&self) -> Vec<&str> {
        self.steps.values().map(|step| &*step.name.value).collect()
    }

    fn entrypoint(&self, builder: &Builder, sink: &mut Sink) -> StepId {
        let first = StepId::new(0);
        let Some(named) = &builder.spec.entrypoint else { return first };
        let Some(&id) = self.names.get(&*named.value) else {
            let names = self.all_names();
            let finding = ap201_undefined_reference::step(named.span, "entrypoint", named, &names);
            sink.report(finding);
            return first;
        };
        let step = &self.steps[id];
        let depends = step.depends.as_ref().map(|depends| depends.span);
        let list = step.dependencies.as_ref().and_then(|list| list.first());
        if let Some(span) = depends.or(list.map(|name| name.span)) {
            sink.report(ap205_entrypoint::waits(span, named, named.span));
        }
        id
    }

    fn wait(&self, id: StepId, entrypoint: StepId, sink: &mut Sink) -> Option<Wait> {
        let step = &self.steps[id];
        match (&step.depends, &step.dependencies) {
            (Some(depends), Some(list)) => {
                let list = list.first().map_or(step.name.span, |name| name.span);
                let what = format!("step `{}`", &*step.name);
                let (first, second) = ("dependencies", "depends");
                let finding = ap109_one_of_fields::both(depends.span, &what, second, first, list);
                sink.report(finding);
                None
            }
            (Some(depends), None) => self.expression(depends, sink),
            (None, Some(list)) => self.list(list, sink),
            (None, None) if id == entrypoint => None,
            (None, None) if id < entrypoint && self.waits_for_nothing(entrypoint) => {
                let start = &self.steps[entrypoint].name;
                let (span, name) = (step.name.span, &step.name);
                sink.report(ap205_entrypoint::before(span, name, start, start.span));
                None
            }
            // The mistake is the entrypoint's.
            (None, None) if id < entrypoint => None,
            (None, None) => {
                let before = StepId::new(id.index() - 1);
                Some(self.all_of(vec![before], self.steps[before].name.span))
            }
        }
    }

    fn waits_for_nothing(&self, id: StepId) -> bool {
        let step = &self.steps[id];
        step.depends.is_none() && step.dependencies.as_ref().is_none_or(Vec::is_empty)
    }

    fn list(&self, list: &[Text], sink: &mut Sink) -> Option<Wait> {
        let mut known = Vec::new();
        for name in list {
            if let Some(id) = self.names.get(&*name.value) {
                known.push(*id);
            } else {
                let (names, field) = (self.all_names(), "dependencies");
                let finding = ap201_undefined_reference::step(name.span, field, name, &names);
                sink.report(finding);
            }
        }
        let span = |list: &[Text]| list[0].span.to(list[list.len() - 1].span);
        (!known.is_empty()).then(|| self.all_of(known, span(list)))
    }

    /// Waits for the success of steps, or for their end where they say `continueOn`. `span` is
    /// where they are named.
    fn all_of(&self, steps: Vec<StepId>, span: Span) -> Wait {
        let terms: Vec<String> = steps.iter().map(|id| self.term(*id)).collect();
        let depends = Text { value: terms.join(" && ").into(), span };
        let (on, succeeded) = (steps.clone(), steps.clone());
        Wait { depends, on, succeeded, gated: Vec::new(), dependencies: Some(steps) }
    }

    fn term(&self, id: StepId) -> String {
        let step = &self.steps[id];
        let name = &*step.name.value;
        let is_set = |flag: &Option<Spanned<bool>>| flag.as_ref().is_some_and(|flag| **flag);
        let on = step.continue_on.as_ref();
        let failed = on.filter(|on| is_set(&on.failed)).map(|_| format!(" || {name}.Failed"));
        let errored = on.filter(|on| is_set(&on.error)).map(|_| format!(" || {name}.Errored"));
        match (failed, errored) {
            (None, None) => name.to_owned(),
            (failed, errored) => format!(
                "({name}.Succeeded || {name}.Skipped || {name}.Daemoned{}{})",
                failed.unwrap_or_default(),
                errored.unwrap_or_default()
            ),
        }
    }

    fn expression(&self, text: &Text, sink: &mut Sink) -> Option<Wait> {
        let depends = match Depends::parse(text) {
            Ok(depends) => depends,
            Err(flaw) => {
                let span = text.part(flaw.at, flaw.at + 1);
                sink.report(ap206_depends::syntax(span, flaw.reason));
                return None;
            }
        };
        let before = sink.errors();
        let mut on = Vec::new();
        depends.each_task(&mut |name, result, at| {
            let end = at + name.len() + result.map_or(0, |result| result.len() + 1);
            on.extend(self.check_task(text, at..end, name, result, sink));
        });
        let known = |names: Vec<&str>| -> Vec<StepId> {
            names.into_iter().filter_map(|name| self.names.get(name).copied()).collect()
        };
        let succeeded = known(depends.certain().into_iter().collect());
        let gated = known(depends.gated().into_iter().collect());
        let depends = text.clone();
        (sink.errors() == before).then_some(Wait {
            depends,
            on,
            succeeded,
            gated,
            dependencies: None,
        })
    }

    fn check_task(
        &self,
        text: &Text,
        range: Range<usize>,
        name: &str,
        result: Option<&str>,
        sink: &mut Sink,
    ) -> Option<StepId> {
        let Some(&id) = self.names.get(name) else {
            let span = text.part(range.start, range.start + name.len());
            let names = self.all_names();
            sink.report(ap201_undefined_reference::step(span, "depends", name, &names));
            return None;
        };
        let span = text.part(range.start, range.end);
        let step = &self.steps[id];
        if let Some(on) = &step.continue_on {
            sink.report(ap206_depends::continue_on(on.span, name, span));
        }
        match result {
            Some(result) if !RESULTS.contains(&result) => {
                sink.report(ap206_depends::result(span, name, result, RESULTS));
            }
            Some(result @ ("AnySucceeded" | "AllFailed")) if !step.is_loop() => {
                sink.report(ap206_depends::not_a_loop(span, name, result));
            }
            _ => {}
        }
        Some(id)
    }

    fn check_cycles(&self, waits: &[Option<Arc<Wait>>], sink: &mut Sink) {
        let on = |wait: &Option<Arc<Wait>>| {
            wait.as_ref()
                .map_or_else(Vec::new, |wait| wait.on.iter().map(|id| id.index()).collect())
        };
        for cycle in cycles(waits.iter().map(on).collect()) {
            let step = |at: usize| self.steps[StepId::new(at)];
            let around: Vec<(&str, Span)> =
                cycle.into_iter().map(|at| (&*step(at).name.value, step(at).name.span)).collect();
            sink.report(ap204_cycle::finding(&around));
        }
    }
}

impl Step {
    /// Whether it runs once for each of several items.
    fn is_loop(&self) -> bool {
        Repeat::of(self).is_some()
    }
}
