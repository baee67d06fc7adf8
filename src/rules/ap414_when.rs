//! AP414: a condition, `when`, that Argo cannot read, or reads otherwise than it is meant.

use crate::argo::when::FlawKind;
use crate::diagnostics::{Diagnostic, Level};
use crate::source::Span;

rule!(
    "AP414",
    "when",
    Error,
    "a `when` that Argo cannot read, or reads otherwise than it is meant"
);

const NOTE: &str = "Argo reads a condition when the step is about to run: the step would fail";
const TAG: &str = "compare with a tag, as in `{{=workflow.parameters[\"branch\"] == \"main\"}}`";

/// `written` is the part of the condition that is wrong.
pub(crate) fn flaw(span: Span, written: &str, kind: &FlawKind) -> Diagnostic {
    match kind {
        FlawKind::Constant { value, .. } => constant(span, *value),
        FlawKind::NeverEqual { is_tag } => never_equal(span, *is_tag),
        FlawKind::Operator { instead: Some(instead) } => {
            Diagnostic::new(&RULE, span, format!("`{written}` is no operator of a condition"))
                .label("not an operator")
                .note(NOTE)
                .help(format!("write `{instead}`"))
                .fix(span, *instead)
        }
        FlawKind::NoOperator { instead: Some(instead) } => {
            Diagnostic::new(&RULE, span, format!("`{written}` is text here, and no operator"))
                .label("not an operator")
                .note(NOTE)
                .help(format!("write `{instead}`"))
        }
        kind => {
            let (reason, help) = reason(kind);
            Diagnostic::new(&RULE, span, format!("`when` cannot be read: {reason}"))
                .label("here")
                .note(NOTE)
                .help(help)
        }
    }
}

/// Nothing in it changes from run to run.
fn constant(span: Span, value: Option<bool>) -> Diagnostic {
    let message = match value {
        Some(true) => "this is always true: the step always runs",
        Some(false) => "this is always false: the step never runs",
        None => "this is the same in every run",
    };
    let mut diagnostic =
        Diagnostic::new(&RULE, span, message).label("nothing in it changes").help(TAG);
    diagnostic.level = Level::Warning;
    diagnostic
}

/// A word that is compared with something fixed; `params` are those of the run.
pub(crate) fn word(span: Span, word: &str, value: Option<bool>, params: &[&str]) -> Diagnostic {
    let value =
        value.map_or_else(|| "the same in every run".to_owned(), |value| format!("always {value}"));
    let diagnostic = Diagnostic::new(
        &RULE,
        span,
        format!("`{word}` is text in a condition, and no variable: this is {value}"),
    )
    .label("two texts")
    .note("words without quotes are text; variables stand in tags");
    if params.contains(&word) {
        diagnostic.help(format!("write `{{{{=workflow.parameters[\"{word}\"] == \"…\"}}}}`"))
    } else {
        diagnostic.help(TAG)
    }
}

fn never_equal(span: Span, is_tag: bool) -> Diagnostic {
    let help = if is_tag {
        "take the quotes off: a tag without them becomes a number, or true or false"
    } else {
        "put both sides in quotes, or none"
    };
    Diagnostic::new(
        &RULE,
        span,
        "these are never equal: text in quotes is no number, and not true or false",
    )
    .label("text, and something else")
    .help(help)
}

/// A tag without quotes whose value can be any text; `compared` is the operator and the text that
/// it is compared with.
pub(crate) fn unquoted(span: Span, name: &str, compared: Option<(&str, &str)>) -> Diagnostic {
    let name = crate::argo::expr::indexed(name);
    let example = match compared {
        Some((sign, with)) => format!("{name} {sign} {with:?}"),
        None => format!("{name} == \"…\""),
    };
    Diagnostic::new(&RULE, span, format!("the value of `{name}` becomes part of the condition"))
        .label("any text can come in here")
        .note("a value such as `release/1.0` or `a==a||b` is read as operators; quotes do not help, since a value can end them")
        .help(format!("write an expression: `{{{{={example}}}}}`"))
}

fn reason(kind: &FlawKind) -> (String, &'static str) {
    let (reason, help) = match kind {
        FlawKind::OpenString => (
            "a quote has no counterpart",
            "close it; either quote ends a string, so neither can stand in one",
        ),
        FlawKind::MixedQuotes => (
            "a string begins and ends with different quotes",
            "use the same quote on both sides; either quote ends a string, so neither can stand in one",
        ),
        FlawKind::OpenBracket => ("`[` has no `]`", "close it, or put the text in quotes"),
        FlawKind::TooDeep => ("parentheses are nested too deep", "write it with fewer of them"),
        FlawKind::Joined => ("two operators are read as one", "put a blank between them"),
        FlawKind::Number => ("text that begins like a number", "put it in quotes"),
        FlawKind::Point => {
            ("a word with a point is read as a field of an object", "put it in quotes")
        }
        FlawKind::NoOperand => {
            ("a value is missing beside this", "write a value on both sides of an operator")
        }
        FlawKind::NoOperator { .. } => (
            "an operator is missing before this",
            "join values with `==`, `!=`, `&&`, `||` and the like; text with blanks stands in quotes",
        ),
        FlawKind::NotBool => {
            ("this is neither true nor false", "compare it with something: `==`, `!=`")
        }
        FlawKind::Size => {
            ("these cannot be compared by size", "compare two numbers: no quotes on either side")
        }
        FlawKind::List => {
            ("`in` takes a list of two values or more", "write `in ('a', 'b')`, or `==`")
        }
        FlawKind::Arithmetic => {
            ("this is read as a calculation with text", "put the text in quotes")
        }
        FlawKind::Foreign => (
            "Argo has no such variable, and leaves the tag as it is",
            "see Argo's documentation of workflow variables",
        ),
        FlawKind::Parenthesis(c) => {
            return (format!("`{c}` has no counterpart"), "close every parenthesis");
        }
        FlawKind::Operator { .. } => (
            "this is no operator",
            "the operators are `==`, `!=`, `<`, `<=`, `>`, `>=`, `=~`, `!~`, `in`, `&&`, `||`, `!`; text stands in quotes",
        ),
        FlawKind::Constant { .. } | FlawKind::NeverEqual { .. } => ("it never changes", TAG),
    };
    (reason.to_owned(), help)
}
