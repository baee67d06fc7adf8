//! How findings are printed: one file a format, one line here.

mod concise;
mod full;
mod json;

use super::Diagnostic;
use crate::source::{SourceMap, Unread};

/// What a format prints from.
#[derive(Debug)]
pub struct Report<'a> {
    pub sources: &'a SourceMap,
    pub findings: &'a [Diagnostic],
    pub unread: &'a [Unread],
    /// Whether the place it is printed to shows colours.
    pub colour: bool,
}

/// The formats of `validate --format`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub enum Format {
    /// The source with the mistake underlined, the reason and the way out
    Full,
    /// One line a finding: path:line:col: level[CODE] message
    Concise,
    /// One JSON document, its layout versioned
    Json,
}

impl Format {
    /// The report as text, newline at the end; empty where there is nothing to tell.
    pub fn print(self, report: &Report) -> String {
        match self {
            Self::Full => full::print(report),
            Self::Concise => concise::print(report),
            Self::Json => json::print(report),
        }
    }
}
