//! Pages of Markdown: their code blocks, tables, links and the paths that they name.

use std::fs;
use std::path::PathBuf;

pub(super) struct Page {
    pub(super) path: PathBuf,
    pub(super) text: String,
}

/// A fenced code block.
#[derive(Clone)]
pub(super) struct Block {
    /// What stands behind the fence: language, then marks.
    pub(super) info: String,
    pub(super) text: String,
    /// The first line of the text, from 1.
    pub(super) line: usize,
}

impl Block {
    pub(super) fn language(&self) -> &str {
        self.info.split_whitespace().next().unwrap_or_default()
    }

    pub(super) fn is_marked(&self, mark: &str) -> bool {
        self.info.split_whitespace().any(|word| word == mark)
    }

    /// The path that a `yaml file=PATH` block stands for.
    pub(super) fn file(&self) -> Option<&str> {
        self.info.split_whitespace().find_map(|word| word.strip_prefix("file="))
    }
}

impl Page {
    pub(super) fn read(path: PathBuf) -> Self {
        let text = fs::read_to_string(&path).unwrap();
        Self { path, text }
    }

    pub(super) fn name(&self) -> String {
        self.path.strip_prefix(super::root()).unwrap().display().to_string()
    }

    pub(super) fn blocks(&self) -> Vec<Block> {
        let mut blocks: Vec<Block> = Vec::new();
        let mut open = false;
        for (at, line) in self.text.lines().enumerate() {
            match (line.strip_prefix("```"), open) {
                (Some(_), true) => open = false,
                (Some(info), false) => {
                    open = true;
                    blocks.push(Block { info: info.to_owned(), text: String::new(), line: at + 2 });
                }
                (None, true) => {
                    let block = blocks.last_mut().unwrap();
                    block.text += line;
                    block.text.push('\n');
                }
                (None, false) => {}
            }
        }
        blocks
    }

    /// The text outside of code blocks.
    pub(super) fn prose(&self) -> String {
        let mut open = false;
        let mut prose = String::new();
        for line in self.text.lines() {
            let is_fence = line.starts_with("```");
            open ^= is_fence;
            if !open && !is_fence {
                prose += line;
                prose.push('\n');
            }
        }
        prose
    }

    /// The targets of links.
    pub(super) fn links(&self) -> Vec<String> {
        let prose = self.prose();
        let targets = prose.split("](").skip(1).filter_map(|rest| rest.split_once(')'));
        targets.map(|(target, _)| target.to_owned()).collect()
    }

    /// What stands between single backticks.
    pub(super) fn code(&self) -> Vec<String> {
        let prose = self.prose();
        prose
            .lines()
            .flat_map(|line| line.split('`').skip(1).step_by(2))
            .map(str::to_owned)
            .collect()
    }

    /// The first cells of the rows of the table under a heading, without backticks.
    pub(super) fn column(&self, heading: &str) -> Vec<String> {
        let under = self.text.split_once(&format!("{heading}\n")).map(|(_, rest)| rest).unwrap();
        let rows = under
            .lines()
            .skip_while(|line| !line.starts_with('|'))
            .take_while(|line| line.starts_with('|'));
        rows.skip(2)
            .map(|row| row.split('|').nth(1).unwrap().trim().trim_matches('`').to_owned())
            .collect()
    }
}
