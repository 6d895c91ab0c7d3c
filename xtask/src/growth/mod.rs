//! What generating costs as documents grow.

mod script;

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use anyhow::{Context, Result, ensure};
use atlas_codegen_tests::oracle::document::Document;
use clap::Args;
use serde_json::Value;

use crate::bars::{self, Bar, Panel};
use crate::measure::{self, Cost};
use crate::workbench;

/// The sizes of the documents.
const SIZES: [usize; 4] = [10, 100, 1_000, 10_000];
/// Ten times the operations may take so many times the time or the memory before it counts as more than linear: what is measured on
/// a machine that does other things is never exact.
const TOLERANCE: f64 = 13.0;

/// How to measure.
#[derive(Args, Debug)]
pub(crate) struct Plan {
    /// How often each figure is measured; the median counts
    #[arg(long, default_value_t = 3)]
    runs: usize,
    /// Write xtask/growth.md and xtask/growth.svg
    #[arg(long)]
    save: bool,
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
    let source = Document::open(&spec).map_err(anyhow::Error::msg)?;
    let generator = workbench::generator()?;
    let folder = workbench::folder("growth")?;
    let mut all = Vec::new();
    for operations in SIZES {
        let file = folder.join(format!("{operations}.json"));
        let document = script::grown(source.root(), operations);
        let schemas = document
            .pointer("/components/schemas")
            .and_then(Value::as_object)
            .map_or(0, serde_json::Map::len);
        fs::write(&file, document.to_string())?;
        drop(document);
        let cost = cost(plan, &generator, &folder, &file)?;
        all.push(Measured {
            operations,
            schemas,
            bytes: fs::metadata(&file)?.len(),
            cost,
        });
        fs::remove_file(&file)?;
    }
    let text = table(&all);
    println!("{text}");
    if plan.save {
        fs::write(workbench::root().join("xtask/growth.md"), &text)?;
        draw(&workbench::root().join("xtask/growth.svg"), &all)?;
    }
    hold(&all)
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
        "| operations | schemas | document | wall | CPU | for each | peak memory | for each |\n\
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
            measured.cost.cpu_seconds(),
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
        panel("CPU time for each operation", "ms", milliseconds_each),
        panel("peak memory for each operation", "KiB", kibibytes_each),
        panel("CPU time", "s", |measured| measured.cost.cpu_seconds()),
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
        let time = after.cost.cpu_seconds() / before.cost.cpu_seconds();
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
    measured.cost.cpu_seconds() * 1e3 / float(measured.operations as u64)
}

fn kibibytes_each(measured: &Measured) -> f64 {
    measured.cost.peak_mebibytes() * 1024.0 / float(measured.operations as u64)
}

// Sizes are far smaller than what a float keeps.
#[allow(clippy::cast_precision_loss)]
fn float(number: u64) -> f64 {
    number as f64
}
