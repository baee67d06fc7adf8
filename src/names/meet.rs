//! Whether two templates of names can come to one name on one event, where their variables have the same values.

use super::dns::slug;
use super::template::{Part, Template, Variable};

/// A sign of a name: a known one, or the sign at a place of a variable's value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Sign {
    Known(u8),
    Of(Variable, usize),
}

/// Branches up to this length are tried; the names of longer ones are cut and differ in their fixed parts as these do.
const LONGEST_BRANCH: usize = 40;

/// A name that both templates can come to on one push, with what is not known of it as `?`; none if there is none.
pub fn can_meet(a: &Template, b: &Template) -> Option<String> {
    let (a, b) = (a.as_on_push(), b.as_on_push());
    let (x, y) = (Measure::of(&a), Measure::of(&b));
    let lengths = if x.branches + y.branches > 0 { 1..=LONGEST_BRANCH } else { 1..=1 };
    let mut same = lengths.filter(|length| x.with(*length) == y.with(*length));
    same.find_map(|length| unify(&signs(&a, length), &signs(&b, length)))
}

/// What stands in a template: text of a length, or a variable.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Shape {
    Text(usize),
    Variable(Variable),
}

/// How long names get: a fixed part, and so many branches.
struct Measure {
    fixed: usize,
    branches: usize,
}

impl Measure {
    fn of(template: &Template) -> Self {
        let width = |shape: &Shape| match shape {
            Shape::Text(length) => Some(*length),
            Shape::Variable(variable) => variable.width(),
        };
        let widths: Vec<Option<usize>> = template.shape().iter().map(width).collect();
        Self {
            fixed: widths.iter().flatten().sum(),
            branches: widths.iter().filter(|width| width.is_none()).count(),
        }
    }

    fn with(&self, branch: usize) -> usize {
        self.fixed + self.branches * branch
    }
}

impl Template {
    /// The template as it is on a push: `code-revision` and `code-branch` are one thing there.
    #[must_use]
    pub fn as_on_push(&self) -> Self {
        let template =
            self.substitute(|variable| (variable == Variable::Event).then(|| slug("push")));
        let one = |part: Part| {
            if part == Part::Variable(Variable::CodeBranch) {
                Part::Variable(Variable::CodeRevision)
            } else {
                part
            }
        };
        Self { parts: template.parts.into_iter().map(one).collect() }
    }

    /// Its variables, and the lengths of the texts between them. Two templates of one shape come to one name only if they are equal.
    pub fn shape(&self) -> Vec<Shape> {
        let shape = |part: &Part| match part {
            Part::Text(text) => Shape::Text(text.len()),
            Part::Variable(variable) => Shape::Variable(*variable),
        };
        self.parts.iter().map(shape).collect()
    }
}

fn signs(template: &Template, branch: usize) -> Vec<Sign> {
    let part = |part: &Part| -> Vec<Sign> {
        match part {
            Part::Text(text) => text.bytes().map(Sign::Known).collect(),
            // The short commit is the start of the commit.
            Part::Variable(Variable::CodeShortCommit) => {
                (0..7).map(|at| Sign::Of(Variable::CodeCommit, at)).collect()
            }
            Part::Variable(variable) => {
                (0..variable.width().unwrap_or(branch)).map(|at| Sign::Of(*variable, at)).collect()
            }
        }
    };
    template.parts.iter().flat_map(part).collect()
}

/// Whether a variable's value can have a sign.
fn can_be(variable: Variable, sign: u8) -> bool {
    match variable {
        Variable::Timestamp | Variable::Date | Variable::PullRequest => sign.is_ascii_digit(),
        Variable::CodeCommit | Variable::CodeShortCommit => {
            sign.is_ascii_digit() || (b'a'..=b'f').contains(&sign)
        }
        _ => sign.is_ascii_lowercase() || sign.is_ascii_digit() || sign == b'-',
    }
}

/// Makes two rows of signs equal, place by place; unknown signs that must be equal become one.
fn unify(a: &[Sign], b: &[Sign]) -> Option<String> {
    if a.len() != b.len() {
        return None;
    }
    let (mut a, mut b) = (a.to_vec(), b.to_vec());
    for at in 0..a.len() {
        let (from, to) = match (a[at], b[at]) {
            (x, y) if x == y => continue,
            (Sign::Known(_), Sign::Known(_)) => return None,
            (Sign::Of(variable, _), Sign::Known(sign))
            | (Sign::Known(sign), Sign::Of(variable, _))
                if !can_be(variable, sign) =>
            {
                return None;
            }
            (unknown @ Sign::Of(..), other) | (other, unknown @ Sign::Of(..)) => (unknown, other),
        };
        a.iter_mut().chain(&mut b).filter(|sign| **sign == from).for_each(|sign| *sign = to);
    }
    Some(
        a.iter()
            .map(|sign| if let Sign::Known(sign) = sign { char::from(*sign) } else { '?' })
            .collect(),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn meet(a: &str, b: &str) -> bool {
        can_meet(&Template::parse(a).unwrap(), &Template::parse(b).unwrap()).is_some()
    }

    #[test]
    fn names_that_can_meet() {
        assert!(meet("goapp-%code-revision%-%timestamp%", "goapp-%code-branch%-%timestamp%"));
        assert!(meet("%code-revision%-%timestamp%", "main-%timestamp%"));
        assert!(meet("a-%code-short-commit%", "a-%code-short-commit%"));
    }

    #[test]
    fn names_that_cannot() {
        assert!(!meet("api-%code-revision%-%timestamp%", "api-web-%code-revision%-%timestamp%"));
        assert!(!meet("a-%timestamp%", "b-%timestamp%"));
        assert!(!meet("a-%timestamp%", "a-%date%"));
        assert!(!meet("x-%code-short-commit%", "x-%code-commit%"));
    }
}
