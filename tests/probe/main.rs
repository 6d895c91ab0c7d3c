//! What `diff` says of code is what the compiler finds: a program that uses everything of a crate is compiled against another one.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use atlas_codegen::diff::{self, Comparison};
use atlas_codegen_tests::probe::{
    Batch, Case, Checked, Pair, Side, Trial, Use, doubts, trials, unexplained,
};

fn root() -> PathBuf {
    let tests = Path::new(env!("CARGO_MANIFEST_DIR"));
    tests
        .parent()
        .expect("the tests are in a folder")
        .to_path_buf()
}

fn batch() -> (tempfile::TempDir, Batch) {
    let folder = tempfile::tempdir().expect("a folder can be made");
    let place = folder.path().canonicalize().expect("the folder is there");
    let batch = Batch::new(
        &place,
        &root().join("target/probe"),
        &root().join("templates/runtime"),
    );
    (folder, batch.expect("the batch can be begun"))
}

fn cases() -> Vec<Case> {
    Case::all(&root().join("tests/cases")).expect("the cases are generated")
}

#[test]
fn what_can_be_done_with_a_crate_compiles_against_it() {
    let (_folder, batch) = batch();
    let cases = cases();
    let pairs: Vec<Pair<'_>> = cases
        .iter()
        .map(|case| Pair {
            name: case.name.clone(),
            old: &case.side,
            new: &case.side,
            each_feature: true,
        })
        .collect();
    let checked = batch
        .check(&pairs, &root().join("Cargo.lock"))
        .expect("cargo runs");
    let mut faults = Vec::new();
    for (pair, checked) in pairs.iter().zip(&checked) {
        faults.extend(
            checked
                .fault
                .iter()
                .map(|fault| format!("{}: {fault}", pair.name)),
        );
        let failed = checked.failed.iter();
        faults.extend(failed.map(|(one, message)| {
            format!("{}: {}: {message}\n    {}", pair.name, one.item, one.code)
        }));
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn a_use_spells_paths_as_far_as_they_can_be_imported() {
    let code = "fn it(a: &::api::operations::r#in::Teams, b: ::api::Patch<u8>, c: &::api::operations::api::Keys) -> ::api::client_runtime::http::Method \
                { ::api::types::Team::new(&::api::types::Team::Unknown) }";
    let one = Use {
        item: "types::Team::new".to_owned(),
        gate: Vec::new(),
        code: code.to_owned(),
    };
    let paths = [
        "::api::Patch",
        "::api::client_runtime::http",
        "::api::operations::api::Keys",
        "::api::operations::r#in::Teams",
        "::api::types::Team",
    ];
    assert_eq!(one.paths(), paths.map(str::to_owned).into());
}

/// A document with an operation, and schemas with properties.
fn document(operation: &str, schemas: &[(&str, &str)]) -> String {
    let mut text = format!(
        "openapi: 3.1.0\ninfo: {{title: t, version: \"1\"}}\npaths:\n  /teams:\n    get:\n      operationId: {operation}\n      \
         tags: [Teams]\n      responses:\n        \"200\":\n          description: d\n          content:\n            \
         application/json: {{schema: {{type: array, items: {{$ref: \"#/components/schemas/Team\"}}}}}}\ncomponents:\n  schemas:\n"
    );
    for (name, properties) in schemas {
        text.push_str(&format!(
            "    {name}: {{type: object, properties: {{{properties}}}}}\n"
        ));
    }
    text
}

/// What stops compiling and is not told.
fn untold<'c>(comparison: &Comparison, checked: &'c Checked) -> BTreeSet<&'c str> {
    let failed = unexplained(comparison, checked);
    failed.iter().map(|(one, _)| one.item.as_str()).collect()
}

#[test]
fn what_is_lost_is_found_by_imports_and_what_is_another_by_uses() {
    let (folder, batch) = batch();
    let side = |name: &str, text: String| {
        let file = folder.path().join(name);
        fs::write(&file, text).expect("the document can be written");
        Side::of(&file, None).expect("the document is generated")
    };
    let owner = ("Owner", "name: {type: string}");
    let team = "kind: {type: string}, owner: {$ref: \"#/components/schemas/Owner\"}";
    let old = side(
        "old.yaml",
        document(
            "listTeams",
            &[owner, ("Team", &format!("{team}, size: {{type: integer}}"))],
        ),
    );
    let person = team.replace("Owner", "Person");
    let new = side(
        "new.yaml",
        document(
            "findTeams",
            &[
                ("Person", "name: {type: string}"),
                ("Team", &format!("{person}, size: {{type: string}}")),
            ],
        ),
    );
    let pair = Pair {
        name: "lost".to_owned(),
        old: &old,
        new: &new,
        each_feature: false,
    };
    let checked = batch
        .check(&[pair], &root().join("Cargo.lock"))
        .expect("cargo runs");
    let checked = checked.first().expect("there is a pair");
    let mut comparison = diff::compare(&old.outline, &new.outline);
    assert_eq!(doubts(&comparison, checked), []);
    assert_eq!(untold(&comparison, checked), BTreeSet::new());
    comparison
        .changes
        .retain(|change| change.item != "types::Team.size");
    assert_eq!(untold(&comparison, checked), ["types::Team.size"].into());
    assert_eq!(checked.fault, None);
    let found: BTreeSet<String> = checked
        .failed
        .iter()
        .map(|(one, message)| format!("{} {}", one.item, message.split(' ').next().unwrap_or("")))
        .collect();
    // What spells a lost name fails wherever it is spelled: a field whose type is lost too.
    let expected = [
        "operations::teams::list_teams E0432",
        "types::Owner E0432",
        "types::Owner.name E0432",
        "types::Owner::new E0432",
        "types::Team.owner E0432",
        "types::Team.size E0308",
    ];
    assert_eq!(found, expected.map(str::to_owned).into());
}

/// So many changes; `cargo xtask history --mutations` tries more.
const CHANGES: usize = 24;

#[test]
fn no_verdict_is_milder_than_the_compiler() {
    let (folder, batch) = batch();
    let documents = folder.path().join("documents");
    let trials = trials(
        &cases(),
        CHANGES,
        "a",
        &documents,
        &batch,
        &root().join("Cargo.lock"),
    );
    let trials = trials.expect("cargo runs");
    assert_eq!(trials.len(), CHANGES);
    let is_fault = |trial: &&Trial| trial.is_milder() || trial.checked.fault.is_some();
    let faults: Vec<String> = trials.iter().filter(is_fault).map(Trial::told).collect();
    assert!(faults.is_empty(), "{}", faults.join("\n"));
    let fail = trials
        .iter()
        .filter(|trial| !trial.checked.compiles())
        .count();
    assert!((4..CHANGES - 4).contains(&fail), "{fail} programs fail");
}
