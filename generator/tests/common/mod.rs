//! What the tests of the commands share: a small document, and calls of the program as a user makes them.

#![allow(dead_code, reason = "each test file needs a part of it")]

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use tempfile::TempDir;

pub(crate) const SPEC: &str = "\
openapi: 3.0.3
info: {title: Pet Store, version: '1'}
servers: [{url: https://example.com}]
paths:
  /pets/{petId}:
    get:
      operationId: getPet
      tags: [Pets]
      parameters: [{name: petId, in: path, required: true, schema: {type: string}}]
      responses:
        200: {description: found, content: {application/json: {schema: {$ref: '#/components/schemas/Pet'}}}}
components:
  schemas:
    Pet: {type: object, required: [id], properties: {id: {type: string}, name: {type: string}}}
";

pub(crate) fn run(dir: &Path, arguments: &[&str]) -> Output {
    run_in(dir, env!("CARGO_BIN_EXE_atlas-codegen"), arguments)
}

pub(crate) fn run_in(dir: &Path, program: &str, arguments: &[&str]) -> Output {
    let mut command = Command::new(program);
    command.args(arguments).current_dir(dir).output().unwrap()
}

/// A folder with these files.
pub(crate) fn folder(files: &[(&str, &str)]) -> TempDir {
    let dir = TempDir::new().unwrap();
    for (name, text) in files {
        let path = dir.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    dir
}

/// A folder with one document, `api.yaml`.
pub(crate) fn with_document(spec: &str) -> TempDir {
    folder(&[("api.yaml", spec)])
}

/// The small document with one operation that is wrong.
pub(crate) fn flawed() -> String {
    SPEC.replace("components:", "  /bad: {get: 1}\ncomponents:")
}

#[track_caller]
pub(crate) fn exits(output: &Output, code: i32) {
    let text = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(code), "{text}");
}

pub(crate) fn stdout(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned()
}

pub(crate) fn stderr(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}
