//! How long generating takes, and how much comes out.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use anyhow::{Result, ensure};

use super::Plan;
use crate::measure::{self, Cost};
use crate::workbench;

/// Into an empty folder.
pub(super) fn fresh(generator: &Path, plan: &Plan, krate: &Path) -> Result<Cost> {
    measure::median(
        plan.runs,
        || workbench::remove(krate),
        || workbench::generate(generator, &plan.spec, krate),
    )
}

/// With nothing changed: no file may be touched.
pub(super) fn unchanged(generator: &Path, plan: &Plan, krate: &Path) -> Result<Cost> {
    let before = times(krate)?;
    let cost = measure::median(
        plan.runs,
        || Ok(()),
        || workbench::generate(generator, &plan.spec, krate),
    )?;
    ensure!(before == times(krate)?, "files were touched without need");
    Ok(cost)
}

/// Lines and bytes of a crate's Rust, and the number of its files.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Size {
    pub(crate) files: usize,
    pub(crate) lines: usize,
    pub(crate) bytes: usize,
}

/// The size of all that was written, the copy of the runtime included.
pub(super) fn size(krate: &Path) -> Result<Size> {
    let mut size = Size::default();
    for file in workbench::files(krate)? {
        let text = fs::read(&file)?;
        size.files += 1;
        size.lines += text.iter().filter(|byte| **byte == b'\n').count();
        size.bytes += text.len();
    }
    Ok(size)
}

fn times(krate: &Path) -> Result<BTreeMap<PathBuf, SystemTime>> {
    workbench::files(krate)?
        .into_iter()
        .map(|file| {
            let changed = fs::metadata(&file)?.modified()?;
            Ok((file, changed))
        })
        .collect()
}
