//! Whether two templates of names can come to one name on one event, where their variables have the
//! same values.

use super::slug::{MARK_DIGITS, Slug};
use super::template::{Part, Template, Variable};

/// A sign of a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Sign {
    Known(u8),
    /// The sign at a place of a variable's value: of the whole slug, for a branch.
    Of(Variable, usize),
    /// A digit of the mark of a branch that was cut or changed. Two marks with different salts, and
    /// a mark and other text, are taken to differ: one branch in a million proves that wrong.
    Mark(u8, usize),
}

/// How a branch stands in a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Branch {
    /// It is its own slug, of this length.
    Whole(usize),
    /// Its slug keeps so many signs before the mark. Where it was cut behind one more, that one was
    /// a `-`.
    Marked(usize, bool),
}

impl Branch {
    fn width(self) -> usize {
        match self {
            Self::Whole(length) => length,
            Self::Marked(kept, _) => kept + 1 + MARK_DIGITS,
        }
    }

    /// In how many ways a branch whose slug has a length, or more, can stand in a name.
    fn all(length: usize, slug: &Slug) -> Vec<Self> {
        let kept = slug.kept();
        let mut all = if length <= slug.limit { vec![Self::Whole(length)] } else { Vec::new() };
        if length <= kept {
            all.push(Self::Marked(length, false));
        } else {
            all.extend([Self::Marked(kept, false), Self::Marked(kept - 1, true)]);
        }
        all
    }

    /// Whether one branch can stand so in one name and so in another.
    fn goes_with(self, other: Self, slugs: [&Slug; 2]) -> bool {
        match (self, other) {
            (Self::Whole(a), Self::Whole(b)) => a == b,
            (Self::Whole(length), Self::Marked(..)) => length > slugs[1].limit,
            (Self::Marked(..), Self::Whole(length)) => length > slugs[0].limit,
            (Self::Marked(..), Self::Marked(..)) => true,
        }
    }
}

/// A name that both templates can come to on one event, with what is not known of it as `?`; none
/// if there is none. `event` is the event's word.
#[cfg(test)]
fn can_meet(a: &Template, b: &Template, event: &str) -> Option<String> {
    Names::of(a, event).can_meet(&Names::of(b, event))
}

/// The names of a template on an event.
#[derive(Clone, Debug)]
pub(super) struct Names {
    template: Template,
    slug: Slug,
    /// How many branches are in a name, and how many signs besides them.
    branches: usize,
    fixed: usize,
    /// The signs before the first branch, and behind the last one in reverse: all of them, where
    /// there is none.
    head: Vec<Sign>,
    tail: Vec<Sign>,
}

impl Names {
    pub(super) fn of(template: &Template, event: &str) -> Self {
        let slug = template.slug_in_name(Variable::CodeBranch);
        Self::with(template.as_on_event(event), slug)
    }

    /// The names on a branch.
    pub(super) fn on_branch(template: &Template, event: &str, branch: &str) -> Self {
        let slug = template.slug_in_name(Variable::CodeBranch);
        let own = slug.of(branch);
        let on_branch = template
            .as_on_event(event)
            .substitute(|variable| (variable == Variable::CodeRevision).then(|| own.clone()));
        Self::with(on_branch, slug)
    }

    fn with(template: Template, slug: Slug) -> Self {
        let width = |part: &Part| match part {
            Part::Text(text) => Some(text.len()),
            Part::Variable(variable) => variable.width(),
        };
        let is_known = |part: &&Part| width(part).is_some();
        let signs = |part: &Part| signs_of(part, Branch::Whole(0), 0);
        let head = template.parts.iter().take_while(is_known).flat_map(signs).collect();
        let tail = template.parts.iter().rev().take_while(is_known);
        let tail = tail.flat_map(|part| signs(part).into_iter().rev()).collect();
        let fixed = template.parts.iter().filter_map(width).sum();
        let branches = template.parts.iter().filter(|part| width(part).is_none()).count();
        Self { template, slug, branches, fixed, head, tail }
    }

    pub(super) fn template(&self) -> &Template {
        &self.template
    }

    /// The text that every name begins with.
    pub(super) fn start(&self) -> &str {
        match self.template.parts.first() {
            Some(Part::Text(text)) => text,
            _ => "",
        }
    }

    pub(super) fn can_meet(&self, other: &Self) -> Option<String> {
        let fit = |a: &[Sign], b: &[Sign]| a.iter().zip(b).all(|(a, b)| a.can_be(*b));
        if !fit(&self.head, &other.head) || !fit(&self.tail, &other.tail) {
            return None;
        }
        let longest = self.slug.limit.max(other.slug.limit) + 1;
        let lengths = if self.branches + other.branches > 0 { 1..=longest } else { 1..=1 };
        lengths.into_iter().find_map(|length| self.meet_at(other, length))
    }

