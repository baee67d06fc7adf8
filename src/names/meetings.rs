//! Runs that one event can start under one name, found among many without trying every pair.
//!
//! Names of one template meet wherever their branches do. Of two templates, the text that the names
//! of one begin with must begin the other's: sorted by it, a name is tried with those only whose
//! beginning it continues.

use std::collections::{BTreeMap, BTreeSet};

use super::glob::{Branches, Glob};
use super::meet::Names;
use super::template::Template;

/// A run that events of a repository start.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Run<'r> {
    pub branches: &'r Branches,
    /// How the run is named; whole, as `Template::slug_in_name` wants it.
    pub names: &'r Template,
}

/// Two runs that one event can start under one name.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Meeting {
    /// Places in what was asked about; `first` is the smaller one.
    pub second: usize,
    pub first: usize,
    /// A name that they can have, with what is not known of it as `?`.
    pub name: String,
}

/// The runs that can get the name of another that the same event starts, each with one that comes
/// before it, in the order of the runs. All are of one repository and namespace; `event` is the
/// event's word.
pub(crate) fn meetings(runs: &[Run], event: &str) -> Vec<Meeting> {
    let mut found = Found::default();
    for (branch, fired) in by_branch(runs) {
        let named = |at: &usize| (*at, Names::on_branch(runs[*at].names, event, branch));
        found.among(fired.iter().map(named).collect(), |_, _| true);
    }
    let patterns = runs.iter().enumerate().filter(|(_, run)| run.branches.has_patterns());
    let names = |(at, run): (usize, &Run)| (at, Names::of(run.names, event));
    let meet = |a: usize, b: usize| runs[a].branches.meets(runs[b].branches);
    found.among(patterns.map(names).collect(), meet);
    found.by_second.into_values().collect()
}

/// The runs of every branch that is named, where there are two.
fn by_branch<'r>(runs: &[Run<'r>]) -> BTreeMap<&'r str, Vec<usize>> {
    let mut branches: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    let mut patterns: BTreeMap<&Glob, Vec<usize>> = BTreeMap::new();
    for (at, run) in runs.iter().enumerate() {
        for branch in run.branches.named() {
            branches.entry(branch).or_default().push(at);
        }
        for glob in run.branches.include().iter().filter(|glob| glob.literal().is_none()) {
            patterns.entry(glob).or_default().push(at);
        }
    }
    for (branch, fired) in &mut branches {
        for (_, others) in patterns.iter().filter(|(glob, _)| glob.matches(branch)) {
            fired.extend(others.iter().filter(|at| runs[**at].branches.matches(branch)));
        }
        fired.sort_unstable();
        fired.dedup();
    }
    branches.retain(|_, fired| fired.len() > 1);
    branches
}

/// What was found so far: a meeting for a run at most.
#[derive(Default)]
struct Found {
    by_second: BTreeMap<usize, Meeting>,
}

impl Found {
    /// Looks among runs; `meet` says whether one event can start two of them.
    fn among(&mut self, runs: Vec<(usize, Names)>, meet: impl Fn(usize, usize) -> bool) {
        let groups = groups(runs);
        // Groups whose beginnings each continue the one before.
        let mut open: Vec<&(Names, Vec<usize>)> = Vec::new();
        for group in &groups {
            let (names, members) = group;
            while open.last().is_some_and(|last| !names.start().starts_with(last.0.start())) {
                open.pop();
            }
            for (at, second) in members.iter().enumerate().skip(1) {
                self.pair(&members[..at], *second, || names.can_meet(names), &meet);
            }
            for (other, others) in &open {
                if let Some(name) = names.can_meet(other) {
                    self.across(members, others, &name, &meet);
                }
            }
            open.push(group);
        }
    }

    /// Pairs of runs of two groups whose names can meet.
    fn across(
        &mut self,
        a: &[usize],
        b: &[usize],
        name: &str,
        meet: &impl Fn(usize, usize) -> bool,
    ) {
        let before = |all: &[usize], at| all.partition_point(|other| *other < at);
        for (own, others) in [(a, b), (b, a)] {
            for second in own {
                let firsts = &others[..before(others, *second)];
                self.pair(firsts, *second, || Some(name.to_owned()), meet);
            }
        }
    }

