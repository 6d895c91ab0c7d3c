//! What it costs to compile a crate alone, its dependencies already built.

use std::fs;
use std::path::Path;
use std::time::SystemTime;

use anyhow::{Context, Result};

use crate::measure::{self, Cost};
use crate::{features, workbench};

/// `cargo check`.
pub(super) fn check(runs: usize, krate: &Path, features: &[&str]) -> Result<Cost> {
    cargo(runs, krate, &[&["check"], features].concat())
}

/// `cargo build --release`.
pub(super) fn release(runs: usize, krate: &Path, features: &[&str]) -> Result<Cost> {
    cargo(runs, krate, &[&["build", "--release"], features].concat())
}

/// `cargo check` with the feature of one group: the one of the users, or else the first.
pub(super) fn one_feature(runs: usize, krate: &Path) -> Result<Cost> {
    let names = features::names(&fs::read_to_string(krate.join("Cargo.toml"))?);
    let feature = names
        .iter()
        .find(|name| name.replace('-', "") == "mongodbcloudusers")
        .or(names.first())
        .context("the crate has no features")?;
    check(
        runs,
        krate,
        &["--no-default-features", "--features", feature],
    )
}

fn cargo(runs: usize, krate: &Path, arguments: &[&str]) -> Result<Cost> {
    workbench::run(&mut workbench::cargo(krate, arguments))?;
    measure::median(
        runs,
        || touch(&krate.join("src/lib.rs")),
        || workbench::cargo(krate, arguments),
    )
}

/// Makes Cargo compile the crate again, and only it.
fn touch(file: &Path) -> Result<()> {
    fs::File::options()
        .append(true)
        .open(file)
        .and_then(|file| file.set_modified(SystemTime::now()))
        .with_context(|| format!("cannot touch {}", file.display()))
}
