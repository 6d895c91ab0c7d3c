//! Two documents, a program that uses the crate of the first, and what is found in it.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::{Mutex, PoisonError};

use serde_json::Value;
use tempfile::TempDir;

pub(super) const OLD: &str = "\
openapi: 3.0.3
info: {title: Pet Store, version: '1'}
servers: [{url: https://example.com}]
paths:
  /pets:
    get:
      operationId: listPets
      tags: [Pets]
      responses:
        200: {description: found, content: {application/json: {schema: {type: array, items: {$ref: '#/components/schemas/Pet'}}}}}
    post:
      operationId: addPet
      tags: [Pets]
      requestBody: {required: true, content: {application/json: {schema: {$ref: '#/components/schemas/Pet'}}}}
      responses:
        204: {description: made}
  /pets/{petId}:
    get:
      operationId: getPet
      tags: [Pets]
      parameters: [{name: petId, in: path, required: true, schema: {type: string}}]
      responses:
        200: {description: found, content: {application/json: {schema: {$ref: '#/components/schemas/Pet'}}}}
  /pets/{petId}/visits:
    get:
      operationId: listVisits
      tags: [Pets]
      parameters:
        - {name: petId, in: path, required: true, schema: {type: string}}
        - {name: year, in: query, required: true, schema: {type: integer}}
      responses:
        200: {description: found, content: {application/json: {schema: {$ref: '#/components/schemas/VisitList'}}}}
  /shops:
    get:
      operationId: listShops
      tags: [Shops]
      responses:
        200: {description: found, content: {application/json: {schema: {$ref: '#/components/schemas/Shop'}}}}
components:
  schemas:
    Kind: {type: string, enum: [CAT, DOG, BIRD]}
    Pet:
      type: object
      required: [id]
      properties:
        id: {type: string}
        name: {type: string}
        paused: {type: boolean}
        kind: {$ref: '#/components/schemas/Kind'}
        weight: {type: integer}
    VisitList: {type: object, properties: {visits: {type: array, items: {type: string}}}}
    Shop: {type: object, required: [id], properties: {id: {type: string}, city: {type: string}}}
";

/// A field, a value and a name gone, a type and a feature renamed, an argument of another type, one more required field.
pub(super) fn new() -> String {
    [
        (
            "      operationId: listPets\n",
            "      operationId: listPets\n      deprecated: true\n",
        ),
        ("operationId: getPet", "operationId: readPet"),
        (
            "year, in: query, required: true, schema: {type: integer}",
            "year, in: query, required: true, schema: {type: string}",
        ),
        ("VisitList", "VisitPage"),
        ("tags: [Shops]", "tags: [Places]"),
        ("CAT, DOG, BIRD", "CAT, DOG"),
        ("required: [id]\n", "required: [id, name]\n"),
        ("        paused: {type: boolean}\n", ""),
        ("weight: {type: integer}", "weight: {type: number}"),
        ("city: {type: string}", "town: {type: string}"),
    ]
    .into_iter()
    .fold(OLD.to_owned(), |text, (from, to)| {
        assert!(text.contains(from), "{from}");
        text.replace(from, to)
    })
}

const PROGRAM: &str = r#"use atlas::types::{Kind, Pet};
use atlas::{Client, Error};

fn main() {}

pub fn read(pet: &Pet) -> bool {
    let weight: Option<i64> = pet.weight;
    weight.is_some() && pet.paused.unwrap_or(false)
}

pub fn made() -> Pet {
    Pet::new("1").weight(5_i64)
}

pub fn sound(kind: &Kind) -> &str {
    match kind {
        Kind::Bird => "tweet",
        _ => "?",
    }
}

pub async fn calls(client: &Client) -> Result<(), Error> {
    let pet = client.pets().get_pet("1").send().await?;
    let all = client.pets().list_pets().send().await?;
    let visits: atlas::types::VisitList = client.pets().list_visits("1", 2020).send().await?;
    drop((pet, all, visits));
    let number: u8 = "no change is to blame";
    Ok(())
}
"#;

pub(super) const FEATURES: &str = "default-features = false, features = [\"pets\", \"shops\"]";

pub(super) fn run(dir: &Path, arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_atlas-codegen"));
    // Warnings are warnings, whatever holds for this repository.
    command
        .env_remove("RUSTFLAGS")
        .env_remove("CARGO_ENCODED_RUSTFLAGS");
    // As under `cargo run` of another toolchain: the program's own counts.
    command
        .env("CARGO", "/nowhere/cargo")
        .env("RUSTUP_TOOLCHAIN", "nowhere");
    command.args(arguments).current_dir(dir).output().unwrap()
}

pub(super) fn write(path: PathBuf, text: &str) {
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, text).unwrap();
}

/// A folder with the documents, the old crate in `made/client`, and a program in `app` with this repository's lock file.
pub(super) fn folder(manifest: &str) -> TempDir {
    let dir = TempDir::new().unwrap();
    let path = |name: &str| dir.path().join(name);
    write(path("old.yaml"), OLD);
    write(path("new.yaml"), &new());
    let made = run(
        dir.path(),
        &["generate", "--spec", "old.yaml", "--out", "made/client"],
    );
    assert!(
        made.status.success(),
        "{}",
        String::from_utf8_lossy(&made.stderr)
    );
    write(path("app/Cargo.toml"), manifest);
    write(path("app/src/main.rs"), PROGRAM);
    fs::copy(lock(), path("app/Cargo.lock")).unwrap();
    dir
}

fn lock() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../Cargo.lock")
}

