//! `diff` and `explain`, and what `generate` says of a changed document, as a user calls them.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "tests may stop at once"
)]

mod common;

use std::fs;

use common::{SPEC, exits, folder, run, run_in, stdout};
use serde_json::Value;
use tempfile::TempDir;

/// A required member that was optional: major.
fn stricter() -> String {
    SPEC.replace("required: [id]", "required: [id, name]")
}

/// One more member: minor.
fn wider() -> String {
    SPEC.replace(
        "name: {type: string}",
        "name: {type: string}, age: {type: integer}",
    )
}

#[test]
fn two_documents_are_compared_with_places_in_both() {
    let dir = folder(&[("old.yaml", SPEC), ("new.yaml", &stricter())]);
    let output = run(dir.path(), &["diff", "old.yaml", "new.yaml"]);
    exits(&output, 0);
    let text = stdout(&output);
    assert!(
        text.starts_with("old.yaml → new.yaml: Rust major (1 major); wire compatible\n"),
        "{text}"
    );
    assert!(text.contains("next version: 0.2.0 (now 0.1.0)"), "{text}");
    assert!(
        text.contains("[field-became-required] `Pet.name` must be there now"),
        "{text}"
    );
    assert!(text.contains("--> old.yaml:14 → new.yaml:14"), "{text}");
}

#[test]
fn the_exit_code_is_what_the_user_asks_for() {
    let dir = folder(&[
        ("a.yaml", SPEC),
        ("b.yaml", &stricter()),
        ("c.yaml", &wider()),
    ]);
    for (new, fail_on, code) in [
        ("b.yaml", "major", 1),
        ("c.yaml", "major", 0),
        ("c.yaml", "minor", 1),
        ("a.yaml", "minor", 0),
        ("b.yaml", "never", 0),
    ] {
        exits(
            &run(dir.path(), &["diff", "a.yaml", new, "--fail-on", fail_on]),
            code,
        );
    }
    let missing = run(dir.path(), &["diff", "a.yaml", "nothing.yaml"]);
    exits(&missing, 1);
    assert!(String::from_utf8_lossy(&missing.stderr).contains("nothing.yaml"));
    exits(&run(dir.path(), &["diff", "a.yaml"]), 2);
}

#[test]
fn programs_and_pull_requests_have_forms_of_their_own() {
    let dir = folder(&[("a.yaml", SPEC), ("b.yaml", &wider())]);
    let json = run(
        dir.path(),
        &["diff", "a.yaml", "b.yaml", "--format", "json"],
    );
    let json: Value = serde_json::from_slice(&json.stdout).unwrap();
    assert_eq!(json["rust"], "minor");
    assert_eq!(json["wire"], "compatible");
    assert_eq!(json["next_version"], "0.1.1");
    let change = &json["changes"][0];
    assert_eq!(change["code"], "field-added");
    assert_eq!(change["item"], "types::Pet.age");
    assert_eq!(change["new_place"]["line"], 14);
    assert_eq!(
        change["new_place"]["pointer"],
        "#/components/schemas/Pet/properties/age"
    );
    assert_eq!(change["old_place"], Value::Null);
    let markdown = stdout(&run(
        dir.path(),
        &["diff", "a.yaml", "b.yaml", "--format", "markdown"],
    ));
    assert!(
        markdown.contains("- **minor** `Pet.age` is new: `Option<i64>`. (`field-added`)"),
        "{markdown}"
    );
}

#[test]
fn a_saved_surface_stands_for_its_document() {
    let dir = folder(&[("a.yaml", SPEC), ("b.yaml", &stricter())]);
    exits(
        &run(dir.path(), &["generate", "--spec", "a.yaml", "--out", "c"]),
        0,
    );
    let saved = run(dir.path(), &["diff", "c/surface.lock", "b.yaml"]);
    exits(&saved, 0);
    let text = stdout(&saved);
    assert!(
        text.contains("Rust major (1 major); wire compatible"),
        "{text}"
    );
    assert!(text.contains("--> b.yaml:14"), "{text}");
    let same = stdout(&run(dir.path(), &["diff", "c/surface.lock", "a.yaml"]));
    assert!(same.contains("the surface is the same"), "{same}");
}

#[test]
fn a_revision_brings_the_files_that_its_document_refers_to() {
    let spec = SPEC.replace("'#/components/schemas/Pet'", "'parts/pet.yaml#/Pet'");
    let part = "Pet: {type: object, required: [id], properties: {id: {type: string}}}\n";
    let dir = folder(&[("api/spec.yaml", &spec), ("api/parts/pet.yaml", part)]);
    let git = |arguments: &[&str]| {
        let identity = ["-c", "user.name=a", "-c", "user.email=a@b.c"];
        exits(
            &run_in(dir.path(), "git", &[&identity, arguments].concat()),
            0,
        );
    };
    git(&["init", "-q"]);
    git(&["add", "."]);
    git(&["commit", "-qm", "one"]);
    let part = part.replace("{id: {type: string}}", "{id: {type: integer}}");
    fs::write(dir.path().join("api/parts/pet.yaml"), part).unwrap();
    let output = run(dir.path(), &["diff", "HEAD:api/spec.yaml", "api/spec.yaml"]);
    exits(&output, 0);
    let text = stdout(&output);
    assert!(
        text.contains("`Pet.id` has the type `i64` instead of `String`"),
        "{text}"
    );
    assert!(
        text.contains("--> HEAD:api/parts/pet.yaml:1 → api/parts/pet.yaml:1"),
        "{text}"
    );
    // From below the top of the repository.
    let inside = run(
        &dir.path().join("api"),
        &["diff", "HEAD:spec.yaml", "spec.yaml"],
    );
    assert!(
        stdout(&inside).contains("instead of `String`"),
        "{}",
        stdout(&inside)
    );
    let missing = run(
        dir.path(),
        &["diff", "HEAD~7:api/spec.yaml", "api/spec.yaml"],
    );
    exits(&missing, 1);
    let error = String::from_utf8_lossy(&missing.stderr).into_owned();
    assert!(
        error.contains("`HEAD~7:api/spec.yaml` can't be read"),
        "{error}"
    );
}

