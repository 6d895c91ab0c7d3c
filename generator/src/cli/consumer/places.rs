//! Where the program, its twin and the new crate stand, and how the new crate comes to stand there.

use std::fs;
use std::io;
use std::path::{Component, Path, PathBuf};

use atlas_codegen::config::{Config, Runtime};
use atlas_codegen::diag;
use atlas_codegen::diff::Whose;
use atlas_codegen::pipeline::{self, Mode, Options};

use super::cargo::Package;
use super::twin::Twin;
use super::{Question, unwritten};

/// Where things stand for the while.
pub(super) struct Places {
    /// The program's folder.
    pub(super) dir: PathBuf,
    /// The folder of its workspace.
    pub(super) root: PathBuf,
    pub(super) twin: Twin,
    /// Where the new crate is made.
    pub(super) made: PathBuf,
    /// Where the new crate stands when Cargo sees it.
    pub(super) krate: PathBuf,
}

impl Places {
    pub(super) fn of(
        question: &Question<'_>,
        dir: &Path,
        root: PathBuf,
        folder: &Path,
    ) -> Result<Self, String> {
        if folder.starts_with(&root) {
            let (shown, help) = (question.dir.display(), "set TMPDIR to a folder elsewhere");
            return Err(format!(
                "error: temporary files would stand in `{shown}`\n  = help: {help}\n"
            ));
        }
        Ok(Self {
            dir: dir.to_path_buf(),
            twin: Twin::of(&root, folder.join("tree")).map_err(unwritten)?,
            root,
            made: folder.join("crate"),
            krate: PathBuf::new(),
        })
    }

    /// Makes the new crate, under the name and version by which the program knows the old one; and gives its manifest.
    pub(super) fn generate(
        &self,
        question: &Question<'_>,
        krate: &Package,
    ) -> Result<String, String> {
        let mut config = question.config.clone();
        let original = self.twin.original(krate.folder());
        let before = config.output.take();
        if let Some(before) = before.filter(|before| !is_same(before, original.as_deref())) {
            make_absolute(&mut config, &before);
        }
        let manifest = fs::read_to_string(&krate.manifest_path).unwrap_or_default();
        config.package.standalone = manifest.lines().any(|line| line.trim() == "[workspace]");
        config.package.name = Some(krate.name.clone());
        config.package.version.clone_from(&krate.version);
        config.package.changelog = false;
        config.output = Some(self.made.clone());
        let options = Options {
            mode: Mode::Write,
            strict: false,
        };
        let report = pipeline::generate(&config, options);
        if report.refused {
            let text = diag::text(&report.messages);
            return Err(format!("{text}error: the new crate can't be written\n"));
        }
        let manifest = fs::read_to_string(self.made.join("Cargo.toml"));
        manifest.map_err(|error| format!("error: the new crate can't be read: {error}\n"))
    }

    /// Puts the new crate where the old one stands, and says what Cargo must be told for it.
    pub(super) fn put(&mut self, krate: &Package) -> io::Result<Option<String>> {
        if let Some(original) = self.twin.original(krate.folder()) {
            self.krate = krate.folder().to_path_buf();
            self.twin.fill(&original, &self.made)?;
            return Ok(None);
        }
        self.krate.clone_from(&self.made);
        let path = toml(&self.made.display().to_string());
        let name = toml(&krate.name);
        Ok(Some(match krate.source.as_deref() {
            // A whole path: Cargo takes another folder in its place.
            None => format!("paths=[{path}]"),
            Some(source) => format!("patch.{}.{name}.path={path}", toml(&registry(source))),
        }))
    }

    /// Whose a file is that the compiler names.
    pub(super) fn whose(&self, file: &str) -> Whose {
        // The compiler runs in the workspace's folder.
        let path = plain(&self.twin.path(&self.root).join(file));
        if let Ok(inside) = path.strip_prefix(&self.krate) {
            return Whose::Crate(inside.display().to_string().replace('\\', "/"));
        }
        match self.twin.original(&path) {
            Some(_) => Whose::Program(self.named(&path)),
            None => Whose::Other,
        }
    }

    /// What a file of the program is called for people.
    pub(super) fn named(&self, file: &Path) -> String {
        let original = self
            .twin
            .original(file)
            .unwrap_or_else(|| file.to_path_buf());
        let inside = original.strip_prefix(&self.dir).unwrap_or(&original);
        inside.display().to_string()
    }
}

/// Whether the crate stands where the config says.
fn is_same(output: &Path, original: Option<&Path>) -> bool {
    let output = output.canonicalize().ok();
    output.is_some() && output.as_deref() == original
}

/// Where the crate stands elsewhere than the config says, what counts from its folder is to be found all the same.
fn make_absolute(config: &mut Config, output: &Path) {
    let absolute = |path: &mut String| {
        if let Ok(found) = output.join(&*path).canonicalize() {
            *path = found.display().to_string();
        }
    };
    if let Runtime::Path(path) = &mut config.package.runtime {
        absolute(path);
    }
    let dependencies = config.types.dependencies.values_mut();
    dependencies
        .filter_map(|own| own.path.as_mut())
        .for_each(absolute);
}

/// A path without `..`, as Cargo and the compiler write some.
fn plain(path: &Path) -> PathBuf {
    let mut parts = PathBuf::new();
    for part in path.components() {
        match part {
            Component::ParentDir => {
                parts.pop();
            }
            part => parts.push(part),
        }
    }
    parts
}

/// What a `patch` calls the place that a package comes from.
fn registry(source: &str) -> String {
    const CRATES_IO: [&str; 2] = [
        "registry+https://github.com/rust-lang/crates.io-index",
        "sparse+https://index.crates.io/",
    ];
    if CRATES_IO.contains(&source) {
        return "crates-io".to_owned();
    }
    let address = source.split(['#', '?']).next().unwrap_or(source);
    let plain = address
        .strip_prefix("git+")
        .or_else(|| address.strip_prefix("registry+"));
    plain.unwrap_or(address).to_owned()
}

/// A text in TOML.
fn toml(text: &str) -> String {
    // JSON's escapes are TOML's, too.
    serde_json::Value::from(text).to_string()
}

#[cfg(test)]
mod tests {
    use super::registry;

    #[test]
    fn a_patch_names_where_the_package_comes_from() {
        for (source, name) in [
            (
                "registry+https://github.com/rust-lang/crates.io-index",
                "crates-io",
            ),
            (
                "git+https://example.com/a.git?branch=b#0123",
                "https://example.com/a.git",
            ),
            (
                "sparse+https://example.com/index/",
                "sparse+https://example.com/index/",
            ),
        ] {
            assert_eq!(registry(source), name);
        }
    }
}
