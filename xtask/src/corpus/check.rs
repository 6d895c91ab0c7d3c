//! Whether the crates compile, and what the compiler says of which.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use serde_json::Value;

use super::Slot;
use super::row::{Check, Row};
use super::workspace::Batch;

/// Checks all crates of a batch and notes in each row what was said of it.
pub(super) fn run(batch: &Batch, slots: &[Slot<'_>], rows: &mut [Row]) -> Result<()> {
    let mut packages: Vec<&str> = slots
        .iter()
        .zip(rows.iter())
        .filter(|(_, row)| row.refused.is_none())
        .map(|(slot, _)| slot.package.as_str())
        .collect();
    let said = compile(
        batch,
        &mut packages,
        &["check", "--workspace", "--all-features"],
    )?;
    for (slot, row) in slots.iter().zip(rows) {
        if row.refused.is_none() {
            row.check = Some(said.get(&slot.package).cloned().unwrap_or_default());
        }
    }
    Ok(())
}

/// Compiles packages, and goes on without those that Cargo itself refuses. Gives what was said, by package.
///
/// # Errors
///
/// Cargo fails over something that is no package's fault.
pub(super) fn compile(
    batch: &Batch,
    packages: &mut Vec<&str>,
    arguments: &[&str],
) -> Result<BTreeMap<String, Check>> {
    let mut said: BTreeMap<String, Check> = BTreeMap::new();
    while !packages.is_empty() {
        batch.join(packages)?;
        let all = [arguments, &["--keep-going", "--message-format=json"]].concat();
        let output = batch.cargo(&all).output().context("cannot start cargo")?;
        let text = String::from_utf8_lossy(&output.stdout);
        let heard = hear(batch, &text, &mut said);
        if output.status.success() || heard > 0 {
            return Ok(said);
        }
        let errors = String::from_utf8_lossy(&output.stderr);
        let refused = packages
            .iter()
            .position(|package| errors.contains(&format!("/{package}/Cargo.toml")));
        let refused = refused.with_context(|| format!("cargo fails:\n{errors}"))?;
        let package = packages.remove(refused);
        let check = said.entry(package.to_owned()).or_default();
        check.errors += 1;
        check.first = format!("Cargo.toml: {}", errors.replace('\n', " "));
    }
    Ok(said)
}

/// Takes in what the compiler says, and tells how much that was.
fn hear(batch: &Batch, text: &str, said: &mut BTreeMap<String, Check>) -> usize {
    let mut heard = 0;
    for line in text.lines() {
        let Ok(json) = serde_json::from_str::<Value>(line) else {
            continue;
        };
        if json.get("reason").and_then(Value::as_str) != Some("compiler-message") {
            continue;
        }
        let Some((package, level, message)) = spoken(batch, &json) else {
            continue;
        };
        heard += 1;
        let check = said.entry(package).or_default();
        match level {
            "error" => check.errors += 1,
            _ => check.warnings += 1,
        }
        if check.first.is_empty() || (level == "error" && check.errors == 1) {
            check.first = message;
        }
    }
    heard
}

/// The package, the level and the words of a message; none for those that only count others.
fn spoken<'j>(batch: &Batch, json: &'j Value) -> Option<(String, &'j str, String)> {
    let message = json.get("message")?;
    let level = message.get("level")?.as_str()?;
    let words = message.get("message")?.as_str()?;
    let counts_others = words.starts_with("aborting due to")
        || words.ends_with("warning emitted")
        || words.ends_with("warnings emitted");
    if counts_others || !(level.starts_with("error") || level == "warning") {
        return None;
    }
    let level = if level == "warning" { level } else { "error" };
    let manifest = PathBuf::from(json.get("manifest_path")?.as_str()?);
    let package = batch.package_of(&manifest)?;
    let place = message
        .get("spans")
        .and_then(Value::as_array)
        .and_then(|spans| {
            let span = spans
                .iter()
                .find(|span| span.get("is_primary") == Some(&Value::Bool(true)))?;
            let file = Path::new(span.get("file_name")?.as_str()?);
            let inside: PathBuf = file
                .components()
                .skip_while(|part| part.as_os_str() != "src")
                .collect();
            Some(format!(
                "{}:{}: ",
                inside.display(),
                span.get("line_start")?
            ))
        });
    let place = place.unwrap_or_default();
    let code = message
        .get("code")
        .and_then(|code| code.get("code")?.as_str())
        .map_or_else(String::new, |code| format!(" [{code}]"));
    Some((package, level, format!("{place}{level}{code}: {words}")))
}
