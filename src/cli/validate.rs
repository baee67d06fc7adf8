//! `argopacks validate`: every mistake at once.

use std::io::stdout;

use super::args::Validate;
use super::{Outcome, output};
use crate::diagnostics::format::{Format, Report};
use crate::{Compiled, compile};

pub(crate) fn run(args: &Validate) -> anyhow::Result<Outcome> {
    compile(&args.paths, |compiled| {
        let colour = output::shows_colour(&stdout());
        let report = Report {
            sources: compiled.sources,
            findings: &compiled.findings,
            unread: compiled.unread,
            colour,
        };
        output::print(&args.format.print(&report))?;
        let is_nothing = output::warn_of_nothing(&compiled);
        if args.format == Format::Full && !is_nothing {
            output::complain(&summary(&compiled));
        }
        Ok(match output::outcome(&compiled.findings, &compiled, args.strict) {
            Outcome::Clean if is_nothing && args.strict => Outcome::Findings,
            outcome => outcome,
        })
    })
}

/// How many definitions there are, and what was found in them.
fn summary(compiled: &Compiled) -> String {
    let definitions = output::counted(compiled.model.count, "definition");
    let found = output::summary(&compiled.findings);
    if !found.is_empty() {
        format!("{definitions}: {found}")
    } else if compiled.unread.is_empty() {
        format!("{definitions}, no mistakes")
    } else {
        format!("{definitions}; not everything could be read")
    }
}
