//! `lint`: what there is to say of a document, and nothing written.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "tests may stop at once"
)]

mod common;

use std::fs;

use common::{SPEC, exits, flawed, run, stderr, stdout, with_document};
use serde_json::Value;

#[test]
fn lint_prints_what_there_is_to_say_and_writes_nothing() {
    let dir = with_document(&flawed());
    let output = run(dir.path(), &["lint", "api.yaml"]);
    exits(&output, 0);
    let expected = "\
warning[invalid]: the operation is a number, not a mapping
  --> api.yaml:12:10 (#/paths/~1bad/get)
   |
12 |   /bad: {get: 1}
   |          ^
   = help: write the operation as a mapping; it is left out now

";
    assert_eq!(stdout(&output), expected);
    assert_eq!(stderr(&output), "1 warning\n");
    assert_eq!(fs::read_dir(dir.path()).unwrap().count(), 1);

    let output = run(dir.path(), &["lint", "api.yaml", "--strict"]);
    exits(&output, 1);
    assert_eq!(
        stdout(&output),
        expected.replace("warning[", "error["),
        "strict"
    );
}

#[test]
fn lint_of_a_sound_document_says_nothing() {
    let dir = with_document(SPEC);
    let output = run(dir.path(), &["lint", "api.yaml", "--strict"]);
    exits(&output, 0);
    assert_eq!(
        (stdout(&output), stderr(&output)),
        (String::new(), String::new())
    );
}

#[test]
fn lint_in_json_is_one_object_also_for_a_document_that_is_refused() {
    let dir = with_document(&flawed());
    let output = run(dir.path(), &["lint", "api.yaml", "--json"]);
    exits(&output, 0);
    let lint: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(lint["refused"], false);
    assert_eq!(lint["operations"]["left_out"], 1);
    assert_eq!(lint["diagnostics"][0]["line"], 12);

    fs::write(dir.path().join("api.yaml"), "openapi: [").unwrap();
    let output = run(dir.path(), &["lint", "api.yaml", "--json"]);
    exits(&output, 1);
    let lint: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(lint["refused"], true);
    assert_eq!(lint["diagnostics"][0]["code"], "syntax");
}

#[test]
fn lint_reads_the_document_as_a_config_says() {
    let dir = with_document(SPEC);
    fs::write(
        dir.path().join("c.toml"),
        "spec = 'api.yaml'\nnames.pins.'#/components/schemas/Pat' = 'Bar'\n",
    )
    .unwrap();
    let output = run(dir.path(), &["lint", "--config", "c.toml"]);
    exits(&output, 1);
    assert!(stdout(&output).contains("c.toml:2:"), "{}", stdout(&output));
    exits(&run(dir.path(), &["lint"]), 2);
}

/// A document whose operations end, one after the other.
fn ending() -> String {
    let operation = |path: &str, date: &str| {
        format!(
            "  /{path}: {{get: {{operationId: {path}, x-sunset: '{date}', responses: {{204: {{description: ''}}}}}}}}\n"
        )
    };
    let operations = operation("late", "2026-03-31")
        + &operation("soon", "2026-03-02")
        + &operation("past", "2026-02-28");
    SPEC.replace("components:", &(operations + "components:"))
}

#[test]
fn lint_lists_the_operations_that_end_when_it_is_asked_to() {
    let dir = with_document(&ending());
    let lint = |arguments: &[&str]| {
        let output = run(
            dir.path(),
            &[["lint", "api.yaml"].as_slice(), arguments].concat(),
        );
        let text = stdout(&output);
        let heads = text.lines().filter(|line| line.contains("[sunset]"));
        let heads: Vec<String> = heads.map(str::to_owned).collect();
        (output.status.code().unwrap(), heads)
    };
    assert_eq!(lint(&[]), (0, Vec::new()));
    let past = "warning[sunset]: `past` ended on 2026-02-28".to_owned();
    let soon = "warning[sunset]: `soon` ends tomorrow".to_owned();
    let late = "warning[sunset]: `late` ends on 2026-03-31, in 30 days".to_owned();
    let at = ["--today", "2026-03-01", "--sunset"];
    assert_eq!(lint(&[&at[..], &["0"]].concat()), (0, vec![past.clone()]));
    assert_eq!(
        lint(&[&at[..], &["29"]].concat()),
        (0, vec![past.clone(), soon.clone()])
    );
    assert_eq!(
        lint(&[&at[..], &["30"]].concat()),
        (0, vec![past, soon, late])
    );
    assert_eq!(lint(&[&at[..], &["0", "--strict"]].concat()).0, 1);
    exits(
        &run(dir.path(), &["lint", "api.yaml", "--today", "2026-03-01"]),
        2,
    );
    exits(
        &run(
            dir.path(),
            &["lint", "api.yaml", "--sunset", "1", "--today", "2026-02-30"],
        ),
        2,
    );
}
