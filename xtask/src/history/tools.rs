//! Other tools: cargo-semver-checks and cargo-public-api, which read what rustdoc writes as JSON.

use std::collections::BTreeSet;
use std::fs;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result};
use atlas_codegen_tests::probe::Side;
use serde_json::Value;

use super::named::CRATE;
use crate::workbench;

/// The tools that are there.
pub(super) struct Tools {
    /// The runtime's metadata, and the folder with those of what it needs; none where nightly is missing.
    runtime: Option<(PathBuf, PathBuf)>,
    place: PathBuf,
    semver: bool,
    public: bool,
}

/// What they say of a pair.
#[derive(Clone, Debug, Default)]
pub(super) struct Found {
    /// What cargo-semver-checks asks for.
    pub(super) semver: Option<String>,
    /// What it finds, each thing in its words.
    pub(super) findings: Vec<String>,
    /// How many lines of cargo-public-api's list are gone, and how many are new.
    pub(super) removed: Option<usize>,
    pub(super) added: Option<usize>,
    /// The lines that are gone.
    pub(super) gone: Vec<String>,
}

impl Found {
    pub(super) fn asked_for(&self) -> String {
        match (&self.semver, self.findings.len()) {
            (Some(kind), 0) => kind.clone(),
            (Some(kind), count) => format!("{kind} ({count})"),
            (None, _) => "–".to_owned(),
        }
    }

    pub(super) fn told(&self) -> String {
        match (self.removed, self.added) {
            (Some(removed), Some(added)) => format!("−{removed} +{added}"),
            _ => "–".to_owned(),
        }
    }
}

impl Tools {
    pub(super) fn none() -> Self {
        Self {
            runtime: None,
            place: PathBuf::new(),
            semver: false,
            public: false,
        }
    }

    /// Looks for the tools, and installs those that are not there.
    ///
    /// # Errors
    ///
    /// A file cannot be written, or the runtime does not compile.
    pub(super) fn find(place: &Path) -> Result<Self> {
        let is_nightly = Command::new("rustup")
            .args(["run", "nightly", "rustdoc", "--version"])
            .output();
        if !is_nightly.is_ok_and(|output| output.status.success()) {
            println!(
                "no nightly toolchain: `rustup toolchain install nightly`; without it other tools are not asked"
            );
            return Ok(Self::none());
        }
        let place = place.join("tools");
        // Another rustdoc may have written what is there.
        workbench::remove(&place.join("json"))?;
        fs::create_dir_all(place.join("json"))?;
        Ok(Self {
            runtime: Some(runtime(&place)?),
            semver: is_there(&place, "semver-checks"),
            public: is_there(&place, "public-api"),
            place,
        })
    }

    /// Asks them of a pair.
    pub(super) fn ask(&self, old: &Side, new: &Side) -> Result<Found> {
        let mut found = Found::default();
        if self.runtime.is_none() {
            return Ok(found);
        }
        if old.files == new.files {
            return Ok(Found {
                semver: self.semver.then(|| "none".to_owned()),
                removed: self.public.then_some(0),
                added: self.public.then_some(0),
                ..Found::default()
            });
        }
        let mut used = Vec::new();
        if self.semver {
            let private = ["--document-private-items", "--document-hidden-items"];
            let before = self.document(old, &private)?;
            let after = self.document(new, &private)?;
            if let (Some(before), Some(after)) = (&before, &after) {
                let (kind, findings) = semver(before, after)?;
                found.semver = Some(kind);
                found.findings = findings;
            }
            used.extend(after);
        }
        if self.public {
            let (before, after) = (self.document(old, &[])?, self.document(new, &[])?);
            if let (Some(before), Some(after)) = (&before, &after) {
                let (before, after) = (public(before)?, public(after)?);
                found.removed = Some(before.difference(&after).count());
                found.added = Some(after.difference(&before).count());
                found.gone = before.difference(&after).cloned().collect();
            }
            used.extend(after);
        }
        self.forget_all_but(&used)?;
        Ok(found)
    }

