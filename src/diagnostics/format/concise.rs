//! One line a finding, as editors and grep read it.

use std::fmt::Write;

use super::Report;

pub(super) fn print(report: &Report) -> String {
    let mut out = String::new();
    for finding in report.findings {
        let place = report.sources.place(finding.primary.span);
        let mut line =
            format!("{place}: {}[{}] {}", finding.level.name(), finding.rule.code, finding.message);
        if let Some(help) = finding.help.first() {
            let _ = write!(line, " ({help})");
        }
        push_line(&line, &mut out);
    }
    for unread in report.unread {
        push_line(&format!("{}: could not be read: {}", unread.path, unread.reason), &mut out);
    }
    out
}

/// Adds a line, whatever the names in it are made of: ends of lines and other control characters are escaped.
fn push_line(line: &str, out: &mut String) {
    for character in line.chars() {
        if character.is_control() {
            out.extend(character.escape_default());
        } else {
            out.push(character);
        }
    }
    out.push('\n');
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::ap001_syntax;
    use crate::source::{SourceFile, SourceMap, Span};

    #[test]
    fn a_finding_is_one_line_whatever_it_quotes() {
        let mut sources = SourceMap::default();
        let file = sources.add(SourceFile::new("a.yaml", "a: 1\n"));
        let findings = [ap001_syntax::finding(Span::new(file, 0, 1), "odd `a\n\u{9b}é`")];
        let report = Report { sources: &sources, findings: &findings, unread: &[], colour: false };
        assert!(print(&report).contains(r"odd `a\n\u{9b}é`"), "{}", print(&report));
        assert_eq!(print(&report).lines().count(), 1);
    }
}
