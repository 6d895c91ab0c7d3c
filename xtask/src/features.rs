//! The crate of a document with each of its features alone.

use std::fs;
use std::path::Path;

use anyhow::{Result, ensure};

use crate::workbench;

/// Checks the crate of a document with each feature alone, and with none: no error and no warning.
///
/// # Errors
///
/// A build that is not silent, named by its feature.
pub(crate) fn features(spec: &Path) -> Result<()> {
    let generator = workbench::generator()?;
    let krate = workbench::folder("features")?.join("atlas-admin");
    workbench::run(&mut workbench::generate(&generator, spec, &krate))?;
    let features = names(&fs::read_to_string(krate.join("Cargo.toml"))?);
    ensure!(!features.is_empty(), "the crate has no features");
    let mut silent = 0;
    let mut loud = Vec::new();
    for feature in std::iter::once("").chain(features.iter().map(String::as_str)) {
        let mut check = workbench::cargo(
            &krate,
            &["check", "--no-default-features", "--features", feature],
        );
        let output = check.output()?;
        let text = String::from_utf8_lossy(&output.stderr);
        if output.status.success() && !text.contains("warning") {
            silent += 1;
        } else {
            eprintln!("== `{feature}`\n{text}");
            loud.push(feature);
        }
    }
    println!("{silent} of {} builds are silent", features.len() + 1);
    ensure!(loud.is_empty(), "not silent: {}", loud.join(", "));
    Ok(())
}

/// The names in the `[features]` table, without `default`.
pub(crate) fn names(manifest: &str) -> Vec<String> {
    manifest
        .lines()
        .skip_while(|line| *line != "[features]")
        .skip(1)
        .take_while(|line| !line.starts_with('['))
        .filter_map(|line| line.split_once(" = "))
        .map(|(name, _)| name.trim_matches('"').to_owned())
        .filter(|name| name != "default")
        .collect()
}