    /// Removes the JSON of crates, but for the last one: the next pair may begin with it.
    fn forget_all_but(&self, used: &[PathBuf]) -> Result<()> {
        for file in workbench::files(&self.place.join("json"))? {
            if !used.contains(&file) {
                fs::remove_file(file)?;
            }
        }
        Ok(())
    }

    /// The JSON of a crate with the features of all its groups, as the programs have them, and without those that only choose what
    /// the runtime can do: no document changes these. None where rustdoc fails.
    fn document(&self, side: &Side, more: &[&str]) -> Result<Option<PathBuf>> {
        let Some((runtime, needed)) = &self.runtime else {
            return Ok(None);
        };
        let kept = self.kept(side, more);
        if kept.is_file() {
            return Ok(Some(kept));
        }
        let folder = self.place.join("crate");
        workbench::remove(&folder)?;
        for file in side
            .files
            .iter()
            .filter(|file| file.path.starts_with("src/"))
        {
            let path = folder.join(&file.path);
            fs::create_dir_all(path.parent().unwrap_or(&folder))?;
            fs::write(path, &file.text)?;
        }
        let mut command = Command::new("rustup");
        command
            .args([
                "run",
                "nightly",
                "rustdoc",
                "src/lib.rs",
                "--crate-name",
                CRATE,
                "--crate-type",
                "lib",
            ])
            .args([
                "--edition",
                "2024",
                "--crate-version",
                "0.1.0",
                "--cap-lints",
                "allow",
                "-o",
                "json",
            ])
            .args(["-Z", "unstable-options", "--output-format", "json"])
            .arg(format!("--extern=client_runtime={}", runtime.display()))
            .arg(format!("-Ldependency={}", needed.display()))
            .args(more)
            .env("CARGO_PKG_NAME", "api")
            .env("CARGO_PKG_VERSION", "0.1.0")
            .current_dir(&folder);
        for feature in &side.krate.features {
            command.arg(format!("--cfg=feature={:?}", feature.0));
        }
        let output = command.output().context("cannot start rustdoc")?;
        let json = folder.join("json/api.json");
        if !output.status.success() || !json.is_file() {
            println!(
                "rustdoc fails: {}",
                String::from_utf8_lossy(&output.stderr).trim_end()
            );
            return Ok(None);
        }
        fs::rename(json, &kept)?;
        Ok(Some(kept))
    }

    /// Where the JSON of a crate stays: one crate is the new side of a pair and the old side of the next.
    fn kept(&self, side: &Side, more: &[&str]) -> PathBuf {
        let mut hasher = DefaultHasher::new();
        for file in &side.files {
            (&file.path, &file.text).hash(&mut hasher);
        }
        more.hash(&mut hasher);
        let name = format!("{:016x}.json", hasher.finish());
        self.place.join("json").join(name)
    }
}

/// Compiles the runtime with the nightly toolchain, for the metadata that rustdoc needs.
fn runtime(place: &Path) -> Result<(PathBuf, PathBuf)> {
    let folder = place.join("runtime");
    fs::create_dir_all(folder.join("src"))?;
    let runtime = workbench::root().join("templates/runtime");
    let manifest = format!(
        "[package]\nname = \"needs-runtime\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n[workspace]\n\n[dependencies]\n\
         client-runtime = {{ path = {runtime:?}, default-features = false }}\n"
    );
    fs::write(folder.join("Cargo.toml"), manifest)?;
    fs::write(folder.join("src/lib.rs"), "")?;
    fs::copy(
        workbench::root().join("Cargo.lock"),
        folder.join("Cargo.lock"),
    )?;
    let mut cargo = Command::new("rustup");
    cargo
        .args(["run", "nightly", "cargo", "check", "--message-format=json"])
        .env("CARGO_TARGET_DIR", place.join("target"))
        .env_remove("CARGO")
        .env_remove("RUSTUP_TOOLCHAIN")
        .current_dir(&folder);
    let said = workbench::run(&mut cargo)?;
    let mut found = said.lines().filter_map(|line| {
        let json: Value = serde_json::from_str(line).ok()?;
        let is_runtime = json.get("target")?.get("name")? == "client_runtime";
        let files = json.get("filenames")?.as_array()?;
        let file = files
            .iter()
            .filter_map(Value::as_str)
            .find(|file| file.ends_with(".rmeta"))?;
        is_runtime.then(|| PathBuf::from(file))
    });
    let file = found.next_back().context("the runtime has no metadata")?;
    let folder = file.parent().unwrap_or(place).to_path_buf();
    Ok((file, folder))
}

