//! A crate whose document has text that would break out everywhere passes rustdoc without a warning, and no text becomes a test.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use atlas_codegen_tests::hostile::generate;

use super::canary::everything_planted;

fn root() -> PathBuf {
    let tests = Path::new(env!("CARGO_MANIFEST_DIR"));
    tests
        .parent()
        .expect("the tests are in a folder")
        .to_path_buf()
}

#[test]
fn rustdoc_is_silent_and_finds_no_test_in_planted_text() {
    let document = everything_planted();
    let files = generate(document.to_string().as_bytes(), "canary.json").files;
    let folder = tempfile::tempdir().expect("a folder can be made");
    for file in files.expect("the document is read") {
        let path = folder.path().join(&file.path);
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
    fs::copy(root().join("Cargo.lock"), folder.path().join("Cargo.lock"))
        .expect("the lock can be copied");
    let output = Command::new(env!("CARGO"))
        .args(["doc", "--no-deps", "--no-default-features"])
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

/// The blocks of code that rustdoc would compile are the generator's own examples.
#[test]
fn no_text_becomes_a_test() {
    let files = generate(everything_planted().to_string().as_bytes(), "canary.json").files;
    for file in files.expect("the document is read") {
        let lines = file.text.lines().map(str::trim_start);
        let docs = lines.filter_map(|line| {
            line.strip_prefix("///")
                .or_else(|| line.strip_prefix("//!"))
        });
        let docs: String = docs
            .flat_map(|line| [line.strip_prefix(' ').unwrap_or(line), "\n"])
            .collect();
        for event in pulldown_cmark::Parser::new(&docs) {
            if let pulldown_cmark::Event::Start(pulldown_cmark::Tag::CodeBlock(kind)) = event {
                let is_own = match &kind {
                    pulldown_cmark::CodeBlockKind::Fenced(language) => {
                        ["text", "no_run"].contains(&&**language)
                    }
                    pulldown_cmark::CodeBlockKind::Indented => false,
                };
                assert!(is_own, "{}: {kind:?}\n{docs}", file.path);
            }
        }
    }
}
