//! Manifests as bytes: one file an output format, one line here.

mod follow;

pub(crate) use follow::Followed;

use crate::tree::Node;

/// Lists the formats: a file each, which has its `LAYOUT`. The words after the name are the help of
/// the command line.
macro_rules! formats {
    ($($(#[doc = $help:literal])+ $format:ident = $module:ident,)+) => {
        $(mod $module;)+

        /// The formats of `-o`.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
        pub enum Format { $($(#[doc = $help])+ $format,)+ }

        impl Format {
            fn layout(self) -> &'static Layout {
                match self { $(Self::$format => &$module::LAYOUT,)+ }
            }
        }
    };
}

formats! {
    /// YAML documents, `---` between them
    Yaml = yaml,
    /// One JSON List
    Json = json,
}

#[cfg(test)]
mod tests;

/// How manifests are written in a row.
#[derive(Debug)]
struct Layout {
    /// What stands before the first of them.
    start: &'static str,
    /// Writes one of them, and says what stands between it and the next.
    item: fn(&Node, &mut String) -> &'static str,
    /// What stands after the last one.
    end: &'static str,
    /// What stands where there is none.
    empty: &'static str,
    /// Writes one that stands alone.
    alone: fn(&Node, &mut String),
}

/// A manifest as text, and what comes before the next one.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Written {
    text: String,
    separator: &'static str,
}

/// Most manifests are smaller, in bytes.
const USUAL_SIZE: usize = 4096;

impl Format {
    /// Writes one manifest of a row.
    pub fn write(self, value: &Node) -> Written {
        let mut text = String::with_capacity(USUAL_SIZE);
        let separator = (self.layout().item)(value, &mut text);
        Written { text, separator }
    }

    /// Writes a manifest that stands alone.
    pub fn write_one(self, value: &Node) -> String {
        let mut text = String::new();
        (self.layout().alone)(value, &mut text);
        text
    }

    /// Manifests in a row, as one text.
    pub(crate) fn in_a_row(self, manifests: &[Written]) -> String {
        let mut stream = self.stream();
        let mut text: String = manifests.iter().flat_map(|written| stream.next(written)).collect();
        text.push_str(stream.end());
        text
    }

    /// Puts manifests in a row.
    pub fn stream(self) -> Stream {
        Stream { layout: self.layout(), separator: None }
    }
}

/// Manifests in a row: the text of each with what stands between them.
#[derive(Debug)]
pub struct Stream {
    layout: &'static Layout,
    separator: Option<&'static str>,
}

impl Stream {
    /// What comes before the next manifest, and its text.
    pub fn next<'w>(&mut self, written: &'w Written) -> [&'w str; 2] {
        [self.separator.replace(written.separator).unwrap_or(self.layout.start), &written.text]
    }

    /// What comes after the last one.
    pub fn end(self) -> &'static str {
        if self.separator.is_some() { self.layout.end } else { self.layout.empty }
    }
}
