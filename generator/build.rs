//! Embeds the runtime crate, so that an installed generator can write it anywhere.

use std::error::Error;
use std::fmt::Write;
use std::path::{Path, PathBuf};
use std::{env, fs};

fn main() -> Result<(), Box<dyn Error>> {
    let root = Path::new(&env::var("CARGO_MANIFEST_DIR")?)
        .join("../templates/runtime")
        .canonicalize()?;
    let mut files = Vec::new();
    for entry in fs::read_dir(&root)? {
        let path = entry?.path();
        let name = path
            .file_name()
            .unwrap_or_default()
            .to_string_lossy()
            .into_owned();
        // What a user of the crate needs: no tests, no build output.
        if name == "src" {
            collect(&path, &mut files)?;
        } else if name == "Cargo.toml" || name.starts_with("README") || name.starts_with("LICENSE")
        {
            files.push(path);
        }
    }
    let mut code = String::from(
        "/// Each file's path in the runtime crate, and its text.\nstatic RUNTIME: &[(&str, &str)] = &[\n",
    );
    let mut named = Vec::new();
    for path in files {
        let name = path
            .strip_prefix(&root)?
            .to_string_lossy()
            .replace('\\', "/");
        named.push((name, path));
    }
    named.sort();
    for (name, path) in named {
        println!("cargo::rerun-if-changed={}", path.display());
        writeln!(
            code,
            "    ({name:?}, include_str!({:?})),",
            path.display().to_string()
        )?;
    }
    code.push_str("];\n");
    println!("cargo::rerun-if-changed={}", root.display());
    fs::write(Path::new(&env::var("OUT_DIR")?).join("runtime.rs"), code)?;
    Ok(())
}

/// All Rust files below a folder.
fn collect(folder: &Path, files: &mut Vec<PathBuf>) -> Result<(), Box<dyn Error>> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            collect(&path, files)?;
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            files.push(path);
        }
    }
    Ok(())
}
