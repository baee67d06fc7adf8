//! Known slips of the hand that stop a YAML parser. Each is reported where it is and repaired, so
//! that one of them does not hide the next.

use super::repair::{Edit, Line, Repaired};
use crate::diagnostics::{Diagnostic, Sink};
use crate::rules::{ap002_tab, ap003_stray_characters, ap004_indentation, ap005_unquoted_braces};

/// Spaces that one tab of indentation is taken for.
const TAB_WIDTH: usize = 2;

/// Repairs what stopped the parser at `offset`, if it is one of the known slips; returns the first
/// line that changed.
pub(super) fn repair(source: &mut Repaired, offset: usize, sink: &mut Sink) -> Option<usize> {
    if source.lines().is_empty() {
        source.split();
    }
    let at = source.line_at(offset);
    let slips = [tabs, stray_characters, unquoted_braces, indentation];
    let edits =
        slips.into_iter().map(|slip| slip(source, at, sink)).find(|edits| !edits.is_empty())?;
    let first = source.line_at(edits[0].range.start);
    source.apply(&edits);
    Some(first)
}

/// Tabs as indentation: on the line that stopped the parser, and on every line that starts with
/// one.
fn tabs(source: &mut Repaired, at: usize, sink: &mut Sink) -> Vec<Edit> {
    let indentation = |number: usize| {
        let line = source.line(number);
        &line[..line.len() - line.trim_start_matches([' ', '\t']).len()]
    };
    let has_tab = |number: usize| indentation(number).contains('\t');
    // Behind a bare scalar the parser takes the tab for more of it, and stops at its start.
    if !has_tab(at) && !has_tab(at + 1) {
        return Vec::new();
    }
    let is_concerned = |number: &usize| {
        let is_here = (*number == at || *number == at + 1) && has_tab(*number);
        (is_here || source.line(*number).starts_with('\t')) && !source.lines()[*number].is_blank
    };
    let concerned: Vec<usize> = (0..source.lines().len()).filter(is_concerned).collect();
    let mut edits = Vec::with_capacity(concerned.len());
    for run in concerned.chunk_by(|line, next| line + 1 == *next) {
        let more = more_than_tabs(source, run[0], indentation(run[0]));
        let edit = |number: &usize| {
            let (start, tabs) = (source.lines()[*number].start, indentation(*number));
            let text = " ".repeat(more) + &tabs.replace('\t', &" ".repeat(TAB_WIDTH));
            Edit { range: start..start + tabs.len(), text }
        };
        let first = edits.len();
        edits.extend(run.iter().map(edit));
        sink.report(tabs_on(source, &edits[first..]));
    }
    edits
}

/// The spaces by which the keys of the line before stand further right than the tabs on this line
/// would bring it: who types tabs goes on with what is above.
fn more_than_tabs(source: &Repaired, at: usize, tabs: &str) -> usize {
    let Some(before) = (0..at).rfind(|before| !source.lines()[*before].is_blank) else { return 0 };
    let text = source.line(before).trim_end();
    let levels = opened_by(text, source.lines()[before].indent);
    let keys = levels.last().map_or(0, |(level, _)| *level);
    let opened = if text.ends_with(':') { TAB_WIDTH } else { 0 };
    let is_item = source.line(at).trim_start().starts_with("- ");
    if is_item { 0 } else { (keys + opened).saturating_sub(tabs.len() * TAB_WIDTH) }
}

/// The finding for tabs on lines that follow one another.
fn tabs_on(source: &Repaired, edits: &[Edit]) -> Diagnostic {
    let (first, last) = (&edits[0], &edits[edits.len() - 1]);
    let mut repaired = String::new();
    let mut at = first.range.start;
    for edit in edits {
        repaired.push_str(&source.text()[at..edit.range.start]);
        repaired.push_str(&edit.text);
        at = edit.range.end;
    }
    let all = source.span(first.range.start, last.range.end);
    let here = source.span(first.range.start, first.range.end);
    ap002_tab::finding(here, edits.len(), all, &repaired)
}

/// `****spec:`: signs before a key, as an editor or a chat leaves them.
fn stray_characters(source: &mut Repaired, at: usize, sink: &mut Sink) -> Vec<Edit> {
    let Some(line) = source.lines().get(at).copied() else { return Vec::new() };
    let text = source.line(at).trim_start_matches(' ');
    let is_sign = |c: char| "*&!%@`|>,]}".contains(c);
    let rest = text.trim_start_matches(is_sign);
    let signs = text.len() - rest.len();
    let (before, is_value) = rest.split_once(':').map_or(("", false), |(key, after)| {
        (key, after.is_empty() || after.starts_with([' ', '\r', '\n']))
    });
    let key = before.trim_end_matches(is_sign).trim_start();
    let is_key = !key.is_empty()
        && is_value
        && key.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '_' | '.'));
    if signs == 0 || !is_key {
        return Vec::new();
    }
    let start = line.start + line.indent;
    let range = start..start + signs + before.len();
    let span = source.span(range.start, range.end);
    sink.report(ap003_stray_characters::finding(span, &text[..signs], key));
    vec![Edit { range, text: key.to_owned() }]
}

