//! Every small case becomes a crate that compiles without a warning, with all its features, with none, and with each alone.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use atlas_codegen_tests::stages::Stages;

mod own_types;

fn root() -> PathBuf {
    let tests = Path::new(env!("CARGO_MANIFEST_DIR"));
    tests
        .parent()
        .expect("the tests are in a folder")
        .to_path_buf()
}

/// Writes every case as a member of one workspace, so that they share the runtime and its dependencies.
fn write_workspace(workspace: &Path) -> Vec<String> {
    let mut names = Vec::new();
    let mut cases: Vec<PathBuf> = fs::read_dir(root().join("tests/cases"))
        .expect("the cases can be listed")
        .map(|entry| entry.expect("the entry can be read").path())
        .filter(|path| path.is_dir())
        .collect();
    cases.sort();
    for case in cases {
        let name = case
            .file_name()
            .expect("a case has a name")
            .to_string_lossy()
            .into_owned();
        for file in Stages::of_case(&case).files {
            let path = workspace.join(&name).join(&file.path);
            fs::create_dir_all(path.parent().expect("a file is in a folder"))
                .expect("the folder can be made");
            let text = match file.path.as_str() {
                "Cargo.toml" => member_manifest(&file.text),
                _ => file.text,
            };
            fs::write(path, text).expect("the file can be written");
        }
        names.push(name);
    }
    let members = names
        .iter()
        .map(|name| format!("{name:?}"))
        .collect::<Vec<_>>()
        .join(", ");
    let manifest = format!("[workspace]\nresolver = \"3\"\nmembers = [{members}]\n");
    fs::write(workspace.join("Cargo.toml"), manifest).expect("the manifest can be written");
    fs::copy(root().join("Cargo.lock"), workspace.join("Cargo.lock"))
        .expect("the lock can be copied");
    names
}

/// The case as a member of the workspace, with the runtime that is tested here.
fn member_manifest(text: &str) -> String {
    let runtime = root().join("templates/runtime");
    let manifest = text
        .replace("path = \"runtime\"", &format!("path = {runtime:?}"))
        .replace("[workspace]", "");
    assert!(
        manifest.contains("templates/runtime"),
        "the runtime is a path: {text}"
    );
    manifest
}

fn cargo(workspace: &Path, arguments: &[&str]) {
    let output = Command::new(env!("CARGO"))
        .args(arguments)
        .current_dir(workspace)
        .env("CARGO_TARGET_DIR", root().join("target/cases"))
        .env("RUSTDOCFLAGS", "-Dwarnings")
        .output()
        .expect("cargo runs");
    assert!(
        output.status.success(),
        "cargo {}:\n{}",
        arguments.join(" "),
        String::from_utf8_lossy(&output.stderr)
    );
}

#[test]
fn every_case_compiles_without_a_warning() {
    let folder = tempfile::tempdir().expect("a folder can be made");
    let names = write_workspace(folder.path());
    assert!(names.len() > 20, "there are cases");
    let clippy = |features: &[&str]| {
        let mut arguments = vec!["clippy", "--workspace"];
        arguments.extend(features);
        arguments.extend(["--", "-Dwarnings"]);
        cargo(folder.path(), &arguments);
    };
    clippy(&["--all-features"]);
    clippy(&["--no-default-features"]);
    cargo(folder.path(), &["doc", "--workspace", "--no-deps"]);
}
