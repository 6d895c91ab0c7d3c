//! What `diff` says of code is what the compiler finds: a program that uses everything of a crate is compiled against another one.

use std::path::{Path, PathBuf};

use atlas_codegen_tests::probe::{Batch, Case, Pair, Trial, trials};

fn root() -> PathBuf {
    let tests = Path::new(env!("CARGO_MANIFEST_DIR"));
    tests
        .parent()
        .expect("the tests are in a folder")
        .to_path_buf()
}

fn batch() -> (tempfile::TempDir, Batch) {
    let folder = tempfile::tempdir().expect("a folder can be made");
    let place = folder.path().canonicalize().expect("the folder is there");
    let batch = Batch::new(
        &place,
        &root().join("target/probe"),
        &root().join("templates/runtime"),
    );
    (folder, batch.expect("the batch can be begun"))
}

fn cases() -> Vec<Case> {
    Case::all(&root().join("tests/cases")).expect("the cases are generated")
}

#[test]
fn what_can_be_done_with_a_crate_compiles_against_it() {
    let (_folder, batch) = batch();
    let cases = cases();
    let pairs: Vec<Pair<'_>> = cases
        .iter()
        .map(|case| Pair {
            name: case.name.clone(),
            old: &case.side,
            new: &case.side,
            each_feature: true,
        })
        .collect();
    let checked = batch
        .check(&pairs, &root().join("Cargo.lock"))
        .expect("cargo runs");
    let mut faults = Vec::new();
    for (pair, checked) in pairs.iter().zip(&checked) {
        faults.extend(
            checked
                .fault
                .iter()
                .map(|fault| format!("{}: {fault}", pair.name)),
        );
        let failed = checked.failed.iter();
        faults.extend(failed.map(|(one, message)| {
            format!("{}: {}: {message}\n    {}", pair.name, one.item, one.code)
        }));
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

/// So many changes; `cargo xtask history --mutations` tries more.
const CHANGES: usize = 24;

#[test]
fn no_verdict_is_milder_than_the_compiler() {
    let (folder, batch) = batch();
    let documents = folder.path().join("documents");
    let trials = trials(
        &cases(),
        CHANGES,
        "a",
        &documents,
        &batch,
        &root().join("Cargo.lock"),
    );
    let trials = trials.expect("cargo runs");
    assert_eq!(trials.len(), CHANGES);
    let is_fault = |trial: &&Trial| trial.is_milder() || trial.checked.fault.is_some();
    let faults: Vec<String> = trials.iter().filter(is_fault).map(Trial::told).collect();
    assert!(faults.is_empty(), "{}", faults.join("\n"));
    let fail = trials
        .iter()
        .filter(|trial| !trial.checked.compiles())
        .count();
    assert!((4..CHANGES - 4).contains(&fail), "{fail} programs fail");
}
