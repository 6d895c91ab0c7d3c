//! The other generators that can be installed from crates.io and that make a crate of the document.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::Result;

use super::table::Figures;
use super::{Plan, compile, generate};
use crate::{measure, workbench};

/// A generator on crates.io.
struct Rival {
    package: &'static str,
    version: &'static str,
    /// The command that writes a crate of a document into a folder.
    generate: fn(program: &Path, spec: &Path, out: &Path) -> Command,
}

const RIVALS: [Rival; 1] = [Rival {
    package: "ploidy",
    version: "0.15.0",
    generate: |program, spec, out| {
        let mut command = Command::new(program);
        command
            .args(["generate", "rust"])
            .arg(spec)
            .args(["--name", "atlas-ploidy", "--output"])
            .arg(out);
        command
    },
}];

/// Installs each, and measures what can be measured of it.
pub(super) fn measure(plan: &Plan) -> Result<Vec<Figures>> {
    RIVALS.iter().map(|rival| one(rival, plan)).collect()
}

fn one(rival: &Rival, plan: &Plan) -> Result<Figures> {
    let program = install(rival)?;
    let krate = workbench::folder("bench")?.join(rival.package);
    let fresh = measure::median(
        plan.runs,
        || workbench::remove(&krate),
        || (rival.generate)(&program, &plan.spec, &krate),
    )?;
    // Its crate lies below this project's workspace, and is no member of it.
    let manifest = krate.join("Cargo.toml");
    let text = fs::read_to_string(&manifest)?;
    fs::write(&manifest, format!("{text}\n[workspace]\n"))?;
    let mut figures = Figures {
        name: format!("{} {}", rival.package, rival.version),
        generate: Some(fresh),
        size: Some(generate::size(&krate)?),
        ..Figures::default()
    };
    // A crate of another generator takes minutes to compile: once must do.
    match compile::check(1, &krate, &["--all-features"]) {
        Ok(check) => {
            figures.check = Some(check);
            figures.release = Some(compile::release(1, &krate, &["--all-features"])?);
        }
        Err(_) => "its crate does not compile".clone_into(&mut figures.note),
    }
    Ok(figures)
}

fn install(rival: &Rival) -> Result<PathBuf> {
    let root = workbench::folder("rivals")?;
    let program = root.join("bin").join(rival.package);
    if !program.is_file() {
        eprintln!("installing {} {}", rival.package, rival.version);
        let version = format!("{}@{}", rival.package, rival.version);
        let mut install = workbench::cargo(&root, &["install", "--locked", &version, "--root"]);
        workbench::run(install.arg(&root))?;
    }
    Ok(program)
}
