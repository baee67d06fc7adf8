//! Bounds of numbers.

use std::fmt;
use std::str::FromStr;

/// How many bits an integer of Argo's or Kubernetes' Go types has. JSON with a number that does not
/// fit is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Width {
    Int32,
    Int64,
    Uint64,
}

impl Width {
    /// The numbers that fit.
    pub(crate) const fn bounds(self) -> Bounds {
        let (min, max) = match self {
            Self::Int32 => (i32::MIN as i128, i32::MAX as i128),
            Self::Int64 => (i64::MIN as i128, i64::MAX as i128),
            Self::Uint64 => (0, u64::MAX as i128),
        };
        Bounds { min: Some(min), max: Some(max) }
    }
}

/// The least and the greatest of the numbers that are right, both included; either may be open.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Bounds {
    pub min: Option<i128>,
    pub max: Option<i128>,
}

impl Bounds {
    /// Whether a number lies within.
    pub(crate) fn contains(self, number: i128) -> bool {
        self.min.is_none_or(|min| min <= number) && self.max.is_none_or(|max| number <= max)
    }
}

impl fmt::Display for Bounds {
    /// To be read after "a number".
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.min, self.max) {
            (Some(min), Some(max)) => write!(f, "from {min} to {max}"),
            (Some(min), None) => write!(f, "of {min} or more"),
            (None, Some(max)) => write!(f, "of {max} or less"),
            (None, None) => f.write_str("of any size"),
        }
    }
}

impl FromStr for Bounds {
    type Err = String;

    /// Reads `1..9`, `1..` and `..9`.
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let wrong = || format!("{text:?} are no bounds like 1..9");
        let (min, max) = text.split_once("..").ok_or_else(wrong)?;
        let number = |text: &str| match text {
            "" => Ok(None),
            text => text.parse().map(Some).map_err(|_| wrong()),
        };
        Ok(Self { min: number(min)?, max: number(max)? })
    }
}
