//! Diagnostics: what is reported about a mistake, the sink that every stage reports into, and the
//! formats of a report.

pub mod format;
mod name_list;
mod nearest;
mod sink;

pub(crate) use name_list::NameList;
pub(crate) use nearest::distances;
pub use nearest::{all_of, nearest, one_of, with_article};
pub use sink::Sink;

use crate::source::Span;

/// How much a finding weighs. Errors keep anything from being emitted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Level {
    Error,
    Warning,
    Note,
}

impl Level {
    pub fn name(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
            Self::Note => "note",
        }
    }
}

/// What is known of a rule: one file in `src/rules` each, one page in `docs/rules` each.
#[derive(Debug)]
pub struct Rule {
    /// `AP` and three digits, the first of which names the family.
    pub code: &'static str,
    /// The rule in a few words, kebab-case.
    pub name: &'static str,
    pub level: Level,
    /// What the rule finds, in one line.
    pub summary: &'static str,
    /// The rule's page, as `argopacks explain CODE` prints it.
    pub page: &'static str,
}

/// A span and the text that is shown at it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Label {
    pub span: Span,
    pub text: String,
}

/// A change of text that fixes the mistake.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fix {
    pub span: Span,
    pub replacement: String,
}

impl Fix {
    /// The change within the quotes of the text that it replaces, if that has some.
    #[must_use]
    pub fn within_quotes(&self, text: &str) -> Self {
        let quote = text.chars().next().filter(|quote| {
            matches!(quote, '"' | '\'') && text.len() > 1 && text.ends_with(*quote)
        });
        let replacement = match quote {
            Some(quote) if !self.replacement.starts_with(['"', '\'']) => {
                format!("{quote}{}{quote}", self.replacement)
            }
            _ => self.replacement.clone(),
        };
        Self { replacement, span: self.span }
    }
}

/// One mistake: what is wrong, where, why, and the fix.
#[derive(Clone, Debug)]
pub struct Diagnostic {
    pub rule: &'static Rule,
    pub level: Level,
    pub message: String,
    pub primary: Label,
    pub related: Vec<Label>,
    pub notes: Vec<String>,
    pub help: Vec<String>,
    pub fix: Option<Fix>,
    /// Diagnostics of the same message at several spans are one mistake.
    pub is_once: bool,
}

impl Diagnostic {
    pub fn new(rule: &'static Rule, span: Span, message: impl Into<String>) -> Self {
        Self {
            rule,
            level: rule.level,
            message: message.into(),
            primary: Label { span, text: String::new() },
            related: Vec::new(),
            notes: Vec::new(),
            help: Vec::new(),
            fix: None,
            is_once: false,
        }
    }

    /// Sets the text that is shown at the span of the mistake.
    #[must_use]
    pub fn label(mut self, text: impl Into<String>) -> Self {
        self.primary.text = text.into();
        self
    }

    /// Adds another span that has to do with the mistake.
    #[must_use]
    pub fn related(mut self, span: Span, text: impl Into<String>) -> Self {
        self.related.push(Label { span, text: text.into() });
        self
    }

    /// Adds a reason why it is a mistake.
    #[must_use]
    pub fn note(mut self, text: impl Into<String>) -> Self {
        self.notes.push(text.into());
        self
    }

    /// Adds what to write instead.
    #[must_use]
    pub fn help(mut self, text: impl Into<String>) -> Self {
        self.help.push(text.into());
        self
    }

    /// Marks a mistake that is one at however many spans it shows, such as a name that is defined
    /// nowhere.
    #[must_use]
    pub fn once(mut self) -> Self {
        self.is_once = true;
        self
    }

    /// Sets the change of text that fixes the mistake.
    #[must_use]
    pub fn fix(mut self, span: Span, replacement: impl Into<String>) -> Self {
        self.fix = Some(Fix { span, replacement: replacement.into() });
        self
    }
}
