//! `cargo xtask`: chores that are too long for every change.

mod bars;
mod bench;
mod corpus;
mod features;
mod growth;
mod history;
mod measure;
mod table;
mod workbench;

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Parser, Subcommand};

#[derive(Parser)]
#[command(about = "Chores of this project", disable_help_subcommand = true)]
struct Arguments {
    #[command(subcommand)]
    chore: Chore,
}

#[derive(Subcommand)]
enum Chore {
    /// Measure the generator and the crate that it writes, beside others
    Bench {
        /// The document
        #[arg(long, value_name = "FILE")]
        spec: Option<PathBuf>,
        /// How often each figure is measured; the median counts
        #[arg(long, default_value_t = 5)]
        runs: usize,
        /// Measure the other generators too: installs them with `cargo install`, and takes half an hour
        #[arg(long)]
        rivals: bool,
        /// Write xtask/benchmark.md and xtask/benchmark.svg
        #[arg(long)]
        save: bool,
    },
    /// Generate every document of the corpus, and check what comes out
    Corpus(corpus::Plan),
    /// Generate one document and say as JSON what came of it: what `corpus` starts for each
    #[command(hide = true)]
    CorpusDocument(corpus::Task),
    /// Measure what generating costs as documents grow
    Growth(growth::Plan),
    /// Hold what `diff` says against the compiler and against other tools
    History(history::Plan),
    /// Check the crate of a document with each of its features alone
    Features {
        /// The document
        #[arg(long, value_name = "FILE")]
        spec: Option<PathBuf>,
    },
}

fn main() -> ExitCode {
    let done = match Arguments::parse().chore {
        Chore::Bench {
            spec,
            runs,
            rivals,
            save,
        } => bench::bench(&bench::Plan {
            spec: spec.unwrap_or_else(workbench::atlas),
            runs: runs.max(1),
            rivals,
            save,
        }),
        Chore::Corpus(plan) => corpus::corpus(&plan),
        Chore::CorpusDocument(task) => corpus::work(&task),
        Chore::History(plan) => history::history(&plan),
        Chore::Growth(plan) => growth::growth(&plan),
        Chore::Features { spec } => features::features(&spec.unwrap_or_else(workbench::atlas)),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}
