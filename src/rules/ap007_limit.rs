//! AP007: input beyond what any manifest needs, so that hostile input ends in a message and not in
//! lost memory.

use crate::diagnostics::Diagnostic;
use crate::source::Span;

rule!("AP007", "limit", Error, "input that is too large or too deep");

/// A file of more than `limit` bytes.
pub(crate) fn file_size(span: Span, limit: u64) -> Diagnostic {
    Diagnostic::new(&RULE, span, format!("the file is larger than {} MiB", limit / 1024 / 1024))
        .label("not read")
        .help("split it into several files; how definitions are spread over files means nothing")
}

/// Lists and maps more than `limit` deep.
pub(crate) fn depth(span: Span, limit: usize) -> Diagnostic {
    Diagnostic::new(&RULE, span, format!("lists and maps are nested more than {limit} deep"))
        .label("the document was read up to here")
        .help("no definition and no manifest is nested so deep: look for a list that never ends")
}

/// Aliases that repeat more than `limit` values.
pub(crate) fn aliases(span: Span, limit: usize) -> Diagnostic {
    Diagnostic::new(
        &RULE,
        span,
        format!("aliases repeat more than {limit} values in this document"),
    )
    .label("the document was read up to here")
    .help("write the values out, or repeat less")
}

/// Aliases that repeat more values in all files together than memory holds.
pub(crate) fn aliases_of_run(span: Span) -> Diagnostic {
    Diagnostic::new(&RULE, span, "the aliases of all files together repeat too many values")
        .label("the document was read up to here")
        .help("write the values out, or repeat less")
}

/// A `kind` of node, list or map, with more entries than `limit`; `span` is the first beyond.
pub(crate) fn entries(span: Span, kind: &str, entries: usize, limit: usize) -> Diagnostic {
    let message = format!("this {kind} has {entries} entries: {limit} is the most in a definition");
    Diagnostic::new(&RULE, span, message)
        .label("not read from here on")
        .help("divide it among several definitions")
}

/// A Builder with expressions that takes `size` bytes for each of so many pipelines, and may take
/// `limit`.
pub(crate) fn builder(span: Span, size: usize, limit: usize, pipelines: usize) -> Diagnostic {
    let (size, limit) = (size / 1024, limit / 1024);
    let message = format!("a Builder with expressions that takes {size} KiB of memory");
    Diagnostic::new(&RULE, span, message)
        .label(format!("{limit} KiB is the most beside {pipelines} pipelines"))
        .note("a Builder with expressions is read anew for each pipeline")
        .help("move templates into Tasks, or use params instead of expressions")
}
