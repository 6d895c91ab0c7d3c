//! `diff --consumer`: programs that use a generated crate, compiled against the one of a changed document.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "tests may stop at once"
)]

mod fixture;

use std::fs;

use fixture::{
    FEATURES, OLD, diff, diff_after_a_stop, folder, found, json, new, package, run, state, write,
};
use serde_json::Value;
use tempfile::TempDir;

#[test]
fn each_error_stands_beside_the_change_that_explains_it_and_nothing_is_written() {
    let dependency = format!(
        "atlas = {{ package = \"pet-store-client\", path = \"../made/client\", {FEATURES} }}"
    );
    let dir = folder(&package(
        "app",
        &format!("\n[dependencies]\n{dependency}\n\n[workspace]\n"),
    ));
    let before = state(dir.path());
    let output = diff(
        dir.path(),
        "app",
        &["--format", "json", "--fail-on", "major"],
    );
    assert_eq!(state(dir.path()), before);
    let report = json(&output);
    assert_eq!(output.status.code(), Some(1));
    assert_eq!(
        found(&report),
        [
            "Cargo.toml:7:113 feature-renamed places",
            "src/main.rs:7:31? field-type-changed types::Pet.weight",
            "src/main.rs:8:29 field-removed types::Pet.paused",
            "src/main.rs:12:5 field-became-required types::Pet.name",
            "src/main.rs:12:26 field-type-changed types::Pet.weight",
            "src/main.rs:17:15 enum-value-removed types::Kind::Bird",
            "src/main.rs:23:29 operation-renamed pets().read_pet",
            "src/main.rs:24:29 operation-deprecated pets().list_pets",
            "src/main.rs:25:31 type-renamed types::VisitPage",
            "src/main.rs:25:74 argument-type-changed pets().list_visits(year)",
            "src/main.rs:27:22 ",
        ]
    );
    let consumer = &report["consumer"];
    assert_eq!(consumer["compiles"], false);
    assert_eq!(
        (
            &consumer["breaking_changes"],
            &consumer["breaking_changes_that_touch"]
        ),
        (&Value::from(10), &Value::from(8))
    );
    assert_eq!(report["changes"].as_array().unwrap().len(), 12);

    let text = diff(dir.path(), "app", &[]);
    assert_eq!(text.status.code(), Some(0));
    let text = String::from_utf8_lossy(&text.stdout).into_owned();
    let section = text.split("\n\n").nth(1).unwrap();
    assert!(
        section.starts_with(
            "This code: app\n  does not compile (10 errors), 1 use of what is newly deprecated; 10 breaking changes, 8 touch this code\n"
        ),
        "{text}"
    );
    for part in [
        "  error [field-removed] `Pet.paused` is gone: `Option<bool>`. 1 place:\n    --> old.yaml:48\n    \
         src/main.rs:8:29: E0609: no field `paused` on type `&Pet`\n",
        "  no change explains 1 error:\n    error[E0308]: mismatched types\n      --> src/main.rs:27:22\n",
    ] {
        assert!(section.contains(part), "{part}\n{text}");
    }
    assert_eq!(state(dir.path()), before);
}

#[test]
fn a_member_of_a_workspace_is_looked_at_alone_and_a_workspace_as_a_whole() {
    let dir = folder("[workspace]\nresolver = \"3\"\nmembers = [\"one\", \"two\", \"apart\"]\n");
    let path = |name: &str| dir.path().join(name);
    fs::remove_dir_all(path("app/src")).unwrap();
    let table = format!(
        "[workspace.dependencies]\npet-store-client = {{ path = \"../made/client\", {FEATURES} }}\n"
    );
    let manifest = fs::read_to_string(path("app/Cargo.toml")).unwrap();
    write(path("app/Cargo.toml"), &format!("{manifest}\n{table}"));
    let inherited = "\n[dependencies]\npet-store-client.workspace = true\n";
    write(path("app/one/Cargo.toml"), &package("one", inherited));
    write(
        path("app/one/src/lib.rs"),
        "pub fn paused(pet: &pet_store_client::types::Pet) -> Option<bool> {\n    pet.paused\n}\n",
    );
    write(path("app/two/Cargo.toml"), &package("two", inherited));
    write(
        path("app/two/src/lib.rs"),
        "pub fn id(pet: &pet_store_client::types::Pet) -> &str {\n    &pet.id\n}\n",
    );
    write(
        path("app/two/tests/kinds.rs"),
        "#[test]\nfn kinds() {\n    let _ = pet_store_client::types::Kind::Bird;\n}\n",
    );
    write(path("app/apart/Cargo.toml"), &package("apart", ""));
    write(
        path("app/apart/src/lib.rs"),
        "this does not use the crate\n",
    );
    let before = state(dir.path());

    let all = json(&diff(dir.path(), "app", &["--format", "json"]));
    assert_eq!(
        found(&all),
        [
            "Cargo.toml:6:94 feature-renamed places",
            "one/src/lib.rs:2:9 field-removed types::Pet.paused",
            "two/tests/kinds.rs:3:44 enum-value-removed types::Kind::Bird",
        ]
    );
    let two = json(&diff(dir.path(), "app/two", &["--format", "json"]));
    let root = dir.path().canonicalize().unwrap().join("app/Cargo.toml");
    assert_eq!(
        found(&two),
        [
            format!("{}:6:94 feature-renamed places", root.display()),
            "tests/kinds.rs:3:44 enum-value-removed types::Kind::Bird".to_owned(),
        ]
    );
    let apart = diff(dir.path(), "app/apart", &[]);
    assert_eq!(apart.status.code(), Some(1));
    let error = String::from_utf8_lossy(&apart.stderr).into_owned();
    assert!(
        error.contains("nothing in `app/apart` uses the package `pet-store-client`"),
        "{error}"
    );
    assert_eq!(state(dir.path()), before);
}

