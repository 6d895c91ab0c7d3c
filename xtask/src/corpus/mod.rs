//! Every document of the corpus: generated, compiled, and its schemas sent through the types and back.

mod check;
mod child;
mod cleanup;
mod documents;
mod limits;
mod reading;
mod round_trip;
mod row;
mod table;
mod typed;
mod workspace;

use std::fs;
use std::io::Write as _;
use std::path::PathBuf;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use anyhow::{Context, Result, ensure};
use clap::Args;

pub(crate) use self::child::{Task, work};
use self::documents::Document;
use self::row::Row;
use self::workspace::Batch;
use crate::workbench;

/// The share of operations that must be emitted, that must be typed, and of schemas that must come back the same, in percent.
const FLOOR: f64 = 99.5;

/// What to do with which documents.
#[derive(Args, Debug)]
pub(crate) struct Plan {
    /// Only documents whose path has this in it
    #[arg(long, value_name = "TEXT")]
    filter: Option<String>,
    /// Only the documents of these groups: real, feature, atlas, diff-pairs, negative [default: all but negative]
    #[arg(long, value_name = "GROUP", value_delimiter = ',')]
    group: Vec<String>,
    /// Only a tenth of the documents, always the same
    #[arg(long)]
    tenth: bool,
    /// Compile what was generated
    #[arg(long)]
    check: bool,
    /// Send random instances of every component schema through its type and back
    #[arg(long)]
    round_trip: bool,
    /// Succeed whatever comes out
    #[arg(long)]
    report: bool,
    /// Leave the last batch where it is, for a look
    #[arg(long)]
    keep: bool,
    /// Further documents, which count as clean
    #[arg(value_name = "FILE")]
    files: Vec<PathBuf>,
}

/// Generates every document, checks what is asked for, and prints a table.
///
/// # Errors
///
/// Something cannot be started or written, or the results are not good enough.
pub(crate) fn corpus(plan: &Plan) -> Result<()> {
    let folder = workbench::corpus();
    if !folder.is_dir() && plan.files.is_empty() {
        println!(
            "skipped: {} is not there; ATLAS_CODEGEN_CORPUS names the folder of the corpus",
            folder.display()
        );
        return Ok(());
    }
    let documents = documents::choose(&folder, plan)?;
    ensure!(!documents.is_empty(), "no document is chosen");
    let rows = if plan.check || plan.round_trip {
        in_batches(&documents, plan)?
    } else {
        let slots: Vec<Slot<'_>> = documents.iter().map(Slot::new).collect();
        generate(&slots, Wanted::default(), None)
    };
    let [all, places] = write(&rows, plan)?;
    println!("{}", table::summary(&rows, plan));
    println!("{}", table::reasons(&rows));
    if plan.round_trip {
        println!("{}", table::classes(&rows));
    }
    println!("all rows: {}", all.display());
    println!("each of the places: {}", places.display());
    let faults = table::faults(&rows, FLOOR);
    for fault in &faults {
        println!("not good enough: {fault}");
    }
    ensure!(
        faults.is_empty() || plan.report,
        "{} things are not good enough",
        faults.len()
    );
    Ok(())
}

/// Writes down what is known so far, and tells where: the rows, and the places that they count.
fn write(rows: &[Row], plan: &Plan) -> Result<[PathBuf; 2]> {
    let (names, places) = if plan.round_trip {
        (["round-trip.tsv", "schemas.tsv"], table::schemas(rows))
    } else {
        (["rows.tsv", "places.tsv"], table::places(rows))
    };
    let folder = workbench::folder("corpus")?;
    let files = names.map(|name| folder.join(name));
    for (file, text) in files.iter().zip([table::rows(rows), places]) {
        fs::write(file, text).with_context(|| format!("cannot write {}", file.display()))?;
    }
    Ok(files)
}

/// What is wanted of each document besides its row.
#[derive(Clone, Copy, Debug, Default)]
struct Wanted {
    /// The crate.
    write: bool,
    /// Instances of its schemas.
    questions: bool,
}

/// A document and the package that is made of it.
struct Slot<'d> {
    document: &'d Document,
    package: String,
}

impl<'d> Slot<'d> {
    fn new(document: &'d Document) -> Self {
        Self {
            document,
            package: format!("corpus-{}", document.key),
        }
    }
}

/// Generates and checks so many documents at a time that neither the disk nor a build grows without bound.
fn in_batches(documents: &[Document], plan: &Plan) -> Result<Vec<Row>> {
    let mut rows = Vec::new();
    let kind = if plan.round_trip {
        "round-trip"
    } else {
        "check"
    };
    let wanted = Wanted {
        write: true,
        questions: plan.round_trip,
    };
    for batch in documents::batches(documents) {
        let place = Batch::new(kind)?;
        let slots: Vec<Slot<'_>> = batch.iter().map(Slot::new).collect();
        let mut made = generate(&slots, wanted, Some(&place));
        if plan.round_trip {
            round_trip::run(&place, &slots, &mut made)?;
        } else {
            check::run(&place, &slots, &mut made)?;
        }
        rows.extend(made);
        write(&rows, plan)?;
        if !plan.keep || rows.len() < documents.len() {
            place.clean()?;
        }
        eprint!("\r{} of {} documents", rows.len(), documents.len());
        let _ = std::io::stderr().flush();
    }
    eprintln!();
    Ok(rows)
}

/// Generates documents, several at a time, each in a process of its own.
fn generate(slots: &[Slot<'_>], wanted: Wanted, place: Option<&Batch>) -> Vec<Row> {
    let next = AtomicUsize::new(0);
    let made: Mutex<Vec<(usize, Row)>> = Mutex::default();
    let workers = thread::available_parallelism().map_or(1, usize::from);
    thread::scope(|scope| {
        let worker = || {
            while let Some((index, slot)) = {
                let index = next.fetch_add(1, Ordering::Relaxed);
                slots.get(index).map(|slot| (index, slot))
            } {
                let row = child::ask(slot, wanted, place);
                if let Ok(mut made) = made.lock() {
                    made.push((index, row));
                }
            }
        };
        for _ in 0..workers {
            scope.spawn(worker);
        }
    });
    let mut made = made.into_inner().unwrap_or_default();
    made.sort_by_key(|(index, _)| *index);
    made.into_iter().map(|(_, row)| row).collect()
}
