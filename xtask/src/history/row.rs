//! What is known of a pair, and tables of it.

use std::fmt::Write as _;

use atlas_codegen::diff::{Comparison, Rust};
use atlas_codegen_tests::probe::{Checked, Doubt};

use super::noise::Noise;
use super::pairs::Revision;
use super::tools::Found;

/// What is known of a pair.
#[derive(Default)]
pub(super) struct Row {
    pub(super) name: String,
    pub(super) group: String,
    pub(super) old: String,
    pub(super) new: String,
    /// Why there is nothing to compare.
    pub(super) refused: Option<String>,
    pub(super) comparison: Comparison,
    pub(super) noise: Noise,
    pub(super) tools: Found,
    pub(super) checked: Option<Checked>,
    pub(super) doubts: Vec<Doubt>,
    pub(super) unexplained: Vec<String>,
    /// What cargo-semver-checks finds and no major change of ours names, and so the lines that are gone for cargo-public-api.
    pub(super) unnamed: Vec<String>,
    pub(super) unnamed_lines: Vec<String>,
}

impl Row {
    pub(super) fn of(revision: &Revision) -> Self {
        Self {
            name: revision.name.clone(),
            group: revision.group.clone(),
            old: revision.old.display().to_string(),
            new: revision.new.display().to_string(),
            ..Self::default()
        }
    }

    /// How many items have a verdict; a change that shows in several places counts for each.
    fn items(&self, level: Rust) -> usize {
        let changes = self.comparison.changes.iter();
        changes
            .filter(|change| change.rust == level)
            .map(|change| 1 + change.also.len())
            .sum()
    }

    /// What is wrong with our verdict.
    pub(super) fn faults(&self) -> Vec<String> {
        let mut faults = Vec::new();
        let rust = self.comparison.rust();
        let mut fault = |text: &str| faults.push(format!("{}: {text}", self.name));
        if let Some(checked) = &self.checked {
            if !checked.failed.is_empty() && rust != Rust::Major {
                fault("milder than the program");
            }
            if let Some(text) = &checked.fault {
                fault(text);
            }
        }
        if self.tools.semver.as_deref() == Some("major") && rust != Rust::Major {
            fault("milder than cargo-semver-checks");
        }
        if self.tools.removed.is_some_and(|count| count > 0) && rust != Rust::Major {
            fault("not major, and cargo-public-api shows more than additions");
        }
        faults
    }

    fn probe(&self) -> String {
        match &self.checked {
            None => "–".to_owned(),
            Some(checked) if checked.compiles() => "compiles".to_owned(),
            Some(checked) => format!("{} fail", checked.failed.len()),
        }
    }

    fn cells(&self) -> Vec<String> {
        let Self { noise, tools, .. } = self;
        vec![
            self.name.clone(),
            noise.document_lines.to_string(),
            noise.generated_lines.to_string(),
            noise.files.to_string(),
            self.items(Rust::Patch).to_string(),
            self.items(Rust::Minor).to_string(),
            self.items(Rust::Major).to_string(),
            self.comparison.rust().as_str().to_owned(),
            self.comparison.wire().as_str().to_owned(),
            tools.asked_for(),
            self.unnamed.len().to_string(),
            tools.told(),
            self.unnamed_lines.len().to_string(),
            self.probe(),
            self.doubts.len().to_string(),
            self.unexplained.len().to_string(),
            noise.moved.len().to_string(),
        ]
    }
}

const HEAD: [&str; 17] = [
    "pair",
    "document lines",
    "generated lines",
    "files",
    "patch",
    "minor",
    "major",
    "Rust",
    "wire",
    "cargo-semver-checks (findings)",
    "not named",
    "cargo-public-api",
    "not named",
    "program",
    "in doubt",
    "not told",
    "moved",
];

/// The rows of Atlas, and a summary of the others.
pub(super) fn table(rows: &[Row]) -> String {
    let mut text = format!("| {} |\n|{}\n", HEAD.join(" | "), "---|".repeat(HEAD.len()));
    for row in rows.iter().filter(|row| row.group == "atlas") {
        let _ = writeln!(text, "| {} |", row.cells().join(" | "));
    }
    let small: Vec<&Row> = rows.iter().filter(|row| row.group != "atlas").collect();
    let count = |is: &dyn Fn(&Row) -> bool| small.iter().filter(|row| is(row)).count();
    let _ = writeln!(
        text,
        "\n{} small pairs, {} not generated:",
        small.len(),
        count(&|row| row.refused.is_some())
    );
    for level in [Rust::Patch, Rust::Minor, Rust::Major] {
        let ours = |row: &Row| row.refused.is_none() && row.comparison.rust() == level;
        let _ = writeln!(
            text,
            "- {}: {} pairs; cargo-semver-checks says major of {}; cargo-public-api shows more than additions in {}; {} programs fail",
            level.as_str(),
            count(&ours),
            count(&|row| ours(row) && row.tools.semver.as_deref() == Some("major")),
            count(&|row| ours(row) && row.tools.removed.is_some_and(|count| count > 0)),
            count(&|row| ours(row)
                && row
                    .checked
                    .as_ref()
                    .is_some_and(|checked| !checked.compiles())),
        );
    }
    text
}

/// All rows, a line each.
pub(super) fn tsv(rows: &[Row]) -> String {
    let mut text = format!("{}\trefused\n", HEAD.join("\t"));
    for row in rows {
        let refused = row
            .refused
            .clone()
            .unwrap_or_default()
            .replace(['\t', '\n'], " ");
        let _ = writeln!(text, "{}\t{refused}", row.cells().join("\t"));
    }
    text
}

/// What is in doubt, what is not told, and what moved.
pub(super) fn details(rows: &[Row]) -> String {
    let mut text = String::new();
    for row in rows {
        for doubt in &row.doubts {
            let _ = writeln!(
                text,
                "in doubt: {}: [{}] {}",
                row.name, doubt.code, doubt.sentence
            );
        }
        for told in &row.unexplained {
            let _ = writeln!(text, "not told: {}: {told}", row.name);
        }
        for finding in &row.unnamed {
            let _ = writeln!(text, "not named: {}: {finding}", row.name);
        }
        for line in &row.unnamed_lines {
            let _ = writeln!(text, "line not named: {}: {line}", row.name);
        }
        for item in &row.noise.moved {
            let _ = writeln!(text, "moved: {}: {item}", row.name);
        }
        if let Some(refused) = &row.refused {
            let _ = writeln!(text, "refused: {}: {refused}", row.name);
        }
    }
    text
}
