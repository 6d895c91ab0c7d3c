//! The figures as a table.

use std::fmt::Write as _;

use super::calls::Throughput;
use super::decode::Speed;
use super::generate::Size;
use super::program::Sizes;
use crate::measure::Cost;

/// What was measured of one generator.
#[derive(Clone, Debug, Default)]
pub(crate) struct Figures {
    pub(crate) name: String,
    pub(crate) generate: Option<Cost>,
    pub(crate) generate_again: Option<Cost>,
    pub(crate) size: Option<Size>,
    pub(crate) check: Option<Cost>,
    pub(crate) release: Option<Cost>,
    pub(crate) check_one_feature: Option<Cost>,
    pub(crate) program: Option<Sizes>,
    pub(crate) decode: Vec<Speed>,
    /// The client, then what it is held against.
    pub(crate) calls: Vec<Throughput>,
    /// What a reader must know, such as that the crate does not compile.
    pub(crate) note: String,
}

type Row = (&'static str, fn(&Figures) -> String);

const ROWS: &[Row] = &[
    ("generate into an empty folder: wall, peak", |f| {
        wall(f.generate)
    }),
    ("generate again, nothing changed: wall", |f| {
        wall(f.generate_again)
    }),
    ("output: files, lines, bytes", |f| {
        f.size.map_or_else(none, |size| {
            format!(
                "{} files, {} k lines, {:.1} MB",
                size.files,
                size.lines / 1000,
                megabytes(size.bytes as u64)
            )
        })
    }),
    ("`cargo check`, all features: CPU, peak", |f| cpu(f.check)),
    ("`cargo build --release`, all features: CPU, peak", |f| {
        cpu(f.release)
    }),
    ("`cargo check`, one group's feature: CPU, peak", |f| {
        cpu(f.check_one_feature)
    }),
    ("a program that calls one operation, stripped", |f| {
        f.program.map_or_else(none, |sizes| {
            let (ours, bare) = (megabytes(sizes.with_client), megabytes(sizes.by_hand));
            format!(
                "{ours:.2} MB; by hand with reqwest {bare:.2} MB: {:.2}×",
                ours / bare
            )
        })
    }),
    ("decoding a megabyte, against derived serde", |f| {
        let mut text = String::new();
        for speed in &f.decode {
            let _ = write!(
                text,
                "{}{}: {:.0} MB/s, {:.2}×",
                if text.is_empty() { "" } else { "; " },
                speed.what,
                speed.ours,
                speed.ours / speed.derived
            );
        }
        if text.is_empty() { none() } else { text }
    }),
    ("calls a second on loopback, allocations a call", |f| {
        let ways = f
            .calls
            .iter()
            .map(|way| format!("{} {:.0}, {:.0}", way.name, way.calls, way.allocations));
        let text = ways.collect::<Vec<_>>().join("; ");
        if text.is_empty() { none() } else { text }
    }),
    ("note", |f| f.note.clone()),
];

/// A row for each figure, a column for each generator.
pub(super) fn markdown(ours: &Figures, rivals: &[Figures]) -> String {
    let mut text = String::from("| figure |");
    let columns: Vec<&Figures> = std::iter::once(ours).chain(rivals).collect();
    for figures in &columns {
        let _ = write!(text, " {} |", figures.name);
    }
    let _ = writeln!(text, "\n|---|{}", "---|".repeat(columns.len()));
    for (what, show) in ROWS {
        let cells: Vec<String> = columns.iter().map(|figures| show(figures)).collect();
        if cells.iter().any(|cell| !cell.is_empty()) {
            let _ = writeln!(text, "| {what} | {} |", cells.join(" | "));
        }
    }
    text
}

fn wall(cost: Option<Cost>) -> String {
    cost.map_or_else(none, |cost| {
        format!(
            "{:.2} s, {:.0} MiB",
            cost.wall_seconds(),
            cost.peak_mebibytes()
        )
    })
}

fn cpu(cost: Option<Cost>) -> String {
    cost.map_or_else(none, |cost| {
        format!(
            "{:.1} s, {:.2} GiB",
            cost.cpu_seconds(),
            cost.peak_mebibytes() / 1024.0
        )
    })
}

fn none() -> String {
    "–".to_owned()
}

// Files are far smaller than what a float keeps.
#[allow(clippy::cast_precision_loss)]
fn megabytes(bytes: u64) -> f64 {
    bytes as f64 / 1e6
}
