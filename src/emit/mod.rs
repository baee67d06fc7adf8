//! Manifests as bytes: one file an output format, one line here.

pub mod json;
pub mod yaml;

use crate::argo::value::Value;

/// The formats of `-o`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub enum Format {
    /// YAML documents, `---` between them
    Yaml,
    /// One JSON List
    Json,
}

/// A manifest as text, and what comes before the next one.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Written {
    text: String,
    separator: &'static str,
}

impl Format {
    /// Writes one manifest.
    pub fn write(self, value: &Value) -> Written {
        let mut text = String::with_capacity(4096);
        match self {
            Self::Yaml => yaml::write(value, &mut text),
            Self::Json => json::write_item(value, &mut text),
        }
        let separator = if self == Self::Yaml { yaml::separator_after(value) } else { ",\n" };
        Written { text, separator }
    }

    /// Writes a manifest that stands alone.
    pub fn write_one(self, value: &Value) -> String {
        let mut text = String::new();
        match self {
            Self::Yaml => yaml::write(value, &mut text),
            Self::Json => {
                json::write(value, &mut text);
                text.push('\n');
            }
        }
        text
    }

    /// Puts manifests in a row.
    pub fn stream(self) -> Stream {
        Stream { format: self, separator: None }
    }
}

/// Manifests in a row: the text of each with what stands between them.
#[derive(Debug)]
pub struct Stream {
    format: Format,
    separator: Option<&'static str>,
}

impl Stream {
    /// What comes before the next manifest, and its text.
    pub fn next<'w>(&mut self, written: &'w Written) -> [&'w str; 2] {
        let start = if self.format == Format::Json { json::LIST_START } else { "" };
        [self.separator.replace(written.separator).unwrap_or(start), &written.text]
    }

    /// What comes after the last one.
    pub fn end(self) -> &'static str {
        match (self.format, self.separator) {
            (Format::Yaml, _) => "",
            (Format::Json, None) => json::EMPTY_LIST,
            (Format::Json, Some(_)) => json::LIST_END,
        }
    }
}
