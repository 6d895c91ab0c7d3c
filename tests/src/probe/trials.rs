//! Documents changed at random, and what `diff` and the compiler say of each change.

use std::fmt::Write as _;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use atlas_codegen::diff::{self, Comparison, Rust};
use serde_yaml::Value;

use super::batch::{Batch, Checked, Pair};
use super::mutate::mutated;
use super::side::Side;
use super::verdict::{Doubt, doubts};
use crate::oracle::random::Random;

/// A small document to begin with.
pub struct Case {
    /// Its name, in letters, digits and hyphens.
    pub name: String,
    config: Option<PathBuf>,
    document: Value,
    /// What becomes of it.
    pub side: Side,
}

/// A document that was changed.
pub struct Trial {
    /// The case and the number of the trial.
    pub name: String,
    /// What was changed.
    pub what: String,
    /// The changed document.
    pub document: PathBuf,
    /// What `diff` says.
    pub comparison: Comparison,
    /// What the compiler says of a program that was made for the old crate.
    pub checked: Checked,
}

impl Case {
    /// The case in a folder: its document, and its config if it has one.
    ///
    /// # Errors
    ///
    /// The document is not generated.
    pub fn open(folder: &Path) -> Result<Self, String> {
        let config = folder.join("atlas-codegen.toml");
        let config = config.is_file().then_some(config);
        let document = folder.join("openapi.yaml");
        let text = fs::read_to_string(&document).map_err(|error| error.to_string())?;
        let name = folder.file_name().unwrap_or_default().to_string_lossy();
        Ok(Self {
            name: name.replace('_', "-"),
            side: Side::of(&document, config.as_deref())?,
            document: serde_yaml::from_str(&text).map_err(|error| error.to_string())?,
            config,
        })
    }

    /// All cases below a folder, by name.
    ///
    /// # Errors
    ///
    /// The folder cannot be read, or a document is not generated.
    pub fn all(folder: &Path) -> Result<Vec<Self>, String> {
        let entries = fs::read_dir(folder).map_err(|error| error.to_string())?;
        let paths = entries.filter_map(|entry| Some(entry.ok()?.path()));
        let mut folders: Vec<PathBuf> = paths.filter(|path| path.is_dir()).collect();
        folders.sort();
        folders.iter().map(|folder| Self::open(folder)).collect()
    }
}

impl Trial {
    /// Whether the compiler finds more than `diff` tells.
    #[must_use]
    pub fn is_milder(&self) -> bool {
        !self.checked.failed.is_empty() && self.comparison.rust() != Rust::Major
    }

    /// What was changed, what `diff` says of it, and what the compiler says.
    #[must_use]
    pub fn told(&self) -> String {
        let mut text = format!(
            "{}: {} ({})\n",
            self.name,
            self.what,
            self.document.display()
        );
        if let Some(fault) = &self.checked.fault {
            let _ = writeln!(text, "    the crate: {fault}");
        }
        for change in &self.comparison.changes {
            let _ = writeln!(
                text,
                "    {} {}: {}",
                change.rust.as_str(),
                change.rule.code,
                change.sentence()
            );
        }
        for (one, message) in self.checked.failed.iter().take(6) {
            let _ = writeln!(text, "    {}: {message}", one.item);
        }
        text
    }

    /// What `diff` calls major although nothing of it stops compiling.
    #[must_use]
    pub fn doubts(&self) -> Vec<Doubt> {
        doubts(&self.comparison, &self.checked)
    }
}

/// Changes cases at random, `count` times, and has every change judged and compiled. Documents go into `folder`. A seed makes the
/// same changes every time; those that no crate comes of are passed over.
///
/// # Errors
///
/// A file cannot be written, or cargo fails.
pub fn trials(
    cases: &[Case],
    count: usize,
    seed: &str,
    folder: &Path,
    batch: &Batch,
    lock: &Path,
) -> io::Result<Vec<Trial>> {
    let mut random = Random::new(seed);
    let mut made: Vec<(&Case, String, PathBuf, Side)> = Vec::new();
    let mut tried = 0;
    while made.len() < count && tried < count * 20 {
        tried += 1;
        let case = random.pick(cases);
        let Some((mut what, mut document)) = mutated(&case.document, &mut random) else {
            continue;
        };
        if random.chance(20)
            && let Some((more, twice)) = mutated(&document, &mut random)
        {
            what = format!("{what}; {more}");
            document = twice;
        }
        let place = folder
            .join(format!("{}-{tried}", case.name))
            .join("openapi.yaml");
        fs::create_dir_all(place.parent().unwrap_or(folder))?;
        fs::write(
            &place,
            serde_yaml::to_string(&document).map_err(io::Error::other)?,
        )?;
        if let Ok(side) = Side::of(&place, case.config.as_deref()) {
            made.push((case, what, place, side));
        }
    }
    let name = |index: usize, case: &Case| format!("{}-{index}", case.name);
    let pairs: Vec<Pair<'_>> = made
        .iter()
        .enumerate()
        .map(|(index, (case, _, _, side))| Pair {
            name: name(index, case),
            old: &case.side,
            new: side,
            each_feature: true,
        })
        .collect();
    let checked = batch.check(&pairs, lock)?;
    let trials = made.iter().zip(checked).enumerate();
    Ok(trials
        .map(|(index, ((case, what, document, side), checked))| Trial {
            name: name(index, case),
            what: what.clone(),
            document: document.clone(),
            comparison: diff::compare(&case.side.outline, &side.outline),
            checked,
        })
        .collect())
}
