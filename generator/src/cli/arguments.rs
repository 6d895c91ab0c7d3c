//! What can be said on the command line.

use std::path::PathBuf;

use atlas_codegen::pipeline::{Day, Mode, Stage};
use clap::{Args, Parser, Subcommand, ValueEnum};

/// Reads an OpenAPI document and writes a Rust client crate.
#[derive(Debug, Parser)]
#[command(version, after_help = EXIT_CODES, arg_required_else_help = true)]
pub(crate) struct Arguments {
    #[command(subcommand)]
    pub(crate) command: Command,
}

const EXIT_CODES: &str = "Exit codes: 0 done, 1 refused (a fault, a difference under `check`, or a warning under `--strict`), 2 wrong usage.";

const LINT_EXIT_CODES: &str = "Exit codes: 0 a client can be written (there may be warnings), 1 none can, or there is a warning under `--strict`, 2 wrong usage.";

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Write the client crate of a document
    Generate {
        #[command(flatten)]
        arguments: GenerateArguments,
        /// What to do with the files
        #[arg(long, value_enum, default_value_t)]
        mode: ModeArgument,
    },
    /// Compare the crate with what would be written; exit code 1 and a diff where they differ
    Check(GenerateArguments),
    /// Print what there is to say of a document; nothing is written
    #[command(after_help = LINT_EXIT_CODES)]
    Lint(LintArguments),
    /// Print what a stage makes of the document, as JSON
    Dump(DumpArguments),
    /// Write a commented config for a document
    Init(InitArguments),
    /// Say what a new document means for those who use the crate
    Diff(super::diff::DiffArguments),
    /// Say what a change is about that `diff` tells of
    Explain(super::diff::ExplainArguments),
}

/// Which document, with which config.
#[derive(Debug, Args)]
pub(crate) struct Source {
    /// The config [default: spec/atlas-codegen.toml or atlas-codegen.toml, unless --spec is given]
    #[arg(long, value_name = "FILE")]
    pub(crate) config: Option<PathBuf>,
    /// The OpenAPI document, YAML or JSON; wins over the config's
    #[arg(long, value_name = "FILE")]
    pub(crate) spec: Option<PathBuf>,
}

#[derive(Debug, Args)]
pub(crate) struct GenerateArguments {
    #[command(flatten)]
    pub(crate) source: Source,
    /// The folder of the crate; wins over the config's [default: a folder here, named like the crate]
    #[arg(long, value_name = "DIR")]
    pub(crate) out: Option<PathBuf>,
    /// The name of the crate; wins over the config's [default: made from the API's title]
    #[arg(long, value_name = "CRATE")]
    pub(crate) name: Option<String>,
    /// Refuse the document for warnings too
    #[arg(long)]
    pub(crate) strict: bool,
    /// Print one JSON object instead of text
    #[arg(long)]
    pub(crate) json: bool,
}

#[derive(Debug, Args)]
pub(crate) struct LintArguments {
    /// The OpenAPI document, YAML or JSON; wins over the config's
    #[arg(value_name = "SPEC", required_unless_present = "config")]
    pub(crate) spec: Option<PathBuf>,
    /// A config that says how the document is read
    #[arg(long, value_name = "FILE")]
    pub(crate) config: Option<PathBuf>,
    /// Take warnings for errors
    #[arg(long)]
    pub(crate) strict: bool,
    /// Print one JSON object instead of text
    #[arg(long)]
    pub(crate) json: bool,
    /// Warn of operations that have ended, or end within so many days
    #[arg(long, value_name = "DAYS")]
    pub(crate) sunset: Option<u32>,
    /// The day that `--sunset` counts from, YYYY-MM-DD [default: the system's day, in UTC]
    #[arg(long, value_name = "DATE", value_parser = day, requires = "sunset")]
    pub(crate) today: Option<Day>,
}

fn day(text: &str) -> Result<Day, String> {
    Day::parse(text).ok_or_else(|| "write a day as YYYY-MM-DD".to_owned())
}

#[derive(Debug, Args)]
pub(crate) struct DumpArguments {
    /// The stage
    #[arg(value_enum)]
    pub(crate) stage: StageArgument,
    #[command(flatten)]
    pub(crate) source: Source,
    /// Only what bears this name: a Rust name, a wire name or an operationId
    #[arg(long, value_name = "NAME")]
    pub(crate) only: Option<String>,
}

#[derive(Debug, Args)]
pub(crate) struct InitArguments {
    /// The OpenAPI document
    #[arg(value_name = "SPEC")]
    pub(crate) spec: PathBuf,
    /// The config to write [default: atlas-codegen.toml beside the document]
    #[arg(long, value_name = "FILE")]
    pub(crate) out: Option<PathBuf>,
}

#[derive(Clone, Copy, Debug, Default, ValueEnum)]
pub(crate) enum ModeArgument {
    /// Write what changed
    #[default]
    Write,
    /// Compare, as `check` does
    Check,
    /// List what would be written
    DryRun,
}

impl From<ModeArgument> for Mode {
    fn from(mode: ModeArgument) -> Self {
        match mode {
            ModeArgument::Write => Self::Write,
            ModeArgument::Check => Self::Check,
            ModeArgument::DryRun => Self::DryRun,
        }
    }
}

#[derive(Clone, Copy, Debug, ValueEnum)]
pub(crate) enum StageArgument {
    /// What the API means
    Ir,
    /// The Rust identifiers
    Names,
    /// The crate to be
    Surface,
}

impl From<StageArgument> for Stage {
    fn from(stage: StageArgument) -> Self {
        match stage {
            StageArgument::Ir => Self::Ir,
            StageArgument::Names => Self::Names,
            StageArgument::Surface => Self::Surface,
        }
    }
}
