//! Whether `diff` tells the truth: documents and their successors, judged by `diff`, by the compiler, and by other tools.

mod expect;
mod named;
mod noise;
mod pairs;
mod row;
mod speed;
mod tools;

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, ensure};
use atlas_codegen::diff;
use atlas_codegen_tests::probe::{Batch, Case, Checked, Pair, Side, doubts, trials, unexplained};
use clap::Args;

use self::named::Named;
use self::pairs::Revision;
use self::row::{Row, table};
use self::tools::Tools;
use crate::workbench;

/// Which pairs, and what is asked of them.
#[derive(Args, Debug)]
pub(crate) struct Plan {
    /// Only pairs of these groups: atlas, diff-pairs [default: both]
    #[arg(long, value_name = "GROUP", value_delimiter = ',')]
    group: Vec<String>,
    /// Only pairs whose name has this in it
    #[arg(long, value_name = "TEXT")]
    filter: Option<String>,
    /// Compile no programs
    #[arg(long)]
    no_probe: bool,
    /// Try every feature alone of large documents too
    #[arg(long)]
    each_feature: bool,
    /// Ask no other tools; else they are installed where they are not there
    #[arg(long)]
    no_tools: bool,
    /// Only measure how long comparing takes; ask it of the large documents, with `--group atlas`
    #[arg(long)]
    speed: bool,
    /// Instead of pairs, change the small cases at random, so many times
    #[arg(long, value_name = "COUNT")]
    mutations: Option<usize>,
    /// What the random changes begin with
    #[arg(long, default_value = "a")]
    seed: String,
}

/// So many pairs are compiled at a time: of small documents many, of large ones one.
const BATCH: usize = 40;
const LARGE: u64 = 300_000;

/// Judges every pair and prints a table.
///
/// # Errors
///
/// Something cannot be started or written, or a verdict is milder than what others find.
pub(crate) fn history(plan: &Plan) -> Result<()> {
    if let Some(count) = plan.mutations {
        return mutations(count, &plan.seed);
    }
    let corpus = workbench::corpus();
    if !corpus.is_dir() {
        println!("skipped: {} is not there", corpus.display());
        return Ok(());
    }
    let place = workbench::folder("history")?;
    let mut revisions = pairs::all(&corpus)?;
    revisions.retain(|pair| {
        (plan.group.is_empty() || plan.group.contains(&pair.group))
            && plan
                .filter
                .as_ref()
                .is_none_or(|text| pair.name.contains(text.as_str()))
    });
    if plan.speed {
        return speed::speed(&revisions);
    }
    let tools = if plan.no_tools {
        Tools::none()
    } else {
        Tools::find(&place)?
    };
    let mut rows = Vec::new();
    for batch in in_batches(&revisions) {
        rows.extend(judge(batch, plan, &tools)?);
        eprint!("\r{} of {} pairs", rows.len(), revisions.len());
        let written = fs::write(place.join("rows.tsv"), row::tsv(&rows));
        written.context("the rows cannot be written")?;
    }
    eprintln!();
    println!("{}", table(&rows));
    println!("{}", expect::table(&corpus, &rows)?);
    let faults: Vec<String> = rows.iter().flat_map(Row::faults).collect();
    println!("{}", row::details(&rows));
    for fault in &faults {
        println!("not good enough: {fault}");
    }
    ensure!(
        faults.is_empty(),
        "{} things are not good enough",
        faults.len()
    );
    Ok(())
}

fn in_batches(revisions: &[Revision]) -> Vec<&[Revision]> {
    let mut batches = Vec::new();
    let mut rest = revisions;
    while !rest.is_empty() {
        let small = rest
            .iter()
            .take(BATCH)
            .take_while(|pair| pair.bytes < LARGE);
        let (batch, others) = rest.split_at(small.count().max(1));
        batches.push(batch);
        rest = others;
    }
    batches
}

