//! What waits for what, and whether it can ever start.

use std::collections::HashMap;

use crate::body::value;
use crate::diagnostics::Sink;
use crate::model::Text;
use crate::rules::{ap204_cycle, ap311_duplicate_name};
use crate::source::Span;
use crate::tree::Node;

/// Items by index, and those that each waits for.
pub(crate) struct Waiting<'n> {
    names: HashMap<&'n str, usize>,
    pub edges: Vec<Vec<usize>>,
}

impl<'n> Waiting<'n> {
    /// Items that wait for nothing yet. Of two of one name the first is meant.
    pub(crate) fn of(names: &[&'n str]) -> Self {
        let mut by_name = HashMap::new();
        for (at, name) in names.iter().enumerate() {
            by_name.entry(*name).or_insert(at);
        }
        Self { names: by_name, edges: vec![Vec::new(); names.len()] }
    }

    /// Lets an item wait for one by name; false if there is none. Names with tags are not known
    /// yet.
    pub(crate) fn add(&mut self, at: usize, name: &str) -> bool {
        match self.names.get(name) {
            Some(other) => self.edges[at].push(*other),
            None if name.contains("{{") => {}
            None => return false,
        }
        true
    }
}

/// The names in the `dependencies` of a task or container; reports those that come twice.
pub(crate) fn dependencies(node: &Node, sink: &mut Sink) -> Vec<Text> {
    let list = value(node, "dependencies").map(Node::items).unwrap_or_default();
    let mut names: Vec<Text> = Vec::new();
    for name in list.iter().filter_map(Text::of) {
        match names.iter().find(|first| first.value == name.value) {
            Some(first) => {
                let (field, first) = ("dependencies", first.span);
                sink.report(ap311_duplicate_name::listed(name.span, field, &name, first));
            }
            None => names.push(name),
        }
    }
    names
}

/// Reports the cycles among some items, given by name and place; `what` is one of them.
pub(crate) fn report_cycles(
    waiting: &Waiting,
    what: &str,
    items: &[(&str, Span)],
    sink: &mut Sink,
) {
    for cycle in cycles(&waiting.edges) {
        let around: Vec<(&str, Span)> = cycle.iter().map(|at| items[*at]).collect();
        sink.report(ap204_cycle::of(what, &around));
    }
}

/// One cycle of each knot of items that wait for each other, beginning with its first.
pub(crate) fn cycles(edges: &[Vec<usize>]) -> Vec<Vec<usize>> {
    let mut is_done = vec![false; edges.len()];
    let mut found = Vec::new();
    loop {
        finish(edges, &mut is_done);
        let Some(start) = is_done.iter().position(|done| !done) else { return found };
        let cycle = follow(edges, &is_done, start);
        for at in &cycle {
            is_done[*at] = true;
        }
        found.push(cycle);
    }
}

/// Marks everything that can come to its turn.
fn finish(edges: &[Vec<usize>], is_done: &mut [bool]) {
    let mut left: Vec<usize> =
        edges.iter().map(|to| to.iter().filter(|to| !is_done[**to]).count()).collect();
    let mut followers = vec![Vec::new(); edges.len()];
    for (at, to) in edges.iter().enumerate() {
        to.iter().filter(|to| !is_done[**to]).for_each(|to| followers[*to].push(at));
    }
    let mut ready: Vec<usize> =
        (0..edges.len()).filter(|at| left[*at] == 0 && !is_done[*at]).collect();
    while let Some(at) = ready.pop() {
        is_done[at] = true;
        for follower in &followers[at] {
            left[*follower] -= 1;
            if left[*follower] == 0 && !is_done[*follower] {
                ready.push(*follower);
            }
        }
    }
}

/// Follows what is not done until something comes again: each waits for such a one.
fn follow(edges: &[Vec<usize>], is_done: &[bool], start: usize) -> Vec<usize> {
    let mut way = vec![start];
    let mut seen = HashMap::from([(start, 0)]);
    loop {
        let last = way[way.len() - 1];
        let Some(next) = edges[last].iter().copied().find(|next| !is_done[*next]) else {
            return way;
        };
        if let Some(first) = seen.insert(next, way.len()) {
            let mut cycle = way.split_off(first);
            let smallest = cycle.iter().enumerate().min_by_key(|(_, at)| **at);
            let turn = smallest.map_or(0, |(turn, _)| turn);
            cycle.rotate_left(turn);
            return cycle;
        }
        way.push(next);
    }
}
