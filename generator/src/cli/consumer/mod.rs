//! `diff --consumer`: what the changes do to a program, found out by compiling it against the new crate.
//!
//! The program's workspace is shown to Cargo in a folder of links (`twin`), in which the new crate stands where the old one does.
//! So nothing in the program's folder is written to, paths mean what they meant, and Cargo writes its lock file to a copy.

mod cargo;
mod manifests;
mod twin;

use std::fs;
use std::path::{Path, PathBuf};

use atlas_codegen::config::{Config, Runtime};
use atlas_codegen::diag;
use atlas_codegen::diff::{Comparison, Consumer, Finding, FromCargo, Join, Outline, Whose};
use atlas_codegen::pipeline::{self, Mode, Options};

use self::cargo::{Cargo, Checked, Metadata, Package};
use self::twin::Twin;
use super::scratch::Scratch;

/// What is asked.
pub(super) struct Question<'a> {
    /// The program's folder, as the user named it.
    pub(super) dir: &'a Path,
    /// Where to build; a folder for the while where none is named.
    pub(super) target: Option<&'a Path>,
    /// What the new crate is made with.
    pub(super) config: &'a Config,
    pub(super) old: &'a Outline,
    pub(super) new: &'a Outline,
    pub(super) comparison: &'a Comparison,
}

/// Where things stand for the while.
struct Places {
    /// The program's folder.
    dir: PathBuf,
    /// The folder of its workspace.
    root: PathBuf,
    twin: Twin,
    /// Where the new crate is made.
    made: PathBuf,
    /// Where the new crate stands when Cargo sees it.
    krate: PathBuf,
}

/// The crate among the packages of a workspace, and what uses it.
struct Used<'m> {
    krate: &'m Package,
    /// The members of the workspace that use it, by themselves or through others.
    users: Vec<&'m Package>,
    /// Those among them that were asked for: the one in the folder, or all.
    asked: Vec<&'m Package>,
}

/// Compiles a program against the new crate, and joins what the compiler says with the changes.
///
/// # Errors
///
/// The program does not use the crate, or it can't be told whether it compiles.
pub(super) fn check(question: &Question<'_>) -> Result<Consumer, String> {
    let shown = question.dir.display();
    let dir = question.dir.canonicalize();
    let dir = dir.map_err(|error| format!("error: `{shown}` can't be read: {error}\n"))?;
    let mut cargo = Cargo {
        manifest: dir.join("Cargo.toml"),
        dir: &dir,
        target: std::env::temp_dir(),
        is_offline: true,
        settings: Vec::new(),
    };
    let unread =
        |said: String| format!("{said}error: `{shown}` is no package that cargo can read\n");
    let root = cargo.workspace().map_err(unread)?.workspace_root;
    let scratch = question.scratch(&root)?;
    let folder = scratch.path().canonicalize().map_err(unwritten)?;
    cargo.target = match question.target {
        Some(target) => std::path::absolute(target).map_err(unwritten)?,
        None => folder.join("target"),
    };
    let mut places = Places::of(question, &dir, root, &folder)?;
    cargo.is_offline = places
        .twin
        .copy(&places.root.join("Cargo.lock"))
        .map_err(unwritten)?;
    cargo.manifest = places.twin.path(&cargo.manifest);
    let metadata = cargo.packages().map_err(unread)?;
    let used = Used::of(question, &metadata, &places)?;
    let made = places.generate(question, used.krate)?;
    let manifest =
        manifests::with_features(&made, &used.users, &used.krate.name, question.comparison);
    fs::write(places.made.join("Cargo.toml"), manifest).map_err(unwritten)?;
    cargo
        .settings
        .extend(places.put(used.krate).map_err(unwritten)?);
    let checked = cargo.check(&used.asked)?;
    let mut findings = places.manifests(question, &used, &made);
    findings.extend(places.findings(question, &used, &checked)?);
    if checked.has_failed && !findings.iter().any(|finding| finding.is_error) {
        let said = places.twin.named(&checked.stderr);
        return Err(format!(
            "{said}error: `{shown}` can't be checked against the new crate\n"
        ));
    }
    let unseen = used
        .asked
        .iter()
        .filter(|package| !checked.has_seen(package));
    let notes = notes(&findings, unseen.map(|package| package.name.as_str()));
    Ok(Consumer {
        name: shown.to_string(),
        findings,
        notes,
    })
}

impl Question<'_> {
    /// A folder for the while. One at the same place each time lets Cargo know again what it has built; so it stands where Cargo
    /// builds, unless that is in the program's folder or somebody else is at it.
    fn scratch(&self, root: &Path) -> Result<Scratch, String> {
        if let Some(target) = self.target {
            fs::create_dir_all(target).map_err(unwritten)?;
            let target = target.canonicalize().map_err(unwritten)?;
            if let (false, Ok(scratch)) = (
                target.starts_with(root),
                Scratch::at(target.join("atlas-codegen")),
            ) {
                return Ok(scratch);
            }
        }
        Scratch::new()
    }
}

fn unwritten(error: std::io::Error) -> String {
    format!("error: temporary files can't be written: {error}\n")
}