    /// Finds one of the firsts that an event starts together with the second.
    fn pair(
        &mut self,
        firsts: &[usize],
        second: usize,
        name: impl Fn() -> Option<String>,
        meet: &impl Fn(usize, usize) -> bool,
    ) {
        if self.by_second.contains_key(&second) {
            return;
        }
        let first = firsts.iter().find(|first| meet(**first, second));
        if let Some((first, name)) = first.and_then(|first| Some((*first, name()?))) {
            self.by_second.insert(second, Meeting { second, first, name });
        }
    }
}

/// Runs of one template each, by the text that their names begin with.
fn groups(runs: Vec<(usize, Names)>) -> Vec<(Names, Vec<usize>)> {
    let mut by_template: BTreeMap<Template, (Names, BTreeSet<usize>)> = BTreeMap::new();
    for (at, names) in runs {
        let group = by_template.entry(names.template().clone());
        group.or_insert_with(|| (names, BTreeSet::new())).1.insert(at);
    }
    let mut groups: Vec<(Names, Vec<usize>)> = by_template
        .into_values()
        .map(|(names, members)| (names, members.into_iter().collect()))
        .collect();
    groups.sort_by(|(a, _), (b, _)| a.start().cmp(b.start()));
    groups
}

#[cfg(test)]
mod tests {
    use std::time::{Duration, Instant};

    use super::*;

    fn branches(globs: &[&str]) -> Branches {
        Branches::read(globs.iter().copied()).unwrap()
    }

    fn pairs(runs: &[(&[&str], &str)]) -> Vec<(usize, usize)> {
        let runs: Vec<(Branches, Template)> = runs
            .iter()
            .map(|(globs, names)| (branches(globs), Template::parse(names).unwrap()))
            .collect();
        let runs: Vec<Run> = runs.iter().map(|(branches, names)| Run { branches, names }).collect();
        meetings(&runs, "push").into_iter().map(|found| (found.first, found.second)).collect()
    }

    #[test]
    fn code_g_disjoint_patterns_fire_no_two_runs() {
        let names = "goapp-%code-revision%-%timestamp%";
        assert_eq!(pairs(&[(&["release/*"], names), (&["feature/*"], names)]), []);
        assert_eq!(pairs(&[(&["release/*"], names), (&["**"], names)]), [(0, 1)]);
        assert_eq!(pairs(&[(&["main", "!main"], names), (&["**"], names)]), []);
    }

    #[test]
    fn same_webhook_meets_itself() {
        let main: &[&str] = &["main"];
        let (run, task) = ("hook-t-%code-short-commit%-%timestamp%", "hook-%timestamp%");
        assert_eq!(pairs(&[(main, run), (main, run), (main, task)]), [(0, 1)]);
    }

    #[test]
    fn a_named_branch_tells_names_apart() {
        let runs: &[(&[&str], &str)] =
            &[(&["main"], "%code-branch%-%timestamp%"), (&["**"], "dev-%timestamp%")];
        assert_eq!(pairs(runs), []);
        assert_eq!(pairs(&[(&["dev"], runs[0].1), runs[1]]), [(0, 1)]);
        assert_eq!(pairs(&[(&["**"], runs[0].1), runs[1]]), [(0, 1)]);
    }

    #[test]
    fn every_second_run_is_told_once() {
        let all: &[&str] = &["**", "main"];
        let names = "a-%timestamp%";
        assert_eq!(pairs(&[(all, names), (all, names), (all, names)]), [(0, 1), (0, 2)]);
    }

    /// As code/slow-cases.py makes them.
    #[test]
    fn slow_cases_mono_takes_no_pairs() {
        for globs in [&["main"][..], &["**"]] {
            let branches = branches(globs);
            let name =
                |at: usize| format!("p{at}-{}-%code-revision%-%timestamp%", "x".repeat(at % 38));
            let names: Vec<Template> =
                (0..4000).map(|at| Template::parse(&name(at)).unwrap()).collect();
            let runs: Vec<Run> =
                names.iter().map(|names| Run { branches: &branches, names }).collect();
            let start = Instant::now();
            assert_eq!(meetings(&runs, "push"), []);
            assert!(start.elapsed() < Duration::from_secs(2), "{:?}", start.elapsed());
        }
    }
}
