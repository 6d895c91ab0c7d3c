//! What generating costs as documents grow.

mod script;

use std::env;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, ensure};
use atlas_codegen_tests::oracle::document::Document;
use clap::Args;
use serde_json::{Map, Value};

use crate::bars::{self, Bar, Panel};
use crate::measure::{self, Cost};
use crate::workbench;

/// The sizes of the documents.
const SIZES: [usize; 4] = [10, 100, 1_000, 10_000];
/// Ten times the operations may take so many times the time or the memory before it counts as more than linear: what is measured on
/// a machine that does other things is never exact.
const TOLERANCE: f64 = 13.0;

/// A run shorter than this is as good as its start, in seconds: the system counts no finer.
const SHORTEST: f64 = 0.02;

/// How to measure.
#[derive(Args, Debug)]
pub(crate) struct Plan {
    /// How often each figure is measured; the median counts
    #[arg(long, default_value_t = 3)]
    runs: usize,
    /// Write xtask/growth.md and xtask/growth.svg
    #[arg(long)]
    save: bool,
    /// Only write the document of so many operations, and print how many schemas it has
    #[arg(long, hide = true, requires = "into", value_name = "OPERATIONS")]
    document: Option<usize>,
    /// Where to write it
    #[arg(long, hide = true, value_name = "FILE")]
    into: Option<PathBuf>,
}

/// A document and what it cost.
struct Measured {
    operations: usize,
    schemas: usize,
    bytes: u64,
    cost: Cost,
}

/// Measures time and memory of generating documents of several sizes, prints a table, and holds growth linear.
///
/// # Errors
///
/// The Atlas document is not there, the generator does not build or refuses a document, or growth is more than linear.
pub(crate) fn growth(plan: &Plan) -> Result<()> {
    let spec = workbench::atlas();
    ensure!(
        spec.is_file(),
        "{} is not there; ATLAS_CODEGEN_CORPUS names the folder of the corpus",
        spec.display()
    );
    if let (Some(operations), Some(file)) = (plan.document, &plan.into) {
        return write(&spec, operations, file);
    }
    let generator = workbench::generator()?;
    let folder = workbench::scratch("growth")?;
    let all = SIZES
        .iter()
        .map(|operations| measured(plan, &generator, &folder, *operations));
    let all = all.collect::<Result<Vec<Measured>>>()?;
    workbench::remove(&folder)?;
    let text = table(&all);
    println!("{text}");
    if plan.save {
        fs::write(workbench::root().join("xtask/growth.md"), &text)?;
        draw(&workbench::root().join("xtask/growth.svg"), &all)?;
    }
    hold(&all)
}

fn write(spec: &Path, operations: usize, file: &Path) -> Result<()> {
    let source = Document::open(spec).map_err(anyhow::Error::msg)?;
    let document = script::grown(source.root(), operations);
    let schemas = document.pointer("/components/schemas");
    let schemas = schemas.and_then(Value::as_object).map_or(0, Map::len);
    fs::write(file, document.to_string())?;
    println!("{schemas}");
    Ok(())
}

/// Makes a document of so many operations, and measures what it costs.
fn measured(plan: &Plan, generator: &Path, folder: &Path, operations: usize) -> Result<Measured> {
    let file = folder.join(format!("{operations}.json"));
    // By another process: this one has to be small where it measures memory.
    let mut made = Command::new(env::current_exe()?);
    made.args(["growth", "--document", &operations.to_string(), "--into"]);
    let schemas = workbench::run(made.arg(&file))?;
    let measured = Measured {
        operations,
        schemas: schemas.trim().parse().context("no number of schemas")?,
        bytes: fs::metadata(&file)?.len(),
        cost: cost(plan, generator, folder, &file)?,
    };
    fs::remove_file(&file)?;
    Ok(measured)
}

/// What it costs to generate a document into an empty folder.
fn cost(plan: &Plan, generator: &Path, folder: &Path, spec: &Path) -> Result<Cost> {
    let krate = folder.join("crate");
    // The largest document is over the limits that protect users from bombs, so they are raised for all sizes.
    let config = folder.join("atlas-codegen.toml");
    fs::write(&config, "[limits]\nbytes = 1000000000\nnodes = 100000000\n")?;
    let command = || {
        let mut command = workbench::generate(generator, spec, &krate);
        command.arg("--config").arg(&config);
        command
    };
    let cost = measure::median(plan.runs.max(1), || workbench::remove(&krate), command)
        .with_context(|| format!("{} is not generated", spec.display()))?;
    workbench::remove(&krate)?;
    Ok(cost)
}

fn table(all: &[Measured]) -> String {
    let mut text = String::from(
        "| operations | schemas | document | wall | user time | for each | peak memory | for each |\n\
         |--:|--:|--:|--:|--:|--:|--:|--:|\n",
    );
    for measured in all {
        let _ = writeln!(
            text,
            "| {} | {} | {:.1} MB | {:.2} s | {:.2} s | {:.2} ms | {:.0} MiB | {:.0} KiB |",
            measured.operations,
            measured.schemas,
            float(measured.bytes) / 1e6,
            measured.cost.wall_seconds(),
            measured.cost.user_seconds(),
            milliseconds_each(measured),
            measured.cost.peak_mebibytes(),
            kibibytes_each(measured),
        );
    }
    text
}

fn draw(file: &Path, all: &[Measured]) -> Result<()> {
    let panel = |title: &str, unit: &'static str, value: fn(&Measured) -> f64| Panel {
        title: title.to_owned(),
        unit,
        bars: all
            .iter()
            .map(|measured| Bar {
                name: format!("{} operations", measured.operations),
                value: value(measured),
                stands_out: true,
            })
            .collect(),
    };
    let panels = [
        panel("user time for each operation", "ms", milliseconds_each),
        panel("peak memory for each operation", "KiB", kibibytes_each),
        panel("user time", "s", |measured| measured.cost.user_seconds()),
        panel("peak memory", "MiB", |measured| {
            measured.cost.peak_mebibytes()
        }),
    ];
    bars::draw(file, &panels)
}

/// Ten times the operations may cost ten times as much, and little more.
fn hold(all: &[Measured]) -> Result<()> {
    for pair in all.windows(2) {
        let [before, after] = pair else { continue };
        let time = after.cost.user_seconds() / before.cost.user_seconds().max(SHORTEST);
        let memory = after.cost.peak_mebibytes() / before.cost.peak_mebibytes();
        println!(
            "{} → {} operations: {time:.1} times the time, {memory:.1} times the memory",
            before.operations, after.operations
        );
        ensure!(
            time < TOLERANCE && memory < TOLERANCE,
            "more than linear from {} to {} operations",
            before.operations,
            after.operations
        );
    }
    Ok(())
}

fn milliseconds_each(measured: &Measured) -> f64 {
    measured.cost.user_seconds() * 1e3 / float(measured.operations as u64)
}

fn kibibytes_each(measured: &Measured) -> f64 {
    measured.cost.peak_mebibytes() * 1024.0 / float(measured.operations as u64)
}

// Sizes are far smaller than what a float keeps.
#[allow(clippy::cast_precision_loss)]
fn float(number: u64) -> f64 {
    number as f64
}
