//! AP409: a value of a loop's item that Argo hands on in another form than it is written in.

use crate::diagnostics::Diagnostic;
use crate::source::Span;

rule!("AP409", "escaped-item", Error, "a value in a map of a loop that JSON escapes");

/// `character` is the first that JSON escapes.
pub(crate) fn finding(span: Span, key: &str, character: char) -> Diagnostic {
    let what = match character {
        '"' => "a quotation mark",
        '\\' => "a backslash",
        '\n' => "a line break",
        '\t' => "a tab",
        _ => "a character that is not printed",
    };
    let message = format!("`{{{{item.{key}}}}}` would not be this text as it is written");
    Diagnostic::new(&RULE, span, message)
        .label(format!("{what}, which JSON escapes"))
        .note("Argo hands on the values of an item that is a map as they stand in JSON")
        .help("loop over the values themselves and take `{{item}}`, or write a name and let the script choose the text by it")
}
