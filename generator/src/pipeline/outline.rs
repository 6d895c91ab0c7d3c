//! Surfaces: of documents, as they are saved beside a crate, and compared.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use sha2::{Digest, Sha256};

use super::Run;
use crate::config::{Config, Package};
use crate::diag::{
    self, Code, Diagnostic, Diagnostics, Locate, Located, Message, Place, SpecPath, Unheard,
};
use crate::diff::{self, Outline, Rust, Wire};
use crate::surface::{Crate, File};
use crate::{output, spec, threads};

/// The public surface of a document's crate, and what there is to complain of.
///
/// # Errors
///
/// What refuses the document.
pub fn outline(config: &Config) -> Result<(Outline, Vec<Message>), Vec<Message>> {
    read(config, Unheard::Nothing)
}

/// The same without what nobody asks for: to find the lines of warnings, a document is read once more.
fn read(config: &Config, unheard: Unheard) -> Surfaced {
    let mut run = Run::new(false);
    run.is_bare = true;
    run.diagnostics = Diagnostics::without(unheard);
    let locator = spec::Locator::of(config);
    let built = run.build(config, &locator, |diagnostics| {
        spec::load(&config.spec, config, diagnostics)
    });
    match built {
        Ok(built) => {
            let outline = Outline::of(&built.krate, &digest(config));
            threads::drop_aside(built);
            Ok((outline, run.messages(&locator)))
        }
        Err(super::Stopped) => Err(run.messages(&locator)),
    }
}

/// The file of a crate's surface.
pub(super) fn lock(krate: &Crate, config: &Config) -> File {
    File {
        path: diff::LOCK.to_owned(),
        text: Outline::of(krate, &digest(config)).write(),
    }
}

/// What a run does to those who use the crate.
#[derive(Clone, Debug, PartialEq)]
pub struct SurfaceChange {
    /// The verdict for code.
    pub rust: Rust,
    /// The verdict for programs that run already.
    pub wire: Wire,
    /// How many changes are major, minor and patch.
    pub counts: [usize; 3],
    /// The version that the last surface was made for.
    pub version: String,
    /// The version that the changes since then ask for.
    pub next: String,
    /// The version that the config gives.
    pub own: String,
}

impl SurfaceChange {
    /// As a JSON object.
    pub fn to_json(&self) -> serde_json::Value {
        let [major, minor, patch] = self.counts;
        serde_json::json!({
            "rust": self.rust.as_str(),
            "wire": self.wire.as_str(),
            "counts": { "major": major, "minor": minor, "patch": patch },
            "version": self.version,
            "next_version": self.next,
        })
    }
}

const CHANGELOG: &str = "CHANGELOG.md";

/// Compares the surface with the one that stands in the folder, and adds the changelog to the files where there is one, or
/// something to write in it. A changelog that is not the generator's stays as it is.
pub(super) fn since_last(
    dir: &Path,
    config: &Config,
    files: &mut Vec<File>,
) -> Option<SurfaceChange> {
    let lock = files.iter().find(|file| file.path == diff::LOCK)?;
    let last = fs::read_to_string(dir.join(diff::LOCK)).unwrap_or_default();
    let changelog = fs::read_to_string(dir.join(CHANGELOG));
    let is_wanted = config.package.changelog;
    let is_ours = match &changelog {
        Ok(_) => output::owns(dir, CHANGELOG),
        Err(_) => is_wanted,
    };
    let mut changelog = changelog.unwrap_or_default();
    // A surface that can't be read tells nothing: it is written again.
    let changed = (last != lock.text).then(|| {
        let (old, new) = (Outline::read(&last).ok()?, Outline::read(&lock.text).ok()?);
        let comparison = diff::compare(&old, &new);
        let (text, next) = diff::report::changelog(&changelog, &comparison, &old, &new)?;
        if is_wanted {
            changelog = text;
        }
        Some(SurfaceChange {
            rust: comparison.rust(),
            wire: comparison.wire(),
            counts: [Rust::Major, Rust::Minor, Rust::Patch].map(|level| comparison.count(level)),
            version: old.version().to_owned(),
            next: next.to_string(),
            own: new.version().to_owned(),
        })
    });
    if is_ours && !changelog.is_empty() {
        files.push(File {
            path: CHANGELOG.to_owned(),
            text: changelog,
        });
    }
    changed.flatten()
}

fn path(pointer: &str) -> Option<SpecPath> {
    let (document, pointer) = pointer.split_once('#')?;
    let tokens = pointer.split('/').skip(1);
    let tokens = tokens.map(|token| token.replace("~1", "/").replace("~0", "~"));
    Some(tokens.fold(SpecPath::in_document(document), |path, token| {
        path.join(&token)
    }))
}

