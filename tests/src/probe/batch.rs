//! Many programs, compiled in one workspace.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;

use super::side::{PACKAGE, RUNTIME, Side};
use super::{FIRST_LINE, Use, imports, program, uses};

/// A folder of generated crates and of programs that use them.
pub struct Batch {
    folder: PathBuf,
    target: PathBuf,
    runtime: PathBuf,
}

/// A program made for one crate, to be compiled against another.
pub struct Pair<'s> {
    /// Letters, digits and hyphens; no two pairs of a batch have one.
    pub name: String,
    /// The crate that the program is made for.
    pub old: &'s Side,
    /// The crate that it is compiled against.
    pub new: &'s Side,
    /// Whether features are tried one by one where they, or what is behind them, are other ones. Each takes a crate and a program.
    pub each_feature: bool,
}

/// What the compiler said of a pair.
#[derive(Clone, Debug, Default)]
pub struct Checked {
    /// What can no longer be done, with the first message about it.
    pub failed: Vec<(Use, String)>,
    /// What is wrong with the crate itself, or with the program as a whole.
    pub fault: Option<String>,
}

impl Checked {
    /// Whether the program compiles.
    #[must_use]
    pub fn compiles(&self) -> bool {
        self.failed.is_empty() && self.fault.is_none()
    }
}

/// A program: what it does, and with which features of which pair.
struct Program {
    pair: usize,
    package: String,
    dependency: String,
    features: Vec<String>,
    uses: Vec<Use>,
    next: Next,
}

/// What is compiled of a program next.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Next {
    /// Imports of the paths that its uses spell. For each place with a name that it does not know, the compiler looks for names like
    /// it all over the crate; where thousands of uses spell a few hundred lost names, that takes minutes, and of imports a second.
    Imports,
    Uses,
    /// What is left of it compiles.
    Nothing,
}

/// So often what does not compile is taken out. An error hides others of later passes of the compiler, of which there are few.
const ROUNDS: usize = 12;

impl Batch {
    /// A batch in an empty folder. `target` is where results go, `runtime` the runtime of all crates.
    ///
    /// # Errors
    ///
    /// The folder cannot be made.
    pub fn new(folder: &Path, target: &Path, runtime: &Path) -> io::Result<Self> {
        for name in ["crates", "programs"] {
            let inside = folder.join(name);
            match fs::remove_dir_all(&inside) {
                Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
                _ => fs::create_dir_all(inside)?,
            }
        }
        Ok(Self {
            folder: folder.to_path_buf(),
            target: target.to_path_buf(),
            runtime: runtime.to_path_buf(),
        })
    }

