//! The commands, as a user calls them.

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
fn a_document_alone_gives_a_crate_in_a_folder_named_like_it() {
    let dir = with_document(SPEC);
    let first = run(dir.path(), &["generate", "--spec", "api.yaml"]);
    exits(&first, 0);
    assert!(
        stdout(&first).starts_with("pet-store-client: 1 operation, 1 type;"),
        "{}",
        stdout(&first)
    );
    let out = dir.path().join("pet-store-client");
    assert!(out.join("src/lib.rs").exists() && out.join("runtime/Cargo.toml").exists());
    let second = run(dir.path(), &["generate", "--spec", "api.yaml"]);
    assert!(
        stdout(&second).contains("; 0 files written, 0 removed,"),
        "{}",
        stdout(&second)
    );
}

#[test]
fn flags_win_over_the_config() {
    let dir = with_document(SPEC);
    let config = "spec = 'nothing.yaml'\noutput = 'unused'\n[package]\nname = 'unused'\n";
    fs::write(dir.path().join("c.toml"), config).unwrap();
    let flags = [
        "--config", "c.toml", "--spec", "api.yaml", "--out", "here", "--name", "my-crate",
    ];
    exits(
        &run(dir.path(), &[["generate"].as_slice(), &flags].concat()),
        0,
    );
    let manifest = fs::read_to_string(dir.path().join("here/Cargo.toml")).unwrap();
    assert!(manifest.contains("name = \"my-crate\""));
    assert!(!dir.path().join("unused").exists());
}

#[test]
fn check_says_what_differs_and_writes_nothing() {
    let dir = with_document(SPEC);
    exits(
        &run(
            dir.path(),
            &["generate", "--spec", "api.yaml", "--out", "c"],
        ),
        0,
    );
    exits(
        &run(dir.path(), &["check", "--spec", "api.yaml", "--out", "c"]),
        0,
    );
    let file = dir.path().join("c/src/lib.rs");
    let changed = format!("// mine\n{}", fs::read_to_string(&file).unwrap());
    fs::write(&file, &changed).unwrap();
    let output = run(dir.path(), &["check", "--spec", "api.yaml", "--out", "c"]);
    exits(&output, 1);
    assert!(
        stdout(&output).starts_with("--- a/src/lib.rs\n+++ b/src/lib.rs\n"),
        "{}",
        stdout(&output)
    );
    assert!(stdout(&output).contains("\n-// mine\n"));
    assert_eq!(fs::read_to_string(&file).unwrap(), changed);
}

#[test]
fn a_dry_run_lists_and_writes_nothing() {
    let dir = with_document(SPEC);
    let output = run(
        dir.path(),
        &[
            "generate", "--spec", "api.yaml", "--out", "c", "--mode", "dry-run",
        ],
    );
    exits(&output, 0);
    let listed = stdout(&output);
    assert!(listed.contains("write  c/src/lib.rs\n"), "{listed}");
    // The runtime's files are the same for every document.
    let runtime = listed.lines().filter(|line| line.contains("/runtime/"));
    let [line] = runtime.collect::<Vec<_>>()[..] else {
        panic!("{listed}")
    };
    assert!(
        line.starts_with("write  c/runtime/: ") && line.ends_with(" files"),
        "{line}"
    );
    assert!(!dir.path().join("c").exists());
}

#[test]
fn a_warning_leaves_out_its_part_and_refuses_when_strict() {
    let dir = with_document(&flawed());
    let arguments = ["generate", "--spec", "api.yaml", "--out", "c"];
    let strict = run(dir.path(), &[arguments.as_slice(), &["--strict"]].concat());
    exits(&strict, 1);
    assert!(
        stderr(&strict).starts_with("error[invalid]: "),
        "{}",
        stderr(&strict)
    );
    assert!(!dir.path().join("c").exists());
    let lenient = run(dir.path(), &arguments);
    exits(&lenient, 0);
    assert!(
        stderr(&lenient).contains("warning[invalid]: the operation is a number, not a mapping\n")
    );
    assert!(
        stderr(&lenient).contains("--> api.yaml:12:10 (#/paths/~1bad/get)"),
        "{}",
        stderr(&lenient)
    );
    assert!(
        stdout(&lenient).contains("1 operation (1 left out)"),
        "{}",
        stdout(&lenient)
    );
}