#[test]
fn the_exit_code_is_about_the_program_and_not_about_the_crate() {
    let dependency = "pet-store-client = { path = \"../made/client\", default-features = false, features = [\"pets\"] }";
    let dir = folder(&package(
        "app",
        &format!("\n[dependencies]\n{dependency}\n\n[workspace]\n"),
    ));
    let main = dir.path().join("app/src/main.rs");
    fs::write(&main, "fn main() {}\n").unwrap();
    for fail_on in ["major", "minor"] {
        let output = diff(dir.path(), "app", &["--fail-on", fail_on]);
        let text = String::from_utf8_lossy(&output.stdout).into_owned();
        assert_eq!(output.status.code(), Some(0), "{text}");
        assert!(
            text.contains("  compiles; 10 breaking changes, none touches this code\n"),
            "{text}"
        );
    }
    let text = diff_after_a_stop(dir.path(), "app").stdout;
    let text = String::from_utf8_lossy(&text).into_owned();
    assert!(
        text.contains("  compiles; 10")
            && text.contains("atlas-codegen` is in use, or was left by"),
        "{text}"
    );
    let inside = [
        "diff",
        "old.yaml",
        "new.yaml",
        "--consumer",
        "app",
        "--target-dir",
        "app/target",
    ];
    let refused = run(dir.path(), &inside);
    let error = String::from_utf8_lossy(&refused.stderr).into_owned();
    assert!(
        refused.status.code() == Some(1) && error.contains("is in the program's folder"),
        "{error}"
    );
    assert!(!dir.path().join("app/target").exists());
    let deprecated = "fn main() {}\npub fn call(client: &pet_store_client::Client) {\n    client.pets().list_pets();\n}\n";
    fs::write(&main, deprecated).unwrap();
    for (fail_on, code) in [("major", 0), ("minor", 1)] {
        let output = diff(dir.path(), "app", &["--fail-on", fail_on]);
        let text = String::from_utf8_lossy(&output.stdout).into_owned();
        assert_eq!(output.status.code(), Some(code), "{text}");
        assert!(
            text.contains("  warning [operation-deprecated]")
                && text.contains("    src/main.rs:3:19: use of"),
            "{text}"
        );
    }
}

#[test]
fn what_can_not_be_checked_is_refused() {
    let dir = TempDir::new().unwrap();
    write(dir.path().join("old.yaml"), OLD);
    write(dir.path().join("new.yaml"), &new());
    for (arguments, code, said) in [
        (
            ["diff", "old.yaml", "new.yaml", "--consumer", "nothing"],
            1,
            "`nothing` can't be read",
        ),
        (
            ["diff", "old.yaml", "new.yaml", "--consumer", "."],
            1,
            "`.` is no package that cargo can read",
        ),
        (
            ["diff", "old.yaml", "c/surface.lock", "--consumer", "."],
            2,
            "`--consumer` needs one as NEW",
        ),
        (
            ["diff", "old.yaml", "new.yaml", "--target-dir", "."],
            2,
            "--consumer",
        ),
    ] {
        run(
            dir.path(),
            &["generate", "--spec", "old.yaml", "--out", "c"],
        );
        let output = run(dir.path(), &arguments);
        let error = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(
            output.status.code() == Some(code) && error.contains(said),
            "{error}"
        );
    }
}
