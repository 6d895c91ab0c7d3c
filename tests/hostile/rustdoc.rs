//! A crate whose document has text that would break out everywhere, or random Markdown, passes rustdoc without a warning, and no text
//! becomes a test.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use atlas_codegen::surface::File;
use atlas_codegen_tests::hostile::generate;
use serde_json::Value;

use super::canary::everything_planted;
use super::prose;

fn root() -> PathBuf {
    let tests = Path::new(env!("CARGO_MANIFEST_DIR"));
    tests
        .parent()
        .expect("the tests are in a folder")
        .to_path_buf()
}

fn files(document: &Value) -> Vec<File> {
    let files = generate(document.to_string().as_bytes(), "canary.json").files;
    files.expect("the document is read")
}

/// Writes a crate into a folder, with the runtime of this project.
fn write(files: Vec<File>, folder: &Path) {
    for file in files {
        let path = folder.join(&file.path);
        fs::create_dir_all(path.parent().expect("a file is in a folder"))
            .expect("the folder can be made");
        let runtime = format!("path = {:?}", root().join("templates/runtime"));
        let text = match file.path.as_str() {
            "Cargo.toml" => file
                .text
                .replace("version = \"0.1\", default", &format!("{runtime}, default")),
            _ => file.text,
        };
        fs::write(path, text).expect("the file can be written");
    }
    fs::copy(root().join("Cargo.lock"), folder.join("Cargo.lock")).expect("the lock can be copied");
}

/// The features that turn on the operations, and nothing of the runtime.
fn groups(files: &[File]) -> String {
    let manifest = files.iter().find(|file| file.path == "Cargo.toml");
    let manifest: toml::Table = manifest
        .expect("a crate has a manifest")
        .text
        .parse()
        .expect("a manifest is TOML");
    let features = manifest["features"].as_table().expect("there are features");
    let is_group = |brings: &toml::Value| brings.as_array().is_some_and(Vec::is_empty);
    let groups = features.iter().filter(|(_, brings)| is_group(brings));
    let groups: Vec<&str> = groups.map(|(name, _)| name.as_str()).collect();
    assert!(!groups.is_empty(), "operations have features");
    groups.join(",")
}

#[track_caller]
fn is_silent(files: Vec<File>) {
    let folder = tempfile::tempdir().expect("a folder can be made");
    let groups = groups(&files);
    write(files, folder.path());
    let output = Command::new(env!("CARGO"))
        .args(["doc", "--no-deps", "--no-default-features", "--features"])
        .arg(groups)
        .current_dir(folder.path())
        .env("CARGO_TARGET_DIR", root().join("target/cases"))
        .env("RUSTDOCFLAGS", "-Dwarnings")
        .output()
        .expect("cargo runs");
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
}

/// How many blocks of code rustdoc would compile: all are the generator's own examples, or text.
fn examples(files: &[File]) -> usize {
    let mut examples = 0;
    for file in files {
        let lines = file.text.lines().map(str::trim_start);
        // Between two items no documentation goes on.
        let docs: String = lines
            .map(|line| {
                let docs = line
                    .strip_prefix("///")
                    .or_else(|| line.strip_prefix("//!"));
                docs.map_or("\n\n", |line| line.strip_prefix(' ').unwrap_or(line))
            })
            .flat_map(|line| [line, "\n"])
            .collect();
        for event in pulldown_cmark::Parser::new(&docs) {
            if let pulldown_cmark::Event::Start(pulldown_cmark::Tag::CodeBlock(kind)) = event {
                let language = match &kind {
                    pulldown_cmark::CodeBlockKind::Fenced(language) => &**language,
                    pulldown_cmark::CodeBlockKind::Indented => "",
                };
                assert!(
                    ["text", "no_run"].contains(&language),
                    "{}: {kind:?}\n{docs}",
                    file.path
                );
                examples += usize::from(language == "no_run");
            }
        }
    }
    examples
}

#[test]
fn rustdoc_is_silent_and_finds_no_test_in_planted_text() {
    let files = files(&everything_planted());
    examples(&files);
    is_silent(files);
}

/// Some four hundred texts at once.
#[test]
fn rustdoc_is_silent_and_finds_no_test_in_random_prose() {
    let (plain, prose) = (files(&prose::plain()), files(&prose::random()));
    let length = |files: &[File]| files.iter().map(|file| file.text.len()).sum::<usize>();
    assert!(
        length(&prose) > length(&plain) + 20_000,
        "the texts are there"
    );
    assert_eq!(examples(&prose), examples(&plain));
    is_silent(prose);
}