/// Whether cargo has a command; else it is installed.
fn is_there(place: &Path, name: &str) -> bool {
    let answers = || {
        let output = Command::new("cargo").args([name, "--version"]).output();
        output.is_ok_and(|output| output.status.success())
    };
    if answers() {
        return true;
    }
    println!("installing cargo-{name}");
    let target = place.join("install");
    let installed = Command::new("cargo")
        .args(["install", "--locked", &format!("cargo-{name}")])
        .env("CARGO_TARGET_DIR", &target)
        .status();
    if workbench::remove(&target).is_err() || !installed.is_ok_and(|status| status.success()) {
        println!("cargo-{name} cannot be installed; its column stays empty");
    }
    answers()
}

/// Which kind of release cargo-semver-checks asks for, and what it finds.
fn semver(old: &Path, new: &Path) -> Result<(String, Vec<String>)> {
    let output = Command::new("cargo")
        .args(["semver-checks", "--color", "never", "--baseline-rustdoc"])
        .arg(old)
        .arg("--current-rustdoc")
        .arg(new)
        .output()
        .context("cannot start cargo-semver-checks")?;
    let said = [output.stdout, output.stderr].concat();
    let said = String::from_utf8_lossy(&said).into_owned();
    let kind = match () {
        () if said.contains("requires new major version") => "major".to_owned(),
        () if said.contains("requires new minor version") => "minor".to_owned(),
        () if said.contains("no semver update required") => "none".to_owned(),
        () => format!("? {}", said.lines().last().unwrap_or_default()),
    };
    Ok((kind, findings(&said)))
}

/// What is found stands two columns in, below `Failed in:`.
fn findings(said: &str) -> Vec<String> {
    let mut is_below = false;
    let mut found = Vec::new();
    for line in said.lines() {
        match line.strip_prefix("  ") {
            Some(finding) if is_below && !finding.starts_with(' ') => {
                found.push(finding.to_owned());
            }
            _ => is_below = line.starts_with("Failed in:"),
        }
    }
    found
}

/// The public items of a crate, a line each.
fn public(json: &Path) -> Result<BTreeSet<String>> {
    let mut command = Command::new("cargo");
    command
        .args(["public-api", "--color", "never", "--rustdoc-json"])
        .arg(json);
    let said = workbench::run(&mut command)?;
    Ok(said.lines().map(str::to_owned).collect())
}

#[cfg(test)]
mod tests {
    use super::findings;

    #[test]
    fn what_is_found_is_told_from_what_it_means() {
        let said = "--- failure enum_missing: pub enum removed or renamed ---\n\nDescription:\nIt cannot be imported.\n\
                    \x20       ref: https://example.com\n\nFailed in:\n  enum api::types::A, previously in file a.rs:1\n  \
                    enum api::types::B, previously in file b.rs:1\n\n--- failure x: y ---\n  no finding\n";
        assert_eq!(
            findings(said),
            [
                "enum api::types::A, previously in file a.rs:1",
                "enum api::types::B, previously in file b.rs:1"
            ]
        );
    }
}
