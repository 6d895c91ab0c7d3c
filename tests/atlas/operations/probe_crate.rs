//! The generated crate and its probe on disk, and the probe as a running program.

use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};

use atlas_codegen::config::{Config, Runtime};
use atlas_codegen::pipeline::{self, Options, Stage};
use serde_json::Value;

use super::probe;
use super::surface::Offered;

/// The root of the workspace.
pub(crate) fn root() -> PathBuf {
    let tests = Path::new(env!("CARGO_MANIFEST_DIR"));
    tests
        .parent()
        .expect("the tests are in a folder")
        .to_path_buf()
}

/// Generates a crate and builds its probe, in a folder that stays, so that the next time little is compiled. Returns what
/// the crate offers, whether answers can come in an envelope, and the program.
pub(crate) fn build(name: &str, mut config: Config) -> (Value, PathBuf) {
    let folder = root().join("target/atlas-probe-operations").join(name);
    config.package.name = Some("probed-client".to_owned());
    config.package.standalone = false;
    config.package.runtime = Runtime::Path(root().join("templates/runtime").display().to_string());
    config.output = Some(folder.join("client"));
    let report = pipeline::generate(&config, Options::default());
    assert!(
        !report.refused,
        "the document is generated: {:?}",
        report.messages
    );
    let (surface, _) = pipeline::dump(&config, Stage::Surface, None);
    let surface = surface.expect("the surface can be shown");
    let surface: Value = serde_json::from_str(&surface).expect("the surface is JSON");

    // All probes are built into one folder, at the same time perhaps.
    let probe = format!("operations-probe-{name}");
    let mut files = probe::files(&probe, "probed-client", &Offered::all(&surface));
    for (path, _) in &mut files {
        path.insert_str(0, "probe/");
    }
    let workspace = "[workspace]\nresolver = \"3\"\nmembers = [\"client\", \"probe\"]\n\n\
                     [profile.dev]\ndebug = 0\nincremental = false\n";
    files.push(("Cargo.toml".to_owned(), workspace.to_owned()));
    let lock = root().join("Cargo.lock");
    let lock = fs::read_to_string(lock).expect("the lock can be read");
    if !folder.join("Cargo.lock").exists() {
        files.push(("Cargo.lock".to_owned(), lock));
    }
    for (path, text) in files {
        write_if_changed(&folder.join(path), &text);
    }
    (surface, compile(&probe, &folder))
}

/// Leaves a file alone that is as it should be, so that cargo finds nothing new.
fn write_if_changed(path: &Path, text: &str) {
    if fs::read_to_string(path).is_ok_and(|known| known == text) {
        return;
    }
    let folder = path.parent().expect("a file is in a folder");
    fs::create_dir_all(folder).expect("the folder can be made");
    fs::write(path, text).expect("the file can be written");
}

/// Builds the probe. The target folder is shared by all probes, so that the runtime is compiled once.
fn compile(name: &str, folder: &Path) -> PathBuf {
    let target = root().join("target/atlas-probe");
    let output = Command::new(env!("CARGO"))
        .args(["build", "--quiet", "--package", name])
        .current_dir(folder)
        .env("CARGO_TARGET_DIR", &target)
        .output()
        .expect("cargo runs");
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "the probe compiles:\n{errors}");
    target.join("debug").join(name)
}

/// A running probe.
pub(crate) struct Probe {
    child: Child,
    input: Option<ChildStdin>,
    output: BufReader<ChildStdout>,
}

impl Probe {
    pub(crate) fn start(program: &Path) -> Self {
        let mut child = Command::new(program)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("the probe runs");
        let input = child.stdin.take();
        let output = child.stdout.take().expect("the probe has an output");
        Self {
            child,
            input,
            output: BufReader::new(output),
        }
    }

    /// Makes one call, and returns what came of it.
    pub(crate) fn call(&mut self, asked: &Value) -> Value {
        let input = self.input.as_mut().expect("the probe has an input");
        writeln!(input, "{asked}").expect("the probe takes a line");
        let mut line = String::new();
        self.output.read_line(&mut line).expect("the probe answers");
        serde_json::from_str(&line).unwrap_or_else(|_| panic!("the probe ended on {asked}"))
    }
}

impl Drop for Probe {
    fn drop(&mut self) {
        self.input = None;
        // The probe ends where its input ends.
        self.child.wait().ok();
    }
}
