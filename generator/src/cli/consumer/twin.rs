//! A folder that looks like another one and is not written to: every entry is a link to what it stands for.
//!
//! The whole way down to the folder is there, with links to what stands beside it, so that paths which lead out of it, such as
//! `../client`, find what they are meant to find. What is to be another thing is put in the place of its link.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// Entries without a link: a program that asks git writes its index.
const LEFT_OUT: [&str; 1] = [".git"];

pub(super) struct Twin {
    root: PathBuf,
    /// The root of the real file system.
    start: PathBuf,
}

impl Twin {
    /// A twin of a whole path, to be made in an empty folder.
    pub(super) fn of(path: &Path, root: PathBuf) -> io::Result<Self> {
        let start = path.ancestors().last().unwrap_or(path).to_path_buf();
        let twin = Self { root, start };
        twin.open(path)?;
        Ok(twin)
    }

    /// What stands for a path; itself, where that is on another drive.
    pub(super) fn path(&self, path: &Path) -> PathBuf {
        match path.strip_prefix(&self.start) {
            Ok(inside) => self.root.join(inside),
            Err(_) => path.to_path_buf(),
        }
    }

    /// What a path in the twin stands for; none for one that is not in it.
    pub(super) fn original(&self, path: &Path) -> Option<PathBuf> {
        let inside = path.strip_prefix(&self.root).ok()?;
        Some(self.start.join(inside))
    }

    /// A text in which what is in the twin is called as what it stands for.
    pub(super) fn named(&self, text: &str) -> String {
        let separator = std::path::MAIN_SEPARATOR;
        let root = format!("{}{separator}", self.root.display());
        text.replace(&root, &self.start.display().to_string())
    }

    /// Makes a folder of its own of what is a link to one, and of all above it; what is in it are links. Gives its place.
    fn open(&self, folder: &Path) -> io::Result<PathBuf> {
        // From the top down: below a link, a path leads to the real folder.
        if let Some(above) = folder.parent().filter(|_| folder != self.start) {
            self.open(above)?;
        }
        let twin = self.path(folder);
        if fs::symlink_metadata(&twin).is_ok_and(|found| found.is_dir()) {
            return Ok(twin);
        }
        remove(&twin)?;
        fs::create_dir_all(&twin)?;
        // What can't be listed above the folder is not needed there.
        for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
            let name = entry.file_name();
            let is_own = self.root.starts_with(entry.path());
            if !is_own && !LEFT_OUT.iter().any(|left_out| name == *left_out) {
                link(&entry.path(), &twin.join(name))?;
            }
        }
        Ok(twin)
    }

    /// Puts a copy in the place of a link to a file, if the file is there.
    pub(super) fn copy(&self, file: &Path) -> io::Result<bool> {
        let (Some(folder), true) = (file.parent(), file.is_file()) else {
            return Ok(false);
        };
        self.open(folder)?;
        let twin = self.path(file);
        remove(&twin)?;
        // Only the text: the copy may be written to, whatever holds for the file.
        fs::write(&twin, fs::read(file)?)?;
        Ok(true)
    }

    /// Moves what is in a folder to the place of what it stands for.
    pub(super) fn fill(&self, folder: &Path, from: &Path) -> io::Result<()> {
        let twin = self.open(folder)?;
        for entry in fs::read_dir(from)? {
            let entry = entry?;
            let place = twin.join(entry.file_name());
            remove(&place)?;
            fs::rename(entry.path(), place)?;
        }
        Ok(())
    }
}

/// Removes a link, if one is there.
fn remove(link: &Path) -> io::Result<()> {
    match fs::symlink_metadata(link) {
        // On Windows, a link to a folder is removed as one.
        Ok(found) if found.is_symlink() => fs::remove_file(link).or_else(|_| fs::remove_dir(link)),
        Ok(_) | Err(_) => Ok(()),
    }
}

#[cfg(unix)]
fn link(to: &Path, from: &Path) -> io::Result<()> {
    std::os::unix::fs::symlink(to, from)
}

#[cfg(windows)]
fn link(to: &Path, from: &Path) -> io::Result<()> {
    match to.is_dir() {
        true => std::os::windows::fs::symlink_dir(to, from),
        false => std::os::windows::fs::symlink_file(to, from),
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests may stop at once")]
mod tests {
    use std::fs;

    use super::Twin;

    #[test]
    fn what_leads_out_of_the_folder_is_found_and_nothing_is_written_there() {
        let folder = tempfile::tempdir().unwrap();
        let folder = folder.path().canonicalize().unwrap();
        let (app, client, scratch) = (
            folder.join("a/app"),
            folder.join("b/client"),
            folder.join("tmp"),
        );
        for (path, text) in [
            (app.join("src/main.rs"), "main"),
            (client.join("src/lib.rs"), "old"),
            (app.join("lock"), "1"),
        ] {
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        }
        fs::create_dir_all(client.join("examples")).unwrap();
        let twin = Twin::of(&app, scratch.join("tree")).unwrap();
        let shown = twin.path(&app);
        assert_eq!(
            fs::read_to_string(shown.join("src/main.rs")).unwrap(),
            "main"
        );
        assert_eq!(twin.original(&shown.join("src")), Some(app.join("src")));
        assert!(twin.copy(&app.join("lock")).unwrap() && !twin.copy(&app.join("none")).unwrap());
        fs::write(shown.join("lock"), "2").unwrap();
        assert_eq!(fs::read_to_string(app.join("lock")).unwrap(), "1");

        let made = scratch.join("made");
        fs::create_dir_all(made.join("src")).unwrap();
        fs::write(made.join("src/lib.rs"), "new").unwrap();
        twin.fill(&client, &made).unwrap();
        let text = |path: &std::path::Path| fs::read_to_string(path.join("src/lib.rs")).unwrap();
        assert_eq!(
            (text(&twin.path(&client)), text(&client)),
            ("new".to_owned(), "old".to_owned())
        );
        // What the generator does not make stays.
        assert!(twin.path(&client).join("examples").is_dir());
        let said = format!("at {}", twin.path(&client).join("src/lib.rs").display());
        assert_eq!(
            twin.named(&said),
            format!("at {}", client.join("src/lib.rs").display())
        );
        fs::remove_dir_all(scratch.join("tree")).unwrap();
        assert_eq!(text(&client), "old");
    }
}
