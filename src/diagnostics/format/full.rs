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
/// Bytes between two spans of a file that are shown in one window, on lines of their own and on one
/// line.
const NEAR: usize = 16 * 1024;
const NEAR_ON_A_LINE: usize = 1024;
/// Bytes before and behind the spans that a window has at most, which cuts very long lines.
const MARGIN: usize = 512;
/// Stands behind a place that the renderer is given with the path; what it counts itself follows.
const PLACED: char = '\0';

pub(super) fn print(report: &Report) -> String {
    let renderer = if report.colour { Renderer::styled() } else { Renderer::plain() };
    let renderer = renderer.decor_style(DecorStyle::Ascii);
    let mut out = String::new();
    for finding in report.findings {
        let text = renderer.render(&groups(report.sources, finding));
        let is_counted = |character: char| character == ':' || character.is_ascii_digit();
        let mut parts = text.split(PLACED);
        out.extend(parts.next().map(harmless));
        out.extend(parts.map(|part| harmless(part.trim_start_matches(is_counted))));
        out.push_str("\n\n");
    }
    for unread in report.unread {
        let _ = write!(out, "error: could not read {}: {}\n\n", unread.path, unread.reason);
    }
    out
}

/// A text without the characters that terminals obey and the renderer leaves alone.
fn harmless(text: &str) -> String {
    text.replace(|character| matches!(character, '\u{80}'..='\u{9f}'), "\u{fffd}")
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
    groups.extend(finding.fix.as_ref().map(|fix| patch(sources, finding, fix, title)));
    groups
}

fn shown(level: Level) -> Shown<'static> {
    match level {
        Level::Error => Shown::ERROR,
        Level::Warning => Shown::WARNING,
        Level::Note => Shown::NOTE,
    }
}

type Labels<'a> = Vec<(&'a Label, AnnotationKind)>;

/// A snippet for the mistake and what is near it, and one for each other place, in the order in
/// which they come up.
fn snippets<'a>(
    sources: &'a SourceMap,
    finding: &'a Diagnostic,
) -> Vec<Snippet<'a, Annotation<'a>>> {
    let mut labels: Labels = vec![(&finding.primary, AnnotationKind::Primary)];
    labels.extend(finding.related.iter().map(|label| (label, AnnotationKind::Context)));
    // What was asked for on the command line is in no file.
    labels.retain(|(label, _)| label.span.is_written());
    let mut places: Vec<Labels> = Vec::new();
    for (label, kind) in labels {
        let is_here = |place: &&mut Labels| is_near(sources, place[0].0.span, label.span);
        match places.iter_mut().find(is_here) {
            Some(place) => place.push((label, kind)),
            None => places.push(vec![(label, kind)]),
        }
    }
    places.into_iter().map(|place| snippet(sources, place)).collect()
}

fn is_near(sources: &SourceMap, a: Span, b: Span) -> bool {
    let between = a.start.abs_diff(b.start) as usize;
    let line_of = |span: Span| sources.file(span.file).line_col(span.start as usize).0;
    a.file == b.file && between <= NEAR && (between <= NEAR_ON_A_LINE || line_of(a) != line_of(b))
}

/// The lines around some labels. Where a line is cut, the renderer cannot count its columns.
fn snippet<'a>(sources: &'a SourceMap, labels: Labels<'a>) -> Snippet<'a, Annotation<'a>> {
    let window = Window::around(sources, labels.iter().map(|(label, _)| label.span));
    let place = sources.place(labels[0].0.span);
    let path = if window.is_cut { format!("{place}{PLACED}") } else { window.file.path.clone() };
    let snippet = Snippet::source(window.text).line_start(window.line).path(path);
    snippet.annotations(labels.into_iter().map(|(label, kind)| {
        let annotation = kind.span(window.first_line(label.span));
        if label.text.is_empty() { annotation } else { annotation.label(plain(&label.text)) }
    }))
}

/// The change of text, under the last help as its title.
fn patch<'a>(
    sources: &'a SourceMap,
    finding: &Diagnostic,
    fix: &'a Fix,
    title: &'a str,
) -> Group<'a> {
    let window = Window::around(sources, [fix.span]);
    let patch = Patch::new(window.range(fix.span), fix.replacement.as_str());
    let is_elsewhere = fix.span.file != finding.primary.span.file;
    let snippet: Snippet<'a, Patch<'a>> = Snippet::source(window.text).line_start(window.line);
    let snippet = snippet.path(is_elsewhere.then_some(window.file.path.as_str()));
    Shown::HELP.secondary_title(plain(title)).element(snippet.patch(patch))
}

/// The lines of one file that a report shows.
struct Window<'a> {
    file: &'a SourceFile,
    text: &'a str,
    line: usize,
    start: usize,
    /// Whether the first line lacks its start.
    is_cut: bool,
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
        let first = spans.iter().map(|span| span.start as usize).min().unwrap_or_default();
        let last = spans.iter().map(|span| span.start as usize).max().unwrap_or_default();
        let cut = file.boundary(first.saturating_sub(MARGIN));
        let (start, is_cut) = (start.max(cut), cut > start);
        let end = end.min(file.boundary(last + MARGIN));
        let line = line_of(u32::try_from(start).unwrap_or(u32::MAX)).max(line);
        Self { file, text: file.text.get(start..end).unwrap_or_default(), line, start, is_cut }
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

    /// Minified JSON is one line; each finding is to cost what the text around it does.
    #[test]
    fn a_very_long_line_is_cut_around_the_place() {
        let mut sources = SourceMap::default();
        let text =
            format!("a: 1\n{}é: wrong, {}\n", "a: 1, ".repeat(100_000), "b: 2, ".repeat(100));
        let file = sources.add(SourceFile::new("a.yaml", text));
        let at = Span::new(file, 600_005, 600_007);
        let findings = [ap001_syntax::finding(at, "odd")
            .related(Span::new(file, 0, 1), "as here")
            .fix(at, "e")];
        let text =
            print(&Report { sources: &sources, findings: &findings, unread: &[], colour: false });
        assert!(text.contains("--> a.yaml:2:600001\n"), "{text}");
        assert!(text.contains("::: a.yaml:1:1\n"), "{text}");
        assert!(text.contains("1 | a: 1\n  | - as here\n"), "{text}");
        assert!(
            text.contains("a: 1, é: wrong, b: 2, ") && text.contains("a: 1, e: wrong, b: 2, "),
            "{text}"
        );
        assert!(text.len() < 4000, "{}", text.len());
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
