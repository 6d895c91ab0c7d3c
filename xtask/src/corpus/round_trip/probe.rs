//! A program that reads values as types of many crates and writes them again.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::fs;
use std::io::{BufRead as _, BufReader, Write as _};
use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::thread;

use anyhow::{Context, Result, ensure};

use super::super::check;
use super::super::row::Check;
use super::super::workspace::Batch;
use super::answers::Answer;
use super::questions::Question;

/// The program's package: it begins as the crates do, so that its results are removed with theirs.
const PACKAGE: &str = "corpus-probe";

/// The program for a batch.
pub(super) struct Probe {
    program: PathBuf,
    /// The types that it knows.
    known: BTreeSet<String>,
    /// What the compiler said of the crates.
    pub(super) said: BTreeMap<String, Check>,
}

impl Probe {
    /// Writes and compiles the program. Crates and types that do not compile are left out.
    ///
    /// # Errors
    ///
    /// Cargo fails over the program itself.
    pub(super) fn build(batch: &Batch, packages: &[&str], questions: &[&Question]) -> Result<Self> {
        let mut packages: Vec<&str> = packages.to_vec();
        // A crate that does not compile takes the program with it, so the crates come first.
        let said = check::compile(batch, &mut packages, &["build", "--workspace"])?;
        packages.retain(|package| said.get(*package).is_none_or(|check| check.errors == 0));
        let mut types: BTreeSet<&str> = questions
            .iter()
            .map(|question| question.ty.as_str())
            .filter(|ty| {
                let library = ty.split("::").next().unwrap_or_default();
                packages
                    .iter()
                    .any(|package| package.replace('-', "_") == library)
            })
            .collect();
        for _ in 0..8 {
            write(batch, &packages, &types)?;
            let members = [packages.as_slice(), &[PACKAGE]].concat();
            batch.join(&members)?;
            let arguments = ["build", "--package", PACKAGE, "--message-format=short"];
            let output = batch.cargo(&arguments).output()?;
            if output.status.success() {
                let program = batch.program(PACKAGE);
                return Ok(Self {
                    program,
                    known: types.into_iter().map(str::to_owned).collect(),
                    said,
                });
            }
            let errors = String::from_utf8_lossy(&output.stderr);
            let before = types.len();
            drop_faulty(&errors, &mut types);
            ensure!(types.len() < before, "the probe does not build:\n{errors}");
        }
        anyhow::bail!("the probe does not build, whatever is left out")
    }

    /// Asks all questions, and gives an answer for each, in order.
    pub(super) fn ask(&self, questions: &[Question]) -> Result<Vec<Answer>> {
        let mut answers = Vec::new();
        while let Some(rest) = questions
            .get(answers.len()..)
            .filter(|rest| !rest.is_empty())
        {
            let heard = self.talk(rest)?;
            let is_whole = heard.len() == rest.len();
            answers.extend(heard);
            if !is_whole {
                answers.push(Err("the program ended over it".to_owned()));
            }
        }
        Ok(answers)
    }

    /// Asks until the program ends.
    fn talk(&self, questions: &[Question]) -> Result<Vec<Answer>> {
        let mut child = Command::new(&self.program)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .context("the probe does not start")?;
        let mut input = child.stdin.take().context("the probe does not read")?;
        let output = child.stdout.take().context("the probe does not write")?;
        let answers = thread::scope(|scope| {
            scope.spawn(move || {
                for Question { ty, value, .. } in questions {
                    // A program that is gone is noticed by the answers that lack.
                    if writeln!(input, "{ty}\t{value}").is_err() {
                        break;
                    }
                }
            });
            let lines = BufReader::new(output).lines();
            lines
                .map(|line| line.map(|line| answer(&line)))
                .collect::<std::io::Result<Vec<Answer>>>()
        });
        child.wait()?;
        Ok(answers?
            .into_iter()
            .zip(questions)
            .map(
                |(answer, question)| match self.known.contains(&question.ty) {
                    true => answer,
                    false => Err("the type does not compile".to_owned()),
                },
            )
            .collect())
    }
}

fn answer(line: &str) -> Answer {
    match line.split_once('\t') {
        Some(("ok", json)) => Ok(json.to_owned()),
        Some((_, message)) => Err(message.to_owned()),
        None => Err(format!("an answer is `{line}`")),
    }
}

/// Takes the types out over whose lines the compiler complains.
fn drop_faulty(errors: &str, types: &mut BTreeSet<&str>) {
    let lines: Vec<&str> = types.iter().copied().collect();
    for error in errors.lines().filter(|line| line.contains(": error")) {
        let place = error.split("src/table.rs:").nth(1);
        let line = place.and_then(|place| place.split(':').next()?.parse::<usize>().ok());
        // The table begins in its third line.
        if let Some(ty) = line.and_then(|line| lines.get(line.checked_sub(3)?)) {
            types.remove(ty);
        }
    }
}

fn write(batch: &Batch, packages: &[&str], types: &BTreeSet<&str>) -> Result<()> {
    let runtime = batch.runtime();
    let mut manifest = format!(
        "[package]\nname = {PACKAGE:?}\nversion = \"0.0.0\"\nedition = \"2024\"\n\n\
         [dependencies]\nclient-runtime = {{ path = {runtime:?} }}\nserde = \"1\"\n"
    );
    for package in packages {
        let _ = writeln!(manifest, "{package} = {{ path = \"../{package}\" }}");
    }
    let mut table = String::from(
        "use crate::{RoundTrip, round_trip};\npub(crate) static TABLE: &[(&str, RoundTrip)] = &[\n",
    );
    for ty in types {
        let _ = writeln!(table, "    ({ty:?}, round_trip::<::{ty}>),");
    }
    table.push_str("];\n");
    let folder = batch.package(PACKAGE);
    fs::create_dir_all(folder.join("src"))?;
    fs::write(folder.join("Cargo.toml"), manifest)?;
    fs::write(folder.join("src/table.rs"), table)?;
    fs::write(folder.join("src/main.rs"), PROGRAM)?;
    Ok(())
}

const PROGRAM: &str = r#"//! Reads lines of a type's name, a tab and JSON; writes what the type makes of it.

#![allow(deprecated)]

mod table;

use std::collections::BTreeMap;
use std::io::{BufRead, Write as _};

use client_runtime::Decode;
use serde::Serialize;

pub(crate) type RoundTrip = fn(&str) -> Result<Vec<u8>, String>;

pub(crate) fn round_trip<T: Decode + Serialize>(json: &str) -> Result<Vec<u8>, String> {
    let value: T = client_runtime::decode(json.as_bytes()).map_err(|error| error.to_string())?;
    client_runtime::encode(&value).map_err(|error| error.to_string())
}

fn main() {
    let table: BTreeMap<&str, RoundTrip> = table::TABLE.iter().copied().collect();
    let mut output = std::io::BufWriter::new(std::io::stdout().lock());
    for line in std::io::stdin().lock().lines() {
        let line = line.expect("a question is text");
        let (ty, json) = line.split_once('\t').expect("a question has two parts");
        let answer = match table.get(ty) {
            Some(round_trip) => round_trip(json),
            None => Err("the type does not compile".to_owned()),
        };
        match answer {
            Ok(written) => {
                let written = String::from_utf8(written).expect("JSON is UTF-8");
                writeln!(output, "ok\t{written}")
            }
            Err(message) => writeln!(output, "error\t{}", message.replace(['\n', '\t'], " ")),
        }
        .expect("the answer can be written");
        output.flush().expect("the answer can be written");
    }
}
"#;
