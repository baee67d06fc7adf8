//! What Config and `# argopacks: ignore[CODE]` comments say of findings. Only rules of security and
//! practice (AP6, AP7) can be changed: what the others find leaves nothing right to emit.

use crate::diagnostics::{Diagnostic, Level, Sink};
use crate::model::Model;
use crate::model::kinds::config::{ConfigSpec, RuleLevel};
use crate::rules::{RULES, ap106_not_one_of, ap108_invalid_value};
use crate::source::{FileId, SourceMap, Span};

/// The comment that ignores findings of the line below it: `# argopacks: ignore[AP601] reason`.
const IGNORE: &str = "# argopacks: ignore[";

/// Applies levels and comments to what was found.
pub(crate) fn apply(model: &Model, sources: &SourceMap, sink: &mut Sink) {
    let spec = model.config.as_ref().map(|config| &config.spec);
    sink.retain(|finding| {
        if !is_adjustable(finding.rule.code) {
            return true;
        }
        let level = spec.and_then(|spec| level_of(spec, finding.rule.code));
        if let Some(level) = level {
            finding.level = level.unwrap_or(finding.level);
        }
        level != Some(None) && !is_ignored(finding, sources)
    });
    for (code, _) in spec.into_iter().flat_map(|spec| &spec.rules.0) {
        check_code(code, code.span, "Config.spec.rules", sink);
    }
    for file in sources.ids() {
        check_comments(&sources.file(file).text, file, sink);
    }
}

fn is_adjustable(code: &str) -> bool {
    code.starts_with("AP6") || code.starts_with("AP7")
}

/// The level that Config gives to a rule: `Some(None)` is off.
#[allow(clippy::option_option)]
fn level_of(spec: &ConfigSpec, code: &str) -> Option<Option<Level>> {
    spec.rules.get(code).map(|level| match level {
        RuleLevel::Off => None,
        RuleLevel::Note => Some(Level::Note),
        RuleLevel::Warning => Some(Level::Warning),
        RuleLevel::Error => Some(Level::Error),
    })
}

fn is_ignored(finding: &Diagnostic, sources: &SourceMap) -> bool {
    let file = sources.file(finding.primary.span.file);
    let (line, _) = file.line_col(finding.primary.span.start as usize);
    let above = file
        .text
        .get(file.line_start(line.saturating_sub(1))..file.line_start(line))
        .unwrap_or_default()
        .trim();
    let codes = above
        .strip_prefix(IGNORE)
        .and_then(|rest| rest.split_once(']'))
        .map_or("", |(codes, _)| codes);
    line > 1 && codes.split(',').any(|code| code.trim().eq_ignore_ascii_case(finding.rule.code))
}

/// Reports codes in comments that ignore nothing, as there is no such rule or none to be ignored.
fn check_comments(text: &str, file: FileId, sink: &mut Sink) {
    for (start, _) in text.match_indices(IGNORE) {
        let before = text[..start].trim_end_matches([' ', '\t', '\u{feff}']);
        if !before.is_empty() && !before.ends_with('\n') {
            continue;
        }
        let mut at = start + IGNORE.len();
        let codes = text[at..].split(['\n', ']']).next().unwrap_or_default();
        for code in codes.split(',') {
            let start = at + code.len() - code.trim_start().len();
            let span = Span::new(file, start, start + code.trim().len());
            check_code(&code.trim().to_ascii_uppercase(), span, "# argopacks: ignore[…]", sink);
            at += code.len() + 1;
        }
    }
}

/// Reports a code that is none, or that of a rule whose level cannot be changed.
fn check_code(code: &str, span: Span, place: &str, sink: &mut Sink) {
    if RULES.iter().all(|rule| rule.code != code) {
        let codes: Vec<&str> =
            RULES.iter().map(|rule| rule.code).filter(|code| is_adjustable(code)).collect();
        sink.report(ap106_not_one_of::finding(span, code, place, &codes));
    } else if !is_adjustable(code) {
        let wanted =
            "a rule of the families AP6 and AP7: what the others find leaves nothing right to emit";
        sink.report(ap108_invalid_value::finding(span, code, place, wanted));
    }
}
