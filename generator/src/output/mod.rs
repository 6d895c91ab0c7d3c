//! The one place that writes.
//!
//! What a run owns stands in `codegen.lock` at the root of the folder. A run first compares everything with the disk
//! (`survey`); if a file that it does not own is in the way, nothing happens. Then it writes what changed and removes
//! what it owned and no longer makes, or puts everything back (`commit`).

mod commit;
mod difference;
mod embedded;
mod lock;
mod survey;
#[cfg(test)]
mod tests;

use std::path::Path;

pub use embedded::runtime;

use self::survey::Survey;
use crate::diag::{Code, Diagnostic, Diagnostics, Place};
use crate::surface::File;

/// What a run did, or would do. Paths are relative to the output folder, with `/`, sorted.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Outcome {
    /// Files that are new or changed.
    pub written: Vec<String>,
    /// How many files were right already.
    pub unchanged: usize,
    /// Files that were owned and are no longer made.
    pub removed: Vec<String>,
}

impl Outcome {
    /// Whether the folder is as it should be.
    pub fn is_current(&self) -> bool {
        self.written.is_empty() && self.removed.is_empty()
    }

    fn of(survey: &Survey<'_>) -> Self {
        Self {
            written: survey
                .changes
                .iter()
                .map(|change| change.file.path.clone())
                .collect(),
            unchanged: survey.unchanged,
            removed: survey.stale.clone(),
        }
    }
}

/// Nothing was written; the diagnostics say why.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Refused;

/// Makes the folder hold these files: writes those that changed, removes those that it owned and no longer makes.
///
/// `digest` is the SHA-256 of the document, as hexadecimal.
///
/// # Errors
///
/// A file that is not owned is in the way, or the disk fails; then everything is as before.
pub fn write(
    dir: &Path,
    files: &[File],
    digest: &str,
    diagnostics: &mut Diagnostics,
) -> Result<Outcome, Refused> {
    with_survey(dir, files, digest, diagnostics, |survey, diagnostics| {
        commit::commit(dir, survey).map_err(|fault| {
            diagnostics.push(fault);
            Refused
        })?;
        Ok(Outcome::of(survey))
    })
}

/// What [`write()`] would do.
///
/// # Errors
///
/// As [`write()`].
pub fn dry_run(
    dir: &Path,
    files: &[File],
    digest: &str,
    diagnostics: &mut Diagnostics,
) -> Result<Outcome, Refused> {
    with_survey(dir, files, digest, diagnostics, |survey, _| {
        Ok(Outcome::of(survey))
    })
}

/// What [`write()`] would do, and the difference between the folder and the files as a unified diff.
///
/// # Errors
///
/// As [`write()`].
pub fn check(
    dir: &Path,
    files: &[File],
    digest: &str,
    diagnostics: &mut Diagnostics,
) -> Result<(Outcome, String), Refused> {
    with_survey(dir, files, digest, diagnostics, |survey, _| {
        Ok((Outcome::of(survey), difference::unified(survey)))
    })
}

/// Whether a file in the folder is one that a run made.
pub fn owns(dir: &Path, path: &str) -> bool {
    let lock = std::fs::read_to_string(dir.join(lock::NAME));
    let files = lock.ok().and_then(|text| lock::parse(&text));
    files.is_some_and(|files| files.iter().any(|file| file == path))
}

/// Compares the files, and the list of them, with the disk.
fn with_survey<T>(
    dir: &Path,
    files: &[File],
    digest: &str,
    diagnostics: &mut Diagnostics,
    act: impl FnOnce(&Survey<'_>, &mut Diagnostics) -> Result<T, Refused>,
) -> Result<T, Refused> {
    let unsafe_name = files.iter().find(|file| !lock::is_safe(&file.path));
    if let Some(file) = unsafe_name {
        let message = format!("`{}` is no name for a file", file.path.escape_debug());
        let help =
            "this is a fault of the generator: please report it, with the document if you may";
        diagnostics.push(fault(Code::Internal, dir, message, help));
        return Err(Refused);
    }
    let lock = lock::render(files, digest);
    let faults = match survey::survey(dir, files, &lock) {
        Ok(survey) if survey.faults.is_empty() => return act(&survey, diagnostics),
        Ok(survey) => survey.faults,
        Err(fault) => vec![fault],
    };
    for fault in faults {
        diagnostics.push(fault);
    }
    Err(Refused)
}

/// A fault of a file or folder.
fn fault(code: Code, path: &Path, message: String, help: &str) -> Diagnostic {
    Diagnostic {
        code,
        message,
        place: Place::WholeFile(path.display().to_string()),
        help: help.to_owned(),
    }
}