    /// A name of both, for a branch whose slug has a length, or at least that one where both cut
    /// it.
    fn meet_at(&self, other: &Self, length: usize) -> Option<String> {
        let (ours, theirs) = (Branch::all(length, &self.slug), Branch::all(length, &other.slug));
        let pairs = ours.iter().flat_map(|ours| theirs.iter().map(move |theirs| (*ours, *theirs)));
        let can_be = |(a, b): &(Branch, Branch)| {
            let is_one = self.branches * other.branches == 0;
            (is_one || a.goes_with(*b, [&self.slug, &other.slug]))
                && self.width(*a) == other.width(*b)
        };
        let salts = (0, u8::from(self.slug.mark != other.slug.mark));
        pairs.filter(can_be).find_map(|(a, b)| {
            unify(self.signs(a, salts.0), other.signs(b, salts.1), &dashes([a, b]))
        })
    }

    fn width(&self, branch: Branch) -> usize {
        self.fixed + self.branches * branch.width()
    }

    fn signs(&self, branch: Branch, salt: u8) -> Vec<Sign> {
        self.template.parts.iter().flat_map(|part| signs_of(part, branch, salt)).collect()
    }
}

impl Template {
    /// The template as it is on an event: `code-revision` and `code-branch` are one thing there.
    #[must_use]
    pub(crate) fn as_on_event(&self, event: &str) -> Self {
        let word = |variable| (variable == Variable::Event).then(|| Slug::plain(12).of(event));
        let one = |part: Part| match part {
            Part::Variable(Variable::CodeBranch) => Part::Variable(Variable::CodeRevision),
            part => part,
        };
        Self { parts: self.substitute(word).parts.into_iter().map(one).collect() }
    }
}

/// The places of a branch's slug at which there was a `-` that went with what was cut.
fn dashes(branches: [Branch; 2]) -> Vec<(Sign, Sign)> {
    let dash = |branch: Branch| match branch {
        Branch::Marked(kept, true) => {
            Some((Sign::Of(Variable::CodeRevision, kept), Sign::Known(b'-')))
        }
        _ => None,
    };
    branches.into_iter().filter_map(dash).collect()
}

fn signs_of(part: &Part, branch: Branch, salt: u8) -> Vec<Sign> {
    let of = |variable, length| (0..length).map(move |at| Sign::Of(variable, at));
    match part {
        Part::Text(text) => text.bytes().map(Sign::Known).collect(),
        // The short commit is the start of the commit.
        Part::Variable(Variable::CodeShortCommit) => of(Variable::CodeCommit, 7).collect(),
        Part::Variable(variable) => match (variable.width(), branch) {
            (Some(width), _) => of(*variable, width).collect(),
            (None, Branch::Whole(length)) => of(*variable, length).collect(),
            (None, Branch::Marked(kept, _)) => {
                let mark = (0..MARK_DIGITS).map(|at| Sign::Mark(salt, at));
                of(*variable, kept).chain([Sign::Known(b'-')]).chain(mark).collect()
            }
        },
    }
}

impl Sign {
    /// Whether two signs can be one.
    fn can_be(self, other: Self) -> bool {
        match (self, other) {
            (Self::Of(variable, _), Self::Known(sign))
            | (Self::Known(sign), Self::Of(variable, _)) => variable_has(variable, sign),
            (Self::Of(..), Self::Of(..)) => true,
            (a, b) => a == b,
        }
    }
}

/// Whether a variable's value can have a sign.
fn variable_has(variable: Variable, sign: u8) -> bool {
    match variable {
        Variable::Timestamp | Variable::Date | Variable::PullRequest => sign.is_ascii_digit(),
        Variable::CodeCommit | Variable::CodeShortCommit => {
            sign.is_ascii_digit() || (b'a'..=b'f').contains(&sign)
        }
        _ => sign.is_ascii_lowercase() || sign.is_ascii_digit() || sign == b'-',
    }
}

