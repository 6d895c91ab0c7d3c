//! The same input gives the same bytes, and the order of a document's maps changes no name and no type.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use atlas_codegen_tests::stages::Stages;
use serde_json::Value as Json;
use serde_yaml::{Mapping, Value};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// The fragment and every small case, each with its config if it has one.
fn documents() -> Vec<(PathBuf, Option<PathBuf>)> {
    let mut documents = vec![
        (
            root().join("spec/atlas.yaml"),
            Some(root().join("spec/atlas-codegen.toml")),
        ),
        (
            root().join("tests/exchange/openapi.yaml"),
            Some(root().join("tests/exchange/atlas-codegen.toml")),
        ),
    ];
    let mut cases: Vec<PathBuf> = fs::read_dir(root().join("tests/cases"))
        .expect("the cases can be listed")
        .map(|entry| entry.expect("the entry can be read").path())
        .filter(|path| path.is_dir())
        .collect();
    cases.sort();
    assert!(cases.len() > 20, "there are cases");
    documents.extend(cases.into_iter().map(|case| {
        let config = case.join("atlas-codegen.toml");
        (
            case.join("openapi.yaml"),
            config.is_file().then_some(config),
        )
    }));
    documents
}

#[test]
fn the_same_document_gives_the_same_bytes() {
    for (document, config) in documents() {
        let first = Stages::of(&document, config.as_deref());
        let second = Stages::of(&document, config.as_deref());
        assert_eq!(first.files, second.files, "{}", document.display());
        assert_eq!(first.ir, second.ir, "{}", document.display());
    }
}

/// A generator of pseudo-random numbers, good enough to shuffle and the same on every machine (SplitMix64).
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, bound: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        ((z ^ (z >> 31)) % bound as u64) as usize
    }
}

fn shuffled(value: Value, numbers: &mut Numbers) -> Value {
    match value {
        Value::Mapping(mapping) => {
            let mut entries: Vec<(Value, Value)> = mapping.into_iter().collect();
            for last in (1..entries.len()).rev() {
                entries.swap(last, numbers.below(last + 1));
            }
            let entries = entries
                .into_iter()
                .map(|(key, value)| (key, shuffled(value, numbers)));
            Value::Mapping(Mapping::from_iter(entries))
        }
        Value::Sequence(list) => Value::Sequence(
            list.into_iter()
                .map(|value| shuffled(value, numbers))
                .collect(),
        ),
        other => other,
    }
}

/// What a user sees of the surface, without the order of members: types and operations by name, with the names and types of what
/// they hold.
fn outline(surface: &str) -> BTreeSet<String> {
    let surface: Json = serde_json::from_str(surface).expect("the surface is JSON");
    let mut lines = BTreeSet::new();
    for item in surface["types"].as_array().expect("types are a list") {
        let name = &item["ident"];
        lines.insert(format!("type {name} {}", item["gate"]));
        for members in [
            "/item/Struct/fields",
            "/item/Union/variants",
            "/item/TextEnum",
        ] {
            for member in item
                .pointer(members)
                .and_then(Json::as_array)
                .into_iter()
                .flatten()
            {
                lines.insert(format!(
                    "{name}::{} {} {} {}",
                    member["ident"], member["ty"], member["presence"], member["wire"]
                ));
            }
        }
    }
    for group in surface["groups"].as_array().expect("groups are a list") {
        for operation in group["operations"]
            .as_array()
            .expect("operations are a list")
        {
            let name = &operation["module"];
            lines.insert(format!(
                "{}.{name} {} {}",
                group["ident"], operation["wire"], operation["answer"]
            ));
            for inputs in ["arguments", "options"] {
                for input in operation[inputs].as_array().expect("inputs are a list") {
                    lines.insert(format!(
                        "{name} {inputs} {} {}",
                        input["ident"], input["ty"]
                    ));
                }
            }
        }
    }
    lines
}

