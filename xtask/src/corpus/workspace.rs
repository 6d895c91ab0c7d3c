//! The folder of a batch: generated crates as one workspace, which share the runtime and one folder for results.

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result};
use atlas_codegen::output;

use super::cleanup;
use crate::workbench;

/// A batch of generated crates.
pub(super) struct Batch {
    folder: PathBuf,
    results: PathBuf,
    runtime: PathBuf,
}

impl Batch {
    /// An empty batch. Batches of one kind share what is built for all of them.
    pub(super) fn new(kind: &str) -> Result<Self> {
        let place = workbench::folder("corpus")?.join(kind);
        let folder = place.join("batch");
        workbench::remove(&folder)?;
        fs::create_dir_all(&folder).with_context(|| format!("cannot make {}", folder.display()))?;
        Ok(Self {
            folder,
            results: place.join("target"),
            runtime: runtime(&place)?,
        })
    }

    /// The runtime that all crates share.
    pub(super) fn runtime(&self) -> &Path {
        &self.runtime
    }

    /// Where a program lies when it is built.
    pub(super) fn program(&self, name: &str) -> PathBuf {
        self.results.join("debug").join(name)
    }

    /// Where a package lies.
    pub(super) fn package(&self, name: &str) -> PathBuf {
        self.folder.join(name)
    }

    /// A file beside the packages.
    pub(super) fn file(&self, name: &str) -> PathBuf {
        self.folder.join(name)
    }

    /// Makes a workspace of some packages.
    pub(super) fn join(&self, packages: &[&str]) -> Result<()> {
        let mut members = String::new();
        for package in packages {
            let _ = write!(members, "\n    {package:?},");
        }
        let manifest = format!(
            "[workspace]\nresolver = \"3\"\nmembers = [{members}\n]\n\n\
             [profile.dev]\ndebug = 0\nincremental = false\n"
        );
        fs::write(self.folder.join("Cargo.toml"), manifest)?;
        let lock = self.folder.join("Cargo.lock");
        if !lock.exists() {
            fs::copy(workbench::root().join("Cargo.lock"), lock)?;
        }
        Ok(())
    }

    /// Cargo, in the workspace.
    pub(super) fn cargo(&self, arguments: &[&str]) -> Command {
        let mut command = workbench::cargo(&self.folder, arguments);
        command.env("CARGO_TARGET_DIR", &self.results);
        command
    }

    /// The package that a file belongs to.
    pub(super) fn package_of(&self, file: &Path) -> Option<String> {
        let below = file.strip_prefix(&self.folder).ok()?;
        let first = below.components().next()?;
        Some(first.as_os_str().to_string_lossy().into_owned())
    }

    /// Removes the batch and all that was built of it; what all batches share stays.
    pub(super) fn clean(self) -> Result<()> {
        workbench::remove(&self.folder)?;
        cleanup::remove_results(&self.results, "corpus")
    }
}

/// Writes the runtime that the generator carries, so that a run of an hour does not see what is edited meanwhile.
fn runtime(place: &Path) -> Result<PathBuf> {
    for file in output::runtime() {
        let path = place.join(&file.path);
        // Cargo goes by the time of the last change.
        if fs::read_to_string(&path).is_ok_and(|text| text == file.text) {
            continue;
        }
        if let Some(folder) = path.parent() {
            fs::create_dir_all(folder)?;
        }
        fs::write(&path, &file.text).with_context(|| format!("cannot write {}", path.display()))?;
    }
    Ok(place.join("runtime"))
}
