//! The order of a Builder's steps: what each waits for, and which steps are sure to have run before it.

use std::collections::HashMap;
use std::ops::Range;

use super::depends::{Depends, RESULTS};
use crate::diagnostics::Sink;
use crate::model::Text;
use crate::model::kinds::builder::{Builder, Step};
use crate::rules::{
    ap109_one_of_fields, ap201_undefined_reference, ap204_cycle, ap205_entrypoint, ap206_depends,
};
use crate::source::Span;

/// What each step waits for; none for those that start at once.
#[derive(Debug)]
pub struct Order {
    pub waits: Vec<Option<Wait>>,
}

/// What a step waits for.
#[derive(Debug)]
pub struct Wait {
    /// As Argo's `depends` has it.
    pub text: String,
    depends: Depends,
}

impl Order {
    /// Reads the order of some steps; none if a mistake in it was told.
    pub fn of(builder: &Builder, sink: &mut Sink) -> Option<Self> {
        let steps = &builder.spec.steps.0;
        let before = sink.errors();
        let reader = Reader { steps, names: names(steps) };
        let entrypoint = reader.entrypoint(builder, sink);
        let waits: Vec<Option<Wait>> =
            (0..steps.len()).map(|at| reader.wait(at, entrypoint, sink)).collect();
        if sink.errors() > before {
            return None;
        }
        let order = Self { waits };
        order.check_cycles(&reader, sink).then_some(order)
    }

    /// For every step, the steps that always succeeded before it runs, with how far back they are, nearest first.
    pub fn certain(&self, steps: &[Step]) -> Vec<Vec<(usize, usize)>> {
        let names = names(steps);
        let direct: Vec<Vec<usize>> = self
            .waits
            .iter()
            .map(|wait| {
                wait.as_ref().map_or_else(Vec::new, |wait| indices(wait.depends.certain(), &names))
            })
            .collect();
        (0..steps.len()).map(|at| within_reach(at, &direct)).collect()
    }

    /// For every step, the steps that it waits for, directly or not.
    pub fn after(&self, steps: &[Step]) -> Vec<Vec<usize>> {
        let edges = self.edges(&names(steps));
        (0..steps.len())
            .map(|at| within_reach(at, &edges).into_iter().map(|(before, _)| before).collect())
            .collect()
    }

    fn edges(&self, names: &HashMap<&str, usize>) -> Vec<Vec<usize>> {
        let tasks = |wait: &Wait| {
            let mut found = Vec::new();
            wait.depends.each_task(&mut |name, _, _| found.extend(names.get(name)));
            found
        };
        self.waits.iter().map(|wait| wait.as_ref().map_or_else(Vec::new, tasks)).collect()
    }

    fn check_cycles(&self, reader: &Reader, sink: &mut Sink) -> bool {
        let edges = self.edges(&reader.names);
        let mut edges = edges;
        let before = sink.errors();
        while let Some(cycle) = find_cycle(&edges) {
            let around: Vec<(&str, Span)> = cycle
                .iter()
                .map(|at| (&*reader.steps[*at].name.value, reader.steps[*at].name.span))
                .collect();
            sink.report(ap204_cycle::finding(&around));
            // What else is wrong is told beside it: another cycle, not the same one by another step.
            for at in cycle {
                edges[at].clear();
            }
        }
        sink.errors() == before
    }
}

fn names(steps: &[Step]) -> HashMap<&str, usize> {
    steps.iter().enumerate().rev().map(|(at, step)| (&*step.name.value, at)).collect()
}

fn indices<'a>(
    tasks: impl IntoIterator<Item = &'a str>,
    names: &HashMap<&str, usize>,
) -> Vec<usize> {
    tasks.into_iter().filter_map(|name| names.get(name).copied()).collect()
}

/// Every step that can be reached over `edges`, by the length of the shortest way, then by place.
fn within_reach(from: usize, edges: &[Vec<usize>]) -> Vec<(usize, usize)> {
    let mut reached: Vec<(usize, usize)> = Vec::new();
    let mut front = edges[from].clone();
    let mut distance = 1;
    while !front.is_empty() {
        front.sort_unstable();
        front.dedup();
        front.retain(|at| *at != from && reached.iter().all(|(known, _)| known != at));
        reached.extend(front.iter().map(|at| (*at, distance)));
        front = front.iter().flat_map(|at| edges[*at].iter().copied()).collect();
        distance += 1;
    }
    reached
}

/// A cycle, beginning with its first step: the one of the first step that is on any.
fn find_cycle(edges: &[Vec<usize>]) -> Option<Vec<usize>> {
    (0..edges.len()).find_map(|start| way_back(start, edges))
}

/// The shortest way from a step back to itself.
fn way_back(start: usize, edges: &[Vec<usize>]) -> Option<Vec<usize>> {
    let mut ways: Vec<Vec<usize>> = edges[start].iter().map(|next| vec![start, *next]).collect();
    let mut seen = vec![false; edges.len()];
    while !ways.is_empty() {
        if let Some(way) = ways.iter().find(|way| way.last() == Some(&start)) {
            return Some(way[..way.len() - 1].to_vec());
        }
        let mut longer = Vec::new();
        for way in ways {
            let Some(&last) = way.last() else { continue };
            if !std::mem::replace(&mut seen[last], true) {
                longer.extend(edges[last].iter().map(|next| [&way[..], &[*next]].concat()));
            }
        }
        ways = longer;
    }
    None
}

