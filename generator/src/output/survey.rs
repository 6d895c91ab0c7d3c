//! Comparing the files to be with the disk. Only reads.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

use super::{fault, lock};
use crate::diag::{Code, Diagnostic};
use crate::surface::File;
use crate::threads;

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
    /// Folders that are not there.
    vacant: BTreeSet<String>,
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
    let mut sorted: Vec<&File> = files.iter().collect();
    sorted.sort_unstable_by(|left, right| left.path.cmp(&right.path));
    sorted.push(lock);
    let folders = Folders::of(dir, sorted.iter().map(|file| file.path.as_str()));
    let found = threads::for_each(&sorted, |file| folders.look(dir, &file.path));
    let mut survey = Survey {
        changes: Vec::new(),
        unchanged: 0,
        stale: Vec::new(),
        faults: Vec::new(),
        vacant: folders.vacant(),
    };
    for (file, old) in sorted.into_iter().zip(found) {
        let is_owned = file.path == lock::NAME || owned.contains(&file.path);
        survey.add(dir, file, old, is_owned);
    }
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
    /// The outermost folder around a file that is not there, relative to the output folder, which is the empty path itself.
    pub(super) fn vacant_folder<'p>(&self, path: &'p str) -> Option<&'p str> {
        folders_around(path).find(|folder| self.vacant.contains(*folder))
    }

    fn add(
        &mut self,
        dir: &Path,
        file: &'f File,
        old: Result<Option<Vec<u8>>, Obstacle>,
        is_owned: bool,
    ) {
        let path = dir.join(&file.path);
        let old = match old {
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

/// The folders around a file in the output folder, from the outside in; the first is the output folder itself, the empty path.
fn folders_around(path: &str) -> impl Iterator<Item = &str> {
    let inner = path.match_indices('/');
    std::iter::once("").chain(inner.filter_map(|(at, _)| path.get(..at)))
}

/// The folders that files are to stand in, each looked at once.
struct Folders(BTreeMap<String, Result<bool, Obstacle>>);

impl Folders {
    fn of<'p>(dir: &Path, paths: impl Iterator<Item = &'p str>) -> Self {
        let mut folders = Self(BTreeMap::new());
        for path in paths {
            let mut is_there = true;
            for folder in folders_around(path) {
                is_there = match folders.0.get(folder) {
                    Some(known) => matches!(known, Ok(true)),
                    None => {
                        let found = if is_there {
                            look_at_folder(dir, folder)
                        } else {
                            Ok(false)
                        };
                        let is_there = matches!(found, Ok(true));
                        folders.0.insert(folder.to_owned(), found);
                        is_there
                    }
                };
            }
        }
        folders
    }

    /// The bytes of a file in them; none where it is not there.
    fn look(&self, dir: &Path, path: &str) -> Result<Option<Vec<u8>>, Obstacle> {
        for folder in folders_around(path) {
            match self.0.get(folder) {
                Some(Ok(true)) => {}
                Some(Ok(false)) | None => return Ok(None),
                Some(Err(obstacle)) => return Err(obstacle.again()),
            }
        }
        look_at_file(dir.join(path))
    }

    /// Those that are not there.
    fn vacant(self) -> BTreeSet<String> {
        let folders = self.0.into_iter();
        let vacant = folders.filter(|(_, found)| matches!(found, Ok(false)));
        vacant.map(|(folder, _)| folder).collect()
    }
}

/// Whether a folder is there. The output folder itself may be a link.
fn look_at_folder(dir: &Path, folder: &str) -> Result<bool, Obstacle> {
    let (path, metadata) = if folder.is_empty() {
        (dir.to_path_buf(), fs::metadata(dir))
    } else {
        let path = dir.join(folder);
        let metadata = fs::symlink_metadata(&path);
        (path, metadata)
    };
    match metadata {
        Ok(metadata) if metadata.is_symlink() => Err(Obstacle::Link(path)),
        Ok(metadata) if metadata.is_dir() => Ok(true),
        Ok(_) => Err(Obstacle::WrongKind(path)),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(false),
        // A part of the output folder's own path is a file.
        Err(error) if error.kind() == ErrorKind::NotADirectory => {
            Err(Obstacle::WrongKind(dir.to_path_buf()))
        }
        Err(error) => Err(Obstacle::Io(error)),
    }
}

/// The bytes of a file whose folder is there; none where it is not.
fn look_at_file(path: PathBuf) -> Result<Option<Vec<u8>>, Obstacle> {
    let metadata = match fs::symlink_metadata(&path) {
        Ok(metadata) => metadata,
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(Obstacle::Io(error)),
    };
    if metadata.is_symlink() {
        return Err(Obstacle::Link(path));
    }
    if !metadata.is_file() {
        return Err(Obstacle::WrongKind(path));
    }
    fs::read(&path).map(Some).map_err(Obstacle::Io)
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
enum Obstacle {
    /// A part of the path is a symbolic link.
    Link(PathBuf),
    /// A folder stands where a file should, or the reverse.
    WrongKind(PathBuf),
    Io(io::Error),
}

impl Obstacle {
    /// The same, for another file in the folder.
    fn again(&self) -> Self {
        match self {
            Self::Link(path) => Self::Link(path.clone()),
            Self::WrongKind(path) => Self::WrongKind(path.clone()),
            Self::Io(error) => Self::Io(io::Error::new(error.kind(), error.to_string())),
        }
    }

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
fn look(dir: &Path, path: &str) -> Result<Option<Vec<u8>>, Obstacle> {
    Folders::of(dir, std::iter::once(path)).look(dir, path)
}
