//! What can be asked for on the command line.

use std::ops::Range;
use std::path::PathBuf;
use std::time::Duration;

use clap::Parser;

/// Gives mutated definitions to the compiler, and tells the seeds of those that it does not stand.
#[derive(Debug, Parser)]
#[command(name = "fuzz", max_term_width = 100)]
pub(crate) struct Args {
    /// The first seed
    #[arg(long, default_value_t = 1)]
    pub(crate) seed: u64,
    /// How many seeds
    #[arg(long, default_value_t = 10_000)]
    pub(crate) count: u64,
    /// How many processes
    #[arg(long, default_value_t = 2)]
    pub(crate) workers: u64,
    /// Seconds that an input may take
    #[arg(long, default_value_t = 2)]
    pub(crate) limit: u64,
    /// Directories of directories of definitions, beside those of the repository
    #[arg(long, value_name = "DIR")]
    pub(crate) directories: Vec<PathBuf>,
    /// Write the directories of the seeds below this one, and end
    #[arg(long, value_name = "DIR")]
    pub(crate) write: Option<PathBuf>,
    /// Write large hostile inputs into this directory, and measure what the program takes for them
    #[arg(long, value_name = "DIR")]
    pub(crate) hostile: Option<PathBuf>,
    /// Bytes of a hostile input
    #[arg(long, default_value_t = 1_000_000)]
    pub(crate) size: usize,
    /// The program that is measured; without it, hostile inputs are only written
    #[arg(long, value_name = "PATH")]
    pub(crate) binary: Option<PathBuf>,
    /// Only hostile inputs whose name has this in it
    #[arg(long, value_name = "TEXT", default_value = "")]
    pub(crate) only: String,
    #[arg(long, hide = true)]
    pub(crate) worker: bool,
    #[arg(long, hide = true, default_value = ".")]
    pub(crate) scratch: PathBuf,
    /// Given by `cargo bench`
    #[arg(long, hide = true)]
    bench: bool,
}

impl Args {
    pub(crate) fn seeds(&self) -> Range<u64> {
        self.seed..self.seed.saturating_add(self.count)
    }

    pub(crate) fn limit(&self) -> Duration {
        Duration::from_secs(self.limit)
    }
}
