//! AP308: a compile-time expression `<{ … }>` that has no value.

use crate::diagnostics::{Diagnostic, all_of, nearest};
use crate::source::Span;

rule!("AP308", "expression", Error, "a compile-time expression that has no value");

pub(crate) fn unclosed(span: Span) -> Diagnostic {
    Diagnostic::new(&RULE, span, "`<{` has no `}>`")
        .label("the expression starts here")
        .help("end the expression with `}>`; to get the two signs themselves, write `<{ \"<{\" }>`")
}

/// `reason` is minijinja's account.
pub(crate) fn syntax(span: Span, reason: &str) -> Diagnostic {
    Diagnostic::new(&RULE, span, format!("this expression cannot be evaluated: {reason}"))
        .label("here")
        .help(
            "expressions are minijinja's: names, `.field`, `[0]`, `\"text\"`, operators, `|filter`",
        )
}

/// An expression, or what it comes to, past a limit: `reason` says which.
pub(crate) fn limit(span: Span, reason: &str) -> Diagnostic {
    Diagnostic::new(&RULE, span, format!("this expression is too large: {reason}"))
        .label("here")
        .help("write the value out, or make it of smaller ones")
}

/// The expressions of a document, past the `limit` of what they work on together.
pub(crate) fn work(span: Span, limit: usize) -> Diagnostic {
    let kib = limit / 1024;
    let message = format!("the expressions of this document work on more than {kib} KiB");
    Diagnostic::new(&RULE, span, message)
        .label("not evaluated, nor are those below")
        .help("write values out, or make them of smaller ones")
}

/// `place` is what the expression stands in: "a Builder"; `known` the names that are in scope
/// there.
pub(crate) fn undefined_root(span: Span, name: &str, known: &[&str], place: &str) -> Diagnostic {
    let diagnostic =
        Diagnostic::new(&RULE, span, format!("`{name}` is not defined in expressions of {place}"))
            .label("not defined");
    match nearest(name, known.iter().copied()) {
        Some(guess) => diagnostic.help(format!("write `{guess}`")),
        None if known.is_empty() => {
            diagnostic.help("nothing is in scope here: write the value out")
        }
        None => diagnostic.help(format!("in scope here: {}", all_of(known.iter().copied()))),
    }
}

pub(crate) fn undefined_key(span: Span, parent: &str, key: &str, keys: &[String]) -> Diagnostic {
    let keys: Vec<&str> = keys.iter().map(String::as_str).collect();
    let diagnostic =
        Diagnostic::new(&RULE, span, format!("`{parent}` has no `{key}`")).label("not defined");
    match nearest(key, keys.iter().copied()) {
        Some(guess) => diagnostic.help(format!("write `{parent}.{guess}`")),
        None if parent == "values" => {
            diagnostic.help(format!("add `{key}` to `spec.values` of the Config"))
        }
        None if keys.is_empty() => diagnostic.help(format!("`{parent}` has nothing in it")),
        None => diagnostic.help(format!("it has {}", all_of(keys.iter().copied()))),
    }
}

/// A filter or test that expressions do not have.
pub(crate) fn unknown_name(span: Span, what: &str, name: &str, known: &[&str]) -> Diagnostic {
    let diagnostic =
        Diagnostic::new(&RULE, span, format!("there is no {what} `{name}` in expressions"))
            .label("not defined");
    match nearest(name, known.iter().copied()) {
        Some(guess) => diagnostic.help(format!("write `{guess}`")),
        None => diagnostic.help(format!("the {what}s are {}", all_of(known.iter().copied()))),
    }
}

/// `name` has no value while argopacks compiles; `why` says what it is made of.
pub(crate) fn known_later(span: Span, name: &str, why: &str) -> Diagnostic {
    Diagnostic::new(&RULE, span, format!("`{name}` has no value yet: {why}"))
        .label("not known when this is compiled")
        .help("let a param of the Task take it: the build parameter `image-tag` is the tag, whenever it is known")
}

pub(crate) fn in_config(span: Span) -> Diagnostic {
    Diagnostic::new(&RULE, span, "a Config has no expressions")
        .label("this would be taken as it stands")
        .note("Config is what expressions get their `values` from")
        .help("write the value out")
}
