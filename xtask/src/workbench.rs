//! Where things are, and how commands are run.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, ensure};

/// The project's folder.
pub(crate) fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .parent()
        .map_or_else(PathBuf::new, Path::to_path_buf)
}

/// The corpus: the folder that `ATLAS_CODEGEN_CORPUS` names, else one beside the project.
pub(crate) fn corpus() -> PathBuf {
    env::var_os("ATLAS_CODEGEN_CORPUS")
        .map_or_else(|| root().join("../shared/corpus"), PathBuf::from)
}

/// The whole Atlas document.
pub(crate) fn atlas() -> PathBuf {
    corpus().join("atlas/atlas-full.yaml")
}

/// A folder for results, under `target/`.
pub(crate) fn folder(name: &str) -> Result<PathBuf> {
    let folder = root().join("target/xtask").join(name);
    fs::create_dir_all(&folder).with_context(|| format!("cannot make {}", folder.display()))?;
    Ok(folder)
}

/// A folder for what is only measured: in memory where the system has such a place, for how long a disk takes says nothing of
/// the generator.
///
/// # Errors
///
/// It cannot be made.
pub(crate) fn scratch(name: &str) -> Result<PathBuf> {
    let memory = Path::new("/dev/shm");
    if !memory.is_dir() {
        return folder(name);
    }
    let folder = memory.join(format!("atlas-codegen-{name}-{}", std::process::id()));
    fs::create_dir_all(&folder).with_context(|| format!("cannot make {}", folder.display()))?;
    Ok(folder)
}

/// Cargo, in a folder, with results of its own and nothing kept from one build to the next.
pub(crate) fn cargo(folder: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    command
        .args(arguments)
        .current_dir(folder)
        .env("CARGO_INCREMENTAL", "0")
        .env("CARGO_TERM_COLOR", "never")
        .env("CARGO_TARGET_DIR", root().join("target/xtask/target"))
        .env_remove("RUSTFLAGS");
    command
}

/// Runs a command whose cost does not matter.
///
/// # Errors
///
/// It cannot be started, or it fails.
pub(crate) fn run(command: &mut Command) -> Result<String> {
    let output = command
        .output()
        .with_context(|| format!("cannot start {command:?}"))?;
    ensure!(
        output.status.success(),
        "{command:?} failed:\n{}",
        String::from_utf8_lossy(&output.stderr).trim_end()
    );
    Ok(String::from_utf8_lossy(&output.stdout).into_owned())
}

/// The generator, built for speed.
///
/// # Errors
///
/// It does not build.
pub(crate) fn generator() -> Result<PathBuf> {
    let mut build = cargo(
        &root(),
        &["build", "--release", "--package", "atlas-codegen"],
    );
    run(build.env("CARGO_TARGET_DIR", root().join("target")))?;
    Ok(root().join("target/release/atlas-codegen"))
}

/// Generates the crate `atlas-admin` of a document into a folder.
pub(crate) fn generate(generator: &Path, spec: &Path, out: &Path) -> Command {
    let mut command = Command::new(generator);
    command
        .arg("generate")
        .arg("--spec")
        .arg(spec)
        .args(["--name", "atlas-admin", "--out"])
        .arg(out);
    command
}

/// Removes a folder, if it is there.
///
/// # Errors
///
/// It cannot be removed.
pub(crate) fn remove(folder: &Path) -> Result<()> {
    match fs::remove_dir_all(folder) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
            Err(error).with_context(|| format!("cannot remove {}", folder.display()))
        }
        _ => Ok(()),
    }
}

/// Every file below a folder, sorted, without build results.
///
/// # Errors
///
/// A folder cannot be read.
pub(crate) fn files(folder: &Path) -> Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    let mut folders = vec![folder.to_path_buf()];
    while let Some(folder) = folders.pop() {
        for entry in
            fs::read_dir(&folder).with_context(|| format!("cannot list {}", folder.display()))?
        {
            let path = entry?.path();
            if path.is_dir() && !path.ends_with("target") {
                folders.push(path);
            } else if path.is_file() {
                found.push(path);
            }
        }
    }
    found.sort();
    Ok(found)
}
