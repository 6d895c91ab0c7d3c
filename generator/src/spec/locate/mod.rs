//! Lines and columns of places, found when a message is printed: the files are read again, and only as far as asked.

mod json;
#[cfg(test)]
mod tests;
mod wanted;
mod yaml;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use self::wanted::Wanted;
use super::overlay::{self, Sources};
use super::parse;
use super::text::{self, Notation, notation};
use crate::config::{Config, Limits};
use crate::diag::{Diagnostics, Excerpt, Locate, Located, SpecPath};

/// Finds places in a document's files.
pub struct Locator {
    /// How the user named the root document.
    name: String,
    source: Source,
    /// What changes the document before it is looked at.
    overlays: Vec<PathBuf>,
    limits: Limits,
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
            overlays: Vec::new(),
            limits: Limits::default(),
        }
    }

    /// For a document that is only text.
    pub fn text(name: &str, text: &str) -> Self {
        Self {
            name: name.to_owned(),
            source: Source::Text(text.to_owned()),
            overlays: Vec::new(),
            limits: Limits::default(),
        }
    }

    /// For the document of a config, and its overlays.
    pub fn of(config: &Config) -> Self {
        Self::file(&config.spec).overlaid(config)
    }

    /// The same for a document that the overlays of a config change.
    #[must_use]
    pub fn overlaid(mut self, config: &Config) -> Self {
        self.overlays.clone_from(&config.overlays);
        self.limits.clone_from(&config.limits);
        self
    }

    /// Whether this names an overlay, which is known by the name that the user gave it.
    fn is_overlay(&self, document: &str) -> bool {
        self.overlays
            .iter()
            .any(|file| overlay::name(file) == document)
    }

    /// Where the parts of the document come from: the overlays are applied once more.
    fn sources(&self) -> Sources {
        let mut unheard = Diagnostics::new();
        let text = self.text_of("").filter(|_| !self.overlays.is_empty());
        let tree = text.and_then(|text| {
            parse::parse(
                &text,
                &self.name,
                &SpecPath::root(),
                &self.limits,
                &mut unheard,
            )
            .ok()
        });
        tree.map_or_else(Sources::default, |mut tree| {
            overlay::apply(
                &mut tree,
                &self.overlays,
                &self.limits,
                &mut unheard,
                |_| {},
            )
        })
    }

    /// The name of a file of the document.
    fn name_of(&self, document: &str) -> String {
        match &self.source {
            _ if self.is_overlay(document) => document.to_owned(),
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
            Source::Text(_) if self.is_overlay(document) => {
                text::decode(std::fs::read(document).ok()?, document).ok()
            }
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
        let sources = self.sources();
        let paths: Vec<(&SpecPath, SpecPath)> =
            paths.iter().map(|path| (*path, sources.of(path))).collect();
        let mut documents: BTreeMap<&str, Wanted> = BTreeMap::new();
        for (_, path) in &paths {
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
            let lines: Vec<&str> = text
                .as_deref()
                .map(str::lines)
                .into_iter()
                .flatten()
                .collect();
            for (asked, path) in paths.iter().filter(|(_, path)| path.document() == document) {
                let position = wanted.position(path).filter(|_| text.is_some());
                located.insert(
                    (*asked).clone(),
                    Located {
                        file: name.clone(),
                        position,
                        source: excerpt(&lines, position),
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

/// The part of a line around a position.
fn excerpt(lines: &[&str], position: Option<(usize, usize)>) -> Option<Excerpt> {
    let (line, column) = position?;
    Some(Excerpt::of(lines.get(line.checked_sub(1)?)?, column))
}
