//! Comparing the files to be with the disk. Only reads.

use std::collections::BTreeSet;
use std::fs;
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

use super::{fault, lock};
use crate::diag::{Code, Diagnostic};
use crate::surface::File;

/// What differs between the files to be and the disk.
pub(super) struct Survey<'f> {
    /// Files to write, sorted by path; the lock, if it changes, comes last.
    pub(super) changes: Vec<Change<'f>>,
    /// How many files are right already.
    pub(super) unchanged: usize,
    /// Owned files that are no longer made and are still there, sorted.
    pub(super) stale: Vec<String>,
    /// What is in the way.
    pub(super) faults: Vec<Diagnostic>,
}

/// A file to write.
pub(super) struct Change<'f> {
    pub(super) file: &'f File,
    /// What is there now.
    pub(super) old: Option<Vec<u8>>,
}

/// Compares; an error where the lock itself is in the way or unreadable.
pub(super) fn survey<'f>(
    dir: &Path,
    files: &'f [File],
    lock: &'f File,
) -> Result<Survey<'f>, Diagnostic> {
    let owned = owned(dir)?;
    let mut survey = Survey {
        changes: Vec::new(),
        unchanged: 0,
        stale: Vec::new(),
        faults: Vec::new(),
    };
    let mut sorted: Vec<&File> = files.iter().collect();
    sorted.sort_unstable_by(|left, right| left.path.cmp(&right.path));
    for file in sorted {
        survey.add(dir, file, owned.contains(&file.path));
    }
    survey.add(dir, lock, true);
    let made: BTreeSet<&str> = files.iter().map(|file| file.path.as_str()).collect();
    for path in owned.iter().filter(|path| !made.contains(path.as_str())) {
        // A link that took the file's place is not the generator's.
        if matches!(look(dir, path), Ok(Some(_))) {
            survey.stale.push(path.clone());
        }
    }
    Ok(survey)
}

impl<'f> Survey<'f> {
    fn add(&mut self, dir: &Path, file: &'f File, is_owned: bool) {
        let path = dir.join(&file.path);
        let old = match look(dir, &file.path) {
            Ok(old) => old,
            Err(obstacle) => {
                self.faults.push(obstacle.fault(&path));
                return;
            }
        };
        match &old {
            Some(bytes) if bytes.as_slice() == file.text.as_bytes() => self.unchanged += 1,
            Some(_) if !is_owned => {
                let message =
                    "this file is not the generator's, and would be overwritten".to_owned();
                let help = "move or delete it, or write to another folder with `--out`";
                self.faults
                    .push(fault(Code::NotOwned, &path, message, help));
            }
            _ => self.changes.push(Change { file, old }),
        }
    }
}

/// The files that the lock on the disk lists.
fn owned(dir: &Path) -> Result<BTreeSet<String>, Diagnostic> {
    let path = dir.join(lock::NAME);
    let bytes = look(dir, lock::NAME).map_err(|obstacle| obstacle.fault(&path))?;
    let Some(bytes) = bytes else {
        return Ok(BTreeSet::new());
    };
    let paths = String::from_utf8(bytes)
        .ok()
        .and_then(|text| lock::parse(&text));
    match paths {
        Some(paths) => Ok(paths.into_iter().collect()),
        None => {
            let message = "this is not a list of files as the generator writes it".to_owned();
            let help = "restore it, or delete it together with the files that it should list";
            Err(fault(Code::NotOwned, &path, message, help))
        }
    }
}

/// Why a path can't be written.
pub(super) enum Obstacle {
    /// A part of the path is a symbolic link.
    Link(PathBuf),
    /// A folder stands where a file should, or the reverse.
    WrongKind(PathBuf),
    Io(io::Error),
}

impl Obstacle {
    fn fault(self, path: &Path) -> Diagnostic {
        match self {
            Self::Link(link) => {
                let help =
                    "replace it by a real file or folder, or write to another folder with `--out`";
                fault(
                    Code::NotOwned,
                    &link,
                    "this is a symbolic link, and none is followed".to_owned(),
                    help,
                )
            }
            Self::WrongKind(part) => {
                let message = format!("this stands in the way of `{}`", path.display());
                fault(
                    Code::NotOwned,
                    &part,
                    message,
                    "move or delete it, or write to another folder with `--out`",
                )
            }
            Self::Io(error) => {
                let message = format!("the file can't be read: {error}");
                fault(
                    Code::Unwritable,
                    path,
                    message,
                    "correct its permissions, or write to another folder with `--out`",
                )
            }
        }
    }
}

/// The bytes of a file in the folder; none where it is not there. Follows no links below the folder.
pub(super) fn look(dir: &Path, path: &str) -> Result<Option<Vec<u8>>, Obstacle> {
    let mut at = dir.to_path_buf();
    let mut parts = path.split('/').peekable();
    while let Some(part) = parts.next() {
        at.push(part);
        let metadata = match fs::symlink_metadata(&at) {
            Ok(metadata) => metadata,
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
            // A part of the output folder's own path is a file.
            Err(error) if error.kind() == ErrorKind::NotADirectory => {
                return Err(Obstacle::WrongKind(dir.to_path_buf()));
            }
            Err(error) => return Err(Obstacle::Io(error)),
        };
        let is_last = parts.peek().is_none();
        if metadata.is_symlink() {
            return Err(Obstacle::Link(at));
        }
        if metadata.is_file() != is_last || metadata.is_dir() == is_last {
            return Err(Obstacle::WrongKind(at));
        }
    }
    fs::read(&at).map(Some).map_err(Obstacle::Io)
}
