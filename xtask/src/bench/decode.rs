//! How fast a megabyte of answers is decoded, against derived serde.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use anyhow::{Context, Result};
use atlas_codegen::config::Config;
use atlas_codegen::diag::Diagnostics;
use atlas_codegen::surface::{Answer, Crate, RustType, TypeItem};
use atlas_codegen::{analyze, lower, names, plan, spec};
use atlas_codegen_tests::oracle::document::Document;
use atlas_codegen_tests::oracle::instance::{Direction, Generator};
use serde_json::{Value, json};

use super::Plan;
use super::derived::{derived, types};
use crate::workbench;

/// The operations whose answers are decoded, and what they are.
const LISTS: [(&str, &str); 2] = [
    ("listGroupClusters", "clusters"),
    ("listGroupEvents", "events"),
];

const MEGABYTE: usize = 1_000_000;

/// Megabytes a second.
#[derive(Clone, Debug)]
pub(crate) struct Speed {
    pub(crate) what: String,
    pub(crate) ours: f64,
    pub(crate) derived: f64,
}

/// Decodes each list with the client's types and with derived ones, in turn.
pub(super) fn speeds(plan: &Plan, krate: &Path) -> Result<Vec<Speed>> {
    let surface = surface(plan)?;
    let document = Document::load(&plan.spec);
    let folder = workbench::folder("bench")?.join("decode");
    fs::create_dir_all(folder.join("src"))?;
    let mut program = String::from(PROGRAM);
    let mut calls = String::new();
    let mut found = Vec::new();
    for (operation, what) in LISTS {
        let Some(list) = answer(&surface, operation) else {
            continue;
        };
        let item = type_of(&surface, &list)?;
        fs::write(
            folder.join(format!("{what}.json")),
            list_of(&document, what, &item.path.to_string(), MEGABYTE)?,
        )?;
        let _ = write!(
            program,
            "#[allow(dead_code, clippy::all)]\nmod {what} {{\n{}}}\n",
            derived(&surface, &list)
        );
        let _ = writeln!(
            calls,
            "    compare::<atlas_admin::types::{list}, {what}::{list}>({what:?});"
        );
        found.push(what);
    }
    fs::write(
        folder.join("src/main.rs"),
        program.replace("    CALLS\n", &calls),
    )?;
    fs::write(folder.join("Cargo.toml"), MANIFEST)?;
    if found.is_empty() {
        return Ok(Vec::new());
    }
    let text = workbench::run(&mut workbench::cargo(
        &krate.join("../decode"),
        &["run", "--release", "--quiet"],
    ))?;
    text.lines().map(speed).collect()
}

pub(super) fn surface(plan: &Plan) -> Result<Crate> {
    let config = Config::for_spec(&plan.spec);
    let mut diagnostics = Diagnostics::new();
    let document = spec::load(&plan.spec, &config, &mut diagnostics)
        .ok()
        .context("the document is refused")?;
    let api = lower::lower(&document, &config, &mut diagnostics);
    let facts = analyze::analyze(&api, config.schemas.emit_all);
    let names = names::name(&api, &facts, &config, &mut diagnostics);
    Ok(plan::plan(&api, &facts, &names, &config, &mut diagnostics))
}

/// A type of the crate.
pub(super) fn type_of<'a>(krate: &'a Crate, name: &str) -> Result<&'a TypeItem> {
    types(krate)
        .find(|item| item.ident.to_string() == name)
        .with_context(|| format!("no type {name}"))
}

/// The type that an operation brings.
pub(super) fn answer(krate: &Crate, operation: &str) -> Option<String> {
    let found = krate
        .groups
        .iter()
        .flat_map(|group| &group.operations)
        .find(|found| found.wire.id == operation)?;
    match &found.answer {
        Answer::Json(RustType::Named(name)) => Some(name.to_string()),
        _ => None,
    }
}

/// A list with as many random members as make so many bytes.
pub(super) fn list_of(
    document: &Document,
    what: &str,
    pointer: &str,
    bytes: usize,
) -> Result<String> {
    let schema = document.get(pointer);
    let mut results = Vec::new();
    let mut size = 0;
    for seed in 0u32.. {
        let list = Generator::new(document, &format!("{what} {seed}"))
            .instance(schema, Direction::Response);
        let Some(Value::Array(more)) = list.get("results") else {
            continue;
        };
        for item in more {
            size += serde_json::to_string(item)?.len();
            results.push(item.clone());
        }
        if size >= bytes {
            break;
        }
    }
    let count = results.len();
    Ok(serde_json::to_string(
        &json!({"results": results, "totalCount": count}),
    )?)
}

fn speed(line: &str) -> Result<Speed> {
    let mut words = line.split(' ');
    let what = words.next().unwrap_or_default().to_owned();
    let mut number = || -> Result<f64> {
        let word = words.next().context("a figure is missing")?;
        word.parse()
            .with_context(|| format!("`{word}` is no figure"))
    };
    Ok(Speed {
        what,
        ours: number()?,
        derived: number()?,
    })
}

const MANIFEST: &str = r#"[package]
name = "decode"
version = "0.0.0"
edition = "2024"

[dependencies]
atlas-admin = { path = "../atlas-admin" }
serde = { version = "1", features = ["derive"] }
serde_json = "1"

[workspace]
"#;

const PROGRAM: &str = r#"use std::time::Instant;

fn main() {
    CALLS
}

/// Prints the speed of both, in megabytes a second: the medians of rounds that take turns.
fn compare<A: serde::de::DeserializeOwned, B: serde::de::DeserializeOwned>(what: &str) {
    let bytes = std::fs::read(format!("{}/{what}.json", env!("CARGO_MANIFEST_DIR"))).unwrap();
    let (mut ours, mut derived) = (Vec::new(), Vec::new());
    for _ in 0..41 {
        ours.push(round::<A>(&bytes));
        derived.push(round::<B>(&bytes));
    }
    println!("{what} {:.1} {:.1}", median(ours), median(derived));
}

fn round<T: serde::de::DeserializeOwned>(bytes: &[u8]) -> f64 {
    let start = Instant::now();
    let mut done = 0;
    while start.elapsed().as_millis() < 50 {
        let value: T = serde_json::from_slice(bytes).unwrap();
        drop(std::hint::black_box(value));
        done += bytes.len();
    }
    done as f64 / 1e6 / start.elapsed().as_secs_f64()
}

fn median(mut speeds: Vec<f64>) -> f64 {
    speeds.sort_by(f64::total_cmp);
    speeds[speeds.len() / 2]
}

"#;
