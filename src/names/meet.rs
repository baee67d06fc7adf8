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

/// A name that both templates can come to, with what is not known of it as `?`; none if there is none.
pub fn can_meet(a: &Template, b: &Template) -> Option<String> {
    let (a, b) = (on_push(a), on_push(b));
    let has_branch = |template: &Template| template.variables().any(|variable| variable.width().is_none());
    let lengths = if has_branch(&a) || has_branch(&b) { 1..=LONGEST_BRANCH } else { 1..=1 };
    lengths.into_iter().find_map(|length| unify(&signs(&a, length), &signs(&b, length)))
}

/// `code-revision` and `code-branch` are one thing on a push.
fn on_push(template: &Template) -> Template {
    let template = template.substitute(|variable| (variable == Variable::Event).then(|| slug("push")));
    let one = |part: Part| if part == Part::Variable(Variable::CodeBranch) { Part::Variable(Variable::CodeRevision) } else { part };
    Template { parts: template.parts.into_iter().map(one).collect() }
}

fn signs(template: &Template, branch: usize) -> Vec<Sign> {
    let part = |part: &Part| -> Vec<Sign> {
        match part {
            Part::Text(text) => text.bytes().map(Sign::Known).collect(),
            // The short commit is the start of the commit.
            Part::Variable(Variable::CodeShortCommit) => (0..7).map(|at| Sign::Of(Variable::CodeCommit, at)).collect(),
            Part::Variable(variable) => (0..variable.width().unwrap_or(branch)).map(|at| Sign::Of(*variable, at)).collect(),
        }
    };
    template.parts.iter().flat_map(part).collect()
}

/// Whether a variable's value can have a sign.
fn can_be(variable: Variable, sign: u8) -> bool {
    match variable {
        Variable::Timestamp | Variable::Date | Variable::PullRequest => sign.is_ascii_digit(),
        Variable::CodeCommit | Variable::CodeShortCommit => sign.is_ascii_digit() || (b'a'..=b'f').contains(&sign),
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
            (Sign::Of(variable, _), Sign::Known(sign)) | (Sign::Known(sign), Sign::Of(variable, _)) if !can_be(variable, sign) => {
                return None;
            }
            (unknown @ Sign::Of(..), other) | (other, unknown @ Sign::Of(..)) => (unknown, other),
        };
        a.iter_mut().chain(&mut b).filter(|sign| **sign == from).for_each(|sign| *sign = to);
    }
    Some(a.iter().map(|sign| if let Sign::Known(sign) = sign { char::from(*sign) } else { '?' }).collect())
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
