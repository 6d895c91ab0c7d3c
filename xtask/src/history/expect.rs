//! What the corpus expects of pairs, about the contract of HTTP, beside what `diff` says of the wire.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::Path;

use anyhow::Result;
use atlas_codegen::diff::Wire;

use super::row::Row;
use crate::table;

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
    let columns = [
        "base",
        "revision",
        "verdict",
        "change_ids_with_level",
        "needs_in_memory_edit",
    ];
    let rows = table::read(&folder.join("EXPECT.tsv"), columns)?.into_iter();
    let meant =
        rows.filter(|[_, _, verdict, _, edit]| edit == "no" && !verdict.starts_with("unstated"));
    let rows = meant.map(|[old, new, verdict, ids, _]| Expected {
        old,
        new,
        verdict,
        ids,
    });
    Ok(rows.collect())
}
