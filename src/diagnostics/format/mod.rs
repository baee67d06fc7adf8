//! How findings are printed: one file a format, one line here.

use super::Diagnostic;
use crate::source::{SourceMap, Unread};

/// What a format prints from.
#[derive(Debug)]
pub struct Report<'a> {
    pub sources: &'a SourceMap,
    pub findings: &'a [Diagnostic],
    pub unread: &'a [Unread],
    /// Whether to use colours.
    pub colour: bool,
}

/// Lists the formats: a file each, which has its `print`. The words after the name are the help of
/// the command line.
macro_rules! formats {
    ($($(#[doc = $help:literal])+ $format:ident = $module:ident,)+) => {
        $(mod $module;)+

        /// The formats of `validate --format`.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
        pub enum Format { $($(#[doc = $help])+ $format,)+ }

        impl Format {
            /// The report as text, newline at the end; empty where there is nothing to report.
            pub fn print(self, report: &Report) -> String {
                match self { $(Self::$format => $module::print(report),)+ }
            }
        }
    };
}

formats! {
    /// The source with the mistake underlined, the reason and the fix
    Full = full,
    /// One line a finding: path:line:col: level[CODE] message
    Concise = concise,
    /// One JSON document, its layout versioned
    Json = json,
}