#[test]
fn paths_that_differ_in_what_is_not_sent_are_operations_of_their_own() {
    let both = "  /sweep#Slow: {post: {responses: {}}}\n  /sweep#Quick: {post: {responses: {}}}\n";
    let document = SPEC.replace("components:", &format!("{both}components:"));
    let dir = with_document(&document);
    let output = run(
        dir.path(),
        &["generate", "--spec", "api.yaml", "--out", "c"],
    );
    exits(&output, 0);
    assert!(
        stdout(&output).contains("3 operations, "),
        "{}",
        stdout(&output)
    );
}

#[test]
fn json_is_one_object_with_everything_in_it() {
    let dir = with_document(&flawed());
    let output = run(
        dir.path(),
        &["generate", "--spec", "api.yaml", "--out", "c", "--json"],
    );
    exits(&output, 0);
    assert_eq!(stderr(&output), "");
    let report: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(
        report["operations"],
        serde_json::json!({"in": 2, "emitted": 1, "left_out": 1})
    );
    assert_eq!(report["types"], 1);
    assert!(report["files"]["written"].as_u64().unwrap() > 5);
    let diagnostic = &report["diagnostics"][0];
    assert_eq!(
        (&diagnostic["line"], &diagnostic["column"]),
        (&12.into(), &10.into())
    );
    assert_eq!(diagnostic["pointer"], "#/paths/~1bad/get");
    assert!(report["milliseconds"]["emit"].is_number());
}

#[test]
fn a_refused_document_writes_nothing_and_says_where() {
    let dir = with_document(&SPEC.replace("info:", "info: {}\ninfo:"));
    let output = run(
        dir.path(),
        &["generate", "--spec", "api.yaml", "--out", "c"],
    );
    exits(&output, 1);
    assert!(stderr(&output).contains("error[duplicate-key]"));
    assert!(
        stderr(&output).contains("--> api.yaml:3:1 (#/info)"),
        "{}",
        stderr(&output)
    );
    assert!(!dir.path().join("c").exists());
}

#[test]
fn files_that_are_not_owned_refuse() {
    let dir = with_document(SPEC);
    fs::create_dir(dir.path().join("c")).unwrap();
    fs::write(dir.path().join("c/Cargo.toml"), "mine").unwrap();
    let output = run(
        dir.path(),
        &["generate", "--spec", "api.yaml", "--out", "c"],
    );
    exits(&output, 1);
    assert!(
        stderr(&output).contains("error[not-owned]"),
        "{}",
        stderr(&output)
    );
    assert_eq!(fs::read_dir(dir.path().join("c")).unwrap().count(), 1);
}

#[test]
fn a_crate_over_a_limit_is_refused() {
    let dir = with_document(SPEC);
    let limits = |entry: &str| {
        fs::write(
            dir.path().join("c.toml"),
            format!("spec = 'api.yaml'\noutput = 'c'\n[limits]\n{entry}\n"),
        )
        .unwrap();
        let output = run(dir.path(), &["generate", "--config", "c.toml"]);
        exits(&output, 1);
        assert!(!dir.path().join("c").exists());
        stderr(&output)
    };
    let text = limits("output_files = 3");
    assert!(
        text.starts_with("error[limit]: the crate would have "),
        "{text}"
    );
    assert!(
        text.contains(" files, and 3 are allowed\n --> c.toml:4:1\n"),
        "{text}"
    );
    assert!(
        text.contains("raise `limits.output_files` in the config"),
        "{text}"
    );
    let text = limits("output_bytes = 1000");
    assert!(text.contains(" bytes, and 1000 are allowed\n"), "{text}");
    let text = limits("files = 0");
    assert!(text.contains("c.toml:4:1"), "{text}");
}

#[cfg(unix)]
#[test]
fn a_link_in_the_output_folder_is_named_and_not_followed() {
    let dir = with_document(SPEC);
    fs::create_dir_all(dir.path().join("c")).unwrap();
    fs::create_dir(dir.path().join("elsewhere")).unwrap();
    std::os::unix::fs::symlink("../elsewhere", dir.path().join("c/src")).unwrap();
    let output = run(
        dir.path(),
        &["generate", "--spec", "api.yaml", "--out", "c"],
    );
    exits(&output, 1);
    let text = stderr(&output);
    assert!(
        text.contains(
            "error[not-owned]: this is a symbolic link, and none is followed\n--> c/src\n"
        ),
        "{text}"
    );
    assert_eq!(
        fs::read_dir(dir.path().join("elsewhere")).unwrap().count(),
        0
    );
}