/// What in a config decides how a surface looks, in a few digits: what is not the default, without paths and what only the
/// manifest says. An option that is new in the generator changes nothing.
pub(super) fn digest(config: &Config) -> String {
    let mut config = config.clone();
    let plain = Config::default();
    config.file.clone_from(&plain.file);
    config.spec.clone_from(&plain.spec);
    config.output.clone_from(&plain.output);
    config.command.clone_from(&plain.command);
    config.spots.clone_from(&plain.spots);
    config.overlays.clone_from(&plain.overlays);
    config.limits.clone_from(&plain.limits);
    config.package = Package {
        name: config.package.name,
        ..Package::default()
    };
    let plain = format!("{plain:#?}");
    let plain: std::collections::BTreeSet<&str> = plain.lines().collect();
    let mut hash = Sha256::new();
    for line in format!("{config:#?}")
        .lines()
        .filter(|line| !plain.contains(line))
    {
        hash.update(line.as_bytes());
        hash.update(b"\n");
    }
    let mut text = String::new();
    for byte in hash.finalize().iter().take(8) {
        // Writing to a string can't fail.
        let _ = write!(text, "{byte:02x}");
    }
    text
}

/// One of the two things to compare.
#[derive(Clone, Debug)]
pub enum Side {
    /// A document, with the config that it is read with.
    Document(Box<Config>),
    /// The text of a `surface.lock`, and how the user named it.
    Saved {
        /// How the user named it.
        name: String,
        /// Its text.
        text: String,
    },
}

/// The surface of a side, and what there is to complain of.
type Surfaced = Result<(Outline, Vec<Message>), Vec<Message>>;

/// The surfaces of two sides, made at once. Where `is_own` does not say that the old side has a config of its own, entries of
/// the config that fit nothing in the old document are no fault: they are about what is new.
pub fn outlines(old: &Side, new: &Side, is_own: bool) -> (Surfaced, Surfaced) {
    let unheard = if is_own {
        Unheard::Warnings
    } else {
        Unheard::WarningsAndConfig
    };
    threads::both(|| old.outline(unheard), || new.outline(Unheard::Warnings))
}

/// The old document made with the config of the new one, where that tells what the config changed; none where the configs are
/// as good as the same, or a side has no document.
pub fn remade(old: &Side, new: &Side) -> Option<Outline> {
    let (Side::Document(old), Side::Document(new)) = (old, new) else {
        return None;
    };
    if digest(old) == digest(new) {
        return None;
    }
    let config = Config {
        spec: old.spec.clone(),
        ..Config::clone(new)
    };
    let remade = read(&config, Unheard::WarningsAndConfig);
    remade.ok().map(|(outline, _)| outline)
}

/// Where places of two sides stand in their files, by their pointers as a surface has them.
pub fn locate(
    (old, old_pointers): (&Side, &[&str]),
    (new, new_pointers): (&Side, &[&str]),
) -> [BTreeMap<String, Located>; 2] {
    let (old, new) = threads::both(|| old.locate(old_pointers), || new.locate(new_pointers));
    [old, new]
}

impl Side {
    /// Where places of the document stand in its files, by their pointers as a surface has them; none for a saved surface.
    pub fn locate(&self, pointers: &[&str]) -> BTreeMap<String, Located> {
        let Self::Document(config) = self else {
            return BTreeMap::new();
        };
        let found = pointers
            .iter()
            .filter_map(|pointer| Some((path(pointer)?, *pointer)));
        let paths: BTreeMap<SpecPath, &str> = found.collect();
        if paths.is_empty() {
            return BTreeMap::new();
        }
        let wanted: Vec<&SpecPath> = paths.keys().collect();
        let located = spec::Locator::of(config).locate(&wanted);
        let named = located
            .into_iter()
            .filter_map(|(path, place)| Some(((*paths.get(&path)?).to_owned(), place)));
        named.collect()
    }

    fn outline(&self, unheard: Unheard) -> Surfaced {
        let (name, text) = match self {
            Self::Document(config) => return read(config, unheard),
            Self::Saved { name, text } => (name, text),
        };
        Outline::read(text).map(|outline| (outline, Vec::new())).map_err(|fault| {
            let mut diagnostics = Diagnostics::new();
            diagnostics.push(Diagnostic {
                code: Code::Unreadable,
                message: fault.to_string(),
                place: Place::File { file: name.clone(), line: fault.line, column: 1 },
                help: "write it again with `atlas-codegen generate`, or compare the document itself".to_owned(),
            });
            diag::messages(&diagnostics, false, &spec::Locator::text(name, text))
        })
    }
}
