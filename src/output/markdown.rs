//! Markdown from templates: what is put into one is a code span, unless it is told to be safe, so
//! that no text of a definition becomes structure of the page.

use anyhow::Context;
use minijinja::syntax::SyntaxConfig;
use minijinja::value::{Serde, ValueKind};
use minijinja::{Environment, Output, State, Value};
use serde::Serialize;

use crate::tree::scalar::must_escape;

/// A page.
pub(super) fn render(name: &str, template: &str, values: impl Serialize) -> String {
    let mut environment = Environment::new();
    let mut syntax = SyntaxConfig::builder();
    syntax.trim_blocks(true).lstrip_blocks(true);
    // The builder fails for delimiters only, which are the usual ones.
    environment.set_syntax(syntax.build().unwrap_or_default());
    environment.set_formatter(write);
    // The tests render every template.
    let page = environment.render_named_str(name, template, Value::from(Serde(values)));
    let page = page.context("a template is broken").unwrap_or_else(|error| format!("{error:#}"));
    page.trim_end().to_owned() + "\n"
}

fn write(out: &mut Output, _: &mut State, value: &Value) -> Result<(), minijinja::Error> {
    let text = match value.kind() {
        ValueKind::Undefined | ValueKind::None => return Ok(()),
        ValueKind::Number => value.to_string(),
        _ if value.is_safe() => value.to_string(),
        _ => code(&value.to_string()),
    };
    Ok(out.write_str(&text)?)
}

/// A code span that shows a text, in a table too: its fence is longer than any in the text, and
/// there is no line end and no bar in it. What cannot be seen is written as an escape.
pub(super) fn code(text: &str) -> String {
    let shown = visible(text).replace('|', "\\|");
    let longest = shown.split(|c| c != '`').map(str::len).max().unwrap_or_default();
    let fence = "`".repeat(longest + 1);
    let space = if shown.is_empty() || shown.starts_with(['`', ' ']) || shown.ends_with(['`', ' '])
    {
        " "
    } else {
        ""
    };
    format!("{fence}{space}{shown}{space}{fence}")
}

/// A text on one line, with what cannot be seen as escapes.
pub(super) fn visible(text: &str) -> String {
    let is_hidden = |c: char| matches!(c, '\n' | '\t') || must_escape(c);
    let mut shown = String::with_capacity(text.len());
    for character in text.chars() {
        if is_hidden(character) {
            shown.extend(character.escape_unicode());
        } else {
            shown.push(character);
        }
    }
    shown
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;

    #[test]
    fn text_becomes_no_structure() {
        assert_eq!(code("cart.yaml:5"), "`cart.yaml:5`");
        assert_eq!(code("a`b"), "``a`b``");
        assert_eq!(code("``"), "``` `` ```");
        assert_eq!(code("a|b"), "`a\\|b`");
        assert_eq!(code("a\n# b\u{202e}"), "`a\\u{a}# b\\u{202e}`");
        let page = render(
            "page",
            "{{ text }} {{ 3 }} {{ text | safe }}{{ none }}",
            BTreeMap::from([("text", "*")]),
        );
        assert_eq!(page, "`*` 3 *\n");
    }
}
