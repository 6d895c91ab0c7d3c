//! Results of builds that nobody will use again.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result};

use crate::workbench;

/// Removes what Cargo keeps of the packages whose name begins so, and leaves the rest.
pub(super) fn remove_results(target: &Path, prefix: &str) -> Result<()> {
    let profile = target.join("debug");
    for folder in ["deps", ".fingerprint", "build", "incremental", ""] {
        let Ok(entries) = fs::read_dir(profile.join(folder)) else {
            continue;
        };
        for entry in entries {
            let path = entry?.path();
            let name = path.file_name().unwrap_or_default().to_string_lossy();
            let stem = name.strip_prefix("lib").unwrap_or(&name);
            if !stem.starts_with(prefix) {
                continue;
            }
            if path.is_dir() {
                workbench::remove(&path)?;
            } else {
                fs::remove_file(&path)
                    .with_context(|| format!("cannot remove {}", path.display()))?;
            }
        }
    }
    Ok(())
}