pub(super) fn package(name: &str, rest: &str) -> String {
    format!("[package]\nname = \"{name}\"\nversion = \"0.1.0\"\nedition = \"2024\"\n{rest}")
}

/// One at a time: then each finds what the one before built.
static ONE: Mutex<()> = Mutex::new(());

/// Compares, for a program; all builds share a folder, so that what the crate depends on is compiled once.
pub(super) fn diff(dir: &Path, consumer: &str, more: &[&str]) -> Output {
    let _one = ONE.lock().unwrap_or_else(PoisonError::into_inner);
    compare(dir, consumer, more)
}

/// The same where a run before was stopped.
pub(super) fn diff_after_a_stop(dir: &Path, consumer: &str) -> Output {
    let _one = ONE.lock().unwrap_or_else(PoisonError::into_inner);
    let left = target().join("atlas-codegen");
    fs::create_dir_all(&left).unwrap();
    let output = compare(dir, consumer, &[]);
    fs::remove_dir(left).unwrap();
    output
}

fn target() -> PathBuf {
    Path::new(env!("CARGO_TARGET_TMPDIR")).join("consumer")
}

fn compare(dir: &Path, consumer: &str, more: &[&str]) -> Output {
    let target = target();
    let arguments = [
        "diff",
        "old.yaml",
        "new.yaml",
        "--consumer",
        consumer,
        "--target-dir",
    ];
    run(
        dir,
        &[&arguments, [target.to_str().unwrap()].as_slice(), more].concat(),
    )
}

pub(super) fn json(output: &Output) -> Value {
    serde_json::from_slice(&output.stdout)
        .unwrap_or_else(|_| panic!("{}", String::from_utf8_lossy(&output.stderr)))
}

/// What was found, a line each: the place, and the rules and items of the changes, with `?` where they only may explain it.
pub(super) fn found(report: &Value) -> Vec<String> {
    let findings = report["consumer"]["findings"].as_array().unwrap().iter();
    let shown = |finding: &Value| {
        let changes = finding["changes"].as_array().unwrap().iter();
        let changes = changes.map(|index| {
            let change = &report["changes"][usize::try_from(index.as_u64().unwrap()).unwrap()];
            format!(
                "{} {}",
                change["code"].as_str().unwrap(),
                change["item"].as_str().unwrap()
            )
        });
        let changes = changes.collect::<Vec<_>>().join(", ");
        let place = &finding["place"];
        let doubt = if finding["certain"] == true { "" } else { "?" };
        format!(
            "{}:{}:{}{doubt} {changes}",
            place["file"].as_str().unwrap(),
            place["line"],
            place["column"]
        )
    };
    findings.map(shown).collect()
}

/// All files below a folder, and links, with what is in them and when they were written.
pub(super) fn state(folder: &Path) -> BTreeMap<PathBuf, (Vec<u8>, std::time::SystemTime)> {
    let mut files = BTreeMap::new();
    let mut next = vec![folder.to_path_buf()];
    while let Some(folder) = next.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            let found = fs::symlink_metadata(&path).unwrap();
            let bytes = if found.is_file() {
                fs::read(&path).unwrap()
            } else {
                Vec::new()
            };
            if found.is_dir() {
                next.push(path.clone());
            }
            files.insert(path, (bytes, found.modified().unwrap()));
        }
    }
    files
}