struct Reader<'b> {
    steps: &'b [Step],
    names: HashMap<&'b str, usize>,
}

impl Reader<'_> {
    fn all_names(&self) -> Vec<&str> {
        self.steps.iter().map(|step| &*step.name.value).collect()
    }

    fn entrypoint(&self, builder: &Builder, sink: &mut Sink) -> usize {
        let Some(named) = &builder.spec.entrypoint else { return 0 };
        let Some(&at) = self.names.get(&*named.value) else {
            sink.report(ap201_undefined_reference::step(
                named.span,
                "entrypoint",
                named,
                &self.all_names(),
            ));
            return 0;
        };
        let step = &self.steps[at];
        let waits = step.depends.as_ref().map(|depends| depends.span);
        let waits = waits.or(step
            .dependencies
            .as_ref()
            .and_then(|list| list.first())
            .map(|name| name.span));
        if let Some(span) = waits {
            sink.report(ap205_entrypoint::waits(span, named, named.span));
        }
        at
    }

    fn wait(&self, at: usize, entrypoint: usize, sink: &mut Sink) -> Option<Wait> {
        let step = &self.steps[at];
        match (&step.depends, &step.dependencies) {
            (Some(depends), Some(list)) => {
                let list = list.first().map_or(step.name.span, |name| name.span);
                sink.report(ap109_one_of_fields::both(
                    depends.span,
                    &format!("step `{}`", &*step.name),
                    "depends",
                    "dependencies",
                    list,
                ));
                None
            }
            (Some(depends), None) => self.expression(depends, sink),
            (None, Some(list)) => self.list(list, sink),
            (None, None) if at == entrypoint => None,
            (None, None) if at < entrypoint && self.waits_for_nothing(entrypoint) => {
                let start = &self.steps[entrypoint].name;
                sink.report(ap205_entrypoint::before(
                    step.name.span,
                    &step.name,
                    start,
                    start.span,
                ));
                None
            }
            // The mistake is the entrypoint's.
            (None, None) if at < entrypoint => None,
            (None, None) => Some(self.all_of(&[at - 1])),
        }
    }

    fn waits_for_nothing(&self, at: usize) -> bool {
        let step = &self.steps[at];
        step.depends.is_none() && step.dependencies.as_ref().is_none_or(Vec::is_empty)
    }

    fn list(&self, list: &[Text], sink: &mut Sink) -> Option<Wait> {
        let mut known = Vec::new();
        for name in list {
            match self.names.get(&*name.value) {
                Some(at) => known.push(*at),
                None => sink.report(ap201_undefined_reference::step(
                    name.span,
                    "dependencies",
                    name,
                    &self.all_names(),
                )),
            }
        }
        (!known.is_empty()).then(|| self.all_of(&known))
    }

    /// Waits for the success of steps, or for their end where they say `continueOn`.
    fn all_of(&self, steps: &[usize]) -> Wait {
        let term = |at: &usize| {
            let step = &self.steps[*at];
            let name = &*step.name.value;
            let is_set =
                |flag: Option<&crate::model::Spanned<bool>>| flag.is_some_and(|flag| **flag);
            let on = step.continue_on.as_ref();
            let failed =
                is_set(on.and_then(|on| on.failed.as_ref())).then(|| format!(" || {name}.Failed"));
            let errored =
                is_set(on.and_then(|on| on.error.as_ref())).then(|| format!(" || {name}.Errored"));
            match (failed, errored) {
                (None, None) => name.to_owned(),
                (failed, errored) => format!(
                    "({name}.Succeeded || {name}.Skipped || {name}.Daemoned{}{})",
                    failed.unwrap_or_default(),
                    errored.unwrap_or_default()
                ),
            }
        };
        let text = steps.iter().map(term).collect::<Vec<_>>().join(" && ");
        let task = |at: &usize| Depends::Task {
            name: self.steps[*at].name.to_string(),
            result: None,
            at: 0,
        };
        Wait { text, depends: Depends::And(steps.iter().map(task).collect()) }
    }

    fn expression(&self, text: &Text, sink: &mut Sink) -> Option<Wait> {
        let depends = match Depends::parse(text) {
            Ok(depends) => depends,
            Err(flaw) => {
                sink.report(ap206_depends::syntax(text.part(flaw.at, flaw.at + 1), flaw.reason));
                return None;
            }
        };
        let before = sink.errors();
        depends.each_task(&mut |name, result, at| {
            let end = at + name.len() + result.map_or(0, |result| result.len() + 1);
            self.check_task(text, at..end, name, result, sink);
        });
        (sink.errors() == before).then(|| Wait { text: text.to_string(), depends })
    }

    fn check_task(
        &self,
        text: &Text,
        range: Range<usize>,
        name: &str,
        result: Option<&str>,
        sink: &mut Sink,
    ) {
        let Some(&at) = self.names.get(name) else {
            let span = text.part(range.start, range.start + name.len());
            return sink.report(ap201_undefined_reference::step(
                span,
                "depends",
                name,
                &self.all_names(),
            ));
        };
        let span = text.part(range.start, range.end);
        let step = &self.steps[at];
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
    }
}

impl Step {
    /// Whether it runs once for each of several items.
    pub fn is_loop(&self) -> bool {
        self.with_items.is_some() || self.with_param.is_some() || self.with_sequence.is_some()
    }

    /// Whether it has always succeeded, and given its outputs, where a later step waited for it.
    pub fn is_sure(&self) -> bool {
        !self.is_loop() && self.when.is_none() && self.continue_on.is_none()
    }
}
