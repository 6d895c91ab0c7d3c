//! Figures of the generator and of the crate that it writes.

mod calls;
mod compile;
mod decode;
mod derived;
mod generate;
mod plot;
mod program;
mod rivals;
mod table;

use std::fs;
use std::path::PathBuf;

use anyhow::{Result, ensure};

use self::table::Figures;
use crate::workbench;

/// What to measure, and how.
pub(crate) struct Plan {
    /// The document.
    pub(crate) spec: PathBuf,
    /// How often each figure is measured.
    pub(crate) runs: usize,
    /// Whether to measure the other generators too.
    pub(crate) rivals: bool,
    /// Whether to write the results down.
    pub(crate) save: bool,
}

/// Measures, prints a table, and writes it down where that is asked for.
///
/// # Errors
///
/// The document is not there, or something does not build or run.
pub(crate) fn bench(plan: &Plan) -> Result<()> {
    ensure!(
        plan.spec.is_file(),
        "{} is not there; name a document with --spec, or its folder with ATLAS_CODEGEN_CORPUS",
        plan.spec.display()
    );
    let mut ours = ours(plan)?;
    let rivals = if plan.rivals {
        rivals::measure(plan)?
    } else {
        Vec::new()
    };
    let folder = workbench::folder("bench")?;
    let rival = folder.join("ploidy");
    let rival = (plan.rivals && rivals.iter().all(|rival| rival.note.is_empty())).then_some(rival);
    ours.calls = calls::throughput(plan, &folder.join("atlas-admin"), rival.as_deref())?;
    let text = table::markdown(&ours, &rivals);
    println!("{text}");
    if plan.save {
        fs::write(workbench::root().join("xtask/benchmark.md"), &text)?;
        plot::draw(
            &workbench::root().join("xtask/benchmark.svg"),
            &ours,
            &rivals,
        )?;
    }
    Ok(())
}

fn ours(plan: &Plan) -> Result<Figures> {
    let generator = workbench::generator()?;
    let krate = workbench::folder("bench")?.join("atlas-admin");
    let fresh = generate::fresh(&generator, plan, &krate)?;
    let unchanged = generate::unchanged(&generator, plan, &krate)?;
    Ok(Figures {
        name: "atlas-codegen".to_owned(),
        generate: Some(fresh),
        generate_again: Some(unchanged),
        size: Some(generate::size(&krate)?),
        check: Some(compile::check(plan.runs, &krate, &["--all-features"])?),
        release: Some(compile::release(plan.runs, &krate, &["--all-features"])?),
        check_one_feature: Some(compile::one_feature(plan.runs, &krate)?),
        program: Some(program::sizes(&krate)?),
        decode: decode::speeds(plan, &krate)?,
        calls: Vec::new(),
        note: String::new(),
    })
}
