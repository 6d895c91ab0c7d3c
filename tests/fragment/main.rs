//! The fragment in `spec/`: what every stage makes of it, and every generated file, as reviewed snapshots.

use std::collections::BTreeSet;
use std::fs;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};

use atlas_codegen_tests::stages::{Stages, assert_stage};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

fn stages() -> Stages {
    let spec = root().join("spec");
    Stages::of(
        &spec.join("atlas.yaml"),
        Some(&spec.join("atlas-codegen.toml")),
    )
}

fn snapshots(folder: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("fragment")
        .join(folder)
}

#[test]
fn the_document_has_no_fault() {
    assert_eq!(stages().diagnostics, "");
}

#[test]
fn the_intermediate_model_is_as_reviewed() {
    assert_stage(&snapshots("stages"), "ir", &stages().ir);
}

#[test]
fn the_names_are_as_reviewed() {
    assert_stage(&snapshots("stages"), "names", &stages().names);
}

#[test]
fn the_surface_is_as_reviewed() {
    assert_stage(&snapshots("stages"), "surface", &stages().surface);
}

#[test]
fn every_generated_file_is_as_reviewed() {
    let mut expected = BTreeSet::new();
    let mut differing = Vec::new();
    for file in stages().files {
        let path = Path::new(&file.path);
        let folder = snapshots("files").join(path.parent().unwrap_or(Path::new("")));
        let name = path
            .file_name()
            .expect("a file has a name")
            .to_string_lossy();
        expected.insert(folder.join(format!("{name}.snap")));
        // All files are compared before the test fails, so that one review shows every change.
        let compare = AssertUnwindSafe(|| assert_stage(&folder, &name, &file.text));
        if catch_unwind(compare).is_err() {
            differing.push(file.path);
        }
    }
    assert!(
        differing.is_empty(),
        "these differ: {}",
        differing.join(", ")
    );
    let mut found = BTreeSet::new();
    collect(&snapshots("files"), &mut found);
    assert_eq!(
        found, expected,
        "a snapshot is left of a file that is no longer made"
    );
}

/// All snapshots below a folder.
fn collect(folder: &Path, found: &mut BTreeSet<PathBuf>) {
    for entry in fs::read_dir(folder).expect("the folder can be listed") {
        let path = entry.expect("the entry can be read").path();
        if path.is_dir() {
            collect(&path, found);
        } else if path
            .extension()
            .is_some_and(|extension| extension == "snap")
        {
            found.insert(path);
        }
    }
}
