//! A feature for each tag carries all that its operations need: the crate of the whole Atlas document compiles without a warning
//! with every feature, with none, and with one alone.
//!
//! One feature alone is tried for a tenth of the tags; for all of them where `ATLAS_CODEGEN_ALL_FEATURES` is set.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use atlas_codegen::config::{Config, Runtime};
use atlas_codegen::pipeline::{self, Options};
use serde_json::Value;

fn root() -> PathBuf {
    let tests = Path::new(env!("CARGO_MANIFEST_DIR"));
    tests
        .parent()
        .expect("the tests are in a folder")
        .to_path_buf()
}

/// The whole Atlas document; none where the corpus is not there.
fn document() -> Option<PathBuf> {
    let corpus = std::env::var_os("ATLAS_CODEGEN_CORPUS")
        .map_or_else(|| root().join("../shared/corpus"), PathBuf::from);
    let document = corpus.join("atlas/atlas-full.yaml");
    document.is_file().then_some(document)
}

/// Generates the crate into a folder that stays, so that the next time nothing is compiled that is as it was.
fn generate(document: &Path) -> PathBuf {
    let folder = root().join("target/atlas-features");
    let waiters = root().join("tests/atlas/waiters.toml");
    let mut config = Config::load(&waiters).expect("the config is right");
    config.spec = document.to_path_buf();
    config.package.name = Some("featured-client".to_owned());
    config.package.runtime = Runtime::Path(root().join("templates/runtime").display().to_string());
    config.output = Some(folder.clone());
    let report = pipeline::generate(&config, Options::default());
    assert!(!report.refused, "the document is generated");
    let lock = folder.join("Cargo.lock");
    if !lock.exists() {
        fs::copy(root().join("Cargo.lock"), lock).expect("the lock can be copied");
    }
    folder
}

fn cargo(folder: &Path, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO"))
        .args(arguments)
        .current_dir(folder)
        .env("CARGO_TARGET_DIR", root().join("target/atlas-probe"))
        .env("CARGO_INCREMENTAL", "0")
        .output()
        .expect("cargo runs")
}

/// The features of the tags: those that turn on nothing else.
fn tags(folder: &Path) -> Vec<String> {
    let metadata = cargo(folder, &["metadata", "--no-deps", "--format-version", "1"]);
    let metadata: Value = serde_json::from_slice(&metadata.stdout).expect("cargo knows the crate");
    let features = metadata["packages"][0]["features"].as_object();
    let features = features.expect("the crate has features").iter();
    features
        .filter(|(_, others)| others.as_array().is_some_and(Vec::is_empty))
        .map(|(name, _)| name.clone())
        .collect()
}

/// What a check with these arguments complains of; none where it is silent.
fn complaint(folder: &Path, features: &[&str]) -> Option<String> {
    let check = cargo(folder, &[&["check", "--quiet"], features].concat());
    // Warnings are shown again where nothing is compiled, so they can be read from the output. To forbid them by a flag
    // would compile every dependency anew.
    let output = String::from_utf8_lossy(&check.stderr).into_owned();
    let is_silent = check.status.success() && output.trim().is_empty();
    (!is_silent).then(|| format!("cargo check {}:\n{output}", features.join(" ")))
}

#[test]
fn each_tag_compiles_alone_and_all_together_without_a_warning() {
    let Some(document) = document() else {
        println!("skipped: atlas/atlas-full.yaml is not in the corpus (ATLAS_CODEGEN_CORPUS)");
        return;
    };
    let folder = generate(&document);
    let tags = tags(&folder);
    assert_eq!(tags.len(), 58, "the document has so many tags");
    let step = match std::env::var_os("ATLAS_CODEGEN_ALL_FEATURES") {
        Some(_) => 1,
        None => 10,
    };
    let alone: Vec<&String> = tags.iter().step_by(step).collect();
    let mut complaints = Vec::new();
    complaints.extend(complaint(&folder, &[]));
    complaints.extend(complaint(&folder, &["--no-default-features"]));
    for tag in &alone {
        let features = ["--no-default-features", "--features", tag.as_str()];
        complaints.extend(complaint(&folder, &features));
    }
    println!(
        "compiled with all features, with none, and with each of {} alone",
        alone.len()
    );
    assert!(
        complaints.is_empty(),
        "{} builds complain:\n{}",
        complaints.len(),
        complaints.join("\n")
    );
}
