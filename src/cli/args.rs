//! What can be asked for on the command line.

use std::path::PathBuf;

use clap::{Parser, Subcommand};

use crate::diagnostics::format::Format;
use crate::emit;
use crate::model::origins::{REVISION, is_revision};

/// Compiles `ArgoPacks` definitions to Argo Workflows and Argo Events manifests, proved before a
/// cluster sees them.
#[derive(Debug, Parser)]
#[command(name = "argopacks", version, max_term_width = 100)]
#[command(
    about = "Compiles ArgoPacks definitions to Argo Workflows and Argo Events manifests, proved before a cluster sees them"
)]
pub struct Args {
    #[command(subcommand)]
    pub command: Command,
}

#[derive(Debug, Subcommand)]
pub enum Command {
    /// Print the manifests that definitions come to
    Render(Render),
    /// Find every mistake in definitions
    Validate(Validate),
    /// Print the Workflow of one build, for `kubectl create -f -`
    Build(Build),
    /// Explain a kind, a field, a rule, or where values and lines of the output come from
    Explain(Explain),
    /// The bundled packs
    Packs(Packs),
    /// Print the JSON Schema of the definitions
    Schema(Schema),
}

const PATHS: &str = "Files, directories, or - for standard input";

#[derive(Debug, clap::Args)]
pub struct Render {
    #[arg(help = PATHS, default_value = ".")]
    pub paths: Vec<PathBuf>,
    /// Only objects of these kinds
    #[arg(long, value_name = "KIND", value_delimiter = ',')]
    pub only: Vec<String>,
    /// Only what belongs to this project
    #[arg(long, value_name = "PROJECT")]
    pub project: Option<String>,
    /// Builds as well: Workflows, to be created once
    #[arg(long)]
    pub builds: bool,
    #[command(flatten)]
    pub time: Time,
    /// How manifests are printed; default yaml
    #[arg(short, long, value_name = "FORMAT")]
    pub output: Option<emit::Format>,
    /// Write a tree of files into this directory instead of printing
    #[arg(long, value_name = "DIR", conflicts_with_all = ["only", "project", "builds", "output"])]
    pub output_dir: Option<PathBuf>,
    /// Write nothing; print what would change in the directory, and exit with 1 if something would
    #[arg(long, conflicts_with_all = ["only", "project", "builds", "output"])]
    pub check: bool,
    /// Write over files of the directory that were changed by hand
    #[arg(long, conflicts_with_all = ["check", "only", "project", "builds", "output"])]
    pub force: bool,
}

/// The time that names of builds are made with.
#[derive(Debug, clap::Args)]
pub struct Time {
    /// Seconds since 1970 for names of builds; default `SOURCE_DATE_EPOCH`, else now
    #[arg(long, value_name = "SECONDS")]
    pub timestamp: Option<i64>,
}

#[derive(Debug, clap::Args)]
pub struct Validate {
    #[arg(help = PATHS, default_value = ".")]
    pub paths: Vec<PathBuf>,
    /// How findings are printed
    #[arg(long, value_name = "FORMAT", default_value = "full")]
    pub format: Format,
    /// Warnings end in exit status 1 as well
    #[arg(long)]
    pub strict: bool,
}

#[derive(Debug, clap::Args)]
pub struct Build {
    /// The pipeline: NAME, or PROJECT/NAME where several projects have one of the name
    pub pipeline: String,
    #[arg(help = PATHS, default_value = ".")]
    pub paths: Vec<PathBuf>,
    /// A value for a param of the pipeline
    #[arg(short, long = "param", value_name = "NAME=VALUE", value_parser = key_value)]
    pub params: Vec<(String, String)>,
    /// Branch, tag or commit
    #[arg(long, value_parser = revision)]
    pub revision: Option<String>,
    /// Tag of the image
    #[arg(long)]
    pub tag: Option<String>,
    #[command(flatten)]
    pub time: Time,
    /// How the manifest is written
    #[arg(short, long, value_name = "FORMAT", default_value = "yaml")]
    pub output: emit::Format,
}

#[derive(Debug, clap::Args)]
#[command(args_conflicts_with_subcommands = true, subcommand_negates_reqs = true)]
#[command(disable_help_subcommand = true)]
pub struct Explain {
    #[command(subcommand)]
    pub command: Option<ExplainCommand>,
    /// `KIND[.field]`, a rule such as AP201, `pipeline/NAME`, or `project/NAME`
    #[arg(required = true)]
    pub topic: Option<String>,
    #[arg(help = PATHS, default_value = ".")]
    pub paths: Vec<PathBuf>,
}

#[derive(Debug, Subcommand)]
pub enum ExplainCommand {
    /// Where each line of an emitted manifest comes from
    Output(ExplainOutput),
}

#[derive(Debug, clap::Args)]
pub struct ExplainOutput {
    /// `KIND/NAME[.path]`: an object as kubectl names it, and what of it; all of it by default
    pub object: String,
    #[arg(help = PATHS, default_value = ".")]
    pub paths: Vec<PathBuf>,
    /// The object's namespace, where several have one of the name
    #[arg(short, long, value_name = "NAMESPACE")]
    pub namespace: Option<String>,
    #[command(flatten)]
    pub time: Time,
}

#[derive(Debug, clap::Args)]
pub struct Packs {
    #[command(subcommand)]
    pub command: PacksCommand,
}

#[derive(Debug, Subcommand)]
pub enum PacksCommand {
    /// Names, versions and what each does
    List,
    /// The definition of a pack
    Show {
        /// Name of the pack
        name: String,
    },
}

#[derive(Debug, clap::Args)]
pub struct Schema {
    /// Only this kind
    pub kind: Option<String>,
}

fn revision(text: &str) -> Result<String, String> {
    if is_revision(text) { Ok(text.to_owned()) } else { Err(format!("a revision is {REVISION}")) }
}

fn key_value(text: &str) -> Result<(String, String), String> {
    match text.split_once('=') {
        Some((key, value)) if !key.is_empty() => Ok((key.to_owned(), value.to_owned())),
        _ => Err("a param is given as NAME=VALUE".to_owned()),
    }
}
