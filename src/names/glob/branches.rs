//! A list of globs, of which those behind a `!` exclude.

use super::{Glob, GlobFlaw, meet};

/// Branches: those that one glob means and none excludes. The order of a list does not count.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Branches {
    include: Vec<Glob>,
    exclude: Vec<Glob>,
}

/// What is wrong with a list of globs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum BranchesFlaw {
    /// A glob by its place in the list; the flaw's place and what to write instead are in the whole
    /// of its text, with its `!`.
    Glob(usize, GlobFlaw),
    /// Every glob excludes: nothing is left to exclude from.
    OnlyExclusions,
    /// A glob, by its place in the list, that excludes nothing that the others mean.
    NothingExcluded(usize),
}

impl Branches {
    /// One branch, whatever signs are in its name.
    pub(crate) fn one(branch: &str) -> Self {
        Self { include: vec![Glob::exactly(branch)], exclude: Vec::new() }
    }

    /// Reads a list; the error has every flaw.
    pub(crate) fn read<'t>(
        globs: impl IntoIterator<Item = &'t str>,
    ) -> Result<Self, Vec<BranchesFlaw>> {
        let mut branches = Self { include: Vec::new(), exclude: Vec::new() };
        let (mut flaws, mut includes, mut places) = (Vec::new(), 0, Vec::new());
        for (at, text) in globs.into_iter().enumerate() {
            let (mark, list, glob) = match text.strip_prefix('!') {
                Some(glob) => ("!", &mut branches.exclude, glob),
                None => ("", &mut branches.include, text),
            };
            includes += usize::from(mark.is_empty());
            match Glob::read(glob) {
                Ok(glob) => {
                    places.extend((!mark.is_empty()).then_some(at));
                    list.push(glob);
                }
                Err(found) => flaws.extend(found.into_iter().map(|flaw| {
                    let place = flaw.place.start + mark.len()..flaw.place.end + mark.len();
                    let instead = flaw.instead.map(|instead| format!("{mark}{instead}"));
                    BranchesFlaw::Glob(at, GlobFlaw { place, instead, ..flaw })
                })),
            }
        }
        if includes == 0 {
            flaws.push(BranchesFlaw::OnlyExclusions);
        }
        if flaws.is_empty() {
            let without = places
                .iter()
                .zip(&branches.exclude)
                .filter(|(_, out)| !branches.include.iter().any(|glob| glob.meets(out)));
            flaws.extend(without.map(|(at, _)| BranchesFlaw::NothingExcluded(*at)));
        }
        if flaws.is_empty() { Ok(branches) } else { Err(flaws) }
    }

    /// The globs that mean branches.
    pub(crate) fn include(&self) -> &[Glob] {
        &self.include
    }

    /// Whether a branch is meant.
    pub(crate) fn matches(&self, branch: &str) -> bool {
        let is_in = |globs: &[Glob]| globs.iter().any(|glob| glob.matches(branch));
        is_in(&self.include) && !is_in(&self.exclude)
    }

    /// Whether some branch is meant by both.
    pub(crate) fn meets(&self, other: &Self) -> bool {
        let meets = |glob: &Glob| other.include.iter().any(|other| glob.meets(other));
        if self.exclude.is_empty() && other.exclude.is_empty() {
            return self.include.iter().any(meets);
        }
        meet::meet_without([&self.include, &other.include], [&self.exclude, &other.exclude])
    }

    /// The branches that are named, and not by a pattern.
    pub(crate) fn named(&self) -> impl Iterator<Item = &str> {
        self.include.iter().filter_map(Glob::literal).filter(|branch| self.matches(branch))
    }

    /// Whether more branches are meant than those that are named.
    pub(crate) fn has_patterns(&self) -> bool {
        self.include.iter().any(|glob| glob.literal().is_none())
    }

    /// Regular expressions of refs of which one has to match, `prefix` being what stands before a
    /// branch in a ref.
    pub(crate) fn included(&self, prefix: &str) -> Vec<String> {
        let prefix = super::escape_regex(prefix);
        self.include.iter().map(|glob| format!("^{prefix}{}$", glob.regex())).collect()
    }

    /// The regular expression of refs that are excluded; none if no branch is. It is a single one:
    /// several values of a data filter with `!=` mean that one of them does not match (Argo Events
    /// v1.9.11, pkg/sensors/dependencies/filter.go).
    pub(crate) fn excluded(&self, prefix: &str) -> Option<String> {
        let prefix = super::escape_regex(prefix);
        let globs: Vec<String> = self.exclude.iter().map(Glob::regex).collect();
        (!globs.is_empty()).then(|| format!("^{prefix}(?:{})$", globs.join("|")))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn branches(globs: &[&str]) -> Branches {
        Branches::read(globs.iter().copied()).unwrap()
    }

    #[test]
    fn branch_negation_excludes() {
        let some = branches(&["**", "!dependabot/**", "!wip"]);
        assert!(some.matches("main") && some.matches("wip/x"));
        assert!(!some.matches("dependabot/npm/x") && !some.matches("wip"));
        assert_eq!(some.included("refs/heads/"), ["^refs/heads/.*$"]);
        assert_eq!(
            some.excluded("refs/heads/").as_deref(),
            Some("^refs/heads/(?:dependabot/.*|wip)$")
        );
        assert_eq!(branches(&["main"]).excluded("refs/heads/"), None);
    }

    #[test]
    fn branches_that_are_excluded_do_not_meet() {
        assert!(!branches(&["**", "!release/**"]).meets(&branches(&["release/*"])));
        assert!(branches(&["**", "!release/*"]).meets(&branches(&["release/**"])));
        assert!(!branches(&["main", "!main"]).meets(&branches(&["**"])));
    }

    #[test]
    fn code_h_flaws_are_told_with_their_place_in_the_list() {
        let flaws = Branches::read(["main", "!a b", "refs/heads/x"]).unwrap_err();
        let found = |at: usize| match &flaws[at] {
            BranchesFlaw::Glob(at, flaw) => (*at, flaw.place.clone()),
            _ => panic!(),
        };
        assert_eq!((found(0), found(1)), ((1, 2..3), (2, 0..11)));
        assert_eq!(Branches::read(["!main"]), Err(vec![BranchesFlaw::OnlyExclusions]));
        let idle = Branches::read(["main", "release/*", "!release"]);
        assert_eq!(idle, Err(vec![BranchesFlaw::NothingExcluded(2)]));
    }
}
