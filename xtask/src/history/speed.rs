//! How long `diff` takes, beside making one of its two crates.

use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result, ensure};

use super::pairs::Revision;
use crate::measure;
use crate::workbench;

/// Comparing two documents may take so many times as long as generating from one.
const MOST: f64 = 1.3;
/// Each is measured so often; the median counts.
const RUNS: usize = 9;

/// Measures every pair and prints a table. Nothing is kept on a disk, whose time is neither's.
///
/// # Errors
///
/// The generator does not build or refuses a document, or comparing takes too long.
pub(super) fn speed(revisions: &[Revision]) -> Result<()> {
    let generator = workbench::generator()?;
    let folder = workbench::scratch("speed")?;
    println!("| pair | generate the new one | diff | times |\n|---|--:|--:|--:|");
    let mut slow = Vec::new();
    for pair in revisions {
        let generate = generate(&generator, &pair.new, &folder.join("crate"))?;
        let diff = diff(&generator, pair)?;
        println!(
            "| {} | {:.0} ms | {:.0} ms | {:.2} |",
            pair.name,
            generate * 1e3,
            diff * 1e3,
            diff / generate
        );
        if diff > generate * MOST {
            slow.push(pair.name.as_str());
        }
    }
    workbench::remove(&folder)?;
    ensure!(
        slow.is_empty(),
        "more than {MOST} times: {}",
        slow.join(", ")
    );
    Ok(())
}

/// Seconds to write the crate of a document into an empty folder.
fn generate(generator: &Path, spec: &Path, out: &Path) -> Result<f64> {
    let cost = measure::median(
        RUNS,
        || workbench::remove(out),
        || workbench::generate(generator, spec, out),
    )
    .with_context(|| format!("{} is not generated", spec.display()))?;
    Ok(cost.wall_seconds())
}

fn diff(generator: &Path, pair: &Revision) -> Result<f64> {
    let command = || {
        let mut command = Command::new(generator);
        command.arg("diff").arg(&pair.old).arg(&pair.new);
        command
    };
    let cost = measure::median(RUNS, || Ok(()), command)
        .with_context(|| format!("{} is not compared", pair.name))?;
    Ok(cost.wall_seconds())
}