impl<'m> Used<'m> {
    fn of(
        question: &Question<'_>,
        metadata: &'m Metadata,
        places: &Places,
    ) -> Result<Self, String> {
        let names = [question.old.package(), question.new.package()];
        let all = metadata
            .packages
            .iter()
            .filter(|package| names.contains(&package.name.as_str()));
        let found = all.map(|package| (package, metadata.users(package)));
        let mut found: Vec<_> = found.filter(|(_, users)| !users.is_empty()).collect();
        let (shown, [old, new]) = (question.dir.display(), names);
        if found.len() > 1 {
            let help = "compare with a program that uses one";
            return Err(format!(
                "error: `{shown}` uses several packages called `{old}`\n  = help: {help}\n"
            ));
        }
        let used = found.pop().and_then(|(krate, users)| {
            let mut asked = users.clone();
            if places.dir != places.root {
                let dir = places.twin.path(&places.dir);
                asked.retain(|user| user.folder() == dir);
            }
            (!asked.is_empty()).then_some(Self {
                krate,
                users,
                asked,
            })
        });
        used.ok_or_else(|| {
            let name = match old == new {
                true => format!("`{old}`"),
                false => format!("`{old}` or `{new}`"),
            };
            let help = "the crate's name stands in the config, or is made from the API's title: pass `--config FILE`";
            format!("error: nothing in `{shown}` uses the package {name}\n  = help: {help}\n")
        })
    }
}

/// What a reader should know of the check.
fn notes<'n>(findings: &[Finding], unseen: impl Iterator<Item = &'n str>) -> Vec<String> {
    let unseen = unseen
        .map(|name| format!("`{name}` was not looked at: what it is built on does not compile."));
    let mut notes: Vec<String> = unseen.collect();
    if findings.iter().any(|finding| finding.is_error) {
        notes.push(
            "The compiler may find more once these are mended: it looks at types only where all names are found, and at \
             a program only where its library compiles."
                .to_owned(),
        );
    }
    notes
}

impl Places {
    fn of(
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
    fn generate(&self, question: &Question<'_>, krate: &Package) -> Result<String, String> {
        let mut config = question.config.clone();
        let original = self.twin.original(krate.folder());
        let before = config.output.take();
        let stays = match (&before, &original) {
            (Some(before), Some(original)) => before
                .canonicalize()
                .is_ok_and(|before| before == *original),
            _ => false,
        };
        // Where the crate stands elsewhere than the config says, what counts from its folder is to be found all the same.
        if let (false, Some(before)) = (stays, &before) {
            let absolute = |path: &str| {
                before
                    .join(path)
                    .canonicalize()
                    .map(|path| path.display().to_string())
            };
            if let Runtime::Path(path) = &mut config.package.runtime {
                *path = absolute(path).unwrap_or_else(|_| path.clone());
            }
            for dependency in config.types.dependencies.values_mut() {
                if let Some(path) = &mut dependency.path {
                    *path = absolute(path).unwrap_or_else(|_| path.clone());
                }
            }
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
    fn put(&mut self, krate: &Package) -> std::io::Result<Option<String>> {
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
    fn whose(&self, file: &str) -> Whose {
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
    fn named(&self, file: &Path) -> String {
        let original = self
            .twin
            .original(file)
            .unwrap_or_else(|| file.to_path_buf());
        let inside = original.strip_prefix(&self.dir).unwrap_or(&original);
        inside.display().to_string()
    }

    /// What manifests ask for that is not there.
    fn manifests(&self, question: &Question<'_>, used: &Used<'_>, made: &str) -> Vec<Finding> {
        let wanted = manifests::Wanted {
            name: &used.krate.name,
            made,
            workspace: &self.twin.path(&self.root).join("Cargo.toml"),
            comparison: question.comparison,
        };
        wanted.findings(&used.asked, &|file| self.named(file))
    }

    /// What the compiler says of the program, and of what it is built on.
    fn findings(
        &self,
        question: &Question<'_>,
        used: &Used<'_>,
        checked: &Checked,
    ) -> Result<Vec<Finding>, String> {
        let of_users = |line: &&FromCargo| {
            let mut users = used.users.iter();
            users.any(|user| user.manifest_path == Path::new(&line.manifest))
        };
        let of_krate = |line: &&FromCargo| {
            Path::new(&line.manifest).starts_with(&self.krate) && !of_users(line)
        };
        let mut faults = checked.messages.iter().filter(of_krate);
        if let Some(fault) = faults.find(|line| line.message.level == "error") {
            let text = fault.message.rendered.clone().unwrap_or_default();
            return Err(format!(
                "{}error: the new crate does not compile\n",
                self.twin.named(&text)
            ));
        }
        let others = used.users.iter().flat_map(|user| &user.dependencies);
        // What uses the crate may pass it on under its own name.
        let names = used.users.iter().map(|user| user.name.as_str());
        let known: Vec<&str> = names.chain([used.krate.name.as_str()]).collect();
        let others = others.filter(|dependency| !known.contains(&dependency.name.as_str()));
        let others: Vec<String> = others.map(cargo::Dependency::in_code).collect();
        let join = Join::new(question.comparison, question.old, question.new, &others);
        let messages: Vec<FromCargo> = checked.messages.iter().filter(of_users).cloned().collect();
        let mut findings = join.findings(&messages, &|file| self.whose(file));
        for finding in &mut findings {
            finding.rendered = self.twin.named(&finding.rendered);
        }
        Ok(findings)
    }
}

/// A path without `..`, as Cargo and the compiler write some.
fn plain(path: &Path) -> PathBuf {
    let mut parts = PathBuf::new();
    for part in path.components() {
        match part {
            std::path::Component::ParentDir => {
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