    /// Compiles the programs of all pairs, takes out what does not compile, and goes on until all that is left does.
    ///
    /// # Errors
    ///
    /// A file cannot be written, or cargo does not start or fails over something else than the programs.
    pub fn check(&self, pairs: &[Pair<'_>], lock: &Path) -> io::Result<Vec<Checked>> {
        let mut checked = vec![Checked::default(); pairs.len()];
        let mut programs = Vec::new();
        for (index, pair) in pairs.iter().enumerate() {
            programs.extend(self.programs(index, pair, &mut checked[index])?);
        }
        fs::write(
            self.folder.join("Cargo.toml"),
            "[workspace]\nresolver = \"3\"\nmembers = [\"crates/*\", \"programs/*\"]\n\
             default-members = [\"programs/*\"]\n\n[profile.dev]\ndebug = 0\nincremental = false\n",
        )?;
        fs::copy(lock, self.folder.join("Cargo.lock"))?;
        for _ in 0..ROUNDS {
            for program in &programs {
                self.write_program(program)?;
            }
            let said = self.cargo()?;
            for program in &mut programs {
                let fault = said.faults.get(&program.dependency);
                if let Some(fault) = fault.or_else(|| said.faults.get(&program.package)) {
                    checked[program.pair]
                        .fault
                        .get_or_insert_with(|| fault.clone());
                }
                take_out(
                    program,
                    said.lines.get(&program.package),
                    &mut checked[program.pair],
                );
            }
            if programs.iter().all(|program| program.next == Next::Nothing) {
                return Ok(checked);
            }
        }
        Err(io::Error::other(
            "the programs do not compile, whatever is taken out",
        ))
    }

    /// The programs of a pair: one with all features, and where features or what is behind them are other ones, one with each
    /// alone and one with none.
    fn programs(
        &self,
        index: usize,
        pair: &Pair<'_>,
        checked: &mut Checked,
    ) -> io::Result<Vec<Program>> {
        let of_old = uses(&pair.old.krate);
        let features = |side: &Side| -> Vec<String> { super::names(&side.krate.features) };
        let (before, after) = (features(pair.old), features(pair.new));
        let mut sets = vec![("all".to_owned(), after.clone(), of_old.clone())];
        let is_lost = |feature: &&String| !after.contains(feature);
        for feature in before.iter().filter(is_lost) {
            let lost = Use {
                item: format!("features::{feature}"),
                gate: Vec::new(),
                code: String::new(),
            };
            checked
                .failed
                .push((lost, "the feature is gone".to_owned()));
        }
        let is_alike = is_gated_alike(&of_old, &uses(&pair.new.krate));
        if pair.each_feature && !(is_alike && before.iter().all(|name| after.contains(name))) {
            let open = of_old.iter().filter(|one| one.gate.is_empty());
            sets.push(("none".to_owned(), Vec::new(), open.cloned().collect()));
            for feature in before.iter().filter(|name| after.contains(name)) {
                let under = of_old.iter().filter(|one| one.is_under(feature));
                sets.push((
                    format!("with-{feature}"),
                    vec![feature.clone()],
                    under.cloned().collect(),
                ));
            }
        }
        let mut programs = Vec::new();
        for (set, features, uses) in sets {
            let dependency = format!("{}-{set}", pair.name);
            self.write_crate(&dependency, pair.new)?;
            programs.push(Program {
                pair: index,
                package: format!("uses-{dependency}"),
                dependency,
                features,
                uses,
                next: Next::Imports,
            });
        }
        Ok(programs)
    }

    /// A copy of a crate for each set of features: in one workspace, those of one package are joined.
    fn write_crate(&self, package: &str, side: &Side) -> io::Result<()> {
        let folder = self.folder.join("crates").join(package);
        for file in &side.files {
            let text = match file.path.as_str() {
                "Cargo.toml" => {
                    let runtime = self.runtime.display().to_string();
                    let named = file
                        .text
                        .replace(&format!("{PACKAGE:?}"), &format!("{package:?}"));
                    named.replace(&format!("{RUNTIME:?}"), &format!("{runtime:?}"))
                }
                path if path.starts_with("src/") => file.text.clone(),
                _ => continue,
            };
            let path = folder.join(&file.path);
            if let Some(folder) = path.parent() {
                fs::create_dir_all(folder)?;
            }
            fs::write(path, text)?;
        }
        Ok(())
    }

    fn write_program(&self, program: &Program) -> io::Result<()> {
        let folder = self.folder.join("programs").join(&program.package);
        fs::create_dir_all(folder.join("src"))?;
        let Program {
            package,
            dependency,
            features,
            uses,
            next,
            ..
        } = program;
        let text = match next {
            Next::Imports => imports(&paths(uses)),
            Next::Uses => self::program(&uses.iter().collect::<Vec<_>>()),
            Next::Nothing => return Ok(()),
        };
        let manifest = format!(
            "[package]\nname = {package:?}\nversion = \"0.0.0\"\nedition = \"2024\"\n\n[dependencies]\n\
             api = {{ package = {dependency:?}, path = \"../../crates/{dependency}\", default-features = false, \
             features = {features:?} }}\n"
        );
        fs::write(folder.join("Cargo.toml"), manifest)?;
        fs::write(folder.join("src/lib.rs"), text)
    }

    fn cargo(&self) -> io::Result<Said> {
        let output = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
            .args([
                "check",
                "--offline",
                "--keep-going",
                "--message-format=json",
            ])
            .current_dir(&self.folder)
            .env("CARGO_TARGET_DIR", &self.target)
            .env("CARGO_INCREMENTAL", "0")
            .env_remove("RUSTFLAGS")
            .output()?;
        let mut said = Said::default();
        for line in String::from_utf8_lossy(&output.stdout).lines() {
            if let Ok(json) = serde_json::from_str::<Value>(line) {
                said.take(&self.folder, &json);
            }
        }
        if !output.status.success() && said.lines.is_empty() && said.faults.is_empty() {
            let errors = String::from_utf8_lossy(&output.stderr).into_owned();
            return Err(io::Error::other(errors));
        }
        Ok(said)
    }
}

/// Whether what both crates have is behind the same features.
fn is_gated_alike(old: &[Use], new: &[Use]) -> bool {
    let gates: BTreeMap<&str, &[String]> = new
        .iter()
        .map(|one| (one.item.as_str(), one.gate.as_slice()))
        .collect();
    old.iter().all(|one| {
        let gate = gates.get(one.item.as_str());
        gate.is_none_or(|gate| *gate == one.gate.as_slice())
    })
}

/// The paths that uses spell, each once.
fn paths(uses: &[Use]) -> BTreeSet<String> {
    uses.iter().flat_map(Use::paths).collect()
}

/// Takes out of a program what the compiler complains of: what stands on a line, or spells the path that is imported there.
fn take_out(program: &mut Program, lines: Option<&BTreeMap<usize, String>>, checked: &mut Checked) {
    let uses = std::mem::take(&mut program.uses);
    let on_line = |index: usize| lines?.get(&(index + FIRST_LINE)).cloned();
    let lost: BTreeMap<String, String> = match program.next {
        Next::Imports => {
            let paths = paths(&uses).into_iter().enumerate();
            paths
                .filter_map(|(index, path)| Some((path, on_line(index)?)))
                .collect()
        }
        Next::Uses | Next::Nothing => BTreeMap::new(),
    };
    for (index, one) in uses.into_iter().enumerate() {
        let message = match program.next {
            Next::Imports => one.paths().iter().find_map(|path| lost.get(path)).cloned(),
            Next::Uses | Next::Nothing => on_line(index),
        };
        match message {
            Some(message) => checked.failed.push((one, message)),
            None => program.uses.push(one),
        }
    }
    program.next = match program.next {
        Next::Uses if lines.is_none() => Next::Nothing,
        Next::Nothing => Next::Nothing,
        Next::Imports | Next::Uses => Next::Uses,
    };
}

/// What the compiler said.
#[derive(Default)]
struct Said {
    /// The lines of programs with errors, and the first error of each.
    lines: BTreeMap<String, BTreeMap<usize, String>>,
    /// Errors elsewhere, by package.
    faults: BTreeMap<String, String>,
}

impl Said {
    fn take(&mut self, folder: &Path, json: &Value) {
        let message = &json["message"];
        if json["reason"] != "compiler-message" || message["level"] != "error" {
            return;
        }
        let words = message["message"].as_str().unwrap_or_default();
        if words.starts_with("aborting due to") || words.starts_with("could not compile") {
            return;
        }
        let code = message["code"]["code"].as_str().unwrap_or_default();
        let words = format!("{code} {words}");
        let manifest = PathBuf::from(json["manifest_path"].as_str().unwrap_or_default());
        let inside = manifest.strip_prefix(folder).unwrap_or(&manifest);
        let mut parts = inside
            .iter()
            .map(|part| part.to_string_lossy().into_owned());
        let (kind, package) = (
            parts.next().unwrap_or_default(),
            parts.next().unwrap_or_default(),
        );
        let lines: BTreeSet<usize> = message["spans"]
            .as_array()
            .into_iter()
            .flatten()
            .filter(|span| span["is_primary"] == true)
            .filter_map(|span| usize::try_from(span["line_start"].as_u64()?).ok())
            .filter(|line| *line >= FIRST_LINE)
            .collect();
        if kind != "programs" || lines.is_empty() {
            self.faults.entry(package).or_insert(words);
            return;
        }
        let known = self.lines.entry(package).or_default();
        for line in lines {
            known.entry(line).or_insert_with(|| words.clone());
        }
    }
}
