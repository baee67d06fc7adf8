//! rustc's shape: the message, the source with the span underlined, the reasons, the fix.

use std::borrow::Cow;
use std::fmt::Write;

use annotate_snippets::renderer::DecorStyle;
use annotate_snippets::{
    Annotation, AnnotationKind, Group, Level as Shown, Patch, Renderer, Snippet,
};

use super::Report;
use crate::diagnostics::{Diagnostic, Fix, Label, Level};
use crate::source::{SourceFile, SourceMap, Span};

/// Lines shown around a span; the renderer's cost grows with the text it is given, so it gets a
/// window of the file.
const CONTEXT_LINES: usize = 2;

pub(super) fn print(report: &Report) -> String {
    let renderer = if report.colour { Renderer::styled() } else { Renderer::plain() };
    let renderer = renderer.decor_style(DecorStyle::Ascii);
    let mut out = String::new();
    for finding in report.findings {
        let text = renderer.render(&groups(report.sources, finding));
        out.push_str(&text.replace(is_left_as_it_is, "\u{fffd}"));
        out.push_str("\n\n");
    }
    for unread in report.unread {
        let _ = write!(out, "error: could not read {}: {}\n\n", unread.path, unread.reason);
    }
    out
}

/// Whether a character is one that terminals obey and the renderer leaves alone.
fn is_left_as_it_is(character: char) -> bool {
    matches!(character, '\u{80}'..='\u{9f}')
}

/// A text that the renderer would not change, without what terminals obey.
fn plain(text: &str) -> Cow<'_, str> {
    let is_obeyed = |character: char| character.is_control() && character != '\n';
    if text.contains(is_obeyed) { text.replace(is_obeyed, "\u{fffd}").into() } else { text.into() }
}

fn groups<'a>(sources: &'a SourceMap, finding: &'a Diagnostic) -> Vec<Group<'a>> {
    let title = shown(finding.level).primary_title(finding.message.as_str()).id(finding.rule.code);
    let mut group = title.elements(snippets(sources, finding));
    for note in &finding.notes {
        group = group.element(Shown::NOTE.message(plain(note)));
    }
    let (help, title) = match (&finding.fix, &finding.help[..]) {
        (Some(_), [help @ .., title]) => (help, title.as_str()),
        (_, help) => (help, "change it"),
    };
    for help in help {
        group = group.element(Shown::HELP.message(plain(help)));
    }
    let mut groups = vec![group];
    groups.extend(finding.fix.as_ref().map(|fix| patch(sources, fix, title)));
    groups
}

fn shown(level: Level) -> Shown<'static> {
    match level {
        Level::Error => Shown::ERROR,
        Level::Warning => Shown::WARNING,
        Level::Note => Shown::NOTE,
    }
}

/// A snippet a file: the one with the mistake first, the others in the order in which they come up.
fn snippets<'a>(
    sources: &'a SourceMap,
    finding: &'a Diagnostic,
) -> Vec<Snippet<'a, Annotation<'a>>> {
    let mut labels: Vec<(&Label, AnnotationKind)> =
        vec![(&finding.primary, AnnotationKind::Primary)];
    labels.extend(finding.related.iter().map(|label| (label, AnnotationKind::Context)));
    // What was asked for on the command line is in no file.
    labels.retain(|(label, _)| label.span.is_written());
    let mut files: Vec<_> = Vec::new();
    for (label, _) in &labels {
        if !files.contains(&label.span.file) {
            files.push(label.span.file);
        }
    }
    let of_file = |file| {
        let here: Vec<_> = labels.iter().filter(|(label, _)| label.span.file == file).collect();
        let window = Window::around(sources, here.iter().map(|(label, _)| label.span));
        window.snippet().annotations(here.into_iter().map(|(label, kind)| {
            let annotation = kind.span(window.first_line(label.span));
            if label.text.is_empty() { annotation } else { annotation.label(plain(&label.text)) }
        }))
    };
    files.into_iter().map(of_file).collect()
}

/// The change of text, under the last help as its title.
fn patch<'a>(sources: &'a SourceMap, fix: &'a Fix, title: &'a str) -> Group<'a> {
    let window = Window::around(sources, [fix.span]);
    let patch = Patch::new(window.range(fix.span), fix.replacement.as_str());
    let snippet: Snippet<'a, Patch<'a>> =
        Snippet::source(window.text).line_start(window.line).path(&window.file.path);
    Shown::HELP.secondary_title(plain(title)).element(snippet.patch(patch))
}

/// The lines of one file that a report shows.
struct Window<'a> {
    file: &'a SourceFile,
    text: &'a str,
    line: usize,
    start: usize,
}

impl<'a> Window<'a> {
    fn around(sources: &'a SourceMap, spans: impl IntoIterator<Item = Span>) -> Self {
        let spans: Vec<Span> = spans.into_iter().collect();
        let file = sources.file(spans[0].file);
        let line_of = |offset: u32| file.line_col(offset as usize).0;
        let first = spans.iter().map(|span| line_of(span.start)).min().unwrap_or(1);
        let last = spans.iter().map(|span| line_of(span.end)).max().unwrap_or(1);
        let line = first.saturating_sub(CONTEXT_LINES).max(1);
        // The mark at the start of a file is no column.
        let mark =
            if line == 1 && file.text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
        let start = file.line_start(line) + mark;
        let end = file.line_start(last + CONTEXT_LINES + 1);
        Self { file, text: file.text.get(start..end).unwrap_or_default(), line, start }
    }

    fn snippet(&self) -> Snippet<'a, Annotation<'a>> {
        Snippet::source(self.text).line_start(self.line).path(&self.file.path)
    }

    fn range(&self, span: Span) -> std::ops::Range<usize> {
        let range = span.range();
        let clip = |offset: usize| {
            self.file.boundary(offset).saturating_sub(self.start).min(self.text.len())
        };
        clip(range.start)..clip(range.end)
    }

    /// The part of a span on its first line, which is enough to show where it is.
    fn first_line(&self, span: Span) -> std::ops::Range<usize> {
        let range = self.range(span);
        let end =
            self.text[range.clone()].find(['\r', '\n']).map_or(range.end, |end| range.start + end);
        range.start..end
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::ap001_syntax;

    #[test]
    fn a_place_that_ends_inside_a_character_is_shown() {
        let mut sources = SourceMap::default();
        let file = sources.add(SourceFile::new("a.yaml", "é: 1\n"));
        let findings = [Span::new(file, 0, 1), Span::new(file, 6, 7)]
            .map(|span| ap001_syntax::finding(span, "it does not parse"));
        let text =
            print(&Report { sources: &sources, findings: &findings, unread: &[], colour: false });
        assert!(text.contains("a.yaml:1:1"), "{text}");
    }

    #[test]
    fn no_character_reaches_the_terminal_that_it_would_obey() {
        let mut sources = SourceMap::default();
        let file = sources.add(SourceFile::new("a.yaml", "\u{1b}[1m\u{9b}1m\u{85}: 1\n"));
        let finding = ap001_syntax::finding(Span::new(file, 0, 1), "odd `\u{9b}1m`");
        let help = finding
            .clone()
            .label("\0")
            .note("\u{1b}[1m")
            .help("\r")
            .help("\0")
            .fix(finding.primary.span, "\u{1b}");
        let findings = [finding, help];
        let text =
            print(&Report { sources: &sources, findings: &findings, unread: &[], colour: false });
        assert!(!text.contains(|c: char| c.is_control() && c != '\n'), "{text:?}");
    }
}
