//! Folders for the while.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};

/// A folder of the system's for such files, removed with this value.
pub(super) struct Scratch(PathBuf);

impl Scratch {
    pub(super) fn new() -> Result<Self, String> {
        static COUNT: AtomicUsize = AtomicUsize::new(0);
        let count = COUNT.fetch_add(1, Ordering::Relaxed);
        let name = format!("atlas-codegen-{}-{count}", std::process::id());
        let folder = std::env::temp_dir().join(name);
        Self::at(folder.clone())
            .map_err(|error| format!("error: `{}` can't be written: {error}\n", folder.display()))
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
