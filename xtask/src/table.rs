//! The corpus's tables: a line a row, cells between tabs, names of columns in the first line.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result};

/// The cells of these columns, row by row; a cell that a row lacks is empty.
///
/// # Errors
///
/// The file cannot be read, or lacks a column.
pub(crate) fn read<const N: usize>(file: &Path, columns: [&str; N]) -> Result<Vec<[String; N]>> {
    let text =
        fs::read_to_string(file).with_context(|| format!("cannot read {}", file.display()))?;
    let mut lines = text.lines();
    let header: Vec<&str> = lines.next().unwrap_or_default().split('\t').collect();
    let mut places = [0; N];
    for (place, name) in places.iter_mut().zip(columns) {
        let found = header.iter().position(|column| *column == name);
        *place = found.with_context(|| format!("{} has no column `{name}`", file.display()))?;
    }
    let rows = lines.map(|line| {
        let cells: Vec<&str> = line.split('\t').collect();
        places.map(|place| cells.get(place).copied().unwrap_or_default().to_owned())
    });
    Ok(rows.collect())
}
