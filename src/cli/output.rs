//! Standard output and standard error: the one place that prints.

use std::io::{self, IsTerminal, Write};

use anyhow::Context;

use crate::Compiled;
use crate::cli::Outcome;
use crate::diagnostics::format::{Format, Report};
use crate::diagnostics::{Diagnostic, Level};

/// Bytes that are written to standard output at a time.
const BUFFER: usize = 256 * 1024;

/// Writes to standard output.
pub(crate) fn print(text: &str) -> anyhow::Result<()> {
    print_all([text])
}

/// Writes several texts to standard output, one behind the other.
pub(crate) fn print_all<'t>(texts: impl IntoIterator<Item = &'t str>) -> anyhow::Result<()> {
    let mut out = io::BufWriter::with_capacity(BUFFER, io::stdout().lock());
    let written = texts.into_iter().try_for_each(|text| out.write_all(text.as_bytes()));
    written.and_then(|()| out.flush()).context("could not write to standard output")
}

/// Writes to standard error; there is nowhere to report that this fails.
pub(crate) fn complain(text: &str) {
    let _ = writeln!(io::stderr().lock(), "{}", text.trim_end());
}

/// Whether the reader of standard output went away, as `head` does.
pub(crate) fn is_closed_pipe(error: &anyhow::Error) -> bool {
    error
        .root_cause()
        .downcast_ref::<io::Error>()
        .is_some_and(|error| error.kind() == io::ErrorKind::BrokenPipe)
}

/// Reports what was found on standard error; returns how the run ends for it.
pub(crate) fn report(compiled: &Compiled) -> Outcome {
    let shown: Vec<Diagnostic> =
        compiled.findings.iter().filter(|finding| finding.level != Level::Note).cloned().collect();
    complain_of(&shown, compiled);
    warn_of_nothing(compiled);
    outcome(&compiled.findings, compiled, false)
}

/// Warns if nothing was found that is ours, which is hardly what was meant; returns whether it did.
pub(crate) fn warn_of_nothing(compiled: &Compiled) -> bool {
    let is_nothing = compiled.model.count == 0
        && compiled.model.config.is_none()
        && compiled.findings.is_empty()
        && compiled.unread.is_empty();
    if is_nothing {
        complain(
            "warning: there is no definition here: nothing with apiVersion packs.argoproj.io/v1beta1 and a kind of it",
        );
    }
    is_nothing
}

/// Reports findings on standard error in full.
pub(crate) fn complain_of(findings: &[Diagnostic], compiled: &Compiled) {
    let colour = shows_colour(&io::stderr());
    let report = Report { sources: compiled.sources, findings, unread: compiled.unread, colour };
    let (text, summary) = (Format::Full.print(&report), summary(findings));
    if !text.is_empty() {
        complain(&format!("{}\n\n{summary}", text.trim_end()));
    }
}

/// Whether a stream shows colours (<https://no-color.org>).
pub(crate) fn shows_colour(stream: &impl IsTerminal) -> bool {
    stream.is_terminal() && std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty())
}

/// "1 error", "2 errors".
pub(crate) fn counted(count: usize, word: &str) -> String {
    format!("{count} {word}{}", if count == 1 { "" } else { "s" })
}

/// "2 errors, 1 warning".
pub(crate) fn summary(findings: &[Diagnostic]) -> String {
    let count = |level: Level| findings.iter().filter(|finding| finding.level == level).count();
    let said = |(count, word): (usize, &str)| (count > 0).then(|| counted(count, word));
    let parts: Vec<String> = [
        (count(Level::Error), "error"),
        (count(Level::Warning), "warning"),
        (count(Level::Note), "note"),
    ]
    .into_iter()
    .filter_map(said)
    .collect();
    parts.join(", ")
}

/// How a run ends for what was found.
pub(crate) fn outcome(findings: &[Diagnostic], compiled: &Compiled, strict: bool) -> Outcome {
    let worst = if strict { Level::Warning } else { Level::Error };
    if !compiled.unread.is_empty() {
        Outcome::Io
    } else if findings.iter().any(|finding| finding.level <= worst) {
        Outcome::Findings
    } else {
        Outcome::Clean
    }
}
