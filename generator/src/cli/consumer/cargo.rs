//! What Cargo is asked: which packages there are, and whether they compile.

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use atlas_codegen::diff::FromCargo;
use serde::Deserialize;

/// Cargo, called in the program's folder for what stands elsewhere: so the program's toolchain and settings hold.
pub(super) struct Cargo<'a> {
    /// The program's folder.
    pub(super) dir: &'a Path,
    /// The manifest.
    pub(super) manifest: PathBuf,
    /// Where it builds.
    pub(super) target: PathBuf,
    /// Whether it is asked to stay off the network at first.
    pub(super) is_offline: bool,
    /// Settings, `patch…`.
    pub(super) settings: Vec<String>,
}

/// What there is to compile.
#[derive(Debug, Deserialize)]
pub(super) struct Metadata {
    pub(super) packages: Vec<Package>,
    pub(super) workspace_members: Vec<String>,
    pub(super) workspace_root: PathBuf,
    #[serde(default)]
    resolve: Option<Resolve>,
}

#[derive(Debug, Deserialize)]
pub(super) struct Package {
    pub(super) name: String,
    pub(super) version: String,
    pub(super) id: String,
    pub(super) source: Option<String>,
    pub(super) manifest_path: PathBuf,
    pub(super) dependencies: Vec<Dependency>,
    pub(super) features: std::collections::BTreeMap<String, Vec<String>>,
}

#[derive(Debug, Deserialize)]
pub(super) struct Dependency {
    pub(super) name: String,
    pub(super) rename: Option<String>,
    pub(super) features: Vec<String>,
}

#[derive(Debug, Deserialize)]
struct Resolve {
    nodes: Vec<Node>,
}

#[derive(Debug, Deserialize)]
struct Node {
    id: String,
    dependencies: Vec<String>,
}

impl Dependency {
    /// What the manifest calls it.
    pub(super) fn key(&self) -> &str {
        self.rename.as_deref().unwrap_or(&self.name)
    }

    /// What code calls it.
    pub(super) fn in_code(&self) -> String {
        self.key().replace('-', "_")
    }
}

impl Package {
    /// Its folder.
    pub(super) fn folder(&self) -> &Path {
        self.manifest_path.parent().unwrap_or(&self.manifest_path)
    }
}

impl Metadata {
    /// The members of the workspace that use a package, by themselves or through others.
    pub(super) fn users(&self, package: &Package) -> Vec<&Package> {
        let mut using = vec![package.id.as_str()];
        let nodes = self
            .resolve
            .as_ref()
            .map_or(&[][..], |resolve| &resolve.nodes);
        loop {
            let is_new = |node: &&Node| {
                let uses = node
                    .dependencies
                    .iter()
                    .any(|id| using.contains(&id.as_str()));
                uses && !using.contains(&node.id.as_str())
            };
            let found: Vec<&str> = nodes
                .iter()
                .filter(is_new)
                .map(|node| node.id.as_str())
                .collect();
            if found.is_empty() {
                break;
            }
            using.extend(found);
        }
        let is_user = |found: &&Package| {
            found.id != package.id
                && using.contains(&found.id.as_str())
                && self.workspace_members.contains(&found.id)
        };
        self.packages.iter().filter(is_user).collect()
    }
}

/// What came of a check.
pub(super) struct Checked {
    pub(super) messages: Vec<FromCargo>,
    /// The manifests of packages of which something compiles.
    compiled: Vec<PathBuf>,
    pub(super) has_failed: bool,
    /// What Cargo says besides.
    pub(super) stderr: String,
}

impl Cargo<'_> {
    /// The workspace and its members, as their manifests have them; nothing is looked for elsewhere and nothing is written.
    pub(super) fn workspace(&self) -> Result<Metadata, String> {
        let output = self.run(&["metadata", "--format-version=1", "--no-deps"], &[], true)?;
        read(&output)
    }

    /// All packages, and which uses which.
    pub(super) fn packages(&self) -> Result<Metadata, String> {
        let arguments = ["metadata", "--format-version=1"];
        if self.is_offline
            && let Ok(found) = read(&self.run(&arguments, &[], true)?)
        {
            return Ok(found);
        }
        read(&self.run(&arguments, &[], false)?)
    }

    /// Compiles all targets of some packages.
    pub(super) fn check(&self, packages: &[&Package]) -> Result<Checked, String> {
        let arguments = [
            "check",
            "--message-format=json",
            "--keep-going",
            "--all-targets",
        ];
        let mut more: Vec<OsString> = vec!["--target-dir".into(), self.target.clone().into()];
        for package in packages {
            more.extend(["--package".into(), OsString::from(&package.id)]);
        }
        let mut checked = Checked::of(&self.run(&arguments, &more, self.is_offline)?);
        if self.is_offline && checked.has_failed && checked.messages.is_empty() {
            checked = Checked::of(&self.run(&arguments, &more, false)?);
        }
        Ok(checked)
    }

    fn run(
        &self,
        arguments: &[&str],
        more: &[OsString],
        is_offline: bool,
    ) -> Result<Output, String> {
        let mut command = Command::new("cargo");
        if std::env::var_os("CARGO").is_some() {
            // Under `cargo run`, the environment says which Cargo and which toolchain that was; they are not the program's.
            command.env_remove("CARGO").env_remove("RUSTUP_TOOLCHAIN");
        }
        command
            .args(arguments)
            .args(more)
            .arg("--manifest-path")
            .arg(&self.manifest);
        for setting in &self.settings {
            command.args(["--config", setting]);
        }
        if is_offline {
            command.arg("--offline");
        }
        // A folder that the program's settings name is none of ours to write to.
        command.env("CARGO_BUILD_BUILD_DIR", &self.target);
        command
            .env("CARGO_TERM_COLOR", "never")
            .env("CARGO_TERM_PROGRESS_WHEN", "never");
        let run = command.current_dir(self.dir).output();
        run.map_err(|error| format!("error: cargo can't be run: {error}\n"))
    }
}

fn read(output: &Output) -> Result<Metadata, String> {
    if !output.status.success() {
        return Err(String::from_utf8_lossy(&output.stderr).into_owned());
    }
    serde_json::from_slice(&output.stdout)
        .map_err(|error| format!("error: what cargo says can't be read: {error}\n"))
}

impl Checked {
    /// Whether a package was looked at: it was not where what it is built on does not compile.
    pub(super) fn has_seen(&self, package: &Package) -> bool {
        let manifest = &package.manifest_path;
        let said = self.messages.iter().map(|line| Path::new(&line.manifest));
        said.chain(self.compiled.iter().map(PathBuf::as_path))
            .any(|seen| seen == manifest)
    }

    fn of(output: &Output) -> Self {
        let stdout = String::from_utf8_lossy(&output.stdout);
        Self {
            messages: stdout.lines().filter_map(FromCargo::read).collect(),
            compiled: stdout.lines().filter_map(compiled).collect(),
            has_failed: !output.status.success(),
            stderr: String::from_utf8_lossy(&output.stderr).into_owned(),
        }
    }
}

/// The manifest of the package of which a line says that a target of it compiles; programs that only build it do not count.
fn compiled(line: &str) -> Option<PathBuf> {
    let line: serde_json::Value = serde_json::from_str(line).ok()?;
    let is_artifact = line.get("reason")? == "compiler-artifact";
    let is_tool = line
        .pointer("/target/kind/0")
        .is_some_and(|kind| kind == "custom-build");
    let manifest = line.get("manifest_path")?.as_str()?;
    (is_artifact && !is_tool).then(|| PathBuf::from(manifest))
}
