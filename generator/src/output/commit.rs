//! Writing: all or nothing.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use super::fault;
use super::survey::{Change, Survey};
use crate::diag::{Code, Diagnostic};

/// Writes every change and removes what is stale; after a failure, everything is put back.
pub(super) fn commit(dir: &Path, survey: &Survey<'_>) -> Result<(), Diagnostic> {
    let mut undo = Undo::default();
    let done = stage(dir, survey, &mut undo)
        .and_then(|staged| remove(dir, survey, &mut undo).map(|()| staged))
        // The lock comes last: until then, whatever is left behind is still listed in the old one.
        .and_then(|staged| replace(dir, survey, staged, &mut undo));
    match done {
        Ok(()) => Ok(()),
        Err((path, error)) => {
            undo.run();
            let message = format!("this can't be written: {error}; nothing was changed");
            Err(fault(
                Code::Unwritable,
                &path,
                message,
                "see to the disk and its permissions, and run again",
            ))
        }
    }
}

type Failure = (PathBuf, io::Error);

/// What to do to have everything as it was, latest first.
#[derive(Default)]
struct Undo(Vec<Step>);

enum Step {
    RemoveFile(PathBuf),
    RemoveFolder(PathBuf),
    Restore(PathBuf, Vec<u8>),
}

impl Undo {
    fn run(self) {
        // Each step is a best effort: the failure that led here is the one that is reported.
        for step in self.0.into_iter().rev() {
            let _ = match step {
                Step::RemoveFile(path) => fs::remove_file(path),
                Step::RemoveFolder(path) => fs::remove_dir(path),
                Step::Restore(path, bytes) => restore(&path, &bytes),
            };
        }
    }
}

fn restore(path: &Path, bytes: &[u8]) -> io::Result<()> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)?;
    }
    fs::write(path, bytes)
}

/// Writes every change to a file beside its place.
fn stage(dir: &Path, survey: &Survey<'_>, undo: &mut Undo) -> Result<Vec<PathBuf>, Failure> {
    let mut staged = Vec::with_capacity(survey.changes.len());
    for change in &survey.changes {
        let path = dir.join(&change.file.path);
        make_folder(path.parent().unwrap_or(dir), undo)?;
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        let beside = path.with_file_name(format!(".{name}.{}.new", std::process::id()));
        undo.0.push(Step::RemoveFile(beside.clone()));
        fs::write(&beside, &change.file.text).map_err(|error| (path, error))?;
        staged.push(beside);
    }
    Ok(staged)
}

fn make_folder(folder: &Path, undo: &mut Undo) -> Result<(), Failure> {
    if folder.as_os_str().is_empty() || folder.is_dir() {
        return Ok(());
    }
    if let Some(parent) = folder.parent() {
        make_folder(parent, undo)?;
    }
    fs::create_dir(folder).map_err(|error| (folder.to_path_buf(), error))?;
    undo.0.push(Step::RemoveFolder(folder.to_path_buf()));
    Ok(())
}

/// Moves every written file into its place.
fn replace(
    dir: &Path,
    survey: &Survey<'_>,
    staged: Vec<PathBuf>,
    undo: &mut Undo,
) -> Result<(), Failure> {
    for (Change { file, old }, beside) in survey.changes.iter().zip(staged) {
        let path = dir.join(&file.path);
        undo.0.push(match old {
            Some(bytes) => Step::Restore(path.clone(), bytes.clone()),
            None => Step::RemoveFile(path.clone()),
        });
        fs::rename(&beside, &path).map_err(|error| (path, error))?;
    }
    Ok(())
}

/// Removes stale files, and the folders that this leaves empty.
fn remove(dir: &Path, survey: &Survey<'_>, undo: &mut Undo) -> Result<(), Failure> {
    for stale in &survey.stale {
        let path = dir.join(stale);
        let bytes = fs::read(&path).map_err(|error| (path.clone(), error))?;
        fs::remove_file(&path).map_err(|error| (path.clone(), error))?;
        undo.0.push(Step::Restore(path, bytes));
    }
    for stale in &survey.stale {
        let mut folder = Path::new(stale).parent();
        while let Some(inner) = folder.filter(|inner| !inner.as_os_str().is_empty()) {
            // Fails where the folder still holds something, and that is what should stay.
            if fs::remove_dir(dir.join(inner)).is_err() {
                break;
            }
            folder = inner.parent();
        }
    }
    Ok(())
}
