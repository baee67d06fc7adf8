//! How the 63 characters of a name are shared out: fixed text and variables of known width take theirs, branches what is left.

use super::dns::MAX_LABEL;
use super::template::{Part, Template, Variable};

/// A branch gets at least this many characters, or the name has no room.
pub const MIN_ELASTIC: usize = 8;

/// How long the variables of one name template may get, in characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Budget {
    /// What the parts of known width take.
    pub fixed: usize,
    /// What each variable of unknown width may take; under [`MIN_ELASTIC`] there is no room.
    pub elastic: usize,
}

impl Budget {
    pub fn of(template: &Template) -> Self {
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
    pub fn fits(self) -> bool {
        self.elastic >= MIN_ELASTIC
    }
}

impl Variable {
    /// The most characters that its value has; none where that depends on what people name their branches.
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
}
