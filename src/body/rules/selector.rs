//! Conditions of resource templates: label selectors of Kubernetes, asked of fields of the object
//! (workflow/executor, `WaitResource`; apimachinery, `labels.Parse`).

/// A token: an operator or a bracket, or a word between them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Token<'t> {
    Sign(&'t str),
    Word(&'t str),
}

use Token::{Sign, Word};

/// Operators and brackets, the longer ones first.
const SIGNS: &[&str] = &["==", "!=", "=", "!", "<", ">", "(", ")", ","];

/// Reads a condition; the error is the reason why it cannot be read.
pub(crate) fn read(text: &str) -> Result<(), &'static str> {
    let tokens = tokens(text);
    let mut rest = tokens.as_slice();
    loop {
        rest = requirement(rest)?;
        match rest {
            [] => return Ok(()),
            [Sign(","), more @ ..] => rest = more,
            _ => return Err("there is a `,` missing: it says \"and\""),
        }
    }
}

fn tokens(text: &str) -> Vec<Token<'_>> {
    let is_inner = |c: char| !c.is_whitespace() && !"=!<>(),".contains(c);
    let mut rest = text.trim_start();
    let mut found = Vec::new();
    while !rest.is_empty() {
        let sign = SIGNS.iter().find(|sign| rest.starts_with(**sign));
        let end = match sign {
            Some(sign) => sign.len(),
            None => rest.find(|c| !is_inner(c)).unwrap_or(rest.len()),
        };
        let (token, more) = rest.split_at(end);
        found.push(if sign.is_some() { Sign(token) } else { Word(token) });
        rest = more.trim_start();
    }
    found
}

/// One requirement: `key`, `!key`, `key OPERATOR value` or `key in (a, b)`.
fn requirement<'a, 't>(tokens: &'a [Token<'t>]) -> Result<&'a [Token<'t>], &'static str> {
    match tokens {
        [Sign("!"), Word(key), rest @ ..] => check_key(key).map(|()| rest),
        [Word(key), Word("in" | "notin"), rest @ ..] => check_key(key).and_then(|()| set(rest)),
        [Word(key), Sign(operator @ ("<" | ">")), Word(value), rest @ ..] => {
            check_key(key)?;
            let is_number = value.parse::<i64>().is_ok();
            let reason = if *operator == "<" {
                "what follows `<` must be a whole number"
            } else {
                "what follows `>` must be a whole number"
            };
            is_number.then_some(rest).ok_or(reason)
        }
        [Word(key), Sign("=" | "==" | "!="), rest @ ..] => {
            check_key(key)?;
            match rest {
                [Word(value), rest @ ..] => check_value(value).map(|()| rest),
                // Compared with nothing.
                [] | [Sign(","), ..] => Ok(rest),
                _ => Err("a value is missing"),
            }
        }
        [Word(key), rest @ ..] => check_key(key).map(|()| rest),
        _ => Err("the name of a field is missing"),
    }
}

fn set<'a, 't>(tokens: &'a [Token<'t>]) -> Result<&'a [Token<'t>], &'static str> {
    let [Sign("("), rest @ ..] = tokens else { return Err("a `(` is missing") };
    let end = rest.iter().position(|token| *token == Sign(")"));
    let Some(end) = end else { return Err("a `)` is missing") };
    for token in &rest[..end] {
        match token {
            Word(value) => check_value(value)?,
            Sign(",") => {}
            Sign(_) => return Err("values stand between `(` and `)`, with `,` between them"),
        }
    }
    Ok(&rest[end + 1..])
}

fn check_key(key: &str) -> Result<(), &'static str> {
    let name = key.rsplit_once('/').map_or(key, |(_, name)| name);
    is_label_text(name).then_some(()).ok_or("this is not the path of a field")
}

fn check_value(value: &str) -> Result<(), &'static str> {
    is_label_text(value)
        .then_some(())
        .ok_or("a value is letters, digits, `-`, `_` and `.`, without quotes")
}

/// What a label may be (apimachinery, `IsValidLabelValue`).
fn is_label_text(text: &str) -> bool {
    let is_end = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphanumeric());
    text.len() <= 63
        && text.chars().all(|c| c.is_ascii_alphanumeric() || "._-".contains(c))
        && is_end(text.chars().next())
        && is_end(text.chars().last())
}
