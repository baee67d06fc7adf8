//! JSON for other programs. `version` counts up when a field changes its meaning or goes; added
//! fields leave it.

use serde::Serialize;

use super::Report;
use crate::diagnostics::{Diagnostic, Fix, Label};
use crate::source::{SourceMap, Span};

/// The version of the layout below.
const VERSION: u32 = 1;

#[derive(Serialize)]
struct Document<'a> {
    version: u32,
    findings: Vec<Finding<'a>>,
    unread: Vec<Unread<'a>>,
}

#[derive(Serialize)]
struct Finding<'a> {
    code: &'a str,
    rule: &'a str,
    level: &'a str,
    message: &'a str,
    #[serde(flatten)]
    place: Place<'a>,
    label: &'a str,
    related: Vec<Related<'a>>,
    notes: &'a [String],
    help: &'a [String],
    fix: Option<Change<'a>>,
}

/// Lines and columns count from 1, columns in characters; the end is exclusive.
#[derive(Serialize)]
struct Place<'a> {
    path: &'a str,
    line: usize,
    column: usize,
    end_line: usize,
    end_column: usize,
}

#[derive(Serialize)]
struct Related<'a> {
    #[serde(flatten)]
    place: Place<'a>,
    label: &'a str,
}

#[derive(Serialize)]
struct Change<'a> {
    #[serde(flatten)]
    place: Place<'a>,
    replacement: &'a str,
}

#[derive(Serialize)]
struct Unread<'a> {
    path: &'a str,
    reason: &'a str,
}

pub(super) fn print(report: &Report) -> String {
    let document = Document {
        version: VERSION,
        findings: report
            .findings
            .iter()
            .map(|finding| finding_of(report.sources, finding))
            .collect(),
        unread: report
            .unread
            .iter()
            .map(|unread| Unread { path: &unread.path, reason: &unread.reason })
            .collect(),
    };
    let mut text = serde_json::to_string_pretty(&document).unwrap_or_default();
    text.push('\n');
    text
}

fn finding_of<'a>(sources: &'a SourceMap, finding: &'a Diagnostic) -> Finding<'a> {
    let related =
        |label: &'a Label| Related { place: place(sources, label.span), label: &label.text };
    let change =
        |fix: &'a Fix| Change { place: place(sources, fix.span), replacement: &fix.replacement };
    Finding {
        code: finding.rule.code,
        rule: finding.rule.name,
        level: finding.level.name(),
        message: &finding.message,
        place: place(sources, finding.primary.span),
        label: &finding.primary.text,
        related: finding.related.iter().map(related).collect(),
        notes: &finding.notes,
        help: &finding.help,
        fix: finding.fix.as_ref().map(change),
    }
}

fn place(sources: &SourceMap, span: Span) -> Place<'_> {
    let file = sources.file(span.file);
    let (line, column) = file.line_col(span.start as usize);
    let (end_line, end_column) = file.line_col(span.end as usize);
    Place { path: &file.path, line, column, end_line, end_column }
}