fn judge(revisions: &[Revision], plan: &Plan, tools: &Tools) -> Result<Vec<Row>> {
    let mut rows = Vec::new();
    let mut sides: Vec<(usize, Side, Side)> = Vec::new();
    let is_small = revisions.iter().all(|revision| revision.bytes < LARGE);
    for revision in revisions {
        let mut row = Row::of(revision);
        match (Side::of(&revision.old, None), Side::of(&revision.new, None)) {
            (Ok(old), Ok(new)) => {
                row.comparison = diff::compare(&old.outline, &new.outline);
                row.noise = noise::measure(revision, &old, &new)?;
                row.tools = tools.ask(&old, &new)?;
                let named = Named::of(&row.comparison);
                row.unnamed = named.missing(&row.tools.findings);
                row.unnamed_lines = named.missing(&row.tools.gone);
                sides.push((rows.len(), old, new));
            }
            (Err(fault), _) | (_, Err(fault)) => row.refused = Some(fault),
        }
        rows.push(row);
    }
    if plan.no_probe {
        return Ok(rows);
    }
    let pairs: Vec<Pair<'_>> = sides
        .iter()
        .map(|(index, old, new)| Pair {
            name: format!("pair{index}"),
            old,
            new,
            each_feature: plan.each_feature || is_small,
        })
        .collect();
    let place = workbench::folder("history")?;
    let checked = check(&place, &pairs)?;
    for ((index, ..), checked) in sides.iter().zip(checked) {
        if let Some(row) = rows.get_mut(*index) {
            row.doubts = doubts(&row.comparison, &checked);
            let found = unexplained(&row.comparison, &checked);
            row.unexplained = found
                .iter()
                .map(|(one, message)| format!("{}: {message}", one.item))
                .collect();
            row.checked = Some(checked);
        }
    }
    Ok(rows)
}

fn check(place: &Path, pairs: &[Pair<'_>]) -> Result<Vec<Checked>> {
    if pairs.is_empty() {
        return Ok(Vec::new());
    }
    let batch = batch(place)?;
    let checked = batch
        .check(pairs, &workbench::root().join("Cargo.lock"))
        .context("the programs are not compiled")?;
    workbench::remove(&batch_folder(place))?;
    Ok(checked)
}

fn batch_folder(place: &Path) -> PathBuf {
    place.join(format!("batch-{}", std::process::id()))
}

fn batch(place: &Path) -> Result<Batch> {
    let folder = batch_folder(place);
    fs::create_dir_all(&folder)?;
    let runtime = workbench::root().join("templates/runtime");
    Batch::new(&folder.canonicalize()?, &place.join("target"), &runtime)
        .context("the batch cannot be begun")
}

/// Changes the small cases at random.
fn mutations(count: usize, seed: &str) -> Result<()> {
    let root = workbench::root();
    let cases = Case::all(&root.join("tests/cases")).map_err(anyhow::Error::msg)?;
    let place = workbench::folder("history")?;
    let documents = place.join("documents");
    let mut done = 0;
    let mut milder = 0;
    let mut compile = 0;
    let mut doubts: Vec<String> = Vec::new();
    for begin in (0..count).step_by(100) {
        let portion = (count - begin).min(100);
        let seed = format!("{seed}-{begin}");
        let batch = batch(&place)?;
        let made = trials(
            &cases,
            portion,
            &seed,
            &documents.join(&seed),
            &batch,
            &root.join("Cargo.lock"),
        )?;
        for trial in &made {
            done += 1;
            compile += usize::from(trial.checked.compiles());
            let fault = trial.checked.fault.as_ref();
            if trial.is_milder() || fault.is_some() {
                milder += 1;
                println!("{}", trial.told());
            }
            let found = trial.doubts().into_iter();
            doubts.extend(found.map(|doubt| {
                format!(
                    "{}: {} ({}: {})",
                    doubt.code, doubt.sentence, trial.name, trial.what
                )
            }));
        }
        eprint!("\r{done} of {count}");
    }
    eprintln!();
    doubts.sort();
    println!("major, and the program compiles on as far as that goes:");
    doubts.iter().for_each(|doubt| println!("  {doubt}"));
    println!(
        "{done} changes, {compile} of which no program notices; {} majors in doubt; {milder} faults",
        doubts.len()
    );
    ensure!(
        milder == 0,
        "{milder} verdicts are milder than the compiler's"
    );
    Ok(())
}
