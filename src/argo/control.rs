//! Characters that Argo cannot put in the place of a tag.
//!
//! It writes a value with Go's `strconv.Quote` into the template's JSON
//! (`util/template/simple_template.go`), and refuses the template, or fails the step, where that is
//! no JSON: `\a`, `\v` and `\x7f`, and `\U000e0001` for what Go does not print beyond U+FFFF. Below
//! it, Go writes `\u0080`, which is JSON. Text that stays as it is written in a template is no such
//! value: any character is fine in it.

use std::ops::Range;

/// The first such character of a value, in bytes of the text.
pub(crate) fn first_control(text: &str) -> Option<Range<usize>> {
    let (at, c) = text.char_indices().find(|(_, c)| is_unprintable(*c))?;
    Some(at..at + c.len_utf8())
}

/// What Go quotes as no JSON string has it.
fn is_unprintable(c: char) -> bool {
    match c {
        '\n' | '\r' | '\t' | '\u{8}' | '\u{c}' => false,
        '\0'..='\u{1f}' | '\u{7f}' => true,
        c => BEYOND.iter().any(|(first, last)| (*first..=*last).contains(&c)),
    }
}

/// The characters from U+10000 on that are for formats or private use, and the planes without any.
/// What Unicode may still assign in the first three planes is not among them (measured with Go
/// 1.26).
const BEYOND: &[(char, char)] = &[
    ('\u{110bd}', '\u{110bd}'),
    ('\u{110cd}', '\u{110cd}'),
    ('\u{13430}', '\u{1343f}'),
    ('\u{1bca0}', '\u{1bca3}'),
    ('\u{1d173}', '\u{1d17a}'),
    ('\u{40000}', '\u{e00ff}'),
    ('\u{e01f0}', '\u{10ffff}'),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn control_sign() {
        assert_eq!(first_control("a\u{7f}b"), Some(1..2));
        assert_eq!(first_control("é\u{1}"), Some(2..3));
        assert_eq!(first_control("\u{1b}[0m"), Some(0..1));
        assert_eq!(first_control("x\u{e0001}"), Some(1..5));
        assert_eq!(first_control("\u{f0000}"), Some(0..4));
    }

    #[test]
    fn what_json_can_say_passes() {
        let text =
            "a\n\t\r\u{8}\u{c} é \u{80} \u{2028} \u{feff} \u{1f600} \u{e0100} \\ \" \u{fffd}";
        assert_eq!(first_control(text), None);
    }
}
