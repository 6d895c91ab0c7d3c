//! `diff --consumer`: what the changes do to a program, found out by compiling it against the new crate.
//!
//! The program's workspace is shown to Cargo in a folder of links (`twin`), in which the new crate stands where the old one does.
//! So nothing in the program's folder is written to, paths mean what they meant, and Cargo writes its lock file to a copy.

mod cargo;
mod manifests;
mod places;
mod twin;

use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use atlas_codegen::config::Config;
use atlas_codegen::diff::{Comparison, Consumer, Finding, FromCargo, Join, Outline};

use self::cargo::{Cargo, Checked, Metadata, Package};
use self::places::Places;
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
    let target = question.target(&root)?;
    let (scratch, taken) = scratch(target.as_deref())?;
    let folder = scratch.path().canonicalize().map_err(unwritten)?;
    cargo.target = target.unwrap_or_else(|| folder.join("target"));
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
    let mut notes = notes(&findings, unseen.map(|package| package.name.as_str()));
    notes.extend(taken);
    Ok(Consumer {
        name: shown.to_string(),
        findings,
        notes,
    })
}

impl Question<'_> {
    /// Where Cargo builds, if the user named a folder for it: none in the program's own.
    fn target(&self, root: &Path) -> Result<Option<PathBuf>, String> {
        let Some(target) = self.target else {
            return Ok(None);
        };
        let target = std::path::absolute(target).map_err(unwritten)?;
        let mut above = target
            .ancestors()
            .filter_map(|above| above.canonicalize().ok());
        if above.next().is_some_and(|above| above.starts_with(root)) {
            let (shown, help) = (
                target.display(),
                "nothing is written there: name a folder elsewhere",
            );
            return Err(format!(
                "error: `{shown}` is in the program's folder\n  = help: {help}\n"
            ));
        }
        fs::create_dir_all(&target).map_err(unwritten)?;
        Ok(Some(target))
    }
}

/// A folder for the while. One at the same place each time lets Cargo know again what it has built; so it stands where Cargo builds,
/// unless somebody else is at it, or was stopped: nobody can tell, so that is said, and a folder of the system's has to do.
fn scratch(target: Option<&Path>) -> Result<(Scratch, Option<String>), String> {
    let Some(target) = target else {
        return Ok((Scratch::new()?, None));
    };
    let folder = target.join("atlas-codegen");
    match Scratch::at(folder.clone()) {
        Ok(scratch) => Ok((scratch, None)),
        Err(error) => {
            let shown = folder.display();
            let note = match error.kind() {
                ErrorKind::AlreadyExists => format!(
                    "`{shown}` is in use, or was left by a run that was stopped, so this one knew less of what was built before: \
                     remove it where none is running."
                ),
                _ => format!("`{shown}` can't be made: {error}."),
            };
            Ok((Scratch::new()?, Some(note)))
        }
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

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests may stop at once")]
mod tests {
    use super::*;

    #[test]
    fn a_folder_that_is_there_already_is_left_alone_and_told_of() {
        let target = tempfile::tempdir().unwrap();
        let folder = target.path().join("atlas-codegen");
        let (first, note) = scratch(Some(target.path())).unwrap();
        assert_eq!((first.path(), note), (folder.as_path(), None));
        let (second, note) = scratch(Some(target.path())).unwrap();
        assert!(!second.path().starts_with(target.path()));
        let said = format!(
            "`{}` is in use, or was left by a run that was stopped",
            folder.display()
        );
        assert!(note.unwrap().starts_with(&said));
        drop(second);
        assert!(folder.is_dir());
        drop(first);
        assert!(!folder.exists());
        let (_, note) = scratch(None).unwrap();
        assert_eq!(note, None);
    }
}