#[test]
fn operations_that_have_ended_are_listed_where_they_are_asked_for() {
    let ending = SPEC.replace("tags: [Pets]", "tags: [Pets]\n      x-sunset: '2020-01-31'");
    let dir = folder(&[("a.yaml", &ending)]);
    let with = stdout(&run(
        dir.path(),
        &["diff", "a.yaml", "a.yaml", "--sunset", "30"],
    ));
    assert!(
        with.contains("`pets().get_pet` may be gone since 2020-01-31 (a.yaml:6)"),
        "{with}"
    );
    let without = stdout(&run(dir.path(), &["diff", "a.yaml", "a.yaml"]));
    assert!(!without.contains("2020-01-31"), "{without}");
}

#[test]
fn each_code_is_explained() {
    let dir = TempDir::new().unwrap();
    let all = stdout(&run(dir.path(), &["explain"]));
    assert!(all.lines().count() > 80, "{all}");
    for line in all.lines() {
        let code = line.split(' ').next().unwrap();
        let text = stdout(&run(dir.path(), &["explain", code]));
        assert!(
            text.starts_with(&format!("{code}: ")) && text.contains("  Rust: "),
            "{text}"
        );
    }
    exits(&run(dir.path(), &["explain", "nonsense"]), 2);
}

#[test]
fn a_changed_document_asks_for_a_version_and_stands_in_the_changelog() {
    let dir = folder(&[("a.yaml", SPEC)]);
    let generate = |text: &str| {
        fs::write(dir.path().join("a.yaml"), text).unwrap();
        let output = run(dir.path(), &["generate", "--spec", "a.yaml", "--out", "c"]);
        exits(&output, 0);
        stdout(&output)
    };
    let changelog = dir.path().join("c/CHANGELOG.md");
    let read = || fs::read_to_string(&changelog).unwrap();
    let first = generate(SPEC);
    assert!(
        !first.contains("surface:") && !changelog.exists(),
        "{first}"
    );
    let second = generate(&wider());
    assert!(
        second.contains("surface: 1 minor; next version: 0.1.1 (after 0.1.0)"),
        "{second}"
    );
    assert!(
        read()
            .contains("## 0.1.1\n\n### Added\n\n**pets**\n\n- `Pet.age` is new: `Option<i64>`.\n"),
        "{}",
        read()
    );
    // What comes before the release gathers in one section, and the worst decides.
    let third = generate(&stricter());
    assert!(
        third.contains("next version: 0.2.0 (after 0.1.0)"),
        "{third}"
    );
    assert!(
        read().contains("## 0.2.0\n") && !read().contains("## 0.1.1"),
        "{}",
        read()
    );
    assert!(read().contains("`Pet.age` is new"), "{}", read());
    // Nothing is added where nothing changed, by `check` neither, and what a hand wrote stays.
    fs::write(&changelog, format!("{}\nMine.\n", read())).unwrap();
    let before = read();
    generate(&stricter());
    assert_eq!(read(), before);
    exits(
        &run(dir.path(), &["check", "--spec", "a.yaml", "--out", "c"]),
        0,
    );
    fs::write(dir.path().join("a.yaml"), SPEC).unwrap();
    let check = run(dir.path(), &["check", "--spec", "a.yaml", "--out", "c"]);
    exits(&check, 1);
    assert!(
        stdout(&check).contains("surface.lock"),
        "{}",
        stdout(&check)
    );
    assert_eq!(read(), before);
}

#[test]
fn without_a_changelog_the_version_is_proposed_all_the_same_and_what_was_written_stays() {
    let config = "spec = 'a.yaml'\noutput = 'c'\n[package]\nchangelog = false\n";
    let dir = folder(&[("a.yaml", SPEC), ("c.toml", config)]);
    let generate = |text: &str, config: &str| {
        fs::write(dir.path().join("a.yaml"), text).unwrap();
        fs::write(dir.path().join("c.toml"), config).unwrap();
        let output = run(dir.path(), &["generate", "--config", "c.toml"]);
        exits(&output, 0);
        stdout(&output)
    };
    let changelog = dir.path().join("c/CHANGELOG.md");
    generate(SPEC, config);
    let text = generate(&wider(), config);
    assert!(text.contains("next version: 0.1.1"), "{text}");
    assert!(!changelog.exists());
    generate(SPEC, &config.replace("false", "true"));
    let before = fs::read_to_string(&changelog).unwrap();
    generate(&wider(), config);
    assert_eq!(fs::read_to_string(&changelog).unwrap(), before);
}

#[test]
fn a_changelog_that_is_not_the_generators_stays() {
    let dir = folder(&[("a.yaml", SPEC), ("c/CHANGELOG.md", "My own.\n")]);
    let generate = ["generate", "--spec", "a.yaml", "--out", "c"];
    exits(&run(dir.path(), &generate), 0);
    fs::write(dir.path().join("a.yaml"), stricter()).unwrap();
    exits(&run(dir.path(), &generate), 0);
    assert_eq!(
        fs::read_to_string(dir.path().join("c/CHANGELOG.md")).unwrap(),
        "My own.\n"
    );
}
