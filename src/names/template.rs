//! `%variables%`: the language of `buildNameTpl` and `tag`, parsed. What a variable becomes depends
//! on when it is known, so that is for `lower` to say.

/// What a `%variable%` stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Variable {
    /// The revision that is built, as it was asked for: the branch on an event.
    CodeRevision,
    CodeBranch,
    CodeCommit,
    CodeShortCommit,
    Timestamp,
    Date,
    Project,
    Pipeline,
    Image,
    Tag,
    Event,
    PullRequest,
}

impl Variable {
    const TABLE: &'static [(&'static str, Self)] = &[
        ("code-revision", Self::CodeRevision),
        ("code-branch", Self::CodeBranch),
        ("code-commit", Self::CodeCommit),
        ("code-short-commit", Self::CodeShortCommit),
        ("timestamp", Self::Timestamp),
        ("date", Self::Date),
        ("project", Self::Project),
        ("pipeline", Self::Pipeline),
        ("image", Self::Image),
        ("tag", Self::Tag),
        ("event", Self::Event),
        ("pull-request", Self::PullRequest),
    ];

    /// The names of all variables.
    pub fn names() -> impl Iterator<Item = &'static str> {
        Self::TABLE.iter().map(|(name, _)| *name)
    }

    pub fn name(self) -> &'static str {
        Self::TABLE.iter().find(|(_, variable)| *variable == self).map_or("", |(name, _)| name)
    }

    fn named(name: &str) -> Option<Self> {
        Self::TABLE.iter().find(|(known, _)| *known == name).map(|(_, variable)| *variable)
    }
}

/// A piece of a template.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Part {
    Text(String),
    Variable(Variable),
}

/// Text with variables, in pieces.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct Template {
    pub parts: Vec<Part>,
}

/// What is wrong in a template, and where in its text, in bytes.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Flaw {
    Unknown { name: String, start: usize, end: usize },
    Unclosed { start: usize },
}

impl Template {
    /// Reads a template; `%%` is a percent sign. The error has every flaw.
    pub(crate) fn parse(text: &str) -> Result<Self, Vec<Flaw>> {
        let (mut parts, mut flaws, mut literal) = (Vec::new(), Vec::new(), String::new());
        let mut at = 0;
        while let Some(offset) = text[at..].find('%') {
            let start = at + offset;
            literal.push_str(&text[at..start]);
            let Some(length) = text[start + 1..].find('%') else {
                flaws.push(Flaw::Unclosed { start });
                at = text.len();
                break;
            };
            at = start + length + 2;
            let name = &text[start + 1..at - 1];
            match Variable::named(name) {
                _ if name.is_empty() => literal.push('%'),
                Some(variable) => {
                    flush(&mut literal, &mut parts);
                    parts.push(Part::Variable(variable));
                }
                None => flaws.push(Flaw::Unknown { name: name.to_owned(), start, end: at }),
            }
        }
        literal.push_str(&text[at..]);
        flush(&mut literal, &mut parts);
        if flaws.is_empty() { Ok(Self { parts }) } else { Err(flaws) }
    }

    pub(crate) fn variables(&self) -> impl Iterator<Item = Variable> {
        self.parts.iter().filter_map(|part| match part {
            Part::Variable(variable) => Some(*variable),
            Part::Text(_) => None,
        })
    }

    /// The template with some variables replaced by text, and neighbouring texts joined.
    #[must_use]
    pub(crate) fn substitute(&self, value: impl Fn(Variable) -> Option<String>) -> Self {
        let mut parts: Vec<Part> = Vec::new();
        for part in &self.parts {
            let part = match part {
                Part::Variable(variable) => {
                    value(*variable).map_or(Part::Variable(*variable), Part::Text)
                }
                Part::Text(text) => Part::Text(text.clone()),
            };
            match (parts.last_mut(), part) {
                (Some(Part::Text(before)), Part::Text(text)) => before.push_str(&text),
                (_, part) => parts.push(part),
            }
        }
        Self { parts }
    }
}

fn flush(literal: &mut String, parts: &mut Vec<Part>) {
    if !literal.is_empty() {
        parts.push(Part::Text(std::mem::take(literal)));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_and_variables() {
        let template = Template::parse("goapp-%code-revision%-100%%").unwrap();
        let expected = [
            Part::Text("goapp-".into()),
            Part::Variable(Variable::CodeRevision),
            Part::Text("-100%".into()),
        ];
        assert_eq!(template.parts, expected);
    }

    #[test]
    fn every_flaw_is_told() {
        let flaws = Template::parse("%a%-%b%-%").unwrap_err();
        assert_eq!(flaws.len(), 3);
        assert_eq!(flaws[1], Flaw::Unknown { name: "b".into(), start: 4, end: 7 });
    }
}
