//! Writing: all or nothing.
//!
//! Everything is written beside its place first, then moved. A folder that is not there yet is written and moved as one, so
//! that a new crate appears at once, and takes one step more than writing its files.

use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use super::fault;
use super::survey::{Change, Survey};
use crate::diag::{Code, Diagnostic};
use crate::threads;

/// Writes every change and removes what is stale; after a failure, everything is put back.
pub(super) fn commit(dir: &Path, survey: &Survey<'_>) -> Result<(), Diagnostic> {
    let mut undo = Undo::default();
    let units = units(dir, survey);
    let done = stage(dir, &units, &mut undo)
        .and_then(|()| remove(dir, survey, &mut undo))
        // The lock comes last: until then, whatever is left behind is still listed in the old one.
        .and_then(|()| replace(units, &mut undo));
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
    /// A folder with nothing in it.
    RemoveFolder(PathBuf),
    /// A folder that this run made, with all that is in it.
    RemoveTree(PathBuf),
    Restore(PathBuf, Vec<u8>),
}

impl Undo {
    fn run(self) {
        // Each step is a best effort: the failure that led here is the one that is reported.
        for step in self.0.into_iter().rev() {
            let _ = match step {
                Step::RemoveFile(path) => fs::remove_file(path),
                Step::RemoveFolder(path) => fs::remove_dir(path),
                Step::RemoveTree(path) => fs::remove_dir_all(path),
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

/// What is moved to its place in one step: a file, or a folder that was not there.
struct Unit<'s, 'f> {
    /// Where it belongs.
    place: PathBuf,
    /// Where it is written.
    beside: PathBuf,
    /// The length of its path in the output folder.
    length: usize,
    is_folder: bool,
    /// The files in it, or it alone.
    changes: &'s [Change<'f>],
}

impl Unit<'_, '_> {
    /// Where a file of it is written.
    fn staged(&self, change: &Change<'_>) -> PathBuf {
        match change.file.path.get(self.length..) {
            Some(rest) if self.is_folder => self.beside.join(rest.trim_start_matches('/')),
            _ => self.beside.clone(),
        }
    }
}

/// The changes by what is moved, in their order.
fn units<'s, 'f>(dir: &Path, survey: &'s Survey<'f>) -> Vec<Unit<'s, 'f>> {
    let mut units = Vec::new();
    let mut rest = survey.changes.as_slice();
    while let Some(first) = rest.first() {
        let path = first.file.path.as_str();
        let folder = survey.vacant_folder(path);
        let own = folder.unwrap_or(path);
        let is_inside = |change: &Change<'_>| match folder {
            Some("") => true,
            Some(folder) => {
                let rest = change.file.path.strip_prefix(folder);
                rest.is_some_and(|rest| rest.starts_with('/'))
            }
            None => false,
        };
        let others = rest.iter().skip(1).take_while(|change| is_inside(change));
        let (changes, after) = rest.split_at(1 + others.count());
        let place = if own.is_empty() {
            dir.to_path_buf()
        } else {
            dir.join(own)
        };
        let name = place.file_name().unwrap_or_default().to_string_lossy();
        units.push(Unit {
            beside: place.with_file_name(format!(".{name}.{}.new", std::process::id())),
            place,
            length: own.len(),
            is_folder: folder.is_some(),
            changes,
        });
        rest = after;
    }
    units
}

/// Writes everything beside its place.
fn stage(dir: &Path, units: &[Unit<'_, '_>], undo: &mut Undo) -> Result<(), Failure> {
    let mut files = Vec::new();
    let mut folders = BTreeSet::new();
    for unit in units {
        if unit.is_folder {
            make_folder(unit.place.parent().unwrap_or(dir), undo)?;
            undo.0.push(Step::RemoveTree(unit.beside.clone()));
        } else {
            undo.0.push(Step::RemoveFile(unit.beside.clone()));
        }
        for change in unit.changes {
            let staged = unit.staged(change);
            if unit.is_folder {
                let inner = staged.ancestors().skip(1);
                let inner = inner.take_while(|folder| folder.starts_with(&unit.beside));
                folders.extend(inner.map(Path::to_path_buf));
            }
            files.push((staged, change));
        }
    }
    // Sorted, a folder stands before what is in it.
    for folder in folders {
        fs::create_dir(&folder).map_err(|error| (folder, error))?;
    }
    let written = threads::for_each(&files, |(staged, change)| {
        write_new(staged, &change.file.text).map_err(|error| (dir.join(&change.file.path), error))
    });
    written.into_iter().collect()
}

/// Writes a file that is not there: whatever has its name, such as a link that somebody put there, is removed and not followed.
fn write_new(path: &Path, text: &str) -> io::Result<()> {
    match fs::remove_file(path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
        _ => {}
    }
    let mut file = File::options().write(true).create_new(true).open(path)?;
    file.write_all(text.as_bytes())
}

fn make_folder(folder: &Path, undo: &mut Undo) -> Result<(), Failure> {
    if folder.as_os_str().is_empty() || folder.is_dir() {
        return Ok(());
    }
    if let Some(parent) = folder.parent() {
        make_folder(parent, undo)?;
    }
    match fs::create_dir(folder) {
        Ok(()) => undo.0.push(Step::RemoveFolder(folder.to_path_buf())),
        // Another run made it in the meantime: then it is that run's to remove.
        Err(_) if folder.is_dir() => {}
        Err(error) => return Err((folder.to_path_buf(), error)),
    }
    Ok(())
}

/// Moves everything that was written into its place.
fn replace(units: Vec<Unit<'_, '_>>, undo: &mut Undo) -> Result<(), Failure> {
    for unit in units {
        let place = unit.place;
        if let Err(error) = fs::rename(&unit.beside, &place) {
            return Err((place, error));
        }
        let old = unit.changes.first().and_then(|change| change.old.as_ref());
        undo.0.push(match old {
            _ if unit.is_folder => Step::RemoveTree(place),
            Some(bytes) => Step::Restore(place, bytes.clone()),
            None => Step::RemoveFile(place),
        });
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
