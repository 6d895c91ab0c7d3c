//! Folders for the while.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};

/// A folder of the system's for such files, removed with this value.
pub(super) struct Scratch(PathBuf);

impl Scratch {
    pub(super) fn new() -> Result<Self, String> {
        loop {
            let folder = Self::next();
            match Self::at(folder.clone()) {
                // Left behind by a process of the same number that was ended.
                Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
                made => {
                    let shown = folder.display();
                    return made
                        .map_err(|error| format!("error: `{shown}` can't be written: {error}\n"));
                }
            }
        }
    }

    /// A place of this process, another each time.
    fn next() -> PathBuf {
        static COUNT: AtomicUsize = AtomicUsize::new(0);
        let count = COUNT.fetch_add(1, Ordering::Relaxed);
        let name = format!("atlas-codegen-{}-{count}", std::process::id());
        std::env::temp_dir().join(name)
    }

    /// A folder at a place. One that is there already is somebody else's.
    pub(super) fn at(folder: PathBuf) -> io::Result<Self> {
        fs::create_dir(&folder)?;
        Ok(Self(folder))
    }

    pub(super) fn path(&self) -> &Path {
        &self.0
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        // The system clears its folder for such files in any case.
        let _ = fs::remove_dir_all(&self.0);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folders_that_others_left_behind_are_passed_over() {
        // Those that come next, however many of them other tests take.
        let next = Scratch::next().display().to_string();
        let (start, count) = next.rsplit_once('-').unwrap();
        let count: usize = count.parse().unwrap();
        let left: Vec<Scratch> = (count + 1..count + 9)
            .filter_map(|count| Scratch::at(format!("{start}-{count}").into()).ok())
            .collect();
        let made = Scratch::new().unwrap();
        assert!(!left.is_empty() && left.iter().all(|folder| folder.path() != made.path()));
    }
}
