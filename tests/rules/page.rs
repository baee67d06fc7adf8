//! A rule's page, taken apart: a title, a text, an example that breaks the rule with what is
//! printed for it, and one that does not.

use std::path::PathBuf;

use super::directory;

/// Marks a page that has no examples.
pub(crate) const NOT_SHOWN: &str = "<!-- not shown: ";

pub(crate) struct Page {
    path: PathBuf,
    pub text: String,
}

impl Page {
    pub(crate) fn of(code: &str) -> Self {
        let path = directory("docs/rules").join(format!("{code}.md"));
        let text = std::fs::read_to_string(&path)
            .unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        Self { path, text }
    }

    pub(crate) fn title(&self) -> &str {
        self.text.lines().next().unwrap_or_default()
    }

    /// The headings of its sections.
    pub(crate) fn sections(&self) -> Vec<&str> {
        self.text.lines().filter_map(|line| line.strip_prefix("## ")).collect()
    }

    /// Why it has no examples, if it says so.
    pub(crate) fn not_shown(&self) -> Option<&str> {
        let (_, reason) = self.text.split_once(NOT_SHOWN)?;
        reason.split_once(" -->").map(|(reason, _)| reason)
    }

    /// What a section shows as a block of a language, line ends included.
    pub(crate) fn block(&self, section: &str, language: &str) -> Option<&str> {
        let (_, section) = self.text.split_once(&format!("\n## {section}\n"))?;
        let section = section.split("\n## ").next()?;
        let (_, block) = section.split_once(&format!("\n```{language}\n"))?;
        block.split_once("```\n").map(|(block, _)| block)
    }

    /// Puts what is printed for the bad example onto the page.
    pub(crate) fn show(&self, printed: &str) {
        let shown = self
            .block("Bad", "text")
            .unwrap_or_else(|| panic!("{}: no ```text block in `Bad`", self.path.display()));
        let (before, after) = self.text.split_once(&format!("```text\n{shown}```")).unwrap();
        std::fs::write(&self.path, format!("{before}```text\n{printed}\n```{after}")).unwrap();
    }
}
