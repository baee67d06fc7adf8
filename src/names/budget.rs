//! How the 63 characters of a name are shared out: fixed text and variables of known width take
//! theirs, branches what is left.

use super::dns::MAX_LABEL;
use super::slug::Slug;
use super::template::{Part, Template, Variable};

/// A branch gets at least this many characters, or the name has no room.
pub(crate) const MIN_ELASTIC: usize = 8;

/// The most characters of a branch in a tag: those of a label, so that one text does for both.
pub(crate) const MAX_IN_TAG: usize = MAX_LABEL;

/// The most characters of an image's tag (OCI distribution specification).
pub(crate) const MAX_TAG: usize = 128;

/// How long the variables of one name template may get, in characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Budget {
    /// What the parts of known width take.
    pub fixed: usize,
    /// What each variable of unknown width may take; under [`MIN_ELASTIC`] there is no room.
    pub elastic: usize,
}

impl Budget {
    pub(crate) fn of(template: &Template) -> Self {
        let width = |part: &Part| match part {
            Part::Text(text) => Some(text.len()),
            Part::Variable(variable) => variable.width(),
        };
        let fixed = template.parts.iter().filter_map(width).sum();
        let elastic = template.parts.iter().filter(|part| width(part).is_none()).count();
        let left = MAX_LABEL.saturating_sub(fixed);
        Self {
            fixed,
            elastic: if elastic == 0 && fixed <= MAX_LABEL {
                MAX_LABEL
            } else {
                left.checked_div(elastic).unwrap_or(0)
            },
        }
    }

    /// Whether names of this template fit.
    pub(crate) fn fits(self) -> bool {
        self.elastic >= MIN_ELASTIC
    }
}

impl Variable {
    /// The most characters that its value has; none where that depends on what people name their
    /// branches.
    pub fn width(self) -> Option<usize> {
        match self {
            Self::Timestamp | Self::PullRequest => Some(10),
            Self::Date => Some(8),
            Self::CodeCommit => Some(40),
            Self::CodeShortCommit => Some(7),
            Self::Event => Some("pull-request".len()),
            Self::CodeRevision
            | Self::CodeBranch
            | Self::Project
            | Self::Pipeline
            | Self::Image
            | Self::Tag => None,
        }
    }

    /// How its value stands in a tag of an image, and in the build parameter that such tags are
    /// made of. Different branches have different values.
    pub fn slug_in_tag(self) -> Slug {
        self.width().map_or_else(|| Slug::marked(MAX_IN_TAG, ""), Slug::plain)
    }
}

impl Template {
    /// How the value of a variable stands in names of this template, which must be whole: with the
    /// variables that an event or a branch gives a value still in it. Different branches have
    /// different values; so have, where the names of two templates begin with different text,
    /// branches that are cut.
    pub(crate) fn slug_in_name(&self, variable: Variable) -> Slug {
        let salt = || match self.parts.first() {
            Some(Part::Text(text)) => text.as_str(),
            _ => "",
        };
        let elastic = || Slug::marked(Budget::of(self).elastic, salt());
        variable.width().map_or_else(elastic, Slug::plain)
    }

    /// The most characters of a tag of this template.
    pub(crate) fn widest_tag(&self) -> usize {
        let width = |part: &Part| match part {
            Part::Text(text) => text.chars().count(),
            Part::Variable(variable) => variable.slug_in_tag().limit,
        };
        self.parts.iter().map(width).sum()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tag_too_long_at_its_widest() {
        let widest = |text: &str| Template::parse(text).unwrap().widest_tag();
        assert_eq!(widest("%code-branch%-%code-revision%-x"), 129);
        assert!(widest("%code-branch%-%code-commit%-%date%") <= MAX_TAG);
        assert_eq!(widest("latest"), 6);
    }

    #[test]
    fn tag_empty_is_never() {
        let slug = Variable::CodeBranch.slug_in_tag();
        assert!(slug.of("日本").starts_with("x-"));
        assert!(slug.of(&"b".repeat(200)).len() <= MAX_IN_TAG);
    }
}
