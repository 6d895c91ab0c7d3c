//! A program that reads values into a crate's types and writes them again. Its only code for a crate is a table from a type's name
//! to one function.

use std::fmt::Write as _;
use std::fs;
use std::io::{BufRead, BufReader, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::thread;

use serde_json::Value;

use atlas_codegen_tests::catalog::Catalog;

/// The types of the runtime that stand for schemas without a name of their own.
pub(crate) const RUNTIME_TYPES: [&str; 10] = [
    "bool",
    "i32",
    "i64",
    "u64",
    "f64",
    "String",
    "Timestamp",
    "Date",
    "Uuid",
    "Base64",
];

/// The program for one crate.
pub(crate) struct Probe {
    program: PathBuf,
}

/// A value to read as a type and to write again.
pub(crate) struct Question {
    pub(crate) ident: String,
    pub(crate) value: Value,
}

/// What became of it.
#[derive(Clone, Debug)]
pub(crate) struct Answer {
    /// The first word of its `Debug` text: for an enum, the variant.
    pub(crate) variant: String,
    /// What was written.
    pub(crate) value: Value,
}

impl Probe {
    /// Writes the program for the crate in `client/` of a workspace, and compiles both.
    pub(crate) fn build(name: &str, workspace: &Path, catalog: &Catalog) -> Self {
        write(&workspace.join("Cargo.toml"), WORKSPACE);
        let lock = workspace.join("Cargo.lock");
        if !lock.exists() {
            fs::copy(super::root().join("Cargo.lock"), lock).expect("the lock can be copied");
        }
        let runtime = super::root().join("templates/runtime");
        let name = format!("types-probe-{name}");
        let manifest = format!(
            "[package]\nname = {name:?}\nversion = \"0.0.0\"\nedition = \"2024\"\n\n\
             [dependencies]\nclient = {{ path = \"../client\" }}\n\
             client-runtime = {{ path = {runtime:?} }}\nserde = \"1\"\n",
        );
        write(&workspace.join("probe/Cargo.toml"), &manifest);
        write(&workspace.join("probe/src/main.rs"), &program(catalog));
        // All workspaces compile the runtime and what it needs once.
        let target = super::root().join("target/atlas-probe");
        let output = Command::new(env!("CARGO"))
            .args(["build", "--quiet", "--package", &name])
            .current_dir(workspace)
            .env("CARGO_TARGET_DIR", &target)
            .output()
            .expect("cargo runs");
        let messages = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "{messages}");
        Self {
            program: target.join("debug").join(name),
        }
    }

    /// Asks all questions, and gives an answer or what is wrong for each, in order.
    pub(crate) fn ask(&self, questions: &[Question]) -> Vec<Result<Answer, String>> {
        let mut child = Command::new(&self.program)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("the probe runs");
        let mut input = child.stdin.take().expect("the probe reads");
        let output = child.stdout.take().expect("the probe writes");
        let answers: Vec<_> = thread::scope(|scope| {
            scope.spawn(move || {
                for Question { ident, value } in questions {
                    // A probe that is gone is noticed by the answers that lack.
                    if writeln!(input, "{ident}\t{value}").is_err() {
                        break;
                    }
                }
            });
            let lines = BufReader::new(output).lines();
            lines
                .map(|line| answer(&line.expect("an answer is text")))
                .collect()
        });
        let status = child.wait().expect("the probe ends");
        if let Some(Question { ident, value }) = questions.get(answers.len()) {
            panic!("the probe ended with {status} over {ident}: {value}");
        }
        answers
    }
}

fn answer(line: &str) -> Result<Answer, String> {
    let mut parts = line.splitn(3, '\t');
    let mut next = || parts.next().expect("an answer has three parts");
    match (next(), next(), next()) {
        ("ok", variant, json) => Ok(Answer {
            variant: variant.to_owned(),
            value: serde_json::from_str(json).expect("what is written is JSON"),
        }),
        (_, _, message) => Err(message.to_owned()),
    }
}

const WORKSPACE: &str = r#"[workspace]
resolver = "3"
members = ["client", "probe"]

[profile.dev]
debug = 0
incremental = false
"#;

fn program(catalog: &Catalog) -> String {
    let mut table = String::new();
    for ident in RUNTIME_TYPES {
        let _ = writeln!(table, "    ({ident:?}, round_trip::<{ident}>),");
    }
    for ty in &catalog.types {
        let ident = &ty.ident;
        let _ = writeln!(
            table,
            "    (\"types::{ident}\", round_trip::<types::{ident}>),"
        );
    }
    format!("{PROGRAM}\nstatic TABLE: &[(&str, RoundTrip)] = &[\n{table}];\n")
}

/// Writes a file unless it is so already: Cargo goes by the time of the last change.
fn write(path: &Path, text: &str) {
    if fs::read_to_string(path).is_ok_and(|found| found == text) {
        return;
    }
    fs::create_dir_all(path.parent().expect("a file is in a folder"))
        .expect("the folder can be made");
    fs::write(path, text).expect("the file can be written");
}

const PROGRAM: &str = r#"//! Reads lines of a type's name, a tab and JSON; writes what the type makes of it.

#![allow(unused_imports, deprecated)]

use std::collections::BTreeMap;
use std::fmt::{self, Debug, Write as _};
use std::io::{BufRead, Write as _};

use client::types;
use client_runtime::{Base64, Date, Decode, Timestamp, Uuid};
use serde::Serialize;

type RoundTrip = fn(&str) -> Result<(String, Vec<u8>), String>;

fn round_trip<T: Decode + Serialize + Debug>(json: &str) -> Result<(String, Vec<u8>), String> {
    let value: T = client_runtime::decode(json.as_bytes()).map_err(|error| error.to_string())?;
    let written = client_runtime::encode(&value).map_err(|error| error.to_string())?;
    Ok((first_word(&value), written))
}

/// The first word of the `Debug` text; the rest is not made.
fn first_word(value: &dyn Debug) -> String {
    struct Word(String);
    impl fmt::Write for Word {
        fn write_str(&mut self, text: &str) -> fmt::Result {
            for character in text.chars() {
                if !character.is_alphanumeric() && character != '_' {
                    return Err(fmt::Error);
                }
                self.0.push(character);
            }
            Ok(())
        }
    }
    let mut word = Word(String::new());
    let _ = write!(word, "{value:?}");
    word.0
}

fn main() {
    let table: BTreeMap<&str, RoundTrip> = TABLE.iter().copied().collect();
    let mut output = std::io::BufWriter::new(std::io::stdout().lock());
    for line in std::io::stdin().lock().lines() {
        let line = line.expect("a question is text");
        let (ident, json) = line.split_once('\t').expect("a question has two parts");
        match table[ident](json) {
            Ok((word, written)) => {
                let written = String::from_utf8(written).expect("JSON is UTF-8");
                writeln!(output, "ok\t{word}\t{written}")
            }
            Err(message) => writeln!(output, "error\t\t{}", message.replace(['\n', '\t'], " ")),
        }
        .expect("the answer can be written");
        output.flush().expect("the answer can be written");
    }
}
"#;
