//! Lines and columns of places, found when a message is printed: the files are read again, and only as far as asked.

mod json;
#[cfg(test)]
mod tests;
mod wanted;
mod yaml;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use self::wanted::Wanted;
use super::text::{self, Notation, notation};
use crate::diag::{Locate, Located, SpecPath};

/// Finds places in a document's files.
pub struct Locator {
    /// How the user named the root document.
    name: String,
    source: Source,
}

enum Source {
    File(PathBuf),
    Text(String),
}

impl Locator {
    /// For a document in a file.
    pub fn file(file: &Path) -> Self {
        Self {
            name: file.display().to_string(),
            source: Source::File(file.to_path_buf()),
        }
    }

    /// For a document that is only text.
    pub fn text(name: &str, text: &str) -> Self {
        Self {
            name: name.to_owned(),
            source: Source::Text(text.to_owned()),
        }
    }

    /// The name of a file of the document.
    fn name_of(&self, document: &str) -> String {
        match &self.source {
            Source::File(root) if !document.is_empty() => {
                let folder = root.parent().unwrap_or(Path::new(""));
                folder.join(document).display().to_string()
            }
            _ if !document.is_empty() => document.to_owned(),
            _ => self.name.clone(),
        }
    }

    /// The text of a file of the document, if it can still be read.
    fn text_of(&self, document: &str) -> Option<String> {
        match &self.source {
            Source::Text(text) => document.is_empty().then(|| text.clone()),
            Source::File(_) => {
                let name = self.name_of(document);
                text::decode(std::fs::read(&name).ok()?, &name).ok()
            }
        }
    }
}

impl Locate for Locator {
    fn locate(&self, paths: &[&SpecPath]) -> BTreeMap<SpecPath, Located> {
        let mut documents: BTreeMap<&str, Wanted> = BTreeMap::new();
        for path in paths {
            documents.entry(path.document()).or_default().add(path);
        }
        let mut located = BTreeMap::new();
        for (document, mut wanted) in documents {
            let name = self.name_of(document);
            let text = self.text_of(document);
            if let Some(text) = &text {
                match notation(&name, text) {
                    Notation::Yaml => yaml::find(text, &mut wanted),
                    Notation::Json | Notation::Either => {
                        if json::find(text, &mut wanted).is_none() {
                            yaml::find(text, &mut wanted);
                        }
                    }
                }
            }
            for path in paths.iter().filter(|path| path.document() == document) {
                let position = wanted.position(path).filter(|_| text.is_some());
                located.insert(
                    (*path).clone(),
                    Located {
                        file: name.clone(),
                        position,
                        source: source_line(text.as_deref(), position),
                    },
                );
            }
        }
        located
    }

    fn line(&self, file: &str, line: usize) -> Option<String> {
        let text = match &self.source {
            Source::Text(text) if file == self.name => text.clone(),
            _ => String::from_utf8_lossy(&std::fs::read(file).ok()?).into_owned(),
        };
        text.lines().nth(line.checked_sub(1)?).map(str::to_owned)
    }
}

fn source_line(text: Option<&str>, position: Option<(usize, usize)>) -> Option<String> {
    let (line, _) = position?;
    text?.lines().nth(line.checked_sub(1)?).map(str::to_owned)
}
