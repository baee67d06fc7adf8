//! Where the bytes of a scalar's value stand in its source, for the styles in which the two differ.

use crate::tree::Segment;

/// How a scalar is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Style {
    Plain,
    Single,
    Double,
    Literal,
    Folded,
}

impl Style {
    pub(super) fn is_block(self) -> bool {
        matches!(self, Self::Literal | Self::Folded)
    }
}

/// The segments of `value`, in bytes from the start of `source`: the scalar with its quotes, or a
/// block scalar from its first content on, which `indent` bytes of its line stand before. One
/// segment for the whole where the source does not come to the value.
pub(super) fn segments(source: &str, indent: usize, value: &str, style: Style) -> Vec<Segment> {
    let mut run = Run { value: String::with_capacity(value.len()), segments: Vec::new() };
    match style {
        Style::Plain => flow(source, 0, style, &mut run),
        Style::Single | Style::Double => {
            let inner = source.get(1..source.len().saturating_sub(1)).unwrap_or_default();
            flow(inner, 1, style, &mut run);
        }
        Style::Literal | Style::Folded => block(source, indent, value, style, &mut run),
    }
    if run.value == value {
        return run.segments;
    }
    vec![Segment { value: 0, source: 0, len: length(source) }]
}

fn length(text: &str) -> u32 {
    u32::try_from(text.len()).unwrap_or(u32::MAX)
}

/// The value so far, and its segments.
struct Run {
    value: String,
    segments: Vec<Segment>,
}

impl Run {
    /// `text` follows in the value; the source has `len` bytes at `source` for it.
    fn push(&mut self, source: usize, len: usize, text: &str) {
        if text.is_empty() {
            return;
        }
        let clip = |offset: usize| u32::try_from(offset).unwrap_or(u32::MAX);
        let segment =
            Segment { value: clip(self.value.len()), source: clip(source), len: clip(len) };
        let is_copy = |segment: &Segment, value_len: u32| segment.len == value_len;
        match self.segments.last_mut() {
            Some(last)
                if is_copy(last, segment.value - last.value)
                    && is_copy(&segment, length(text))
                    && last.source + last.len == segment.source =>
            {
                last.len += segment.len;
            }
            _ => self.segments.push(segment),
        }
        self.value.push_str(text);
    }

    fn copy(&mut self, source: usize, text: &str) {
        self.push(source, text.len(), text);
    }
}

/// A plain or quoted scalar without its quotes, which stand before `base`.
fn flow(inner: &str, base: usize, style: Style, run: &mut Run) {
    let is_special = |c: char| match c {
        ' ' | '\t' | '\n' | '\r' => true,
        '\\' => style == Style::Double,
        '\'' => style == Style::Single,
        _ => false,
    };
    let mut at = 0;
    while let Some(rest) = inner.get(at..).filter(|rest| !rest.is_empty()) {
        let blanks = rest.len() - rest.trim_start_matches([' ', '\t']).len();
        let len = if rest[blanks..].starts_with(['\n', '\r']) {
            fold(rest, base + at, run)
        } else if blanks > 0 {
            run.copy(base + at, &rest[..blanks]);
            blanks
        } else if style == Style::Double && rest.starts_with('\\') {
            escape(rest, base + at, run)
        } else if style == Style::Single && rest.starts_with("''") {
            run.push(base + at, 2, "'");
            2
        } else {
            let first = rest.chars().next().map_or(1, char::len_utf8);
            let len = rest[first..].find(is_special).map_or(rest.len(), |end| first + end);
            run.copy(base + at, &rest[..len]);
            len
        };
        at += len;
    }
}

/// The blanks around line breaks at the start of `rest`: one break is a space, of several all but
/// the first remain.
fn fold(rest: &str, at: usize, run: &mut Run) -> usize {
    let len = rest.len() - rest.trim_start_matches([' ', '\t', '\n', '\r']).len();
    let breaks = breaks(&rest[..len]);
    run.push(at, len, &if breaks == 1 { " ".to_owned() } else { "\n".repeat(breaks - 1) });
    len
}

fn breaks(text: &str) -> usize {
    text.bytes().filter(|byte| *byte == b'\n').count()
        + text.bytes().filter(|byte| *byte == b'\r').count()
        - text.matches("\r\n").count()
}

