//! `argopacks validate`: every mistake at once.

use std::io::stdout;

use super::args::Validate;
use super::{Outcome, output};
use crate::compile;
use crate::diagnostics::format::{Format, Report};

pub fn run(args: &Validate) -> anyhow::Result<Outcome> {
    compile(&args.paths, |compiled| {
        let colour = output::shows_colour(&stdout());
        let report = Report {
            sources: compiled.sources,
            findings: &compiled.findings,
            unread: compiled.unread,
            colour,
        };
        output::print(&args.format.print(&report))?;
        if args.format == Format::Full {
            let found = output::summary(&compiled.findings);
            let definitions = output::counted(
                compiled.model.definitions.len() + compiled.model.broken.len(),
                "definition",
            );
            output::complain(&if found.is_empty() && !compiled.unread.is_empty() {
                format!("{definitions}; not everything could be read")
            } else if found.is_empty() {
                format!("{definitions}, no mistakes")
            } else {
                format!("{definitions}: {found}")
            });
        }
        Ok(output::outcome(&compiled.findings, &compiled, args.strict))
    })
}
