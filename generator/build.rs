//! Embeds the runtime crate without its tests, so that an installed generator can write it anywhere.

use std::error::Error;
use std::fmt::Write;
use std::path::{Path, PathBuf};
use std::{env, fs};

fn main() -> Result<(), Box<dyn Error>> {
    let root = Path::new(&env::var("CARGO_MANIFEST_DIR")?)
        .join("../templates/runtime")
        .canonicalize()?;
    let manifest = root.join("Cargo.toml");
    let mut files = Vec::from([("Cargo.toml".to_owned(), published(&read(&manifest)?))]);
    let source = root.join("src");
    for path in rust_files(&source)? {
        let name = path.strip_prefix(&root)?.to_string_lossy();
        files.push((name.replace('\\', "/"), without_tests(&read(&path)?)));
    }
    files.sort();

    let mut code = String::from(
        "/// Each file's path in the runtime crate, and its text.\nstatic RUNTIME: &[(&str, &str)] = &[\n",
    );
    for (name, text) in files {
        writeln!(code, "    ({name:?}, {text:?}),")?;
    }
    code.push_str("];\n");
    for watched in [manifest, source] {
        println!("cargo::rerun-if-changed={}", watched.display());
    }
    fs::write(Path::new(&env::var("OUT_DIR")?).join("runtime.rs"), code)?;
    Ok(())
}

/// A file's text, with the line ends that the repository has everywhere.
fn read(path: &Path) -> Result<String, Box<dyn Error>> {
    let text = fs::read_to_string(path);
    let text = text.map_err(|error| format!("{}: {error}", path.display()))?;
    Ok(text.replace("\r\n", "\n"))
}

/// All Rust files below a folder but those that hold tests alone.
fn rust_files(folder: &Path) -> Result<Vec<PathBuf>, Box<dyn Error>> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.file_stem().is_some_and(|name| name == "tests") {
            continue;
        }
        if path.is_dir() {
            files.extend(rust_files(&path)?);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            files.push(path);
        }
    }
    Ok(files)
}

/// The manifest without what only tests need.
fn published(manifest: &str) -> String {
    let mut kept = String::new();
    let mut is_for_tests = false;
    for line in manifest.split_inclusive('\n') {
        if line.starts_with('[') {
            is_for_tests = line.starts_with("[dev-dependencies");
        }
        if !is_for_tests {
            kept.push_str(line);
        }
    }
    kept
}

/// The code without items that are there for tests alone. These stand at the margin, as the formatter sets them: their
/// last line is the first that ends with `;`, or that is a closing brace at the margin.
fn without_tests(code: &str) -> String {
    let mut kept = String::new();
    let mut lines = code.split_inclusive('\n');
    while let Some(line) = lines.next() {
        if line != "#[cfg(test)]\n" {
            kept.push_str(line);
            continue;
        }
        let is_last = |line: &&str| *line == "}\n" || is_declaration(line);
        lines.by_ref().find(is_last);
        // What follows an item is a blank line or the end of the file.
        lines.next();
    }
    let length = kept.trim_end().len();
    kept.truncate(length);
    kept.push('\n');
    kept
}

/// `mod tests;`, `use …;`: an item on a line of its own.
fn is_declaration(line: &str) -> bool {
    line.ends_with(";\n") && !line.starts_with(' ')
}