/// An escape at the start of `rest`; its length in the source.
fn escape(rest: &str, at: usize, run: &mut Run) -> usize {
    let after = &rest[1..];
    if after.starts_with(['\n', '\r']) {
        // The break is taken out with the blanks after it; empty lines that follow remain as
        // breaks.
        let len = 1 + after.len() - after.trim_start_matches([' ', '\t', '\n', '\r']).len();
        run.push(at, len, &"\n".repeat(breaks(&rest[..len]) - 1));
        return len;
    }
    let (character, len) = escaped(after).unwrap_or(('\\', 0));
    run.push(at, 1 + len, character.encode_utf8(&mut [0; 4]));
    1 + len
}

/// The character that the text after a backslash stands for, and the length of that text.
fn escaped(after: &str) -> Option<(char, usize)> {
    let first = after.chars().next()?;
    let digits = match first {
        'x' => 2,
        'u' => 4,
        'U' => 8,
        _ => return Some((simple(first)?, first.len_utf8())),
    };
    let code = |text: &str| u32::from_str_radix(text, 16).ok();
    let number = code(after.get(1..=digits)?)?;
    let low = after.get(5..11).and_then(|low| low.strip_prefix("\\u")).and_then(code);
    match (first, number, low) {
        ('u', 0xd800..=0xdbff, Some(low @ 0xdc00..=0xdfff)) => {
            let number = 0x1_0000 + ((number - 0xd800) << 10) + (low - 0xdc00);
            Some((char::from_u32(number)?, 11))
        }
        _ => Some((char::from_u32(number)?, 1 + digits)),
    }
}

fn simple(letter: char) -> Option<char> {
    Some(match letter {
        '0' => '\0',
        'a' => '\u{7}',
        'b' => '\u{8}',
        't' | '\t' => '\t',
        'n' => '\n',
        'v' => '\u{b}',
        'f' => '\u{c}',
        'r' => '\r',
        'e' => '\u{1b}',
        ' ' | '"' | '/' | '\\' => letter,
        'N' => '\u{85}',
        '_' => '\u{a0}',
        'L' => '\u{2028}',
        'P' => '\u{2029}',
        _ => return None,
    })
}

/// A line of a block scalar: where it starts in the source, its text, and the length of its break.
struct Line<'t> {
    start: usize,
    text: &'t str,
    broken: usize,
}

fn lines(source: &str) -> Vec<Line<'_>> {
    let mut lines = Vec::new();
    let mut start = 0;
    while start < source.len() {
        let rest = &source[start..];
        let len = rest.find(['\n', '\r']).unwrap_or(rest.len());
        let broken = match rest.as_bytes().get(len..) {
            Some([b'\r', b'\n', ..]) => 2,
            Some([_, ..]) => 1,
            _ => 0,
        };
        lines.push(Line { start, text: &rest[..len], broken });
        start += len + broken;
    }
    lines
}

/// A block scalar from its first content on, which is indented by `indent` bytes.
fn block(source: &str, indent: usize, value: &str, style: Style, run: &mut Run) {
    // Empty lines at the start stand before the source.
    run.push(0, 0, &value[..value.len() - value.trim_start_matches('\n').len()]);
    // The breaks since the last line with content: where each stands, and its length.
    let mut open: Vec<(usize, usize)> = Vec::new();
    for (number, line) in lines(source).into_iter().enumerate() {
        let indent = if number == 0 { 0 } else { indent.min(line.text.len()) };
        // A tab in the indentation counts as content.
        let spaces = line.text.len() - line.text.trim_start_matches(' ').len();
        let content = &line.text[indent.min(spaces)..];
        if run.value.len() < value.len() && !content.is_empty() {
            separate(&mut open, value, style, run);
            run.copy(line.start + line.text.len() - content.len(), content);
        }
        open.push((line.start + line.text.len(), line.broken));
    }
    for at in 0..value.len().saturating_sub(run.value.len()) {
        let (at, len) = open.get(at).copied().unwrap_or((source.len(), 0));
        run.push(at, len, "\n");
    }
}

