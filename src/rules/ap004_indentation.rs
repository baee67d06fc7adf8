//! AP004: a line that is indented like none of the lists and maps around it.

use crate::diagnostics::Diagnostic;
use crate::source::Span;

rule!("AP004", "indentation", Error, "a line indented like nothing around it");

/// `indent` is how many spaces the line has, `level` how many the nearest list or map around it
/// has.
pub(crate) fn finding(span: Span, indent: usize, level: usize, is_item: bool) -> Diagnostic {
    let (what, siblings) =
        if is_item { ("list item", "the other items") } else { ("key", "the other keys") };
    Diagnostic::new(
        &RULE,
        span,
        format!("this {what} is indented by {}, {siblings} of its kind by {level}", spaces(indent)),
    )
    .label(format!("starts in column {}", indent + 1))
    .note("it was read, with what is under it, as if it were in line")
    .help(format!(
        "indent it, and what is under it, by {} {}",
        spaces(indent.abs_diff(level)),
        if indent > level { "less" } else { "more" }
    ))
}

fn spaces(count: usize) -> String {
    if count == 1 { "1 space".to_owned() } else { format!("{count} spaces") }
}
