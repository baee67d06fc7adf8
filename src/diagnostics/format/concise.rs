//! One line a finding, as editors and grep read it.

use std::fmt::Write;

use super::Report;

pub(super) fn print(report: &Report) -> String {
    let mut out = String::new();
    for finding in report.findings {
        let place = report.sources.place(finding.primary.span);
        let _ = write!(out, "{place}: {}[{}] {}", finding.level.name(), finding.rule.code, finding.message);
        if let Some(help) = finding.help.first() {
            let _ = write!(out, " ({help})");
        }
        out.push('\n');
    }
    for unread in report.unread {
        let _ = writeln!(out, "{}: could not be read: {}", unread.path, unread.reason);
    }
    out
}