/// The breaks between two lines with content, as the value has them: a space for one that is
/// folded, or the last so many.
fn separate(open: &mut Vec<(usize, usize)>, value: &str, style: Style, run: &mut Run) {
    let rest = value.get(run.value.len()..).unwrap_or_default();
    let kept = rest.len() - rest.trim_start_matches('\n').len();
    match (kept, open.first()) {
        (0, Some((at, len))) if style == Style::Folded => run.push(*at, *len, " "),
        _ => {
            for (at, len) in &open[open.len().saturating_sub(kept)..] {
                run.push(*at, *len, "\n");
            }
        }
    }
    open.clear();
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::source::{SourceFile, SourceMap};
    use crate::tree::Node;
    use crate::yaml::parse;

    /// Reads `k: SCALAR` and holds every character of the value against what the file has at its
    /// span.
    fn reads_back(scalar: &str) -> Option<String> {
        let mut sources = SourceMap::default();
        let file = sources.add(SourceFile::new("a.yaml", format!("# é\nk: {scalar}\nl: x\n")));
        let documents = parse(file, sources.file(file));
        if documents.len() != 1 || !documents[0].findings.is_empty() {
            return None;
        }
        let node: &Node = documents[0].root.get("k")?;
        let value = node.as_text()?;
        for (at, c) in value.char_indices() {
            let source = sources.text(value.part(node.span, at, at + c.len_utf8()));
            assert!(
                is_written(source, c),
                "{c:?} at {at} of {value:?} is {source:?} in {scalar:?}"
            );
        }
        for (at, word) in words(value) {
            let source = sources.text(value.part(node.span, at, at + word.len()));
            let is_plain = !source.contains(['\\', '\'']);
            assert!(!is_plain || source == word, "{word:?} is {source:?} in {scalar:?}");
        }
        Some(value.to_string())
    }

    fn is_written(source: &str, c: char) -> bool {
        let is_escape =
            || escaped(source.strip_prefix('\\')?).filter(|(_, len)| *len + 1 == source.len());
        source.chars().eq([c])
            || (c == '\'' && source == "''")
            || is_escape().is_some_and(|(of, _)| of == c)
            || (c.is_whitespace() && source.trim().trim_matches('\\').is_empty())
    }

    fn words(text: &str) -> Vec<(usize, &str)> {
        let at = |word: &str| word.as_ptr() as usize - text.as_ptr() as usize;
        text.split_whitespace().map(|word| (at(word), word)).collect()
    }

    /// Texts as block scalars, indented by two or, where the first line starts with a space, as the
    /// header says.
    fn as_block(sign: char, chomp: &str, text: &str) -> String {
        let lines = text.split('\n').map(|line| format!("  {line}\n"));
        let width = if text.trim_start_matches('\n').starts_with(' ') { "2" } else { "" };
        format!("{sign}{width}{chomp}\n{}", lines.collect::<String>())
    }

    #[test]
    fn every_style_reads_back() {
        for (scalar, value) in [
            ("a\n  b\n\n  c", "a b\nc"),
            ("'it''s\n  é  \n\n  x '", "it's é\nx "),
            (
                r#""a\t\"é\u00e9\ud83d\ude00\x41 \
                b\n""#,
                "a\t\"éé😀A b\n",
            ),
            ("|\n  a\n    b\n\n  é\n\n", "a\n  b\n\né\n"),
            ("|+\n  a\n", "a\n\n"),
            (">-\n  a\n  b\n\n  c\n    d\n  e\n", "a b\nc\n  d\ne"),
            (">2\n    a\n  b\n", "  a\nb\n"),
            ("|\r\n  a\r\n  b\r\n", "a\nb\n"),
            ("|\n\n  \n  a\n", "\n\na\n"),
        ] {
            assert_eq!(reads_back(scalar).as_deref(), Some(value), "{scalar:?}");
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(500))]

        #[test]
        fn random_blocks_read_back(
            text in "([ab é:#'\"\\\\-]{0,4}\n?){1,9}", sign in "[|>]", chomp in "[-+]?",
        ) {
            reads_back(&as_block(sign.chars().next().unwrap(), &chomp, &text));
        }

        #[test]
        fn random_quoted_text_reads_back(
            inner in r"([ab é😀:#]{1,4}|''|\n  |\n\n   |  \r\n  |\t){0,9}",
        ) {
            reads_back(&format!("'{inner}'"));
            reads_back(&format!("\"{inner}\""));
            reads_back(&format!("a{inner}"));
        }

        #[test]
        fn random_escapes_read_back(
            inner in r#"([ab é😀']{1,4}|\\[0abtnvfre "/\\N_LP]|\\x4[0-9]|\\u00e9|\\ud83d\\ude00|\\U0001F600|\\\n  |\\\n\n  |\n  |  \n\n  ){0,9}"#,
        ) {
            reads_back(&format!("\"{inner}\""));
        }
    }
}