/// `key: {{ x }} more`, `tag: %date%`, `cron: */5 * * * *`: a bare value that starts with what YAML keeps for itself.
fn unquoted_braces(source: &mut Repaired, at: usize, sink: &mut Sink) -> Vec<Edit> {
    let Some(line) = source.lines().get(at) else { return Vec::new() };
    let text = source.line(at).trim_end();
    let starts = ["{{", "%", "@", "`", "*/", "* "].iter().filter_map(|sign| text.find(sign));
    let is_value = |start: &usize| {
        let before = text[..*start].trim_end();
        (before.is_empty() || before.ends_with([':', '-'])) && before.len() < *start
    };
    let Some(start) = starts.filter(is_value).min() else { return Vec::new() };
    let range = line.start + start..line.start + text.len();
    let value = &text[start..];
    sink.report(ap005_unquoted_braces::finding(source.span(range.start, range.end), value));
    vec![Edit { range, text: format!("'{}'", value.replace('\'', "''")) }]
}

/// A line whose indentation is that of no list or map around it: it goes, with what is under it, to
/// the nearest one.
fn indentation(source: &mut Repaired, at: usize, sink: &mut Sink) -> Vec<Edit> {
    let lines = source.lines();
    let Some(line) = lines.get(at).filter(|line| !line.is_blank) else { return Vec::new() };
    let indent = line.indent;
    let opens = |at: usize| source.line(at).trim_end().ends_with(':');
    let before = (0..at).rfind(|before| !lines[*before].is_blank);
    if before.is_some_and(|before| lines[before].indent < indent && opens(before)) {
        // The first line under a key: it opens a level of its own.
        return Vec::new();
    }
    let levels = levels_before(source, at, line.is_item);
    let distance = |level: &usize| level.abs_diff(indent);
    let Some(level) = levels.iter().copied().filter(|level| *level != indent).min_by_key(distance)
    else {
        return Vec::new();
    };
    if levels.contains(&indent) || distance(&level) > TAB_WIDTH {
        return Vec::new();
    }
    let (odd, level) = match first_of_its_map(source, at, level) {
        Some(first) => (first, indent),
        None => (at, level),
    };
    let line = lines[odd];
    let start = line.start + line.indent;
    let span = source.span(start, start + 1);
    sink.report(ap004_indentation::finding(span, line.indent, level, line.is_item));
    let edits = shifted(source, odd, level);
    source.moved.push(source.span(start, line.start + source.line(odd).len()));
    edits
}

/// The line that opened the level before `at`, if it is the odd one: the first key of a map, alone
/// at its level, where the line at `at` stands as the first key of that map should.
fn first_of_its_map(source: &Repaired, at: usize, level: usize) -> Option<usize> {
    let lines = source.lines();
    let is_key = |line: &Line| !line.is_blank && !line.is_item && line.indent == level;
    let first = (0..at).rfind(|before| is_key(&lines[*before]))?;
    let parent = (0..first).rfind(|before| !lines[*before].is_blank)?;
    let is_odd = source.line(parent).trim_end().ends_with(':')
        && lines[parent].indent + TAB_WIDTH == lines[at].indent
        && !lines[at].is_item;
    is_odd.then_some(first)
}

/// A line, and what is under it, moved to another indentation.
fn shifted(source: &Repaired, first: usize, level: usize) -> Vec<Edit> {
    let (line, lines) = (source.lines()[first], &source.lines()[first..]);
    let text = source.line(first).trim_start();
    let content = line.indent + text.len() - text.trim_start_matches("- ").trim_start().len();
    let shift = |line: &Line| Edit {
        range: line.start..line.start + line.indent,
        text: " ".repeat((line.indent + level).saturating_sub(lines[0].indent)),
    };
    let next = lines[1..].iter().find(|below| !below.is_blank);
    let in_line = (content + level).saturating_sub(line.indent);
    if line.is_item && next.is_some_and(|next| next.indent == in_line) {
        // What is under it stands right as it is.
        return vec![shift(&line)];
    }
    let is_sibling = |below: &Line| below.indent == level && below.is_item == line.is_item;
    let is_under = |(at, below): &(usize, &Line)| {
        below.is_blank || *at == 0 || (below.indent > line.indent && !is_sibling(below))
    };
    let block = lines.iter().enumerate().take_while(is_under);
    block
        .filter(|(at, _)| !source.line(first + at).trim().is_empty())
        .map(|(_, below)| shift(below))
        .collect()
}

/// The indentations of the lists (or of the maps) that are open before a line, outermost first.
fn levels_before(source: &Repaired, at: usize, of_items: bool) -> Vec<usize> {
    let mut levels = Vec::new();
    // The least indentation of the lines from here to `at`, and whether one that has it is an item,
    // or is none.
    let (mut least, mut has_item, mut has_key) = (usize::MAX, false, false);
    for number in (0..at).rev().filter(|number| !source.lines()[*number].is_blank) {
        let line = source.lines()[number];
        for (level, is_item) in opened_by(source.line(number), line.indent) {
            let is_open =
                level < least || (level == least && if is_item { !has_key } else { !has_item });
            if is_open && is_item == of_items && !levels.contains(&level) {
                levels.push(level);
            }
        }
        if line.indent < least {
            (least, has_item, has_key) = (line.indent, false, false);
        }
        if line.indent == least {
            has_item |= line.is_item;
            has_key |= !line.is_item;
        }
        if least == 0 && has_key {
            break;
        }
    }
    levels.sort_unstable();
    levels
}

/// The levels that a line opens or goes on with: those of its dashes, and that of what is behind
/// them.
fn opened_by(text: &str, indent: usize) -> Vec<(usize, bool)> {
    let mut levels = Vec::new();
    let (mut text, mut indent) = (text.trim(), indent);
    while let Some(rest) = text.strip_prefix("- ") {
        levels.push((indent, true));
        indent += text.len() - rest.trim_start().len();
        text = rest.trim_start();
    }
    levels.push((indent, false));
    levels
}