#[test]
fn the_order_of_the_documents_maps_changes_no_name_and_no_type() {
    let folder = tempfile::tempdir().expect("a folder can be made");
    for (document, config) in documents() {
        let expected = outline(&Stages::of(&document, config.as_deref()).surface);
        let text = fs::read_to_string(&document).expect("the document is text");
        let tree: Value = serde_yaml::from_str(&text).expect("the document is YAML");
        for seed in 0..5 {
            let mixed = shuffled(tree.clone(), &mut Numbers(seed));
            let file = folder.path().join("openapi.yaml");
            let text = serde_yaml::to_string(&mixed).expect("the tree can be written");
            fs::write(&file, text).expect("the file can be written");
            let found = outline(&Stages::of(&file, config.as_deref()).surface);
            assert_eq!(found, expected, "{} with seed {seed}", document.display());
        }
    }
}

/// Runs the binary as a user would, in the workspace.
fn atlas_codegen(arguments: &[&str]) -> std::process::Output {
    Command::new(env!("CARGO"))
        .args(["run", "--quiet", "-p", "atlas-codegen", "--"])
        .args(arguments)
        .current_dir(root())
        .output()
        .expect("cargo runs")
}

#[test]
fn generating_again_changes_nothing_and_restores_what_was_deleted() {
    let folder = tempfile::tempdir().expect("a folder can be made");
    let out = folder.path().join("client");
    let out_text = out.to_string_lossy().into_owned();
    let generate = ["generate", "--out", &out_text, "--json"];
    let first = atlas_codegen(&generate);
    assert!(first.status.success(), "{first:?}");
    let read = |path: &str| fs::read(out.join(path)).expect("the file is there");
    let before = read("src/types/org_user_response.rs");

    let again: Json =
        serde_json::from_slice(&atlas_codegen(&generate).stdout).expect("one JSON object");
    assert_eq!(again["files"]["written"], 0, "{again}");
    assert_eq!(again["files"]["removed"], 0);

    fs::remove_dir_all(out.join("src")).expect("the folder can be removed");
    assert!(atlas_codegen(&generate).status.success());
    assert_eq!(read("src/types/org_user_response.rs"), before);
}

#[test]
fn what_is_committed_in_generated_is_what_the_generator_writes() {
    for config in [
        "spec/atlas-codegen.toml",
        "tests/exchange/atlas-codegen.toml",
    ] {
        let check = atlas_codegen(&["check", "--config", config]);
        assert!(
            check.status.success(),
            "{config}: {}{}",
            String::from_utf8_lossy(&check.stdout),
            String::from_utf8_lossy(&check.stderr)
        );
    }
}

/// Replaces the one place where `old` stands.
fn with_change(text: &str, old: &str, new: &str) -> String {
    assert_eq!(text.matches(old).count(), 1, "`{old}` stands once");
    text.replace(old, new)
}

#[test]
fn a_new_optional_property_changes_only_the_files_about_its_type() {
    let folder = tempfile::tempdir().expect("a folder can be made");
    let spec = folder.path().join("atlas.yaml");
    let out = folder.path().join("client");
    let text = fs::read_to_string(root().join("spec/atlas.yaml")).expect("the spec is text");
    let generate = |text: &str| -> Json {
        fs::write(&spec, text).expect("the spec can be written");
        let (spec, out) = (spec.to_string_lossy(), out.to_string_lossy());
        let output = atlas_codegen(&["generate", "--spec", &spec, "--out", &out, "--json"]);
        assert!(output.status.success(), "{output:?}");
        serde_json::from_slice(&output.stdout).expect("one JSON object")
    };
    generate(&text);
    let before = fs::read_to_string(out.join("src/types/link.rs")).expect("the file is there");

    let link =
        "          description: How the resource relates to this one.\n          example: self\n";
    let property = format!(
        "{link}        hint:\n          type: string\n          description: What the resource is called.\n"
    );
    let report = generate(&with_change(&text, link, &property));

    assert_eq!(
        report["changed"]["written"],
        serde_json::json!([
            "CHANGELOG.md",
            "src/types/link.rs",
            "surface.lock",
            "codegen.lock"
        ])
    );
    assert_eq!(report["changed"]["removed"], serde_json::json!([]));
    let after = fs::read_to_string(out.join("src/types/link.rs")).expect("the file is there");
    let new: Vec<&str> = after
        .lines()
        .filter(|line| !before.contains(line))
        .collect();
    assert_eq!(
        new,
        [
            "        /// What the resource is called.",
            "        optional hint: String = \"hint\",",
        ]
    );
}
