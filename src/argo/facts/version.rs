//! Versions of Argo Workflows.

use std::fmt;
use std::str::FromStr;

/// A minor version of Argo Workflows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Version {
    major: u16,
    minor: u16,
}

impl Version {
    /// The versions that the table tells apart, oldest first.
    pub const ALL: [Self; 4] = [Self::new(3, 6), Self::new(3, 7), Self::new(4, 0), Self::new(4, 1)];
    /// The oldest version that the table covers.
    pub const OLDEST: Self = Self::ALL[0];

    /// The version `major.minor`.
    pub const fn new(major: u16, minor: u16) -> Self {
        Self { major, minor }
    }
}

impl fmt::Display for Version {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}", self.major, self.minor)
    }
}

impl FromStr for Version {
    type Err = String;

    /// Reads `major.minor`; whether the table covers it is not asked.
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let number = |part: &str| part.parse::<u16>().ok();
        text.split_once('.')
            .and_then(|(major, minor)| Some(Self::new(number(major)?, number(minor)?)))
            .ok_or_else(|| format!("{text:?} is not a version like 4.1"))
    }
}
