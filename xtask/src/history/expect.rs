//! What the corpus expects of pairs, about the contract of HTTP, beside what `diff` says of the wire.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use anyhow::{Context, Result};
use atlas_codegen::diff::Wire;

use super::row::Row;

/// A row of the table of what is expected.
struct Expected {
    old: String,
    new: String,
    verdict: String,
    ids: String,
}

/// How each pair is judged, there and here.
///
/// # Errors
///
/// The table cannot be read.
pub(super) fn table(corpus: &Path, rows: &[Row]) -> Result<String> {
    let folder = corpus.join("diff-pairs");
    let known: BTreeMap<(String, String), &Row> = rows
        .iter()
        .filter(|row| row.refused.is_none())
        .map(|row| ((row.old.clone(), row.new.clone()), row))
        .collect();
    let mut text =
        String::from("| pair | expected | ids | wire | changes |\n|---|---|---|---|---|\n");
    let mut counts: BTreeMap<(String, &str), usize> = BTreeMap::new();
    for expected in read(&folder)? {
        let path = |name: &str| folder.join(name).display().to_string();
        let Some(row) = known.get(&(path(&expected.old), path(&expected.new))) else {
            continue;
        };
        let wire = row.comparison.wire();
        *counts
            .entry((level(&expected).to_owned(), wire.as_str()))
            .or_default() += 1;
        let changes = row.comparison.changes.iter();
        let changes: Vec<String> = changes
            .filter(|change| change.wire != Wire::Compatible || wire == Wire::Compatible)
            .map(|change| format!("{} {}", change.wire.as_str(), change.rule.code))
            .collect();
        let _ = writeln!(
            text,
            "| {} | {} | {} | {} | {} |",
            row.name,
            level(&expected),
            expected.ids,
            wire.as_str(),
            changes.join(", ")
        );
    }
    if counts.is_empty() {
        return Ok(String::new());
    }
    let _ = writeln!(text, "\n| expected | wire | pairs |\n|---|---|--:|");
    for ((expected, wire), count) in &counts {
        let _ = writeln!(text, "| {expected} | {wire} | {count} |");
    }
    Ok(text)
}

/// What is expected, in one of three words.
fn level(expected: &Expected) -> &str {
    match expected.verdict.as_str() {
        verdict if verdict.starts_with("BREAKING") => "breaking",
        "WARNING" => "risky",
        "non-breaking"
        | "changed, compatible"
        | "compatible"
        | "no endpoint change"
        | "no finding"
        | "no finding (not breaking)"
        | "unchanged" => "compatible",
        other => other,
    }
}

/// The rows that are about the files as they are, and say something.
fn read(folder: &Path) -> Result<Vec<Expected>> {
    let file = folder.join("EXPECT.tsv");
    let text =
        fs::read_to_string(&file).with_context(|| format!("cannot read {}", file.display()))?;
    let mut lines = text.lines();
    let header: Vec<&str> = lines.next().unwrap_or_default().split('\t').collect();
    let column = |name: &str| {
        let found = header.iter().position(|column| *column == name);
        found.with_context(|| format!("{} has no column `{name}`", file.display()))
    };
    let (old, new, verdict) = (column("base")?, column("revision")?, column("verdict")?);
    let (ids, edit) = (
        column("change_ids_with_level")?,
        column("needs_in_memory_edit")?,
    );
    let rows = lines.filter_map(|line| {
        let cells: Vec<&str> = line.split('\t').collect();
        let cell = |at: usize| cells.get(at).map(|cell| (*cell).to_owned());
        let is_meant = cell(edit)? == "no" && !cell(verdict)?.starts_with("unstated");
        let row = Expected {
            old: cell(old)?,
            new: cell(new)?,
            verdict: cell(verdict)?,
            ids: cell(ids)?,
        };
        is_meant.then_some(row)
    });
    Ok(rows.collect())
}
