//! The text of a scalar, which knows where its bytes stand in the file.

use std::ops::Range;

use granit_parser::ScalarStyle;

use super::repair::Repaired;
use super::segments::{Style, segments};
use crate::tree::{Str, Written};

/// The value of the scalar at a range of the text.
pub(super) fn text_of(
    source: &Repaired,
    value: &str,
    style: ScalarStyle,
    range: Range<usize>,
) -> Str {
    let style = style_of(style);
    let span = source.span(range.start, range.end);
    let original = source.original(span);
    // The span of a block scalar ends before its last breaks.
    if original == value && !style.is_block() {
        return Str::Verbatim(value.into(), 0);
    }
    let inner = original.get(1..original.len().saturating_sub(1));
    if inner == Some(value) && original.starts_with(['"', '\'']) {
        return Str::Verbatim(value.into(), 1);
    }
    let (before, read) = (&source.text()[..range.start], &source.text()[range.clone()]);
    let indent = if style.is_block() {
        before.len() - before.rfind(['\n', '\r']).map_or(0, |at| at + 1)
    } else {
        0
    };
    let mut segments = segments(read, indent, value, style);
    for segment in &mut segments {
        let start = range.start + segment.source as usize;
        let span = source.span(start, start + segment.len as usize);
        (segment.source, segment.len) = (span.start, span.end.saturating_sub(span.start));
    }
    Written::new(value, span.file, segments).into()
}

fn style_of(style: ScalarStyle) -> Style {
    match style {
        ScalarStyle::Plain => Style::Plain,
        ScalarStyle::SingleQuoted => Style::Single,
        ScalarStyle::DoubleQuoted => Style::Double,
        ScalarStyle::Literal => Style::Literal,
        ScalarStyle::Folded => Style::Folded,
    }
}
