//! `init`, and the configs that it and people write.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "tests may stop at once"
)]

mod common;

use std::fs;

use common::{SPEC, exits, run, stderr, with_document};
use serde_json::Value;

#[test]
fn init_takes_its_samples_from_the_document() {
    let dir = with_document(SPEC);
    exits(&run(dir.path(), &["init", "api.yaml"]), 0);
    let config = fs::read_to_string(dir.path().join("atlas-codegen.toml")).unwrap();
    for line in [
        "# How atlas-codegen writes the client of: Pet Store",
        "#output = \"../pet-store-client\"",
        "#name = \"pet-store-client\"",
        "#\"#/components/schemas/Pet\" = \"NewName\"",
        "#any = [\"#/components/schemas/Pet/properties/id\"]",
        "#access_token = [\"PET_STORE_ACCESS_TOKEN\"]",
        "#off = [\"getPet\"]",
        "#operation = \"getPet\"",
    ] {
        assert!(config.contains(&format!("{line}\n")), "{line}");
    }
    // Names with braces of the template in them stay as they are.
    fs::write(
        dir.path().join("api.yaml"),
        SPEC.replace("title: Pet Store", "title: 'A {spec} of {tag}'"),
    )
    .unwrap();
    exits(
        &run(dir.path(), &["init", "api.yaml", "--out", "b.toml"]),
        0,
    );
    let config = fs::read_to_string(dir.path().join("b.toml")).unwrap();
    assert!(
        config.contains("client of: A {spec} of {tag}\n"),
        "{config}"
    );
}

#[test]
fn init_writes_a_config_that_works_and_overwrites_nothing() {
    let dir = with_document(SPEC);
    exits(&run(dir.path(), &["init", "api.yaml"]), 0);
    let config = fs::read_to_string(dir.path().join("atlas-codegen.toml")).unwrap();
    assert!(config.contains("\nspec = \"api.yaml\"\n"), "{config}");
    exits(
        &run(dir.path(), &["generate", "--config", "atlas-codegen.toml"]),
        0,
    );
    exits(&run(dir.path(), &["init", "api.yaml"]), 1);
}

#[test]
fn a_wrong_config_is_shown_with_its_line() {
    let dir = with_document(SPEC);
    fs::write(
        dir.path().join("c.toml"),
        "spec = 'api.yaml'\n[package]\nnmae = 'x'\n",
    )
    .unwrap();
    let output = run(dir.path(), &["generate", "--config", "c.toml"]);
    exits(&output, 1);
    let expected = "\
error[config]: there is no config entry `package.nmae`
 --> c.toml:3:1
  |
3 | nmae = 'x'
  | ^
  = help: did you mean `name`?

refused: 1 error; nothing was written
";
    assert_eq!(stderr(&output), expected);
}

#[test]
fn a_config_without_a_document_says_so_in_json_too() {
    let dir = with_document(SPEC);
    fs::write(dir.path().join("c.toml"), "[package]\n").unwrap();
    let output = run(dir.path(), &["generate", "--config", "c.toml", "--json"]);
    exits(&output, 1);
    let report: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(report["refused"], true);
    assert_eq!(report["diagnostics"][0]["code"], "config");
    exits(
        &run(
            dir.path(),
            &["check", "--config", "c.toml", "--spec", "api.yaml"],
        ),
        1,
    );
}

#[test]
fn the_config_that_init_writes_is_found_and_named_in_every_header() {
    let dir = with_document(SPEC);
    exits(&run(dir.path(), &["init", "api.yaml"]), 0);
    let output = run(dir.path(), &["generate"]);
    exits(&output, 0);
    let library = fs::read_to_string(dir.path().join("pet-store-client/src/lib.rs")).unwrap();
    assert!(
        library.contains("Regenerate with: atlas-codegen generate --config atlas-codegen.toml\n"),
        "{library}"
    );
}