/// Makes two rows of signs equal, place by place, and the signs of `also`; unknown signs that must
/// be equal become one.
fn unify(mut a: Vec<Sign>, mut b: Vec<Sign>, also: &[(Sign, Sign)]) -> Option<String> {
    let length = a.len();
    a.extend(also.iter().map(|(sign, _)| *sign));
    b.extend(also.iter().map(|(_, sign)| *sign));
    for at in 0..a.len() {
        if !a[at].can_be(b[at]) {
            return None;
        }
        let (from, to) = match (a[at], b[at]) {
            (x, y) if x == y => continue,
            (unknown @ Sign::Of(..), other) | (other, unknown) => (unknown, other),
        };
        a.iter_mut().chain(&mut b).filter(|sign| **sign == from).for_each(|sign| *sign = to);
    }
    let sign = |sign: &Sign| if let Sign::Known(sign) = sign { char::from(*sign) } else { '?' };
    Some(a[..length].iter().map(sign).collect())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// The name on a branch, at one time and of one commit.
    fn name(template: &str, branch: &str) -> String {
        let template = Template::parse(template).unwrap().as_on_event("push");
        let slug = template.slug_in_name(Variable::CodeBranch);
        let text = |part: &Part| match part {
            Part::Text(text) => text.clone(),
            Part::Variable(Variable::CodeRevision) => slug.of(branch),
            Part::Variable(variable) => "0".repeat(variable.width().unwrap()),
        };
        template.parts.iter().map(text).collect()
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(2_000))]
        /// Names that are equal on some branch can meet: branches around the lengths at which they
        /// are cut, with dashes there.
        #[test]
        fn what_meets_on_a_branch_can_meet(
            a in "(x-){0,3}%code-branch%(-x){0,3}(-%code-branch%)?-%timestamp%",
            b in "(x-){0,3}%code-branch%(-x){0,3}(-%code-branch%)?-%timestamp%",
            start in "(x-){0,4}",
            length in 1_usize..60,
            end in "(-x){0,4}",
        ) {
            let middle = length.saturating_sub(start.len() + end.len());
            let branch = start + &"x-".repeat(middle).chars().take(middle).collect::<String>() + "x" + &end;
            if name(&a, &branch) == name(&b, &branch) {
                prop_assert!(meet(&a, &b), "{a} and {b} on {branch}");
            }
        }
    }

    fn meet(a: &str, b: &str) -> bool {
        can_meet(&Template::parse(a).unwrap(), &Template::parse(b).unwrap(), "push").is_some()
    }

    #[test]
    fn a_branch_stands_in_a_name_as_it_is_or_cut() {
        let slug = |text: &str| Template::parse(text).unwrap().slug_in_name(Variable::CodeBranch);
        let (short, long) = (slug("some-text-%code-branch%"), slug("%code-branch%"));
        let (kept, limit) = (short.kept(), short.limit);
        let cut = [Branch::Marked(kept, false), Branch::Marked(kept - 1, true)];
        assert_eq!(Branch::all(kept, &short), [Branch::Whole(kept), cut[0]]);
        assert_eq!(Branch::all(kept + 1, &short), [Branch::Whole(kept + 1), cut[0], cut[1]]);
        assert_eq!(Branch::all(limit + 1, &short), cut);
        // One branch is whole in one name and cut in another if it is too long for that one only.
        assert!(limit < long.limit);
        let fits = |length| Branch::Whole(length).goes_with(cut[0], [&long, &short]);
        assert_eq!([limit, limit + 1].map(fits), [false, true]);
        let fits = |length| cut[0].goes_with(Branch::Whole(length), [&short, &long]);
        assert_eq!([limit, limit + 1].map(fits), [false, true]);
        let both = [&short, &short];
        assert!(
            cut[0].goes_with(cut[1], both) && !Branch::Whole(3).goes_with(Branch::Whole(4), both)
        );
    }

    #[test]
    fn names_that_can_meet() {
        assert!(meet("goapp-%code-revision%-%timestamp%", "goapp-%code-branch%-%timestamp%"));
        assert!(meet("%code-revision%-%timestamp%", "main-%timestamp%"));
        assert!(meet("a-%code-short-commit%", "a-%code-short-commit%"));
        assert!(meet("%event%-%timestamp%", "push-%timestamp%"));
        assert!(meet("%code-branch%-a-%timestamp%", "%code-branch%-%code-branch%-%timestamp%"));
    }

    #[test]
    fn names_that_cannot() {
        assert!(!meet("api-%code-revision%-%timestamp%", "api-web-%code-revision%-%timestamp%"));
        assert!(!meet("a-%timestamp%", "b-%timestamp%"));
        assert!(!meet("a-%timestamp%", "a-%date%"));
        assert!(!meet("x-%code-short-commit%", "x-%code-commit%"));
    }

    #[test]
    fn truncated_meets_no_more() {
        assert!(!meet("x-%code-branch%-%timestamp%", "%code-branch%-%timestamp%"));
        let branch = "x-".repeat(60) + "end";
        let slug = |text: &str| {
            Template::parse(text).unwrap().slug_in_name(Variable::CodeBranch).of(&branch)
        };
        let long = format!("x-{}", slug("x-%code-branch%-%timestamp%"));
        assert_ne!(long, slug("%code-branch%-%timestamp%"));
    }

    #[test]
    fn a_branch_that_only_one_of_them_cuts() {
        // `b…b` of 52 characters fits the second, and is marked in the first.
        assert!(!meet("a-%code-branch%-%timestamp%", "%code-branch%-%timestamp%"));
    }
}
