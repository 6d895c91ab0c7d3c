//! A file at a git revision, with the files that it refers to: `HEAD~1:spec/api.yaml`.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Component, Path, PathBuf};
use std::process::Command;

use super::scratch::Scratch;

/// The revision and the file of a side, if it names both. A path of Windows with a drive names none.
pub(super) fn parts(side: &str) -> Option<(&str, &str)> {
    let (revision, file) = side.split_once(':')?;
    let is_drive = revision.len() == 1 && file.starts_with(['\\', '/']);
    (!revision.is_empty() && !revision.starts_with('-') && !file.is_empty() && !is_drive)
        .then_some((revision, file))
}

/// Files of a revision, in a folder that is removed with this value.
pub(super) struct Checkout {
    folder: Scratch,
    revision: String,
    /// The file that was asked for, in the folder.
    file: PathBuf,
}

impl Checkout {
    /// Takes a file, and those that it refers to, out of a revision.
    pub(super) fn of(revision: &str, file: &str) -> Result<Self, String> {
        let checkout = Self {
            folder: Scratch::new()?,
            revision: revision.to_owned(),
            file: PathBuf::from(file),
        };
        let failed = |error| {
            format!(
                "error: `{}` can't be written: {error}\n",
                checkout.folder.path().display()
            )
        };
        let mut next = vec![checkout.file.clone()];
        let mut seen = BTreeSet::new();
        while let Some(file) = next.pop() {
            if !seen.insert(file.clone()) || !stays_inside(&file) {
                continue;
            }
            let bytes = match checkout.show(&file) {
                Ok(bytes) => bytes,
                Err(fault) if file == checkout.file => return Err(fault),
                // What can't be followed is told of where the document is read.
                Err(_) => continue,
            };
            let path = checkout.folder.path().join(&file);
            let written = fs::create_dir_all(path.parent().unwrap_or(checkout.folder.path()))
                .and_then(|()| fs::write(&path, &bytes));
            written.map_err(failed)?;
            let folder = file.parent().unwrap_or(Path::new(""));
            let text = String::from_utf8_lossy(&bytes);
            next.extend(
                referred(&text)
                    .into_iter()
                    .filter_map(|name| joined(folder, &name)),
            );
        }
        Ok(checkout)
    }

    /// Where the file that was asked for lies.
    pub(super) fn file(&self) -> PathBuf {
        self.folder.path().join(&self.file)
    }

    /// A text in which the folder is called as the user called it.
    pub(super) fn named(&self, text: &str) -> String {
        let folder = format!(
            "{}{}",
            self.folder.path().display(),
            std::path::MAIN_SEPARATOR
        );
        text.replace(&folder, &format!("{}:", self.revision))
    }

    fn show(&self, file: &Path) -> Result<Vec<u8>, String> {
        let file = file.display().to_string().replace('\\', "/");
        // A path counts from the folder where the command runs, as the user wrote it.
        let name = match file.strip_prefix("./") {
            _ if file.starts_with("../") => format!("{}:{file}", self.revision),
            Some(inside) => format!("{}:./{inside}", self.revision),
            None => format!("{}:./{file}", self.revision),
        };
        let run = Command::new("git")
            .args(["show", "--end-of-options", &name])
            .output();
        let output = run.map_err(|error| {
            format!("error: git can't be run: {error}\n  = help: name files instead of revisions\n")
        })?;
        if output.status.success() {
            return Ok(output.stdout);
        }
        // From the top of the repository, as `git show` itself takes it.
        let name = format!("{}:{file}", self.revision);
        let again = Command::new("git")
            .args(["show", "--end-of-options", &name])
            .output();
        match again {
            Ok(output) if output.status.success() => Ok(output.stdout),
            _ => {
                let said = String::from_utf8_lossy(&output.stderr);
                let said = said
                    .lines()
                    .next()
                    .unwrap_or_default()
                    .trim_start_matches("fatal: ");
                Err(format!(
                    "error: `{name}` can't be read: {said}\n  \
                     = help: name a file, or a revision and a file of this repository, `HEAD~1:spec/api.yaml`\n"
                ))
            }
        }
    }
}

/// Whether a path leads out of the folder that it counts from.
fn stays_inside(file: &Path) -> bool {
    file.components()
        .all(|part| matches!(part, Component::Normal(_) | Component::CurDir))
}

/// A path as it is seen from a folder, without `..`; none where it leads out.
fn joined(folder: &Path, name: &str) -> Option<PathBuf> {
    let mut path = PathBuf::new();
    for part in folder.join(name).components() {
        match part {
            Component::Normal(part) => path.push(part),
            Component::CurDir => {}
            Component::ParentDir if path.pop() => {}
            _ => return None,
        }
    }
    Some(path)
}

/// The files that a document's references name.
fn referred(text: &str) -> BTreeSet<String> {
    let mut files = BTreeSet::new();
    for (at, mark) in text.match_indices("$ref") {
        let rest = text.get(at + mark.len()..).unwrap_or_default();
        let rest = rest.trim_start_matches(['"', '\'', ':', ' ', '\t']);
        let end = rest
            .find(['"', '\'', '\n', '\r', '#', ',', '}', ' '])
            .unwrap_or(rest.len());
        let name = rest.get(..end).unwrap_or_default();
        if !name.is_empty() && !name.contains("://") {
            files.insert(name.replace("%20", " "));
        }
    }
    files
}

#[cfg(test)]
mod tests {
    use std::path::{Path, PathBuf};

    use super::{joined, parts, referred};

    #[test]
    fn a_side_may_name_a_revision() {
        assert_eq!(parts("HEAD~1:spec/a.yaml"), Some(("HEAD~1", "spec/a.yaml")));
        for side in [
            "spec/a.yaml",
            "C:\\a.yaml",
            ":a.yaml",
            "HEAD:",
            "--x:a.yaml",
        ] {
            assert_eq!(parts(side), None, "{side}");
        }
    }

    #[test]
    fn references_name_files() {
        let text = "a: {$ref: 'b.yaml#/x'}\n$ref: c/d.json\n\"$ref\": \"#/y\"\n$ref: https://e/f";
        let files: Vec<String> = referred(text).into_iter().collect();
        assert_eq!(files, ["b.yaml", "c/d.json"]);
    }

    #[test]
    fn a_file_beside_a_file_is_seen_from_its_folder() {
        assert_eq!(
            joined(Path::new("spec/a"), "../b.yaml"),
            Some(PathBuf::from("spec/b.yaml"))
        );
        assert_eq!(joined(Path::new("spec"), "../../b.yaml"), None);
    }
}