#[test]
fn an_overlay_counts_into_the_lock_and_its_faults_point_into_it() {
    let dir = with_document(SPEC);
    let file = |name: &str, text: &str| fs::write(dir.path().join(name), text).unwrap();
    fs::create_dir(dir.path().join("fixes")).unwrap();
    file(
        "c.toml",
        "spec = 'api.yaml'\noutput = 'c'\noverlays = ['fixes/one.yaml']\n",
    );
    let overlay = "overlay: 1.0.0\ninfo: {title: t, version: '1'}\nactions:\n\
        - target: $.paths\n  update:\n    /toys:\n      get: {operationId: listToys, responses: {204: {description: ''}}}\n";
    file("fixes/one.yaml", overlay);
    let output = run(dir.path(), &["generate", "--config", "c.toml"]);
    exits(&output, 0);
    assert!(
        stdout(&output).starts_with("c: 2 operations"),
        "{}",
        stdout(&output)
    );
    exits(&run(dir.path(), &["check", "--config", "c.toml"]), 0);

    // Another description of the overlay changes no code, but where it comes from.
    file("fixes/one.yaml", &overlay.replace("title: t", "title: u"));
    let output = run(dir.path(), &["check", "--config", "c.toml"]);
    exits(&output, 1);
    assert!(
        stdout(&output).contains("--- a/codegen.lock\n"),
        "{}",
        stdout(&output)
    );

    file(
        "fixes/one.yaml",
        &overlay.replace(
            "{operationId: listToys",
            "{parameters: 1, operationId: listToys",
        ),
    );
    let output = run(dir.path(), &["lint", "--config", "c.toml"]);
    assert!(
        stdout(&output).contains("--> fixes/one.yaml:7:13 (#/paths/~1toys/get/parameters)\n"),
        "{}",
        stdout(&output)
    );
}

#[test]
fn dump_prints_a_stage_or_only_what_bears_a_name() {
    let dir = with_document(SPEC);
    for (stage, name) in [
        ("ir", "getPet"),
        ("ir", "Pet"),
        ("names", "Pet"),
        ("surface", "GetPet"),
    ] {
        let all = run(dir.path(), &["dump", stage, "--spec", "api.yaml"]);
        exits(&all, 0);
        let only = run(
            dir.path(),
            &["dump", stage, "--spec", "api.yaml", "--only", name],
        );
        let found: Value = serde_json::from_slice(&only.stdout).unwrap();
        assert!(!found.as_array().unwrap().is_empty(), "{stage} {name}");
        assert!(only.stdout.len() < all.stdout.len());
    }
}

#[test]
fn dump_of_an_unknown_name_says_so_with_the_nearest() {
    let dir = with_document(SPEC);
    let unknown = |name| {
        run(
            dir.path(),
            &["dump", "names", "--spec", "api.yaml", "--only", name],
        )
    };
    let output = unknown("getPets");
    exits(&output, 1);
    assert_eq!(stdout(&output), "");
    assert_eq!(
        stderr(&output),
        "error[config]: nothing here is called `getPets`\n = help: did you mean `GetPet`?\n\n"
    );
    let output = unknown("elephant");
    exits(&output, 1);
    assert!(
        stderr(&output).contains("without `--only`, everything is shown"),
        "{}",
        stderr(&output)
    );
}

#[test]
fn wrong_usage_has_its_own_exit_code() {
    let dir = with_document(SPEC);
    exits(&run(dir.path(), &["generate", "--colour"]), 2);
    exits(&run(dir.path(), &["generate", "--mode", "maybe"]), 2);
    let output = run(dir.path(), &["generate"]);
    exits(&output, 2);
    assert!(
        stderr(&output).contains("spec/atlas-codegen.toml"),
        "{}",
        stderr(&output)
    );
    exits(&run(dir.path(), &["--version"]), 0);
    exits(&run(dir.path(), &["generate", "--help"]), 0);
}

#[test]
fn a_name_that_cargo_would_refuse_is_refused_here() {
    let dir = with_document(SPEC);
    for name in ["my client", "", "1x", "std"] {
        let output = run(
            dir.path(),
            &[
                "generate", "--spec", "api.yaml", "--out", "c", "--name", name,
            ],
        );
        exits(&output, 1);
        assert!(
            stderr(&output).contains("can't be the name of a package"),
            "{}",
            stderr(&output)
        );
        assert!(!dir.path().join("c").exists());
    }
}
